import { expect, test } from 'vitest';
import { describeError, jsonLog } from './log.js';

test('one entry is one line, whatever is in it (I11)', () => {
  const lines: string[] = [];
  const log = jsonLog((line) => void lines.push(line));
  log({ level: 'info', event: 'request', path: '/x\n{"level":"error","event":"forged"}\r\n\u2028' });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.match(/[\n\r]/g)).toEqual(['\n']);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'request' });
});

test('an error is logged without its message, which can quote what somebody wrote', () => {
  const error = new TypeError('Unexpected token: "itchy rash"');
  expect(JSON.stringify(describeError(error))).not.toContain('rash');
  expect(describeError(error)).toMatchObject({ error: 'TypeError' });
});

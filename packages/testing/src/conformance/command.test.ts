import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { main } from '../conformance.js';
import { ENDPOINT, serve, TOKENS } from '../test-support/served.js';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function run(argv: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const said = { out: '', error: '' };
  const code = await main(argv, {
    out: (text) => (said.out += text),
    error: (text) => (said.error += text),
    env,
  });
  return { code, ...said };
}

function tokensFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'active-session-tokens-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'tokens.json');
  writeFileSync(file, content);
  return file;
}

test('tokens come from a file, and the report can be read by a program', async () => {
  serve();
  const file = tokensFile(JSON.stringify(TOKENS));
  const { code, out } = await run(['--endpoint', `${ENDPOINT}/`, '--tokens', file, '--only', 'me: ', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ endpoint: ENDPOINT, passed: true, answers: { serverTime: 'offered' } });
  expect(out).not.toContain('dr-jones');
});

test('what is broken is printed with what was expected and seen, and the code says so', async () => {
  serve({
    alter: (request, response) =>
      new URL(request.url).pathname.endsWith('/draft-key') && response.status === 403
        ? Response.json({ id: 'key', key: 'x'.repeat(43) }, { headers: { 'Server-Time': '0' } })
        : response,
  });
  const { code, out } = await run([
    '--endpoint',
    ENDPOINT,
    '--tokens',
    tokensFile(JSON.stringify(TOKENS)),
    '--only',
    'drafts',
  ]);
  expect(code).toBe(1);
  expect(out).toContain('✗ 11  What is sent twice is done once.');
  expect(out).toContain('a patient: expected forbidden, and it was done');
  expect(out).toContain('1 promise is broken');
});

test.each([
  ['no endpoint', [], '--endpoint is missing.'],
  ['no address', ['--endpoint', 'portal'], '--endpoint is no http address: portal'],
  ['no tokens', ['--endpoint', ENDPOINT], '--patient-token is missing.'],
  ['an unknown option', ['--endpoint', ENDPOINT, '--speed', 'fast'], "Unknown option '--speed'"],
])('%s is wrong use', async (_, argv, message) => {
  const { code, error, out } = await run(argv);
  expect([code, out]).toEqual([2, '']);
  expect(error).toContain(message);
});

test('a file of tokens that can not be read is not quoted', async () => {
  const { code, error } = await run(['--endpoint', ENDPOINT, '--tokens', tokensFile('secret-token')]);
  expect(code).toBe(2);
  expect(error).toContain('can not be read as JSON');
  expect(error).not.toContain('secret-token');
});

test('nobody there, and a token that is refused, let nothing be found out', async () => {
  serve();
  const tokens = ['--provider-token', 'dr-smith', '--stranger-token', 'bob'];
  const refused = await run(['--endpoint', ENDPOINT, '--patient-token', 'eve', ...tokens]);
  expect([refused.code, refused.error.split('\n')[0]]).toEqual([2, 'The patient’s token was refused.']);
  const nobody = await run(['--endpoint', 'http://127.0.0.1:9/api', '--patient-token', 'ann', ...tokens]);
  expect(nobody.code).toBe(2);
  expect(nobody.error).toContain('The endpoint can not be reached');
});

test('help is no failure', async () => {
  const { code, out } = await run(['--help']);
  expect(code).toBe(0);
  expect(out).toContain('--fixtures URL');
});

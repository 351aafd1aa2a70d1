import { expect, test } from 'vitest';
import { createFrameReader, type Frame } from './frames.js';

function framesOf(texts: readonly string[]): Frame[] {
  const frames: Frame[] = [];
  const read = createFrameReader((frame) => void frames.push(frame));
  for (const text of texts) read(text);
  return frames;
}

const STREAM = [
  ': a comment',
  'retry: 1000',
  '',
  'id: 7',
  'event: note.added',
  'data: {"content":"a: b"}',
  '',
  'data:no space',
  'data',
  'data:  two spaces',
  'unknown: field',
  '',
  'id: nothing is said under this one',
  '',
  'event: last',
  'data: x',
  '',
  '',
];
const FRAMES: Frame[] = [
  { type: 'note.added', id: '7', data: '{"content":"a: b"}' },
  { type: 'message', id: undefined, data: 'no space\n\n two spaces' },
  { type: 'last', id: undefined, data: 'x' },
];

test.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('events come out of text in any pieces (%s)', (_, lineEnd) => {
  const text = STREAM.join(lineEnd);
  for (let at = 0; at <= text.length; at += 1) {
    expect(framesOf([text.slice(0, at), text.slice(at)]), `cut at ${at}`).toEqual(FRAMES);
  }
  expect(framesOf(text.split(''))).toEqual(FRAMES);
});

test('what a cut leaves unfinished was not said', () => {
  expect(framesOf(['id: 8\nevent: note.added\ndata: {}\n'])).toEqual([]);
});

test('a line break inside of a value is not one of the stream', () => {
  const data = JSON.stringify({ content: 'one\n\nevent: booking.changed\ndata: {}' });
  expect(framesOf([`event: note.added\ndata: ${data}\n\n`])).toEqual([{ type: 'note.added', id: undefined, data }]);
});

test.each([
  ['a line', 'data: '],
  ['an event', 'data: x\n'],
])('%s that has no end is not kept', (_, start) => {
  const read = createFrameReader(() => undefined);
  read(start);
  const more = start.repeat(1_000);
  expect(() => {
    for (let i = 0; i < 2_000; i += 1) read(more);
  }).toThrow(/size/);
});

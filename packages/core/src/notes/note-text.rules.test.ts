import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainText, roomFor, toPlainText } from './note-text.rules.js';
import { noteRequestSchema } from './note.schema.js';

const isTaken = (content: string): boolean =>
  noteRequestSchema.safeParse({ id: '6ff5c1a5-27f5-4ab6-8b22-5cbb5e4b4a5b', content }).success;

describe('the room in a note', () => {
  it('is counted in code points, as the backend counts', () => {
    expect([roomFor(''), roomFor('abc'), roomFor('😀')]).toEqual([10_000, 9_997, 9_999]);
    const full = `${'a'.repeat(6_000)}${'😀'.repeat(4_000)}`;
    expect([roomFor(full), isTaken(full)]).toEqual([0, true]);
    expect([roomFor(`${full}😀`), isTaken(`${full}😀`)]).toEqual([-1, false]);
    expect(roomFor('a'.repeat(20_000))).toBe(-10_000);
  });
});

describe('a text with signs that can’t be shared', () => {
  it.each([
    ['a page that ends, as pasted from a document', 'one\ftwo\vthree', 'one\ntwo\nthree'],
    ['zeros and bells', 'a\0b\x07c\x9f', 'abc'],
    ['half a character', 'a\ud83db', 'ab'],
  ])('is known, and mended: %s', (_, content, mended) => {
    expect([isPlainText(content), toPlainText(content), isPlainText(mended)]).toEqual([false, mended, true]);
  });

  it('is mended always, and what can be shared stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(isPlainText(toPlainText(text))).toBe(true);
        if (isPlainText(text)) expect(toPlainText(text)).toBe(text);
        if (text.trim() !== '') expect(isTaken(text)).toBe(isPlainText(text) && roomFor(text) >= 0);
      }),
    );
  });
});

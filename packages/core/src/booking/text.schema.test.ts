import { describe, expect, it } from 'vitest';
import { NOTE_MAX_LENGTH, noteRequestSchema } from '../notes/note.schema.js';
import { bookingRequestSchema, cancelRequestSchema, holdRequestSchema, lateRequestSchema } from './booking.schema.js';
import { PLAIN_TEXT } from './text.schema.js';

/** Every field that somebody writes and somebody else reads, and how long it may be. */
const WRITTEN = [
  ['notes of a booking', 2_000, (text: string) => bookingRequestSchema.safeParse({ ...BOOK, notes: text }).data?.notes],
  ['the reason of a cancellation', 500, (text: string) => cancelRequestSchema.safeParse({ reason: text }).data?.reason],
  [
    'the message of a delay',
    500,
    (text: string) => lateRequestSchema.safeParse({ minutes: 5, message: text }).data?.message,
  ],
  ['the message to who is held', 500, (text: string) => holdRequestSchema.safeParse({ message: text }).data?.message],
  [
    'a provider note',
    NOTE_MAX_LENGTH,
    (text: string) => noteRequestSchema.safeParse({ ...NOTE, content: text }).data?.content,
  ],
] as const;
const BOOK = { provider: 'dr-smith', dateTime: '2026-01-07T10:00:00.000Z' };
const NOTE = { id: '6ff5c1a5-27f5-4ab6-8b22-5cbb5e4b4a5b' };

const KEPT = {
  'tab, line feed, carriage return': 'a\tb\nc\rd\r\ne',
  'line and paragraph separator': 'a\u2028b\u2029c',
  'letters with combining marks, composed and not': 'e\u0301 \u00e9 n\u0303 \u0e01\u0e33',
  'emoji, with skin tone, joiner and variation': '👩🏽‍⚕️ ❤️ 🏳️‍🌈',
  'outside of the basic plane': '\u{20000}\u{1f600}\u{10ffff}',
  'bidi marks, overrides and isolates': '\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
  'zero width': 'a\u200b\u200c\u200d\ufeffb',
  'spaces at the ends': '  \n x \t ',
  'what looks like markup': '<script>alert(1)</script> &amp; "\'`${}',
  'compatibility forms, not normalised': '\ufb01 \u2126 \uff21 \u00bd',
};

const REFUSED = {
  NUL: 'a\0b',
  'a C0 control': 'a\x1bb',
  'vertical tab': 'a\vb',
  'form feed': 'a\fb',
  DEL: 'a\x7fb',
  'a C1 control': 'a\x85b',
  'a high surrogate alone': 'a\ud83db',
  'a low surrogate alone': 'a\ude00b',
  'a pair the wrong way round': '\ude00\ud83d',
  'a high surrogate at the end': 'a\ud83d',
};

describe('plain text', () => {
  it('is every code point but controls and surrogates; tab, line feed and carriage return stay', () => {
    const isControl = (code: number): boolean => code < 0x20 || (code >= 0x7f && code <= 0x9f);
    const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;
    const wrong: number[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const expected = [9, 10, 13].includes(code) || !(isControl(code) || isSurrogate(code));
      if (PLAIN_TEXT.test(String.fromCodePoint(code)) !== expected) wrong.push(code);
    }
    expect(wrong).toEqual([]);
  });

  it('of 10 MB is judged at once', () => {
    const start = performance.now();
    const long = 'a\n'.repeat(5_000_000);
    expect([PLAIN_TEXT.test(long), PLAIN_TEXT.test(`${long}\0`)]).toEqual([true, false]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe.each(WRITTEN)('%s', (_, max, read) => {
  it.each(Object.entries(KEPT))('keeps %s, to the last code unit', (__, text) => {
    expect(read(text)).toBe(text);
  });

  it.each(Object.entries(REFUSED))('refuses %s', (__, text) => {
    expect(read(text)).toBeUndefined();
  });

  it(`has at most ${max} code points, and is never cut`, () => {
    for (const one of ['x', '😀']) {
      expect(read(one.repeat(max)) === one.repeat(max)).toBe(true);
      expect(read(one.repeat(max + 1)) === undefined).toBe(true);
    }
  });
});

describe('what has to say something', () => {
  it.each(['', ' ', '\n\t\r\n', '\u00a0\u2003'])('%j is no note and no reason', (text) => {
    expect(noteRequestSchema.safeParse({ ...NOTE, content: text }).success).toBe(false);
    expect(cancelRequestSchema.safeParse({ reason: text }).success).toBe(false);
  });

  it('a patient may book with nothing to say', () => {
    expect(bookingRequestSchema.safeParse({ ...BOOK, notes: '' }).success).toBe(true);
  });

  it('a no-show is no reason to give: it has a command of its own', () => {
    const reason = (text: string) => cancelRequestSchema.safeParse({ reason: text }).success;
    expect([reason('no-show'), reason('no-show, said the neighbour'), reason('a no-show')]).toEqual([
      false,
      true,
      true,
    ]);
  });
});

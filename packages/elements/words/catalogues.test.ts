import { describe, expect, it } from 'vitest';
import type { MessageKey, Messages } from '../src/shared/messages.js';
import { messagesEn } from '../src/shared/messages.en.js';
import { messagesAr } from '../src/languages/ar.js';
import { messagesEs } from '../src/languages/es.js';
import { messagesFr } from '../src/languages/fr.js';
import { KEYS, parametersOf, rendered } from './rendered.js';
import { messagesZhHans } from '../src/languages/zh-Hans.js';

const languages: readonly (readonly [string, Messages])[] = [
  ['es', messagesEs],
  ['fr', messagesFr],
  ['ar', messagesAr],
  ['zh-Hans', messagesZhHans],
];

/** They only join what is given. */
const NO_WORDS: ReadonlySet<string> = new Set(['time.at', 'guest.waiting-with']);

/** What is the same word in English and in that language. */
const SAME: Readonly<Record<string, readonly MessageKey[]>> = {
  es: ['check.no'],
  fr: ['notes.count', 'dashboard.notes', 'person.patient'],
  ar: [],
  'zh-Hans': [],
};

/** What these quote stands on screens that are not ours: the browser's, the system's, a developer's or a person's own. */
const QUOTES_OTHERS =
  /^(help\.|check\.opening-help|call\.preparing-help|client\.missing|book\.kind-refused|(notes|history)\.(no-)?hits)/;

describe.each(languages)('the catalogue of %s', (language, catalogue) => {
  it('has every sentence, and no other', () => {
    expect(Object.keys(catalogue).toSorted()).toEqual(KEYS.toSorted());
    expect(KEYS.filter((key) => rendered(catalogue, key).trim() === '')).toEqual([]);
  });

  it('says all that the English sentence says: each name, time and number', () => {
    const lost = KEYS.flatMap((key) =>
      parametersOf(key)
        .filter(({ sample }) => rendered(messagesEn, key).includes(String(sample)))
        .filter(({ sample }) => !rendered(catalogue, key).includes(String(sample)))
        .map(({ name }) => `${key}: ${name}`),
    );
    expect(lost).toEqual([]);
  });

  it('says nothing in English', () => {
    const same = KEYS.filter((key) => /\p{L}/u.test(rendered(messagesEn, key))).filter(
      (key) => !NO_WORDS.has(key) && rendered(catalogue, key) === rendered(messagesEn, key),
    );
    expect(same.toSorted()).toEqual(SAME[language]?.toSorted());
  });

  it('ends each sentence as the English one ends', () => {
    const other = KEYS.filter((key) => endOf(rendered(catalogue, key)) !== endOf(rendered(messagesEn, key)));
    expect(other).toEqual([]);
  });

  it('quotes a button by the name that it has', () => {
    for (const key of KEYS.filter((one) => !QUOTES_OTHERS.test(one))) {
      const buttons = quotesIn(rendered(messagesEn, key)).map(keysNamed);
      const quoted = quotesIn(rendered(catalogue, key));
      expect(quoted.length, key).toBe(buttons.length);
      for (const [at, keys] of buttons.entries()) {
        expect(keys.length, `${key} quotes what nothing is called`).toBeGreaterThan(0);
        expect(
          keys.map((one) => rendered(catalogue, one)),
          key,
        ).toContain(quoted[at]);
      }
    }
  });

  it('has words for every number', () => {
    const numbered = KEYS.filter((key) => parametersOf(key).some(({ name }) => name === 'count' || name === 'days'));
    expect(numbered.length).toBeGreaterThan(5);
    for (const key of numbered) {
      const said = [1, 2, 3, 11, 100].map((count) => rendered(catalogue, key, { count, days: count }));
      for (const text of said) expect(text, key).not.toMatch(/#|NaN|undefined/);
      for (const at of [2, 3, 4]) expect(said[at], key).toContain(String([1, 2, 3, 11, 100][at]));
    }
  });
});

describe('how the languages are written', () => {
  const all = (catalogue: Messages): readonly string[] => KEYS.map((key) => rendered(catalogue, key));

  it('has no straight quotes and no three dots anywhere', () => {
    for (const [language, catalogue] of [['en', messagesEn] as const, ...languages]) {
      expect(
        all(catalogue).filter((text) => /["']|\.\.\./.test(text)),
        language,
      ).toEqual([]);
    }
  });

  it('keeps French marks with the word before them', () => {
    expect(all(messagesFr).filter((text) => /[^\u202f:/][;!?»]|[^\u202f\d]:(?!\/)|«[^\u202f]/.test(text))).toEqual([]);
  });

  it('opens Spanish questions, and addresses people politely', () => {
    expect(all(messagesEs).filter((text) => text.includes('?') && !text.includes('¿'))).toEqual([]);
    expect(all(messagesEs).filter((text) => /\b(tu|tus|tú|puedes|tienes|elige|haz)\b/iu.test(text))).toEqual([]);
  });

  it('uses Arabic and Chinese marks', () => {
    expect(all(messagesAr).filter((text) => /\?|;|[\u0600-\u06ff],/.test(text))).toEqual([]);
    expect(all(messagesZhHans).filter((text) => /[\p{Script=Han}][,.?!:;]|你/u.test(text))).toEqual([]);
  });

  it('words Arabic for whoever reads it: no order and no verb of one gender', () => {
    const gendered = /(^|\s)(اختر|انقر|اضغط|افتح|تريد|تريدين|تستطيع أن|أعد|حاول|اكتب|أغلق)(\s|$)/;
    expect(all(messagesAr).filter((text) => gendered.test(text))).toEqual([]);
  });
});

function endOf(text: string): string {
  const mark = /[.。]$/.test(text) ? '.' : /[?？؟]$/.test(text) ? '?' : /[:：]$/.test(text) ? ':' : '';
  return text.endsWith('…') ? '…' : mark;
}

function quotesIn(text: string): readonly string[] {
  return [...text.matchAll(/[“«]([^”»]*)[”»]/g)].map(([, quoted = '']) => quoted.trim());
}

function keysNamed(text: string): readonly MessageKey[] {
  return KEYS.filter((key) => messagesEn[key] === text);
}

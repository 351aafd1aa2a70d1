import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import { describe, expect, it } from 'vitest';
import type { MessageKey } from '../src/shared/messages.js';
import { messagesEn } from '../src/shared/messages.en.js';
import { messagesAr } from '../src/languages/ar.js';
import { messagesEs } from '../src/languages/es.js';
import { messagesFr } from '../src/languages/fr.js';
import { KEYS, rendered, sentencesOf, wordsOf } from './rendered.js';
import { messagesZhHans } from '../src/languages/zh-Hans.js';

/**
 * Health services write for a reading age of 9 to 11 years, which is the grades 4 to 6 of this formula, and accept up to
 * 14 years (grade 9) where the matter asks for it: “microphone” has no shorter word.
 */
const GRADE_OF_A_PART = 6;
const GRADE_OF_A_SENTENCE = 9;
const WORDS_OF_A_SENTENCE = 20;
/** The formula was made for running text: of fewer words, one long one decides. Those count with their part only. */
const FEWEST_WORDS = 8;

/** What only those read who build or staff a portal. */
const NOT_FOR_PATIENTS = /^(client\.missing|dashboard\.|composer\.|outbox\.)/;

const patients = KEYS.filter((key) => !NOT_FOR_PATIENTS.test(key));

/** Labels are no sentences. */
function isSentence(text: string): boolean {
  return /[.!?…]$/.test(text.trim()) && wordsOf(text).length > 2;
}

function gradeOf(sentences: readonly string[]): number {
  const words = sentences.flatMap(wordsOf);
  const syllables = words.map((word) => Math.max(1, syllable(word)));
  return fleschKincaid({
    sentence: sentences.length,
    word: words.length,
    syllable: syllables.reduce((sum, one) => sum + one, 0),
  });
}

function sentencesIn(key: MessageKey): readonly string[] {
  return sentencesOf(rendered(messagesEn, key)).filter(isSentence);
}

describe('what patients read in English', () => {
  const parts = [...new Set(patients.map((key) => key.split('.')[0] ?? ''))];

  it.each(parts)('is easy to read: %s', (part) => {
    const sentences = patients.filter((key) => key.startsWith(`${part}.`)).flatMap(sentencesIn);
    if (sentences.length > 2) expect(gradeOf(sentences)).toBeLessThanOrEqual(GRADE_OF_A_PART);
  });

  it('has no sentence that is hard', () => {
    const hard = patients.flatMap((key) =>
      sentencesIn(key)
        .filter((sentence) => wordsOf(sentence).length >= FEWEST_WORDS && gradeOf([sentence]) > GRADE_OF_A_SENTENCE)
        .map((sentence) => `${key}: ${sentence} (${gradeOf([sentence]).toFixed(1)})`),
    );
    expect(hard).toEqual([]);
  });

  it('has no sentence that is long', () => {
    const long = patients.flatMap((key) =>
      sentencesIn(key).filter((sentence) => wordsOf(sentence).length > WORDS_OF_A_SENTENCE),
    );
    expect(long).toEqual([]);
  });

  it('never says “error”, and shouts at nobody', () => {
    const texts = patients.map((key) => rendered(messagesEn, key));
    expect(texts.filter((text) => /\berror\b|!|\bplease\b|\bfailed\b|\binvalid\b/i.test(text))).toEqual([]);
  });
});

describe('what patients read in other languages', () => {
  const counts = [
    ['es', messagesEs, 25, (sentence: string) => wordsOf(sentence).length],
    ['fr', messagesFr, 25, (sentence: string) => wordsOf(sentence).length],
    ['ar', messagesAr, 20, (sentence: string) => wordsOf(sentence).length],
    ['zh-Hans', messagesZhHans, 45, (sentence: string) => sentence.length],
  ] as const;

  it.each(counts)('has no sentence that is long: %s', (_, catalogue, most, lengthOf) => {
    const sentences = patients.flatMap((key) => sentencesOf(rendered(catalogue, key)));
    expect(sentences.filter((sentence) => lengthOf(sentence) > most)).toEqual([]);
  });
});

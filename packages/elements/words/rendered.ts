import type { MessageKey, Messages } from '../src/shared/messages.js';
import { messagesEn } from '../src/shared/messages.en.js';

/** What stands for each argument, by the name that it has in the English catalogue. */
const SAMPLES: Readonly<Record<string, string | number>> = {
  who: 'Maria Lopez (interpreter)',
  name: 'Sam Lee',
  label: 'the front desk',
  phone: '020 7946 0000',
  app: 'Facebook',
  kind: 'Second opinion',
  keys: 'Ctrl + Enter',
  host: 'nhs.uk',
  words: 'knee brace',
  when: 'tomorrow, 10:30',
  since: 'tomorrow, 10:30',
  time: '10:15',
  day: 'Monday 5 January',
  says: '1 January 1970',
  duration: '4 minutes',
  minutes: 20,
  message: 'Please take a seat.',
  what: 'Sam Lee waits',
  by: '9 minutes',
  early: '1 hour',
  zone: 'Central European Time',
  before: 'Summer Time',
  after: 'Winter Time',
  count: 37,
  number: 12,
  step: 3,
  steps: 14,
  days: 23,
  done: 18,
  total: 42,
};

export interface Parameter {
  readonly name: string;
  readonly sample: string | number;
}

type Filled = (...words: readonly (string | number)[]) => string;

/** The arguments of a sentence; empty for a plain one. */
export function parametersOf(key: MessageKey): readonly Parameter[] {
  const sentence: unknown = messagesEn[key];
  if (typeof sentence !== 'function') return [];
  const list = /^\(?([^)=]*)/.exec(String(sentence))?.[1] ?? '';
  const names = list.split(',').map((name) => name.trim().replace(/^_/, ''));
  return names.filter(Boolean).map((name) => {
    const sample = SAMPLES[name];
    if (sample === undefined) throw new Error(`Give the argument “${name}” of ${key} a sample.`);
    return { name, sample };
  });
}

/** A sentence with its arguments filled in; with `change` for single ones of them. */
export function rendered(
  catalogue: Partial<Messages>,
  key: MessageKey,
  change: Readonly<Record<string, string | number>> = {},
): string {
  const sentence: unknown = catalogue[key];
  if (typeof sentence === 'string') return sentence;
  if (!isFilled(sentence)) throw new Error(`There is no ${key}.`);
  return sentence(...parametersOf(key).map(({ name, sample }) => change[name] ?? sample));
}

function isFilled(sentence: unknown): sentence is Filled {
  return typeof sentence === 'function';
}

export const KEYS = Object.keys(messagesEn).filter(isKey);

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(messagesEn, key);
}

/** The sentences of a text, in whatever language. */
export function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?…؟:])\s+|(?<=[。？！：])/).filter((sentence) => sentence.trim() !== '');
}

/** The words of a sentence; what is quoted from another screen counts as one, because it can't be said otherwise. */
export function wordsOf(sentence: string): readonly string[] {
  return sentence.replaceAll(/[“«][^”»]*[”»]/g, 'that').match(/[\p{L}\p{N}\p{M}’'/:.-]*[\p{L}\p{N}]/gu) ?? [];
}

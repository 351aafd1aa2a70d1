import { update } from '@shoelace-style/localize';
import { messagesEn } from './messages.en.js';

type Sentence<T> = T extends (...args: infer A) => string ? (...args: A) => string : string;

/** The catalogue: a key for each sentence. */
export type Messages = { readonly [K in keyof typeof messagesEn]: Sentence<(typeof messagesEn)[K]> };
export type MessageKey = keyof Messages;
export type MessageArguments<K extends MessageKey> = Messages[K] extends (...args: infer A) => string ? A : [];

const catalogues = new Map<string, Partial<Messages>>([['en', messagesEn]]);

/** Adds a language, or words to one: `registerMessages('pt-BR', { … })`. What it lacks is said in English. */
export function registerMessages(language: string, messages: Partial<Messages>): void {
  const code = language.toLowerCase();
  catalogues.set(code, { ...catalogues.get(code), ...messages });
  update();
}

/** The catalogues for a language, best first. English is always the last. */
export function cataloguesFor(language: string): readonly Partial<Messages>[] {
  const code = language.toLowerCase();
  const found = [catalogues.get(code), catalogues.get(code.split('-')[0] ?? '')];
  return [...found.filter((catalogue) => catalogue !== undefined), messagesEn];
}

export function hasLanguage(language: string): boolean {
  const code = language.toLowerCase();
  return catalogues.has(code) || catalogues.has(code.split('-')[0] ?? '');
}

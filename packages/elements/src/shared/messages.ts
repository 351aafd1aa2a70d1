import { update } from '@shoelace-style/localize';
import { namesOf, validTag } from './language-tags.js';
import { messagesEn } from './messages.en.js';

type Sentence<T> = T extends (...args: infer A) => string ? (...args: A) => string : string;

/** The catalogue: a key for each sentence. */
export type Messages = { readonly [K in keyof typeof messagesEn]: Sentence<(typeof messagesEn)[K]> };
export type MessageKey = keyof Messages;
export type MessageArguments<K extends MessageKey> = Messages[K] extends (...args: infer A) => string ? A : [];

const registered = new Map<string, Partial<Messages>>();
const complete = new Map<string, boolean>();

/**
 * Adds a language, or words to one, shipped with this package or not: `registerMessages('pt-BR', { … })`. What is
 * registered goes before what is shipped, whichever came first; what is in neither is said in English.
 */
export function registerMessages(language: string, messages: Partial<Messages>): void {
  const code = (validTag(language) ?? language).toLowerCase();
  registered.set(code, { ...registered.get(code), ...messages });
  complete.clear();
  update();
}

/** What was registered for a language, the nearest first: for es-MX what is for es-MX, then what is for es. */
export function registeredFor(language: string): readonly Partial<Messages>[] {
  if (registered.size === 0) return [];
  return namesOf(language).flatMap((name) => registered.get(name) ?? []);
}

/** Whether a page has brought every sentence of a language with it, so that none need be fetched. */
export function isComplete(language: string): boolean {
  const known = complete.get(language);
  if (known !== undefined) return known;
  const catalogues = registeredFor(language);
  const every =
    catalogues.length > 0 && Object.keys(messagesEn).every((key) => catalogues.some((one) => Object.hasOwn(one, key)));
  complete.set(language, every);
  return every;
}

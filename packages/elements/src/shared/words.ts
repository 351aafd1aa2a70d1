import { update } from '@shoelace-style/localize';
import { namesOf, writtenAs } from './language-tags.js';
import { messagesEn } from './messages.en.js';
import { isComplete, registeredFor, type Messages } from './messages.js';
import { Pack } from './pack.js';

/** The languages that are shipped beside English, by language and script. Each is fetched when an element first stands in it. */
export const shipped = new Map<string, Pack>([
  ['es-Latn', lazy(async () => (await import('../languages/es.js')).messagesEs)],
  ['fr-Latn', lazy(async () => (await import('../languages/fr.js')).messagesFr)],
  ['ar-Arab', lazy(async () => (await import('../languages/ar.js')).messagesAr)],
  ['zh-Hans', lazy(async () => (await import('../languages/zh-Hans.js')).messagesZhHans)],
]);

function lazy(load: () => Promise<Messages>): Pack {
  return new Pack({ load, onChange: update });
}

/** What can be said in a language now. */
export interface Words {
  /** The language that it is said in: the one that was asked for, or English. */
  readonly language: string;
  /** Best first; English is always the last. */
  readonly catalogues: readonly Partial<Messages>[];
  /** The words of the language that was asked for, while they are fetched. */
  readonly coming: Pack | null;
}

/** Asks for the language where it has not been asked for. */
export function wordsFor(language: string): Words {
  const registered = registeredFor(language);
  const pack = isComplete(language) ? undefined : shipped.get(writtenAs(language));
  pack?.want();
  const own = [...registered, ...(pack?.messages === undefined ? [] : [pack.messages])];
  const isEnglish = namesOf(language).includes('en');
  return {
    language: own.length > 0 || isEnglish ? language : 'en',
    catalogues: [...own, ...(isEnglish ? [] : registeredFor('en')), messagesEn],
    coming: pack?.isComing === true ? pack : null,
  };
}

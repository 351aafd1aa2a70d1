import { LocalizeController } from '@shoelace-style/localize';
import type { ReactiveControllerHost } from 'lit';
import { Formats } from './formats.js';
import { directionOf, regionalTag, validTag } from './language-tags.js';
import { watchLanguage } from './language-watch.js';
import type { MessageArguments, MessageKey, Messages } from './messages.js';
import { wordsFor, type Words } from './words.js';

type Host = ReactiveControllerHost & HTMLElement & { messages: Partial<Messages>; timeZone: string };
type Filled = (...words: readonly unknown[]) => string;

/** What this controller has marked as being in another language or direction than the page around it says. */
const marked = new WeakSet<Element>();

/** Hebrew, Arabic and their like, and the marks that turn the direction. */
const RIGHT_TO_LEFT_LETTER =
  /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFC]|[\u{10800}-\u{10FFF}]|[\u{1E800}-\u{1EFFF}]/u;

/**
 * Words and times in the language of where the element stands. The library watches `<html lang dir>`; the catalogue is
 * ours alone, because the library's is shared with everybody else in the page who uses it.
 */
export class Localize extends LocalizeController {
  readonly #host: Host;
  #unwatch: (() => void) | undefined;
  /** The last language whose words were here. It stays while another one is fetched. */
  #settled: string | null = null;
  /** What stands above, while it is watched. */
  #lang: string | null = null;
  /** While the host renders it is in one language. To look that up for every sentence takes longer than the sentence. */
  #rendering: Words | null = null;

  constructor(host: Host) {
    super(host);
    this.#host = host;
    this.#watch();
  }

  override hostConnected(): void {
    super.hostConnected();
    // A host that is connected already calls this from inside the library's constructor, before this object is complete.
    if (#host in this) this.#watch();
  }

  override hostDisconnected(): void {
    super.hostDisconnected();
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#lang = null;
  }

  hostUpdate(): void {
    this.#rendering = null;
    this.#rendering = this.#words;
  }

  hostUpdated(): void {
    this.#rendering = null;
    const { lang, dir } = this.#marks();
    for (const part of this.#host.shadowRoot?.children ?? []) mark(part, lang, dir);
  }

  /** The nearest `lang` above, through shadow roots; else the page's, else the browser's. */
  override lang(): string {
    const lang = this.#lang ?? validTag(this.#nearest('lang') ?? '') ?? validTag(super.lang()) ?? 'en';
    // While nobody watches, it may change unseen.
    if (this.#unwatch !== undefined) this.#lang = lang;
    return lang;
  }

  /** The language of the words: that of the page, or English where nobody has given words for that one. */
  get language(): string {
    return this.#words.language;
  }

  /** "ltr" or "rtl": the nearest `dir` above, else as the words are written. */
  override dir(): string {
    const dir = this.#marks().dir ?? this.#nearest('dir')?.toLowerCase();
    return dir === 'ltr' || dir === 'rtl' ? dir : getComputedStyle(this.#host).direction;
  }

  /** The words for a first render, while it is worth waiting for them. */
  get arrival(): Promise<void> | null {
    return this.#settled === null ? (wordsFor(this.lang()).coming?.arrival ?? null) : null;
  }

  t<K extends MessageKey>(key: K, ...args: MessageArguments<K>): string {
    const { catalogues, language } = this.#words;
    const catalogue = [this.#host.messages, ...catalogues].find((one) => one[key] !== undefined);
    const sentence: unknown = catalogue?.[key];
    if (!isFilled(sentence)) return typeof sentence === 'string' ? sentence : key;
    const isRtl = directionOf(language) === 'rtl';
    return led(
      sentence(...args.map((word: unknown) => (typeof word === 'string' ? isolated(word, isRtl) : word))),
      isRtl,
    );
  }

  /** Times are written like the words around them; of one language, as the browser's region has it. */
  get formats(): Formats {
    const locale = regionalTag(this.#words.language);
    return new Formats(locale, this.#host.timeZone, (day, time) => this.t('time.at', day, time));
  }

  #watch(): void {
    if (!this.#host.isConnected || this.#unwatch !== undefined) return;
    this.#unwatch = watchLanguage(this.#host, () => {
      this.#lang = null;
      this.#host.requestUpdate();
    });
  }

  get #words(): Words {
    if (this.#rendering !== null) return this.#rendering;
    const lang = this.lang();
    const words = wordsFor(lang);
    if (words.coming !== null) return this.#settled === null ? words : wordsFor(this.#settled);
    this.#settled = lang;
    return words;
  }

  /** What has to be said of the words because the page around them says something else, or nothing. */
  #marks(): { readonly lang: string | null; readonly dir: 'ltr' | 'rtl' | null } {
    const { language } = this.#words;
    const own = directionOf(language);
    const around = this.#nearest('dir');
    if (language !== this.lang()) return { lang: language, dir: around === null && own === 'ltr' ? null : own };
    if (around !== null || own === 'ltr') return { lang: null, dir: null };
    return { lang: null, dir: getComputedStyle(this.#host).direction === 'rtl' ? null : 'rtl' };
  }

  #nearest(attribute: 'lang' | 'dir'): string | null {
    for (let node: Element | null = this.#host; node !== null; node = parentOf(node)) {
      const value = marked.has(node) ? null : node.getAttribute(attribute);
      if (value) return value;
    }
    return null;
  }
}

function isFilled(sentence: unknown): sentence is Filled {
  return typeof sentence === 'function';
}

/**
 * A name in another script than the sentence must not turn the words and numbers beside it around. It is isolated in the
 * direction of its first letter, said outright: "first strong" does not see what is isolated inside of it already. What is
 * led by a mark is a sentence of ours.
 */
function isolated(word: string, isRtl: boolean): string {
  if (word === '' || !(isRtl || RIGHT_TO_LEFT_LETTER.test(word))) return word;
  const first = /[\p{L}\u200e\u200f]/u.exec(word)?.[0];
  const start = first === undefined ? '\u2068' : isRightToLeft(first) ? '\u2067' : '\u2066';
  return `${start}${word}\u2069`;
}

/**
 * A sentence that begins with such a name goes in the direction of its own words all the same. `<bdi>` and `dir="auto"`
 * look for the first strong character and see through isolates: a mark is one.
 */
function led(sentence: string, isRtl: boolean): string {
  const first = /\p{L}/u.exec(sentence);
  if (first === null || isRightToLeft(first[0]) === isRtl) return sentence;
  if (!/[\u2066-\u2068]/.test(sentence.slice(0, first.index))) return sentence;
  return `${isRtl ? '\u200f' : '\u200e'}${sentence}`;
}

function isRightToLeft(letter: string): boolean {
  return letter === '\u200f' || RIGHT_TO_LEFT_LETTER.test(letter);
}

function mark(part: Element, lang: string | null, dir: string | null): void {
  const isMarked = marked.has(part);
  if (!isMarked && lang === null && dir === null) return;
  // What a template says of a part itself stays.
  if (!isMarked && (part.hasAttribute('lang') || part.hasAttribute('dir'))) return;
  set(part, 'lang', lang);
  set(part, 'dir', dir);
  if (lang === null && dir === null) marked.delete(part);
  else marked.add(part);
}

function set(part: Element, attribute: string, value: string | null): void {
  if (part.getAttribute(attribute) === value) return;
  if (value === null) part.removeAttribute(attribute);
  else part.setAttribute(attribute, value);
}

function parentOf(node: Element): Element | null {
  if (node.assignedSlot !== null) return node.assignedSlot;
  if (node.parentElement !== null) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

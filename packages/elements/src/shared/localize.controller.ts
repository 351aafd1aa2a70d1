import { LocalizeController } from '@shoelace-style/localize';
import type { ReactiveControllerHost } from 'lit';
import { Formats } from './formats.js';
import { cataloguesFor, hasLanguage, type MessageArguments, type MessageKey, type Messages } from './messages.js';

type Host = ReactiveControllerHost & HTMLElement & { messages: Partial<Messages>; timeZone: string };

/**
 * Words and times in the language of where the element stands. The library watches `<html lang dir>`; the catalogue is
 * ours alone, because the library's is shared with everybody else in the page who uses it.
 */
export class Localize extends LocalizeController {
  readonly #host: Host;

  constructor(host: Host) {
    super(host);
    this.#host = host;
  }

  /** The nearest `lang` above, through shadow roots; else the page's, else the browser's. */
  override lang(): string {
    for (let node: Element | null = this.#host; node !== null; node = parentOf(node)) {
      const lang = node.getAttribute('lang');
      if (lang) return valid(lang) ?? this.#pageLang;
    }
    return this.#pageLang;
  }

  get #pageLang(): string {
    return valid(super.lang()) ?? 'en';
  }

  t<K extends MessageKey>(key: K, ...args: MessageArguments<K>): string {
    const catalogue = [this.#host.messages, ...cataloguesFor(this.lang())].find((one) => one[key] !== undefined);
    const sentence = catalogue?.[key] as string | ((...words: MessageArguments<K>) => string) | undefined;
    return typeof sentence === 'function' ? sentence(...args) : (sentence ?? key);
  }

  /** Times are written like the words around them; of one language, as the browser's region has it. */
  get formats(): Formats {
    const lang = hasLanguage(this.lang()) ? this.lang() : 'en';
    const regional = navigator.languages
      .map(valid)
      .find((own) => own !== null && own.toLowerCase().startsWith(`${lang.toLowerCase()}-`));
    return new Formats(regional ?? lang, this.#host.timeZone);
  }
}

function parentOf(node: Element): Element | null {
  if (node.assignedSlot !== null) return node.assignedSlot;
  if (node.parentElement !== null) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** Pages write `en_US`, systems say `en-US@posix`: no tag may break an element. */
function valid(lang: string): string | null {
  try {
    return new Intl.Locale((lang.split(/[.@]/)[0] ?? '').replaceAll('_', '-')).toString();
  } catch {
    return null;
  }
}

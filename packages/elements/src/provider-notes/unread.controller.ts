import type { ProviderNote } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Localize } from '../shared/localize.controller.js';
import type { Unread } from './unread.js';

/** Renders its host when something was read, here or in another element of the page. */
export class UnreadWatch implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #watched = new Map<Unread, () => void>();

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.follow([]);
  }

  follow(wanted: readonly Unread[]): void {
    for (const [unread, stop] of this.#watched) {
      if (wanted.includes(unread)) continue;
      stop();
      this.#watched.delete(unread);
    }
    if (!this.#host.isConnected) return;
    for (const unread of wanted) {
      if (!this.#watched.has(unread))
        this.#watched.set(
          unread,
          unread.subscribe(() => this.#host.requestUpdate()),
        );
    }
  }

  /**
   * What came and nobody has said yet, in one sentence; empty where there is nothing to say. It waits for an element
   * that can be seen: what is not shown is not read out.
   */
  news(localize: Localize): string {
    const waiting = [...this.#watched.keys()].filter(({ hasNews }) => hasNews);
    if (waiting.length === 0 || !this.#host.checkVisibility()) return '';
    return sentence(
      waiting.flatMap((unread) => unread.takeNews()),
      localize,
    );
  }
}

function sentence(notes: readonly ProviderNote[], localize: Localize): string {
  const names = new Set(notes.map(({ providerName }) => providerName));
  const [name = ''] = names;
  if (notes.length === 0) return '';
  if (notes.length === 1) return localize.t('notes.new', name);
  return names.size === 1
    ? localize.t('notes.new-several', notes.length, name)
    : localize.t('notes.new-several-people', notes.length);
}

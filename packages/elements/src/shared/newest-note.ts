import type { SessionView } from '@active-session/core';
import type { ProviderNotes } from '../provider-notes/provider-notes.js';

/** Closer to the end than that, in px, its reader is at the end. */
const AT_END = 48;

/**
 * Where notes scroll in a box of their own, the newest is brought into view when it comes; not for who has gone up to
 * read an earlier one.
 */
export class NewestNote {
  #count = 0;
  #scroller: HTMLElement | null = null;
  #isAtEnd = true;

  /** Call it after rendering. */
  follow(view: SessionView | undefined, scroller: HTMLElement | null): void {
    this.#watch(scroller);
    const count = view?.notes.notes.length ?? 0;
    const more = count > this.#count;
    this.#count = count;
    if (!more || !this.#isAtEnd || scroller === null) return;
    const notes = scroller.querySelector<ProviderNotes>('provider-notes');
    void notes?.updateComplete.then(() => scroller.scrollTo({ top: scroller.scrollHeight }));
  }

  /** Where its reader is, as they went there: a note that comes takes nobody from the end. */
  #watch(scroller: HTMLElement | null): void {
    if (scroller === this.#scroller) return;
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
    this.#scroller = scroller;
    this.#isAtEnd = true;
    scroller?.addEventListener('scroll', this.#onScroll, { passive: true });
  }

  readonly #onScroll = (): void => {
    const box = this.#scroller;
    if (box !== null) this.#isAtEnd = box.scrollHeight - box.clientHeight - box.scrollTop <= AT_END;
  };
}

import type { SessionView } from '@active-session/core';
import type { ProviderNotes } from '../provider-notes/provider-notes.js';

/** Where notes scroll in a box of their own, the newest is brought into view when it comes. */
export class NewestNote {
  #count = 0;

  /** Call it after rendering. */
  follow(view: SessionView | undefined, scroller: HTMLElement | null): void {
    const count = view?.notes.notes.length ?? 0;
    const more = count > this.#count;
    this.#count = count;
    if (!more || scroller === null) return;
    const notes = scroller.querySelector<ProviderNotes>('provider-notes');
    void notes?.updateComplete.then(() => scroller.scrollTo({ top: scroller.scrollHeight }));
  }
}

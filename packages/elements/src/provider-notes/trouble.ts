import type { ClientView, NotesView } from '@active-session/core';
import type { NoteSection } from './sections.js';

/** Since when nothing new can be heard of. */
export class Trouble {
  #isWell = false;
  #since: number | null = null;

  /** When what is shown was right for the last time; null while it is, and where nobody knows. */
  get since(): number | null {
    return this.#since;
  }

  notice(view: ClientView | undefined, sections: readonly NoteSection[], now: number): void {
    const isWell =
      view?.state === 'ready' &&
      view.connection !== 'down' &&
      !sections.some(({ session }) => hasFailed(session.notes));
    if (isWell) this.#since = null;
    else if (this.#isWell) this.#since = now;
    this.#isWell = isWell;
  }
}

export function hasFailed({ state, error }: NotesView): boolean {
  return state === 'failed' || error !== null;
}

import { sameId, type BookingId, type ClientView, type SessionView } from '@active-session/core';

/**
 * Which session is on show where the portal names none: the one that is open or next. What somebody looks at does not
 * go away under their hands: not a summary before they close it, not a call, not an open session that they chose.
 */
export class Choice {
  #id: BookingId | null = null;
  #chosen = false;

  get id(): BookingId | null {
    return this.#id;
  }

  /** `isUsed`: the person is in it just now, with the keyboard or a finger. */
  follow(view: ClientView | undefined, sessionOf: (id: BookingId) => SessionView | undefined, isUsed: boolean): void {
    const active = view?.active?.booking.id ?? null;
    const shown = this.#id;
    if (shown === null || (active !== null && sameId(active, shown))) {
      this.#id = shown ?? active;
      return;
    }
    const session = sessionOf(shown);
    if (session === undefined || session.call !== null || isOver(session)) return;
    if (session.phase === 'open' && (this.#chosen || isUsed)) return;
    if (active !== null || session.state === 'missing') this.#take(active);
  }

  /** The person wants this one. */
  choose(id: BookingId): void {
    this.#id = id;
    this.#chosen = true;
  }

  /** Back to the one that is open or next. */
  release(view: ClientView | undefined): void {
    this.#take(view?.active?.booking.id ?? null);
  }

  forget(): void {
    this.#take(null);
  }

  #take(id: BookingId | null): void {
    this.#id = id;
    this.#chosen = false;
  }
}

function isOver({ phase }: SessionView): boolean {
  return phase === 'completed' || phase === 'cancelled' || phase === 'expired';
}

import type { Session, SessionView } from '@active-session/core';

/** What became of shared notes since the last look. */
export interface SentNews {
  readonly sent: number;
  readonly refused: number;
}

const NONE: SentNews = { sent: 0, refused: 0 };

/** Notices which notes of a session have come to the backend, and which were refused. */
export class SentNotes {
  #session: Session | undefined;
  #states: ReadonlyMap<string, 'refused' | 'under-way'> = new Map();

  look(session: Session | undefined, view: SessionView | undefined): SentNews {
    const before = session === this.#session ? this.#states : null;
    const outbox = view?.outbox ?? [];
    this.#session = session;
    this.#states = new Map(outbox.map(({ id, state }) => [id, state === 'refused' ? 'refused' : 'under-way']));
    if (before === null) return NONE;
    const sent = [...before].filter(([id, state]) => state === 'under-way' && !this.#states.has(id)).length;
    const refused = [...this.#states].filter(([id, state]) => state === 'refused' && before.get(id) !== state).length;
    return { sent, refused };
  }

  forget(): void {
    this.#session = undefined;
    this.#states = new Map();
  }
}

import type { PastSession, ProviderNote } from '@active-session/core';
import type { FoundSession } from './search-sessions.js';
import type { SessionItem } from './session-item.js';

/** What of a history is open: in the list what somebody opened, in what was found all but what they closed. */
export class Shown {
  readonly #ids = new Map<string, number>();
  readonly #open = new Set<string>();
  readonly #closedHits = new Set<string>();
  /** Found, and shown with all of their notes. */
  readonly #wholeHits = new Set<string>();

  /** By which the page finds a session of the list. */
  idOf(session: PastSession): string {
    return `session-${this.#number(session)}`;
  }

  item(session: PastSession): SessionItem {
    return { session, id: this.idOf(session), isOpen: this.#open.has(keyOf(session)), hits: null };
  }

  hit({ session, notes }: FoundSession): SessionItem {
    const key = keyOf(session);
    return {
      session,
      id: `hit-${this.#number(session)}`,
      isOpen: !this.#closedHits.has(key),
      hits: this.#wholeHits.has(key) ? session.notes : notes,
    };
  }

  toggle({ session, hits, isOpen }: SessionItem): void {
    const set = hits === null ? this.#open : this.#closedHits;
    const isIn = hits === null ? !isOpen : isOpen;
    if (isIn) set.add(keyOf(session));
    else set.delete(keyOf(session));
  }

  showWhole({ session }: SessionItem): void {
    this.#wholeHits.add(keyOf(session));
  }

  beginSearch(): void {
    this.#closedHits.clear();
    this.#wholeHits.clear();
  }

  /** Names the list of an item's notes. */
  listKey({ session, hits }: SessionItem): string {
    return `${hits === null ? 'notes' : 'hits'} ${keyOf(session)}`;
  }

  /** Those of all lists that are shown. */
  listKeys(found: readonly FoundSession[]): ReadonlySet<string> {
    const hits = found.map((one) => this.hit(one)).filter(({ isOpen }) => isOpen);
    return new Set([...[...this.#open].map((key) => `notes ${key}`), ...hits.map((item) => this.listKey(item))]);
  }

  /** The notes of a session, for who looks for one of them. */
  sectionOf(session: PastSession): {
    readonly key: string;
    readonly session: { readonly notes: { readonly notes: readonly ProviderNote[] } };
  } {
    return { key: keyOf(session), session: { notes: { notes: session.notes } } };
  }

  #number(session: PastSession): number {
    const key = keyOf(session);
    const number = this.#ids.get(key) ?? this.#ids.size;
    this.#ids.set(key, number);
    return number;
  }
}

function keyOf({ booking }: PastSession): string {
  return String(booking.id);
}

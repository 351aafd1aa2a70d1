import { sameId, type BookingId, type QueueItem } from '@active-session/core';

/**
 * What is over is folded away, but not under anybody's hands: what has just ended or was cancelled stays where it is until
 * its provider has looked at it and goes on to another session.
 */
export class KeptInSight {
  readonly #kept = new Map<string, { hasLooked: boolean }>();
  #over: ReadonlySet<string> | null = null;
  #chosen: string | null = null;

  /** Before each render. */
  follow(items: readonly QueueItem[], chosen: BookingId | undefined): void {
    const over = items.filter(({ isOver }) => isOver);
    const before = this.#over;
    this.#over = new Set(over.map(keyOf));
    if (before !== null) {
      for (const item of over) if (!before.has(keyOf(item))) this.#keep(item, chosen);
    }
    for (const key of [...this.#kept.keys()]) if (!this.#over.has(key)) this.#kept.delete(key);
    const now = chosen === undefined ? null : String(chosen);
    if (now !== this.#chosen) {
      for (const [key, { hasLooked }] of this.#kept) if (hasLooked && key !== now) this.#kept.delete(key);
    }
    const looked = now === null ? undefined : this.#kept.get(now);
    if (looked !== undefined) looked.hasLooked = true;
    this.#chosen = now;
  }

  /** This provider has done it, so nobody has to tell them. */
  touch(id: BookingId): void {
    this.#kept.set(String(id), { hasLooked: true });
  }

  has(item: QueueItem): boolean {
    return this.#kept.has(keyOf(item));
  }

  forget(): void {
    this.#kept.clear();
    this.#over = null;
    this.#chosen = null;
  }

  #keep(item: QueueItem, chosen: BookingId | undefined): void {
    const { booking } = item;
    const isShown = chosen !== undefined && sameId(chosen, booking.id);
    const byPatient = item.status === 'cancelled' && booking.cancelledBy === 'patient';
    if (isShown || byPatient) this.#kept.set(keyOf(item), { hasLooked: isShown });
  }
}

function keyOf({ booking }: QueueItem): string {
  return String(booking.id);
}

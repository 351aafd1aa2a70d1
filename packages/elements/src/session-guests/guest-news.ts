import type { BookingId, Party } from '@active-session/core';
import { statusOf, type GuestStatus } from './guest-list.js';

/** Finds out who of the guests has begun to wait, so that each arrival is said once. */
export class GuestNews {
  #id: BookingId | null = null;
  #known: ReadonlyMap<string, GuestStatus> | null = null;

  /** Who has come since the last time. Who waits already when the page comes up is seen, and not told as news. */
  waiting(id: BookingId | null, guests: readonly Party[]): readonly Party[] {
    const before = id === this.#id ? this.#known : null;
    this.#id = id;
    this.#known = new Map(guests.map((guest) => [guest.seat, statusOf(guest)]));
    if (before === null) return [];
    return guests.filter((guest) => statusOf(guest) === 'asking' && before.get(guest.seat) !== 'asking');
  }

  forget(): void {
    this.#known = null;
  }
}

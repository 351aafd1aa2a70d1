import type { BookingId, ClientView, JudgedBooking, SessionView } from '@active-session/core';
import { SessionAvailabilityChangeEvent } from './active-session.events.js';

export interface AvailabilityChange {
  readonly event: SessionAvailabilityChangeEvent;
  /** The session that has just opened while the page was there; null for none. */
  readonly opened: JudgedBooking | null;
}

/** Whether there is a session to join, and whether that has just become known or has changed. */
export class Availability {
  #available: boolean | undefined;

  get isAvailable(): boolean {
    return this.#available ?? false;
  }

  /** `own`: the session that the portal names, where it names one. */
  notice(client: ClientView | undefined, own: SessionView | null): AvailabilityChange | null {
    if (client?.state !== 'ready' && client?.state !== 'signed-out') return null;
    if (own?.state === 'loading') return null;
    const { active } = client;
    const phase = own === null ? (active?.verdict.phase ?? null) : own.phase;
    const id: BookingId | null = own === null ? (active?.booking.id ?? null) : (own.booking?.id ?? null);
    const available = phase === 'open';
    if (available === this.#available) return null;
    const opened = available && this.#available !== undefined ? active : null;
    this.#available = available;
    return { event: new SessionAvailabilityChangeEvent(available, phase, id), opened };
  }

  forget(): void {
    this.#available = undefined;
  }
}

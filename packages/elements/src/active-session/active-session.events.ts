import type { BookingId, Phase } from '@active-session/core';

/**
 * Whether there is a session to join has become known, or has changed. A portal marks its tab by it:
 * `tab.toggleAttribute('disabled', !event.available)`.
 */
export class SessionAvailabilityChangeEvent extends Event {
  readonly available: boolean;
  /** Where the booking stands; null when there is none. */
  readonly phase: Phase | null;
  readonly bookingId: BookingId | null;

  constructor(available: boolean, phase: Phase | null, bookingId: BookingId | null) {
    super('session-availability-change', { bubbles: true, composed: true });
    this.available = available;
    this.phase = phase;
    this.bookingId = bookingId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'session-availability-change': SessionAvailabilityChangeEvent;
  }
}

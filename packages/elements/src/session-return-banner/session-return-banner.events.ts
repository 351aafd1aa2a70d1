import type { BookingId } from '@active-session/core';

/** The person wants to go back to their session. A portal that takes them there in a way of its own cancels the event. */
export class SessionReturnRequestEvent extends Event {
  readonly bookingId: BookingId;

  constructor(bookingId: BookingId) {
    super('session-return-request', { bubbles: true, composed: true, cancelable: true });
    this.bookingId = bookingId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'session-return-request': SessionReturnRequestEvent;
  }
}

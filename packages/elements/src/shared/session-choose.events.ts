import type { BookingId } from '@active-session/core';

/** The provider wants to see this session. A portal that shows sessions in a way of its own cancels the event. */
export class SessionChooseRequestEvent extends Event {
  readonly bookingId: BookingId;

  constructor(bookingId: BookingId) {
    super('session-choose-request', { bubbles: true, composed: true, cancelable: true });
    this.bookingId = bookingId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'session-choose-request': SessionChooseRequestEvent;
  }
}

import type { BookingId } from '@active-session/core';

/** The person wants to book. A portal with a place of its own for that takes them there and cancels the event. */
export class BookAppointmentRequestEvent extends Event {
  constructor() {
    super('book-appointment-request', { bubbles: true, composed: true, cancelable: true });
  }
}

/** The person wants to see their session, which is open. A portal that has it on another page or tab goes there. */
export class SessionShowRequestEvent extends Event {
  readonly bookingId: BookingId;

  constructor(bookingId: BookingId) {
    super('session-show-request', { bubbles: true, composed: true, cancelable: true });
    this.bookingId = bookingId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'book-appointment-request': BookAppointmentRequestEvent;
    'session-show-request': SessionShowRequestEvent;
  }
}

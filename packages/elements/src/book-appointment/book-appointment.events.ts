import type { BookingId } from '@active-session/core';

/** An appointment was booked. */
export class AppointmentBookedEvent extends Event {
  readonly bookingId: BookingId;

  constructor(bookingId: BookingId) {
    super('appointment-booked', { bubbles: true, composed: true });
    this.bookingId = bookingId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'appointment-booked': AppointmentBookedEvent;
  }
}

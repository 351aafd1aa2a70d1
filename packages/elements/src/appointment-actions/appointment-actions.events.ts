import type { BookingId } from '@active-session/core';

/** What all of them have: the id of the booking, and nothing about the person. */
abstract class AppointmentEvent extends Event {
  readonly bookingId: BookingId;

  constructor(type: string, bookingId: BookingId, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.bookingId = bookingId;
  }
}

/** The person wants to cancel. A portal with a way of its own for that takes them there and cancels the event. */
export class AppointmentCancelRequestEvent extends AppointmentEvent {
  constructor(bookingId: BookingId) {
    super('appointment-cancel-request', bookingId, true);
  }
}

/** The person wants another time. A portal with a way of its own for that takes them there and cancels the event. */
export class AppointmentRescheduleRequestEvent extends AppointmentEvent {
  constructor(bookingId: BookingId) {
    super('appointment-reschedule-request', bookingId, true);
  }
}

/** The person has cancelled an appointment. */
export class AppointmentCancelledEvent extends AppointmentEvent {
  constructor(bookingId: BookingId) {
    super('appointment-cancelled', bookingId);
  }
}

/** The person has moved an appointment to another time. */
export class AppointmentRescheduledEvent extends AppointmentEvent {
  constructor(bookingId: BookingId) {
    super('appointment-rescheduled', bookingId);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'appointment-cancel-request': AppointmentCancelRequestEvent;
    'appointment-reschedule-request': AppointmentRescheduleRequestEvent;
    'appointment-cancelled': AppointmentCancelledEvent;
    'appointment-rescheduled': AppointmentRescheduledEvent;
  }
}

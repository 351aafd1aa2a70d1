import type { BookingId } from '@active-session/core';

/** What all requests of a session have: the id of its booking, and nothing about the person. */
abstract class SessionRequestEvent extends Event {
  readonly bookingId: BookingId;

  constructor(type: string, bookingId: BookingId) {
    super(type, { bubbles: true, composed: true, cancelable: true });
    this.bookingId = bookingId;
  }
}

/** The person pressed *Start Call*, or asked to come back or to go on here. */
export class SessionStartRequestEvent extends SessionRequestEvent {
  constructor(bookingId: BookingId) {
    super('session-start-request', bookingId);
  }
}

/** The person chose to leave for now. */
export class SessionLeaveRequestEvent extends SessionRequestEvent {
  constructor(bookingId: BookingId) {
    super('session-leave-request', bookingId);
  }
}

/** The person chose to end the session for both. */
export class SessionEndRequestEvent extends SessionRequestEvent {
  constructor(bookingId: BookingId) {
    super('session-end-request', bookingId);
  }
}

/** The person can't go on alone and asks that the other one is told. Only where the portal passes it on. */
export class SessionHelpRequestEvent extends SessionRequestEvent {
  constructor(bookingId: BookingId) {
    super('session-help-request', bookingId);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'session-start-request': SessionStartRequestEvent;
    'session-leave-request': SessionLeaveRequestEvent;
    'session-end-request': SessionEndRequestEvent;
    'session-help-request': SessionHelpRequestEvent;
  }
}

/** The person wants to book. A portal with a place of its own for that takes them there and cancels the event. */
export class BookAppointmentRequestEvent extends Event {
  constructor() {
    super('book-appointment-request', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'book-appointment-request': BookAppointmentRequestEvent;
  }
}

/** Every element as a class, and every event; importing it registers nothing. */
export { ActiveSession } from './active-session/active-session.js';
export { SessionAvailabilityChangeEvent } from './active-session/active-session.events.js';
export { BookAppointment } from './book-appointment/book-appointment.js';
export { AppointmentBookedEvent } from './book-appointment/book-appointment.events.js';
export { BookingRequired } from './booking-required/booking-required.js';
export { BookAppointmentRequestEvent } from './booking-required/booking-required.events.js';
export { ProviderDashboard } from './provider-dashboard/provider-dashboard.js';
export { ProviderNotes } from './provider-notes/provider-notes.js';
export { SessionCall } from './session-call/session-call.js';
export {
  SessionEndRequestEvent,
  SessionLeaveRequestEvent,
  SessionStartRequestEvent,
} from './session-call/session-call.events.js';
export { SessionScope } from './session-scope/session-scope.js';
export { clientContext } from './shared/client-context.js';
export { registerMessages } from './shared/messages.js';
export type { Messages } from './shared/messages.js';
export { SessionElement } from './shared/session-element.js';

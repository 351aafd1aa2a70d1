/** Every element as a class, and every event; importing it registers nothing. */
export { ActiveSession } from './active-session/active-session.js';
export { SessionAvailabilityChangeEvent } from './active-session/active-session.events.js';
export { AppointmentActions } from './appointment-actions/appointment-actions.js';
export {
  AppointmentCancelledEvent,
  AppointmentCancelRequestEvent,
  AppointmentRescheduledEvent,
  AppointmentRescheduleRequestEvent,
} from './appointment-actions/appointment-actions.events.js';
export { BookAppointment } from './book-appointment/book-appointment.js';
export { AppointmentBookedEvent } from './book-appointment/book-appointment.events.js';
export { BookingRequired } from './booking-required/booking-required.js';
export { BookAppointmentRequestEvent, SessionShowRequestEvent } from './booking-required/booking-required.events.js';
export { DeviceCheck } from './device-check/device-check.js';
export { DeviceCheckChangeEvent } from './device-check/device-check.events.js';
export { NoteComposer } from './note-composer/note-composer.js';
export { ProviderDashboard } from './provider-dashboard/provider-dashboard.js';
export { ProviderNotes } from './provider-notes/provider-notes.js';
export { NoteAmendRequestEvent, NoteWithdrawRequestEvent } from './provider-notes/provider-notes.events.js';
export { SessionCall } from './session-call/session-call.js';
export {
  SessionEndRequestEvent,
  SessionHelpRequestEvent,
  SessionLeaveRequestEvent,
  SessionStartRequestEvent,
} from './session-call/session-call.events.js';
export { SessionGuests } from './session-guests/session-guests.js';
export { SessionHistory } from './session-history/session-history.js';
export { SessionQueue } from './session-queue/session-queue.js';
export { SessionReturnBanner } from './session-return-banner/session-return-banner.js';
export { SessionReturnRequestEvent } from './session-return-banner/session-return-banner.events.js';
export { SessionScope } from './session-scope/session-scope.js';
export { clientContext } from './shared/client-context.js';
export { SessionChooseRequestEvent } from './shared/session-choose.events.js';
export { registerMessages } from './shared/messages.js';
export type { Messages } from './shared/messages.js';
export { SessionElement } from './shared/session-element.js';

export { isRetryable, isTransient, SESSION_ERROR_CODES, SessionError, toSessionError } from './errors.js';
export type { FieldProblem, SessionErrorCode, SessionErrorDetails } from './errors.js';
export { randomId } from './random-id.js';
export { writable } from './readable.js';
export type { Readable, Writable } from './readable.js';

export {
  admitRequestSchema,
  attendanceEntrySchema,
  bookingRequestSchema,
  bookingSchema,
  bookingStatusSchema,
  cancelRequestSchema,
  holdRequestSchema,
  idSchema,
  lateRequestSchema,
  lateSchema,
  providerSchema,
  reassignRequestSchema,
  rescheduleRequestSchema,
  slotSchema,
} from './booking/booking.schema.js';
export type {
  AdmitRequest,
  Attendance,
  AttendanceEntry,
  Booking,
  BookingId,
  BookingRequest,
  BookingStatus,
  HoldRequest,
  Late,
  LateRequest,
  Provider,
  ReassignRequest,
  RescheduleRequest,
  Slot,
} from './booking/booking.schema.js';
export {
  callStartedAt,
  chooseActive,
  compareText,
  judge,
  lastSeenAt,
  parseBookings,
  roleIn,
  sameId,
  settlementAt,
  windowOf,
} from './booking/booking.rules.js';
export type { VerdictInput } from './booking/booking.rules.js';
export { admissionAtFirst, isLive, permit, permitEntry, reopenableUntil } from './booking/command.rules.js';
export type { BookingCommand, Permission } from './booking/command.rules.js';
export { checkOutcomeSchema, deviceCheckSchema } from './booking/device-check.schema.js';
export type { CheckOutcome, DeviceCheck } from './booking/device-check.schema.js';
export { GUEST_SEATS, judgeGuest } from './booking/guest.rules.js';
export type { GuestStay, GuestVerdictInput } from './booking/guest.rules.js';
export {
  guestKindSchema,
  guestRequestSchema,
  guestSchema,
  invitationSchema,
  MOST_GUESTS,
} from './booking/guest.schema.js';
export type { Guest, GuestKind, GuestRequest, Invitation } from './booking/guest.schema.js';
export type { ArrivalSound } from './devices/arrival-sound.js';
export type { DeviceCheckView } from './devices/check.view.js';
export type { DeviceSettings, DeviceSettingsView } from './devices/device-settings.js';
export type { Refused } from './devices/open-media.js';
export type { DeviceChecker } from './client/device-checker.js';
export type { RecoveryReason } from './call/recovery.rules.js';
export type { Measured, Quality, Trouble } from './call/quality.rules.js';
export { toICalendar } from './booking/icalendar.rules.js';
export type { CalendarEntry } from './booking/icalendar.rules.js';
export { instantSchema, MINUTE, toInstant, toIso } from './booking/instant.schema.js';
export type { Instant } from './booking/instant.schema.js';
export { labelSchema } from './booking/label.schema.js';
export { fieldProblems, parse, parseList } from './booking/parse.rules.js';
export type { ParsedList } from './booking/parse.rules.js';
export { PLAIN_TEXT, writtenSchema } from './booking/text.schema.js';
export { DEFAULT_WINDOW_POLICY, roleSchema, windowPolicySchema } from './booking/policy.schema.js';
export type { Role, WindowPolicy } from './booking/policy.schema.js';
export {
  activeBookingSchema,
  phaseSchema,
  verdictFromWire,
  verdictReasonSchema,
  verdictToWire,
} from './booking/verdict.schema.js';
export type { Phase, Verdict, VerdictReason, VerdictWire } from './booking/verdict.schema.js';

export { mergeNotes, noteKey, parseNotes } from './notes/note.rules.js';
export { isPlainText, roomFor, toPlainText } from './notes/note-text.rules.js';
export type { ReadMarks, ReadMarksView } from './notes/read-marks.js';
export {
  draftKeySchema,
  historyEntrySchema,
  NOTE_MAX_LENGTH,
  noteKindSchema,
  noteRequestSchema,
  providerNoteSchema,
} from './notes/note.schema.js';
export type { DraftKey, HistoryEntry, NoteKind, NoteRequest, ProviderNote } from './notes/note.schema.js';
export type { NoteKeeping, NoteKeepingView } from './notes/note-keeper.js';
export { keptUntil } from './notes/note-vault.js';
export type { UnsentNotes } from './notes/unsent.view.js';
export type { NoteDraft, OutboxItem } from './notes/outbox.machine.js';

export {
  admissionSchema,
  partyRoleSchema,
  partySchema,
  presenceStateSchema,
  sendingSchema,
  trackStateSchema,
} from './booking/party.schema.js';
export { admissionOf, isAdmitted } from './booking/party.rules.js';
export type { Admission, Party, PartyRole, PresenceState, Sending, TrackState } from './booking/party.schema.js';
export {
  grantSchema,
  leaseRequestSchema,
  networkTestSchema,
  presenceAnswerSchema,
  presenceReportSchema,
  seatRequestSchema,
  seatSchema,
  ticketSchema,
} from './call/ticket.schema.js';
export type {
  Grant,
  IceServer,
  NetworkTest,
  PresenceAnswer,
  PresenceReport,
  Seat,
  SeatRequest,
  Ticket,
} from './call/ticket.schema.js';
export { retryDelay } from './call/retry.rules.js';
export type { CallOutcome } from './call/call.machine.js';
export type { CallState, CallView, OtherView } from './call/call.view.js';

export { pollSchema, SESSION_EVENT_TYPES, sessionEventSchema } from './session/event.schema.js';
export type { SessionEvent } from './session/event.schema.js';
export { contactSchema, meSchema } from './session/me.schema.js';
export type { Contact, Me } from './session/me.schema.js';
export type { Session } from './session/session.js';
export type { NotesView, SessionView } from './session/session.view.js';

export type {
  AccessPort,
  ActiveBooking,
  Backend,
  BookingQuery,
  BookingsPort,
  ClockSample,
  EventMessage,
  EventsConnection,
  EventsPort,
  HistoryQuery,
  IdempotentOptions,
  NotesPort,
  Page,
  RequestOptions,
  ServerTimePort,
  VersionedOptions,
} from './ports/backend.port.js';
export type {
  Device,
  DeviceAbilities,
  DeviceChoice,
  DeviceKind,
  DevicesPort,
  LocalMedia,
  MediaRequest,
  OpenOptions,
  StreamHandle,
} from './ports/devices.port.js';
export type {
  Clock,
  Platform,
  SeatsPort,
  StoragePort,
  TabMessage,
  TabsPort,
  WakePort,
  WakeReason,
} from './ports/platform.port.js';
export type {
  Carries,
  ConnectOptions,
  NetworkReport,
  ProbeOptions,
  RemoteMedia,
  SignallingChannel,
  SignallingMessage,
  SignallingPort,
  VideoConnection,
  VideoPort,
  VideoSnapshot,
  VideoState,
  VideoStats,
} from './ports/video.port.js';

export type { HistoryFilter, Outcome } from './history/history.rules.js';
export type { HistoryView, PastSession } from './history/history.view.js';
export type { PatientHistory } from './history/patient-history.js';

export { chooseVideo } from './ports/video-engines.js';
export { createSessionClient } from './client.js';
export type { ClientOptions, SessionClient } from './client.js';
export type { ClientView, JudgedBooking } from './client/client.view.js';
export { queueView } from './client/queue.view.js';
export type { QueueCommand, QueueItem, QueueStatus } from './client/queue.view.js';
export type { Capabilities } from './ports/capabilities.js';
export type { BookingCommands } from './client/commands.js';
export type { ServerClock } from './client/server-clock.js';

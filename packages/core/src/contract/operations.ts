import type * as z from 'zod/mini';
import {
  admitRequestSchema,
  bookingRequestSchema,
  bookingSchema,
  cancelRequestSchema,
  holdRequestSchema,
  lateRequestSchema,
  reassignRequestSchema,
  rescheduleRequestSchema,
} from '../booking/booking.schema.js';
import { guestRequestSchema, invitationSchema } from '../booking/guest.schema.js';
import {
  leaseRequestSchema,
  networkTestSchema,
  presenceAnswerSchema,
  presenceReportSchema,
  seatRequestSchema,
  seatSchema,
  ticketSchema,
} from '../call/ticket.schema.js';
import { draftKeySchema, noteRequestSchema, providerNoteSchema } from '../notes/note.schema.js';
import type { ProblemCode } from '../problem.schema.js';
import { pollSchema } from '../session/event.schema.js';
import { meSchema } from '../session/me.schema.js';
import * as bodies from './bodies.schema.js';

/** Rises with each change that a client can notice. */
export const CONTRACT_VERSION = '1.2.0';

/**
 * Who may call an operation. In a booking it is the part in that booking that counts, not what somebody mostly is;
 * whose booking it is not gets the answer of one that does not exist.
 *
 * - `everybody`: no sign-in
 * - `signed-in`: whoever they are, for what is theirs
 * - `accounts`: the same, but no guest of a session
 * - `patients` `providers`: by the role of the sign-in
 * - `participant`: the patient and the provider of the booking, and its guests
 * - `party`: the patient and the provider of the booking; a guest of it is `forbidden`
 * - `reader`: a party, and a former provider for what they wrote themselves
 * - `its-provider`: the provider of the booking; the patient of it is `forbidden`, a guest too
 * - `their-provider`: a provider with a booking of the patient in the path
 */
export type Access =
  | 'everybody'
  | 'signed-in'
  | 'accounts'
  | 'patients'
  | 'providers'
  | 'participant'
  | 'party'
  | 'reader'
  | 'its-provider'
  | 'their-provider';

export type OperationMethod = 'GET' | 'POST' | 'PUT';

/** One operation of the contract. */
export interface Operation {
  readonly method: OperationMethod;
  /** Under the endpoint; `{id}` is a value without a slash. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly query?: z.ZodMiniObject;
  readonly body?: z.ZodMiniObject;
  /** Done once for an `Idempotency-Key`. */
  readonly once?: true;
  /** Only for the version named in `If-Match`. */
  readonly ifMatch?: true;
  readonly status: 200 | 201 | 204;
  /** Null: nothing comes back. */
  readonly answer: z.ZodMiniType | null;
  /**
   * What it can be refused with, beside what any request can: `unauthenticated`, `rate-limited`, `unavailable`, and 403 for
   * a sign-in that names nobody any more (`forbidden`; of a guest also `outside-window`, `session-ended`, `session-cancelled`).
   */
  readonly refusals: readonly ProblemCode[];
}

const ofBooking = ['not-found'] as const;
const closed = ['outside-window', 'session-ended', 'session-cancelled'] as const;

/** Every operation by its id, which is also its name in the OpenAPI document and in `Me.offers`. */
export const operations = {
  getMe: {
    method: 'GET',
    path: '/me',
    access: 'signed-in',
    summary: 'Who is signed in, the server’s time and the window policy',
    status: 200,
    answer: meSchema,
    refusals: [],
  },
  getDraftKey: {
    method: 'GET',
    path: '/me/draft-key',
    access: 'providers',
    summary: 'The secret that drafts on this device are encrypted with; kept in memory only',
    status: 200,
    answer: draftKeySchema,
    refusals: ['forbidden'],
  },
  listProviders: {
    method: 'GET',
    path: '/providers',
    access: 'accounts',
    summary: 'Whom one can book',
    status: 200,
    answer: bodies.providerPage,
    refusals: ['forbidden'],
  },
  listSlots: {
    method: 'GET',
    path: '/providers/{id}/slots',
    access: 'accounts',
    summary: 'Free times of a provider in [from, to), in order',
    query: bodies.slotQuery,
    status: 200,
    answer: bodies.slotPage,
    refusals: ['forbidden', 'invalid', 'not-found'],
  },
  listBookings: {
    method: 'GET',
    path: '/bookings',
    access: 'accounts',
    summary: 'One’s own bookings by time',
    query: bodies.bookingQuery,
    status: 200,
    answer: bodies.bookingPage,
    refusals: ['forbidden', 'invalid'],
  },
  getActiveBooking: {
    method: 'GET',
    path: '/bookings/active',
    access: 'signed-in',
    summary: 'The booking whose window is open, or the next one, with the server’s verdict',
    status: 200,
    answer: bodies.activeBooking,
    refusals: [],
  },
  book: {
    method: 'POST',
    path: '/bookings',
    access: 'patients',
    summary: 'Books a free time',
    body: bookingRequestSchema,
    once: true,
    status: 201,
    answer: bookingSchema,
    refusals: ['forbidden', 'invalid', 'slot-taken', 'conflict'],
  },
  getBooking: {
    method: 'GET',
    path: '/bookings/{id}',
    access: 'participant',
    summary: 'One booking, with its version as ETag',
    status: 200,
    answer: bookingSchema,
    refusals: ofBooking,
  },
  cancelBooking: {
    method: 'POST',
    path: '/bookings/{id}/cancel',
    access: 'party',
    summary: 'Cancels; a second time answers like the first',
    body: cancelRequestSchema,
    status: 200,
    answer: bookingSchema,
    refusals: [...ofBooking, 'forbidden', 'invalid', 'outside-window', 'session-ended', 'conflict'],
  },
  rescheduleBooking: {
    method: 'POST',
    path: '/bookings/{id}/reschedule',
    access: 'party',
    summary: 'Moves a booking of a known version to another free time; refused while a call runs',
    body: rescheduleRequestSchema,
    ifMatch: true,
    status: 200,
    answer: bookingSchema,
    refusals: [...ofBooking, 'forbidden', 'invalid', ...closed, 'slot-taken', 'conflict'],
  },
  completeBooking: {
    method: 'POST',
    path: '/bookings/{id}/complete',
    access: 'party',
    summary: 'Ends the session for both, for good; a second time answers like the first',
    status: 200,
    answer: bookingSchema,
    refusals: [...ofBooking, 'forbidden', 'outside-window', 'session-cancelled', 'conflict'],
  },
  reopenBooking: {
    method: 'POST',
    path: '/bookings/{id}/reopen',
    access: 'its-provider',
    summary: 'Opens a session again that was ended by mistake, while its window is open',
    status: 200,
    answer: bookingSchema,
    refusals: [...ofBooking, 'forbidden', 'outside-window', 'session-cancelled', 'conflict'],
  },
  admitPatient: {
    method: 'POST',
    path: '/bookings/{id}/admit',
    access: 'its-provider',
    summary: 'Lets the patient, or a guest, from the waiting room into the call',
    body: admitRequestSchema,
    status: 200,
    answer: bodies.parties,
    refusals: [...ofBooking, 'forbidden', 'invalid', ...closed],
  },
  holdPatient: {
    method: 'POST',
    path: '/bookings/{id}/hold',
    access: 'its-provider',
    summary: 'Asks the patient, or a guest, to wait, with a message; out of the call too',
    body: holdRequestSchema,
    status: 200,
    answer: bodies.parties,
    refusals: [...ofBooking, 'forbidden', 'invalid', ...closed],
  },
  inviteGuest: {
    method: 'POST',
    path: '/bookings/{id}/guests',
    access: 'its-provider',
    summary: 'A seat and a link for an interpreter or a family member, who has no account',
    body: guestRequestSchema,
    once: true,
    status: 201,
    answer: invitationSchema,
    refusals: [...ofBooking, 'forbidden', 'invalid', ...closed, 'conflict'],
  },
  removeGuest: {
    method: 'POST',
    path: '/bookings/{id}/guests/{seat}/remove',
    access: 'its-provider',
    summary: 'Takes a guest’s seat and link away, out of the call too; a second time answers like the first',
    status: 200,
    answer: bodies.parties,
    refusals: [...ofBooking, 'forbidden', ...closed],
  },
  announceLate: {
    method: 'POST',
    path: '/bookings/{id}/late',
    access: 'its-provider',
    summary: 'Says that the provider will be late',
    body: lateRequestSchema,
    status: 200,
    answer: bookingSchema,
    refusals: [...ofBooking, 'forbidden', 'invalid', ...closed, 'conflict'],
  },
  reportNoShow: {
    method: 'POST',
    path: '/bookings/{id}/no-show',
    access: 'its-provider',
    summary: 'Says that the patient did not come: cancelled, with the reason no-show',
    status: 200,
    answer: bookingSchema,
    refusals: [...ofBooking, 'forbidden', ...closed, 'conflict'],
  },
  reassignBooking: {
    method: 'POST',
    path: '/bookings/{id}/reassign',
    access: 'its-provider',
    summary: 'Hands a booking of a known version over to another provider',
    body: reassignRequestSchema,
    ifMatch: true,
    status: 204,
    answer: null,
    refusals: [...ofBooking, 'forbidden', 'invalid', 'session-cancelled', 'slot-taken', 'conflict'],
  },
  takeSeat: {
    method: 'POST',
    path: '/bookings/{id}/seat',
    access: 'participant',
    summary: 'The seat of who asks: a lease that presence renews',
    body: seatRequestSchema,
    status: 200,
    answer: seatSchema,
    refusals: [...ofBooking, 'invalid', ...closed, 'seat-taken'],
  },
  join: {
    method: 'POST',
    path: '/bookings/{id}/join',
    access: 'participant',
    summary: 'A ticket for a seat that is held, good for one connection',
    body: leaseRequestSchema,
    status: 200,
    answer: ticketSchema,
    refusals: [...ofBooking, 'invalid', ...closed, 'seat-lost'],
  },
  reportPresence: {
    method: 'PUT',
    path: '/bookings/{id}/presence',
    access: 'participant',
    summary: 'What who holds the seat does, and what their device check found; renews the lease',
    body: presenceReportSchema,
    status: 200,
    answer: presenceAnswerSchema,
    refusals: [...ofBooking, 'invalid', ...closed, 'seat-lost'],
  },
  leave: {
    method: 'POST',
    path: '/bookings/{id}/leave',
    access: 'participant',
    summary: 'Gives the seat back; leaving is not ending',
    body: leaseRequestSchema,
    status: 204,
    answer: null,
    refusals: [...ofBooking, 'invalid'],
  },
  listNotes: {
    method: 'GET',
    path: '/bookings/{id}/notes',
    access: 'reader',
    summary: 'The notes of a booking in order',
    query: bodies.pageQuery,
    status: 200,
    answer: bodies.notePage,
    refusals: [...ofBooking, 'forbidden', 'invalid'],
  },
  addNote: {
    method: 'POST',
    path: '/bookings/{id}/notes',
    access: 'its-provider',
    summary: 'Appends a note, during the session or after it',
    body: noteRequestSchema,
    once: true,
    status: 201,
    answer: providerNoteSchema,
    refusals: [...ofBooking, 'forbidden', 'invalid', 'outside-window', 'session-cancelled', 'conflict'],
  },
  withdrawNote: {
    method: 'POST',
    path: '/bookings/{id}/notes/{note}/withdraw',
    access: 'its-provider',
    summary: 'Takes a note in the wrong chart out of the patient’s sight; the fact stays',
    status: 200,
    answer: providerNoteSchema,
    refusals: [...ofBooking, 'forbidden'],
  },
  listHistory: {
    method: 'GET',
    path: '/patients/{id}/history',
    access: 'their-provider',
    summary: 'A patient’s earlier bookings with the provider who asks, newest first, with their notes',
    query: bodies.historyQuery,
    status: 200,
    answer: bodies.historyPage,
    refusals: ['forbidden', 'not-found', 'invalid'],
  },
  testNetwork: {
    method: 'GET',
    path: '/network-test',
    access: 'signed-in',
    summary: 'Relay servers and a signalling probe for the check before the call',
    status: 200,
    answer: networkTestSchema,
    refusals: [],
  },
  followEvents: {
    method: 'GET',
    path: '/events',
    access: 'signed-in',
    summary: 'What happens, as server-sent events after Last-Event-ID; as JSON for who polls',
    query: bodies.eventsQuery,
    status: 200,
    answer: pollSchema,
    refusals: ['not-supported', 'invalid'],
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    access: 'everybody',
    summary: 'This contract as OpenAPI 3.1',
    status: 200,
    answer: bodies.document,
    refusals: [],
  },
  getHealth: {
    method: 'GET',
    path: '/healthz',
    access: 'everybody',
    summary: 'Whether the process lives',
    status: 200,
    answer: bodies.health,
    refusals: [],
  },
  getReadiness: {
    method: 'GET',
    path: '/readyz',
    access: 'everybody',
    summary: 'Whether the database answers',
    status: 200,
    answer: bodies.health,
    refusals: ['unavailable'],
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;

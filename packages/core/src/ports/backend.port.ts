import type {
  Booking,
  BookingId,
  BookingRequest,
  AdmitRequest,
  HoldRequest,
  LateRequest,
  Provider,
  ReassignRequest,
  RescheduleRequest,
  Slot,
} from '../booking/booking.schema.js';
import type { GuestRequest, Invitation } from '../booking/guest.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import type { ParsedList } from '../booking/parse.rules.js';
import type { Verdict } from '../booking/verdict.schema.js';
import type { Party } from '../booking/party.schema.js';
import type { NetworkTest, PresenceAnswer, PresenceReport, Seat, SeatRequest, Ticket } from '../call/ticket.schema.js';
import { SessionError, type FieldProblem } from '../errors.js';
import type { DraftKey, HistoryEntry, NoteKind, NoteRequest, ProviderNote } from '../notes/note.schema.js';
import type { SessionEvent } from '../session/event.schema.js';
import type { Me } from '../session/me.schema.js';

/** Every port method takes a signal; aborting rejects with `SessionError` code `aborted`. */
export interface RequestOptions {
  readonly signal: AbortSignal;
}

/** A repeated request with the same key is answered like the first and done once. */
export interface IdempotentOptions extends RequestOptions {
  readonly idempotencyKey: string;
}

/** Only for the version that the asker knows: `conflict` when it has changed since. */
export interface VersionedOptions extends RequestOptions {
  readonly version: number;
}

/** One page of a list; bad items are told beside the good ones. No `cursor`: it was the last. */
export interface Page<T> extends ParsedList<T> {
  readonly cursor?: string | undefined;
}

/** Every page of a list as one. @throws SessionError `malformed` where a page leads back to one before it */
export async function allPages<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<ParsedList<T>> {
  const items: T[] = [];
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    problems.push(...page.problems);
    cursor = page.cursor;
    if (cursor !== undefined && seen.has(cursor)) {
      throw new SessionError('malformed', 'A page of a list leads back to one before it.');
    }
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
  return { items, problems };
}

export interface ActiveBooking {
  readonly booking: Booking | null;
  readonly verdict: Verdict | null;
}

/**
 * Appointments. Only `active` must be there; what a backend does not offer is left out or throws `not-supported`, and
 * the client says so where it is asked for. A command whose effect is there already answers like the first time.
 */
export interface BookingsPort {
  /** The booking whose window is open, or the next one. */
  active(options: RequestOptions): Promise<ActiveBooking>;
  list?(query: BookingQuery, options: RequestOptions): Promise<Page<Booking>>;
  providers?(options: RequestOptions): Promise<readonly Provider[]>;
  /** Free times of a provider in `[from, to)`, in order. */
  slots?(provider: string, range: { from: Instant; to: Instant }, options: RequestOptions): Promise<readonly Slot[]>;
  /** @throws SessionError `slot-taken` or `invalid` */
  book?(request: BookingRequest, options: IdempotentOptions): Promise<Booking>;
  get?(id: BookingId, options: RequestOptions): Promise<Booking>;
  cancel?(id: BookingId, reason: string | undefined, options: RequestOptions): Promise<Booking>;
  /** Ends the session for both, for good; a second time answers like the first. */
  complete?(id: BookingId, options: RequestOptions): Promise<Booking>;
  /** @throws SessionError `conflict` while a call runs or where the version has changed, `slot-taken` */
  reschedule?(id: BookingId, request: RescheduleRequest, options: VersionedOptions): Promise<Booking>;
  /** Opens again what was ended by mistake. Its provider only; so are those below. */
  reopen?(id: BookingId, options: RequestOptions): Promise<Booking>;
  late?(id: BookingId, request: LateRequest, options: RequestOptions): Promise<Booking>;
  noShow?(id: BookingId, options: RequestOptions): Promise<Booking>;
  /** Hands it over; it is not this provider's any more then. */
  reassign?(id: BookingId, request: ReassignRequest, options: VersionedOptions): Promise<void>;
}

export interface BookingQuery {
  readonly status?: Booking['status'];
  readonly from?: Instant;
  readonly to?: Instant;
  readonly cursor?: string;
}

/** Which of a patient's earlier bookings. */
export interface HistoryQuery {
  readonly from?: Instant;
  readonly to?: Instant;
  /** Only bookings with a note of this kind. */
  readonly kind?: NoteKind;
  readonly cursor?: string;
  /** At most so many on the page, up to 9,999; a backend may give fewer, and has a number of its own where it is left out. */
  readonly limit?: number;
}

/** Provider notes: append-only. Without `add` a provider can read but not write here. */
export interface NotesPort {
  list(bookingId: BookingId, cursor: string | undefined, options: RequestOptions): Promise<Page<ProviderNote>>;
  add?(bookingId: BookingId, note: NoteRequest, options: IdempotentOptions): Promise<ProviderNote>;
  /** Takes a note in the wrong chart out of the patient's sight; the fact stays. */
  withdraw?(bookingId: BookingId, noteId: string, options: RequestOptions): Promise<ProviderNote>;
  /** A patient's bookings with this provider, newest first, with their notes. @throws SessionError `not-found` */
  history?(patient: string, query: HistoryQuery, options: RequestOptions): Promise<Page<HistoryEntry>>;
}

/** Who is here, and the right to take part in a call. A backend without it has notes and bookings but no video. */
export interface AccessPort {
  me(options: RequestOptions): Promise<Me>;
  /**
   * The lease on this person's seat.
   *
   * @throws SessionError `seat-taken` while another holder has it, `outside-window`, `session-ended`, `session-cancelled`
   */
  takeSeat(bookingId: BookingId, request: SeatRequest, options: RequestOptions): Promise<Seat>;
  /** A new ticket for a seat that is held; each is good for one connection. */
  join(bookingId: BookingId, seat: Seat, options: RequestOptions): Promise<Ticket>;
  /** Says what this person does and renews the lease. @throws SessionError `seat-lost` */
  presence(bookingId: BookingId, report: PresenceReport, options: RequestOptions): Promise<PresenceAnswer>;
  /** Gives the seat back. */
  leave(bookingId: BookingId, seat: Seat, options: RequestOptions): Promise<void>;
  /** Gives the seat back while the page is going away, when no answer can be awaited. */
  leaveNow?(bookingId: BookingId, seat: Seat): void;
  /** Lets somebody into the call, or asks them to wait. The booking's provider only; answers who is there then. */
  admit?(bookingId: BookingId, request: AdmitRequest, options: RequestOptions): Promise<readonly Party[]>;
  hold?(bookingId: BookingId, request: HoldRequest, options: RequestOptions): Promise<readonly Party[]>;
  /** A seat and a link for somebody who has no account. The booking's provider only. @throws SessionError `conflict` where all seats are taken */
  inviteGuest?(bookingId: BookingId, request: GuestRequest, options: IdempotentOptions): Promise<Invitation>;
  /** Takes a guest's seat and link away. The booking's provider only; answers who is there then. */
  removeGuest?(bookingId: BookingId, seat: string, options: RequestOptions): Promise<readonly Party[]>;
  /** What the check before a call can try. */
  testNetwork?(options: RequestOptions): Promise<NetworkTest>;
  /** The secret that drafts on this device are encrypted with. Providers only. */
  draftKey?(options: RequestOptions): Promise<DraftKey>;
}

/** What the event stream of a person says. `reset`: something may have been missed, read everything anew. */
export type EventMessage =
  | { readonly type: 'event'; readonly event: SessionEvent }
  | { readonly type: 'reset' }
  | { readonly type: 'connection'; readonly state: EventsConnection; readonly error?: SessionError };

/** `polling` is as good as `live`, only slower. */
export type EventsConnection = 'connecting' | 'live' | 'polling' | 'down';

/** The event stream: the port reconnects by itself, and tells nothing twice, until the signal is aborted. */
export interface EventsPort {
  subscribe(listener: (message: EventMessage) => void, options: RequestOptions): void;
  /** The page came back from sleep or from being offline: check the stream now. */
  wake?(): void;
}

/** One reading of the server's clock: it showed `serverTime` between `sentAt` and `receivedAt` (monotonic ms). */
export interface ClockSample {
  readonly serverTime: Instant;
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** The server's clock, as answers of the backend show it. */
export interface ServerTimePort {
  subscribe(listener: (sample: ClockSample) => void): () => void;
  measure(options: RequestOptions): Promise<void>;
}

/** A backend by capability, so that parts of several compose: `{ ...own, access: rest.access }`. */
export interface Backend {
  readonly bookings: BookingsPort;
  readonly notes: NotesPort;
  readonly access?: AccessPort;
  readonly events?: EventsPort;
  readonly time?: ServerTimePort;
}

import type {
  AdmitRequest,
  Booking,
  BookingId,
  BookingRequest,
  HoldRequest,
  LateRequest,
  Provider,
  Slot,
} from '../booking/booking.schema.js';
import type { GuestRequest, Invitation } from '../booking/guest.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import type { Party } from '../booking/party.schema.js';
import { SessionError } from '../errors.js';
import type { HistoryEntry, ProviderNote } from '../notes/note.schema.js';
import type { AccessPort, Backend, BookingsPort, HistoryQuery, NotesPort, Page } from '../ports/backend.port.js';
import type { NetworkTest } from '../call/ticket.schema.js';
import { randomId } from '../random-id.js';
import type { SessionEvent } from '../session/event.schema.js';

/**
 * What a person does with appointments, with or without a session. Each rejects with `SessionError`: `not-supported`
 * where the backend does not offer it, and what its port names. What it changed is in the client's view when it resolves.
 */
export interface BookingCommands {
  providers(options?: { signal?: AbortSignal }): Promise<readonly Provider[]>;
  /** Free times of a provider in `[from, to)`, in order. */
  slots(
    provider: string,
    range: { from: Instant; to: Instant },
    options?: { signal?: AbortSignal },
  ): Promise<readonly Slot[]>;
  /**
   * Books. Pass the same `idempotencyKey` to try again after a failure, so that it can't become two bookings.
   *
   * @throws SessionError `slot-taken` when somebody was faster, `invalid` with `problems`
   */
  book(request: BookingRequest, options?: { idempotencyKey?: string; signal?: AbortSignal }): Promise<Booking>;
  cancel(id: BookingId, reason?: string): Promise<Booking>;
  /**
   * Moves a booking to another free time, if it still is as this page knows it.
   *
   * @throws SessionError `conflict` when it has changed or a call runs, `slot-taken`
   */
  reschedule(id: BookingId, dateTime: string): Promise<Booking>;
  /** Opens a session again that was ended by mistake. Its provider only; so are the commands below. */
  reopen(id: BookingId): Promise<Booking>;
  /** Says to the patient that the provider will be late. */
  late(id: BookingId, request: LateRequest): Promise<Booking>;
  /** Says that the patient did not come. */
  noShow(id: BookingId): Promise<Booking>;
  /** Hands the booking over to another provider. @throws SessionError `conflict` when it has changed */
  reassign(id: BookingId, provider: string): Promise<void>;
  /** Lets the patient, or the guest in this seat, from the waiting room into the call. */
  admit(id: BookingId, request?: AdmitRequest): Promise<void>;
  /** Asks the patient, or the guest in this seat, to wait, out of the call too. */
  hold(id: BookingId, request?: HoldRequest): Promise<void>;
  /**
   * Makes a seat and a link for somebody without an account. The token is in the answer and nowhere else: not in any view,
   * not on the device. Pass the same `idempotencyKey` to try again after a failure, so that it can't become two guests.
   *
   * @throws SessionError `conflict` where all seats for guests are taken
   */
  inviteGuest(
    id: BookingId,
    request: GuestRequest,
    options?: { idempotencyKey?: string; signal?: AbortSignal },
  ): Promise<Invitation>;
  /** Takes a guest's seat and link away, out of the call too. */
  removeGuest(id: BookingId, seat: string): Promise<void>;
  /** Takes a note in the wrong chart out of the patient's sight. */
  withdrawNote(id: BookingId, noteId: string): Promise<ProviderNote>;
  /** A patient's bookings with this provider, newest first, with their notes. */
  history(patient: string, query?: HistoryQuery, options?: { signal?: AbortSignal }): Promise<Page<HistoryEntry>>;
  /** What the check before a call can try. Anybody. */
  testNetwork(options?: { signal?: AbortSignal }): Promise<NetworkTest>;
}

export interface CommandsOptions {
  readonly backend: Backend;
  readonly closed: AbortSignal;
  /** Takes what a command brought about, as an event would. */
  readonly keep: (event: SessionEvent) => void;
  /** The booking as this page knows it. */
  readonly find: (id: BookingId) => Booking | undefined;
  /** Who is known to be in it. */
  readonly partiesOf: (id: BookingId) => readonly Party[];
  /** Id of who is signed in. */
  readonly whoIsHere: () => string | undefined;
}

export function createCommands({
  backend,
  closed,
  keep,
  find,
  partiesOf,
  whoIsHere,
}: CommandsOptions): BookingCommands {
  const { bookings, notes, access } = backend;

  const from = <P extends object, K extends keyof P>(
    port: P | undefined,
    method: K,
    what: string,
  ): NonNullable<P[K]> => {
    if (closed.aborted) throw new SessionError('aborted', 'This client was closed.');
    const found: unknown = port?.[method];
    if (typeof found !== 'function') throw new SessionError('not-supported', `This backend does not offer ${what}.`);
    return found.bind(port) as NonNullable<P[K]>;
  };
  const booking = <K extends keyof BookingsPort>(method: K, what: string): NonNullable<BookingsPort[K]> =>
    from(bookings, method, what);
  const note = <K extends keyof NotesPort>(method: K, what: string): NonNullable<NotesPort[K]> =>
    from(notes, method, what);
  const entry = <K extends keyof AccessPort>(method: K, what: string): NonNullable<AccessPort[K]> =>
    from(access, method, what);

  const until = (own: AbortSignal | undefined): AbortSignal =>
    own === undefined ? closed : AbortSignal.any([closed, own]);
  const kept = (changed: Booking): Booking => {
    keep({ type: 'booking.changed', booking: changed });
    return changed;
  };
  const known = (id: BookingId): number => {
    const found = find(id);
    if (found === undefined) throw new SessionError('not-found', 'No such booking is known here.');
    if (found.version !== undefined) return found.version;
    throw new SessionError('not-supported', 'This backend gives its bookings no version.');
  };
  const signal = closed;
  const here = (id: BookingId, parties: readonly Party[]): void => {
    keep({ type: 'presence.changed', bookingId: id, parties: [...parties] });
  };

  return {
    providers: async (options = {}) =>
      await booking('providers', 'a list of providers')({ signal: until(options.signal) }),
    slots: async (provider, range, options = {}) =>
      await booking('slots', 'free times')(provider, range, { signal: until(options.signal) }),
    book: async (request, { idempotencyKey = randomId(), signal: own } = {}) =>
      kept(await booking('book', 'booking')(request, { idempotencyKey, signal: until(own) })),
    cancel: async (id, reason) => kept(await booking('cancel', 'cancelling')(id, reason, { signal })),
    reschedule: async (id, dateTime) =>
      kept(await booking('reschedule', 'rescheduling')(id, { dateTime }, { version: known(id), signal })),
    reopen: async (id) => kept(await booking('reopen', 'reopening')(id, { signal })),
    late: async (id, request) => kept(await booking('late', 'running late')(id, request, { signal })),
    noShow: async (id) => kept(await booking('noShow', 'no-shows')(id, { signal })),
    async reassign(id, provider) {
      await booking('reassign', 'handing over')(id, { provider }, { version: known(id), signal });
      // To themselves, it stays where it is.
      if (provider !== whoIsHere()) keep({ type: 'booking.removed', bookingId: id });
    },
    admit: async (id, request = {}) => {
      here(id, await entry('admit', 'admission')(id, request, { signal }));
    },
    hold: async (id, request = {}) => {
      here(id, await entry('hold', 'admission')(id, request, { signal }));
    },
    async inviteGuest(id, request, { idempotencyKey = randomId(), signal: own } = {}) {
      const options = { idempotencyKey, signal: until(own) };
      const invitation = await entry('inviteGuest', 'guests')(id, request, options);
      const known = partiesOf(id);
      const { seat } = invitation.guest;
      // The event of it may be here already, and then it knows more.
      if (!known.some((party) => party.seat === seat)) here(id, [...known, invited(invitation)]);
      return invitation;
    },
    removeGuest: async (id, seat) => {
      here(id, await entry('removeGuest', 'guests')(id, seat, { signal }));
    },
    async withdrawNote(id, noteId) {
      const withdrawn = await note('withdraw', 'withdrawing notes')(id, noteId, { signal });
      keep({ type: 'note.added', bookingId: id, note: withdrawn });
      return withdrawn;
    },
    history: async (patient, query = {}, options = {}) =>
      await note('history', 'a history')(patient, query, { signal: until(options.signal) }),
    testNetwork: async (options = {}) =>
      await entry('testNetwork', 'a network test')({ signal: until(options.signal) }),
  };
}

function invited({ guest: { seat, name, kind } }: Invitation): Party {
  return {
    ...{ seat, role: 'guest', kind, name, peerId: null, dials: false },
    ...{ presence: 'away', since: null, admission: 'asking' },
  };
}

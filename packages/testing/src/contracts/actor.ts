import {
  randomId,
  type AccessPort,
  type ActiveBooking,
  type Booking,
  type BookingId,
  type BookingQuery,
  type BookingRequest,
  type DraftKey,
  type EventMessage,
  type GuestRequest,
  type HistoryEntry,
  type HistoryQuery,
  type Invitation,
  type Me,
  type NetworkTest,
  type NoteRequest,
  type Page,
  type Party,
  type PresenceAnswer,
  type PresenceReport,
  type Provider,
  type ProviderNote,
  type Seat,
  type SessionEvent,
  type Slot,
  type Ticket,
} from '@active-session/core';
import { assert, equal, present } from './assert.js';
import type { Reached } from './needs.js';

/** One person at a backend, as a test speaks of them. What the backend does not offer fails where it is asked for. */
/** What a presence report tells beside where somebody is. */
export type Told = Pick<PresenceReport, 'devices' | 'sending'>;

export interface Actor {
  readonly backend: Reached;
  me(): Promise<Me>;
  draftKey(): Promise<DraftKey>;
  testNetwork(): Promise<NetworkTest>;

  active(): Promise<ActiveBooking>;
  get(id: BookingId): Promise<Booking>;
  list(query?: BookingQuery): Promise<Page<Booking>>;
  /** Every page of them; that each comes once is checked. */
  all(query?: Omit<BookingQuery, 'cursor'>): Promise<readonly Booking[]>;
  providers(): Promise<readonly Provider[]>;
  slots(provider: string, from: number, to: number): Promise<readonly Slot[]>;
  book(request: BookingRequest, idempotencyKey: string): Promise<Booking>;
  cancel(id: BookingId, reason?: string): Promise<Booking>;
  complete(id: BookingId): Promise<Booking>;
  reschedule(id: BookingId, dateTime: string, version: number): Promise<Booking>;
  reopen(id: BookingId): Promise<Booking>;
  late(id: BookingId, minutes: number, message?: string): Promise<Booking>;
  noShow(id: BookingId): Promise<Booking>;
  reassign(id: BookingId, provider: string, version: number): Promise<void>;

  /** Every page of them; that each comes once is checked. */
  notes(id: BookingId): Promise<readonly ProviderNote[]>;
  write(id: BookingId, note: string | NoteRequest, idempotencyKey?: string): Promise<ProviderNote>;
  withdraw(id: BookingId, note: string): Promise<ProviderNote>;
  history(patient: string, query?: HistoryQuery): Promise<readonly HistoryEntry[]>;

  sit(id: BookingId, holder?: string, takeOver?: boolean): Promise<Seat>;
  ticket(id: BookingId, seat: Seat): Promise<Ticket>;
  report(id: BookingId, seat: Seat, state: PresenceReport['state'], told?: Told): Promise<PresenceAnswer>;
  leave(id: BookingId, seat: Seat): Promise<void>;
  /** `seat`: of a guest; left out: the patient. */
  admit(id: BookingId, seat?: string): Promise<readonly Party[]>;
  hold(id: BookingId, message?: string, seat?: string): Promise<readonly Party[]>;
  invite(id: BookingId, request: GuestRequest, idempotencyKey?: string): Promise<Invitation>;
  removeGuest(id: BookingId, seat: string): Promise<readonly Party[]>;

  /** Follows the events from now on, until the signal is aborted or the test ends. */
  follow(signal?: AbortSignal): Heard;
}

/** What a stream of events has said. */
export interface Heard {
  readonly messages: readonly EventMessage[];
  events(): readonly SessionEvent[];
}

/** A new note with a name of its own. */
export function noteRequest(content: string, fields: Partial<NoteRequest> = {}): NoteRequest {
  return { id: randomId(), content, ...fields };
}

type Entry = Pick<
  Actor,
  | 'me'
  | 'draftKey'
  | 'testNetwork'
  | 'sit'
  | 'ticket'
  | 'report'
  | 'leave'
  | 'admit'
  | 'hold'
  | 'invite'
  | 'removeGuest'
  | 'follow'
>;
type Notes = Pick<Actor, 'notes' | 'write' | 'withdraw' | 'history'>;
type Bookings = Omit<Actor, keyof Entry | keyof Notes | 'backend'>;

export function createActor(backend: Reached, signal: AbortSignal): Actor {
  return { backend, ...bookingsOf(backend, signal), ...notesOf(backend, signal), ...entryOf(backend, signal) };
}

function bookingsOf({ bookings }: Reached, signal: AbortSignal): Bookings {
  const list: Actor['list'] = (query = {}) => able(bookings, 'list')(query, { signal });
  return {
    active: () => bookings.active({ signal }),
    get: (id) => able(bookings, 'get')(id, { signal }),
    list,
    all: (query = {}) =>
      pages(
        (cursor) => list(cursor === undefined ? query : { ...query, cursor }),
        ({ id }) => String(id),
      ),
    providers: () => able(bookings, 'providers')({ signal }),
    slots: (provider, from, to) => able(bookings, 'slots')(provider, { from, to }, { signal }),
    book: (request, idempotencyKey) => able(bookings, 'book')(request, { signal, idempotencyKey }),
    cancel: (id, reason) => able(bookings, 'cancel')(id, reason, { signal }),
    complete: (id) => able(bookings, 'complete')(id, { signal }),
    reschedule: (id, dateTime, version) => able(bookings, 'reschedule')(id, { dateTime }, { signal, version }),
    reopen: (id) => able(bookings, 'reopen')(id, { signal }),
    late: (id, minutes, message) =>
      able(bookings, 'late')(id, { minutes, ...(message === undefined ? {} : { message }) }, { signal }),
    noShow: (id) => able(bookings, 'noShow')(id, { signal }),
    reassign: (id, provider, version) => able(bookings, 'reassign')(id, { provider }, { signal, version }),
  };
}

function notesOf({ notes }: Reached, signal: AbortSignal): Notes {
  return {
    notes: (id) =>
      pages(
        (cursor) => notes.list(id, cursor, { signal }),
        ({ id: own }) => own,
      ),
    async write(id, note, idempotencyKey) {
      const request = typeof note === 'string' ? noteRequest(note) : note;
      return able(notes, 'add')(id, request, { signal, idempotencyKey: idempotencyKey ?? request.id });
    },
    withdraw: (id, note) => able(notes, 'withdraw')(id, note, { signal }),
    history: (patient, query = {}) =>
      pages(
        (cursor) => able(notes, 'history')(patient, cursor === undefined ? query : { ...query, cursor }, { signal }),
        ({ booking }) => String(booking.id),
      ),
  };
}

function entryOf({ access, events }: Reached, signal: AbortSignal): Entry {
  const entry = (): AccessPort => present(access, 'this backend to offer access');
  return {
    me: async () => entry().me({ signal }),
    draftKey: async () => able(entry(), 'draftKey')({ signal }),
    testNetwork: async () => able(entry(), 'testNetwork')({ signal }),
    sit: async (id, holder = 'tab-1', takeOver = false) => entry().takeSeat(id, { holder, takeOver }, { signal }),
    ticket: async (id, seat) => entry().join(id, seat, { signal }),
    report: async (id, { lease }, state, told = {}) => entry().presence(id, { lease, state, ...told }, { signal }),
    leave: async (id, seat) => entry().leave(id, seat, { signal }),
    admit: async (id, seat) => able(entry(), 'admit')(id, seat === undefined ? {} : { seat }, { signal }),
    hold: async (id, message, seat) =>
      able(entry(), 'hold')(
        id,
        { ...(seat === undefined ? {} : { seat }), ...(message === undefined ? {} : { message }) },
        { signal },
      ),
    invite: async (id, request, idempotencyKey = randomId()) =>
      able(entry(), 'inviteGuest')(id, request, { signal, idempotencyKey }),
    removeGuest: async (id, seat) => able(entry(), 'removeGuest')(id, seat, { signal }),
    follow(until = signal) {
      const messages: EventMessage[] = [];
      present(events, 'this backend to offer events').subscribe((message) => void messages.push(message), {
        signal: until,
      });
      return {
        messages,
        events: () => messages.flatMap((message) => (message.type === 'event' ? [message.event] : [])),
      };
    },
  };
}

/** A method that a backend may leave out; a test of one that is left out fails with this. */
function able<P extends object, K extends keyof P & string>(port: P, name: K): NonNullable<P[K]> {
  const method: unknown = port[name];
  assert(typeof method === 'function', `this backend does not offer ${name}`);
  return method.bind(port) as NonNullable<P[K]>;
}

async function pages<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  keyOf: (item: T) => string | undefined,
): Promise<readonly T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    equal(page.problems, [], 'what can not be read in a list');
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  const keys = found.map(keyOf).filter((key) => key !== undefined);
  assert(new Set(keys).size === keys.length, 'nothing comes twice in a list');
  return found;
}

import {
  SessionError,
  type Backend,
  type Booking,
  type BookingId,
  type Clock,
  type ClockSample,
  type Instant,
  type ProviderNote,
  type SignallingPort,
} from '@active-session/core';
import { join, leave, me, nextSweep, presence, sweep, takeSeat, vacate } from './memory/access.js';
import {
  activeBooking,
  addBooking,
  book,
  cancel,
  complete,
  freeSlots,
  listBookings,
  listProviders,
  type BookingFields,
} from './memory/bookings.js';
import { createEvents, type MemoryEvents } from './memory/events.js';
import { addNote, listNotes, putNote, withdrawNote } from './memory/notes.js';
import { createRequests, type BackendMethod, type FailOptions, type Requests } from './memory/requests.js';
import { createSignalling, type MemorySignalling } from './memory/signalling.js';
import { createState, ownRow, personOf, type MemoryOptions, type Row, type State } from './memory/state.js';

export type { BookingFields } from './memory/bookings.js';
export type { BackendMethod, FailOptions } from './memory/requests.js';
export type { MemoryHours, MemoryOptions, MemoryPerson } from './memory/state.js';

/** Everything of core's `Backend`, and the signalling port. Nothing is optional here. */
export interface PersonalBackend extends Required<Backend> {
  readonly bookings: Required<Backend['bookings']>;
  readonly notes: Required<Backend['notes']>;
  readonly access: Required<NonNullable<Backend['access']>>;
  readonly signalling: SignallingPort;
}

/** One backend of several people, in memory, that goes by core's own rules. */
export interface MemoryBackend {
  /** The backend as one person sees it; `clock` is that of their device, where it is another one. */
  for(person: string, options?: { clock?: Clock }): PersonalBackend;
  /** The server's clock. */
  readonly now: () => Instant;
  /** A booking as the server has it now. */
  booking(id: BookingId): Booking;
  notes(id: BookingId): readonly ProviderNote[];

  /** Puts a booking in place without asking about slots. */
  putBooking(fields: BookingFields): Booking;
  /** Puts a note in place as it is, however late. */
  putNote(id: BookingId, note: ProviderNote): void;
  withdrawNote(id: BookingId, noteId: string): void;
  /** Takes a seat from whoever has it, as when its lease ran out. */
  dropSeat(id: BookingId, person: string): void;
  /** What the server does as time passes; it also does so by itself. */
  settle(): void;

  /** The next requests of this kind fail. */
  readonly fail: (method: BackendMethod, error: SessionError, options?: FailOptions) => void;
  /** Requests of this kind wait until the function it returns is called. */
  readonly pause: (method: BackendMethod, person?: string) => () => void;
  /** Cuts a person's event stream until the function it returns is called; with `reset` what was missed is lost. */
  disconnectEvents(person: string): (options?: { reset?: boolean }) => void;
  /** Cuts all of a person's requests and events, until the function it returns is called. */
  goOffline(person: string): () => void;
  /** Every request that came, in order. */
  readonly requests: readonly { person: string; method: BackendMethod }[];
}

/** A simulated clock knows what time it really is; of another one we believe what it shows. */
interface KnowingClock extends Clock {
  trueTime?: () => Instant;
  another?: () => Clock;
}

/** Longest delay of a timer, so that none overflows. */
const LONGEST_SLEEP = 24 * 60 * 60_000;

export function createMemoryBackend(options: MemoryOptions): MemoryBackend {
  const clock: KnowingClock = options.clock;
  const state = createState(options, () => clock.trueTime?.() ?? clock.wall());
  const events = createEvents(state);
  const signalling = createSignalling(state);
  const requests = createRequests(state.now, state.options.latency);
  const parts: Parts = { state, events, signalling, requests };
  const settle = (): void => {
    sweep(state);
  };
  keepSweeping(parts, clock.another?.() ?? clock);

  return {
    for: (person, { clock: device = clock } = {}) => personalBackend(parts, personOf(state, person).id, device),
    now: state.now,
    booking: (id) => rowOf(state, id).booking,
    notes: (id) => rowOf(state, id).notes,
    putBooking: (fields) => addBooking(state, fields),
    putNote: (id, note) => {
      putNote(state, rowOf(state, id), note);
    },
    withdrawNote: (id, noteId) => {
      withdrawNote(state, id, noteId);
    },
    dropSeat(id, person) {
      const { row, role } = ownRow(state, person, id);
      vacate(state, row, role, state.now());
    },
    settle,
    fail: requests.fail,
    pause: requests.pause,
    disconnectEvents(person) {
      events.disconnect(person);
      return (how) => {
        events.reconnect(person, how);
      };
    },
    goOffline(person) {
      requests.setOffline(person, true);
      events.disconnect(person);
      return () => {
        requests.setOffline(person, false);
        events.reconnect(person);
      };
    },
    requests: requests.made,
  };
}

interface Parts {
  readonly state: State;
  readonly events: MemoryEvents;
  readonly signalling: MemorySignalling;
  readonly requests: Requests;
}

/** After each change: tell everybody, and set the alarm for what time will change next. */
function keepSweeping({ state, events, signalling }: Parts, clock: Clock): void {
  let alarm: unknown;
  let planned = false;
  const plan = (): void => {
    planned = false;
    signalling.closeUnseated();
    clock.clearTimeout(alarm);
    const next = nextSweep(state);
    if (next === Infinity) return;
    alarm = clock.setTimeout(
      () => {
        sweep(state);
        plan();
      },
      Math.min(LONGEST_SLEEP, Math.max(1, next - state.now())),
    );
  };
  state.onChange = () => {
    events.deliver();
    if (planned) return;
    planned = true;
    void Promise.resolve().then(plan);
  };
}

function personalBackend(
  { state, events, signalling, requests }: Parts,
  person: string,
  device: Clock,
): PersonalBackend {
  const observers = new Set<(sample: ClockSample) => void>();
  const observe = (sample: ClockSample): void => {
    for (const observer of [...observers]) observer(sample);
  };
  const run = <T>(method: BackendMethod, signal: AbortSignal, work: () => T): Promise<T> =>
    requests.run({ method, person, device, signal, observe, work });

  return {
    bookings: {
      active: ({ signal }) => run('bookings.active', signal, () => activeBooking(state, person)),
      list: (query, { signal }) => run('bookings.list', signal, () => listBookings(state, person, query)),
      providers: ({ signal }) => run('bookings.providers', signal, () => listProviders(state)),
      slots: (provider, range, { signal }) => run('bookings.slots', signal, () => freeSlots(state, provider, range)),
      book: (request, { signal, idempotencyKey }) =>
        run('bookings.book', signal, () =>
          once(state.booked, `${person} ${idempotencyKey}`, request, () =>
            book(state, personOf(state, person), request),
          ),
        ),
      cancel: (id, reason, { signal }) => run('bookings.cancel', signal, () => cancel(state, person, id, reason)),
      complete: (id, { signal }) => run('bookings.complete', signal, () => complete(state, person, id)),
    },
    notes: {
      list: (id, cursor, { signal }) => run('notes.list', signal, () => listNotes(state, person, id, cursor)),
      add: (id, note, { signal }) => run('notes.add', signal, () => addNote(state, person, id, note)),
    },
    access: {
      me: ({ signal }) => run('access.me', signal, () => me(state, person)),
      takeSeat: (id, request, { signal }) => run('access.takeSeat', signal, () => takeSeat(state, person, id, request)),
      join: (id, seat, { signal }) =>
        run('access.join', signal, () => {
          const ticket = join(state, person, id, seat);
          signalling.issue(person, ticket);
          return ticket;
        }),
      presence: (id, report, { signal }) => run('access.presence', signal, () => presence(state, person, id, report)),
      leave: (id, seat, { signal }) =>
        run('access.leave', signal, () => {
          leave(state, person, id, seat);
        }),
      leaveNow(id, seat) {
        if (!requests.isOffline(person)) leave(state, person, id, seat);
      },
    },
    events: events.port(person),
    time: {
      subscribe(listener) {
        observers.add(listener);
        return () => void observers.delete(listener);
      },
      measure: ({ signal }) => run('time.measure', signal, () => undefined),
    },
    signalling: {
      open: (grant, { signal }) => run('signalling.open', signal, () => signalling.open(person, grant)),
    },
  };
}

/** A repeated request is answered like the first; the same key for another request is refused. */
function once(
  known: Map<string, { request: string; booking: Booking }>,
  key: string,
  value: unknown,
  work: () => Booking,
): Booking {
  const request = JSON.stringify(value);
  const before = known.get(key);
  if (before !== undefined) {
    if (before.request === request) return before.booking;
    throw new SessionError('invalid', 'This key was used for another request.');
  }
  const booking = work();
  known.set(key, { request, booking });
  return booking;
}

function rowOf(state: State, id: BookingId): Row {
  const row = state.rows.get(String(id));
  if (row === undefined) throw new SessionError('not-found', 'No such booking.');
  return row;
}

import type {
  Backend,
  Booking,
  BookingQuery,
  Clock,
  ClockSample,
  HistoryEntry,
  HistoryQuery,
  BookingId,
  Page,
  ProviderNote,
  RequestOptions,
  SignallingPort,
} from '@active-session/core';
import { admit, hold } from './admission.js';
import { activeBooking, book, getBooking, listBookings } from './bookings.js';
import { announceLate, cancel, complete, reopen, reportNoShow, reschedule } from './commands.js';
import type { MemoryEvents } from './events.js';
import { admitLink, inviteGuest, removeGuest } from './guests.js';
import { listHistory } from './history.js';
import { addNote, listNotes, withdraw } from './notes.js';
import { draftKey, me, testNetwork } from './people.js';
import { reassign } from './reassign.js';
import { BACKEND_METHODS, type BackendMethod, type Requests } from './requests.js';
import { join, leave, presence, takeSeat } from './seats.js';
import type { MemorySignalling } from './signalling.js';
import { freeSlots, listProviders } from './slots.js';
import type { State } from './state.js';
import { sweep } from './sweep.js';

/** With the most items that are wanted on a page, which only the wire has. */
export interface PageOptions extends RequestOptions {
  readonly limit?: number;
}

type Bookings = Required<Backend['bookings']>;
type Notes = Required<Backend['notes']>;
type Access = Required<NonNullable<Backend['access']>>;

interface PersonalBookings extends Omit<Bookings, 'list'> {
  list(query: BookingQuery, options: PageOptions): Promise<Page<Booking>>;
}

interface PersonalNotes extends Omit<Notes, 'list' | 'history'> {
  list(id: BookingId, cursor: string | undefined, options: PageOptions): Promise<Page<ProviderNote>>;
  history(patient: string, query: HistoryQuery, options: PageOptions): Promise<Page<HistoryEntry>>;
}

/** Everything of core's `Backend`, and the signalling port. Nothing is optional here. */
export interface PersonalBackend extends Required<Backend> {
  readonly bookings: PersonalBookings;
  readonly notes: PersonalNotes;
  readonly access: Access;
  readonly signalling: SignallingPort;
}

export interface Parts {
  readonly state: State;
  readonly events: MemoryEvents;
  readonly signalling: MemorySignalling;
  readonly requests: Requests;
}

type Run = <T>(method: BackendMethod, signal: AbortSignal, work: () => T) => Promise<T>;

/** The backend as one person sees it, from one device; `link`: by which a guest came. */
export function personalBackend(parts: Parts, person: string, device: Clock, link?: string): PersonalBackend {
  const { state, events, signalling, requests } = parts;
  const observers = new Set<(sample: ClockSample) => void>();
  const observe = (sample: ClockSample): void => {
    for (const observer of [...observers]) observer(sample);
  };
  const run: Run = (method, signal, work) =>
    requests.run({
      method,
      person,
      device,
      signal,
      observe,
      work: () => {
        sweep(state);
        if (link !== undefined) admitLink(state, link, BACKEND_METHODS[method]);
        return work();
      },
    });
  return {
    bookings: personalBookings(state, person, run),
    notes: personalNotes(state, person, run),
    access: personalAccess(parts, person, run),
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

function personalBookings(state: State, person: string, run: Run): PersonalBookings {
  return {
    active: ({ signal }) => run('bookings.active', signal, () => activeBooking(state, person)),
    list: (query, { signal, limit }) =>
      run('bookings.list', signal, () => listBookings(state, person, query, { cursor: query.cursor, limit })),
    get: (id, { signal }) => run('bookings.get', signal, () => getBooking(state, person, id)),
    providers: ({ signal }) => run('bookings.providers', signal, () => listProviders(state)),
    slots: (provider, range, { signal }) => run('bookings.slots', signal, () => freeSlots(state, provider, range)),
    book: (request, { signal, idempotencyKey }) =>
      run('bookings.book', signal, () =>
        state.booked(`${person} ${idempotencyKey}`, request, () => book(state, person, request)),
      ),
    cancel: (id, reason, { signal }) => run('bookings.cancel', signal, () => cancel(state, person, id, reason)),
    complete: (id, { signal }) => run('bookings.complete', signal, () => complete(state, person, id)),
    reschedule: (id, request, { signal, version }) =>
      run('bookings.reschedule', signal, () => reschedule(state, person, id, request, version)),
    reopen: (id, { signal }) => run('bookings.reopen', signal, () => reopen(state, person, id)),
    late: (id, request, { signal }) => run('bookings.late', signal, () => announceLate(state, person, id, request)),
    noShow: (id, { signal }) => run('bookings.noShow', signal, () => reportNoShow(state, person, id)),
    reassign: (id, request, { signal, version }) =>
      run('bookings.reassign', signal, () => {
        reassign(state, person, id, request, version);
      }),
  };
}

function personalNotes(state: State, person: string, run: Run): PersonalNotes {
  return {
    list: (id, cursor, { signal, limit }) =>
      run('notes.list', signal, () => listNotes(state, person, id, { cursor, limit })),
    add: (id, request, { signal, idempotencyKey: key }) =>
      run('notes.add', signal, () => addNote(state, person, { id, request, key })),
    withdraw: (id, note, { signal }) => run('notes.withdraw', signal, () => withdraw(state, person, id, note)),
    history: (patient, query, { signal, limit = query.limit }) =>
      run('notes.history', signal, () => listHistory(state, person, patient, query, { cursor: query.cursor, limit })),
  };
}

function personalAccess({ state, signalling, requests }: Parts, person: string, run: Run): Access {
  return {
    me: ({ signal }) => run('access.me', signal, () => me(state, person)),
    takeSeat: (id, request, { signal }) => run('access.takeSeat', signal, () => takeSeat(state, person, id, request)),
    join: (id, seat, { signal }) =>
      run('access.join', signal, () => {
        const ticket = join(state, person, id, seat);
        const of = { booking: String(ticket.bookingId), seat: ticket.seat, lease: seat.lease };
        if (ticket.signalling !== undefined) signalling.issue(person, ticket.signalling, of);
        return ticket;
      }),
    presence: (id, report, { signal }) => run('access.presence', signal, () => presence(state, person, id, report)),
    leave: (id, seat, { signal }) =>
      run('access.leave', signal, () => {
        leave(state, person, id, seat);
      }),
    leaveNow(id, seat) {
      if (requests.isOffline(person)) return;
      try {
        leave(state, person, id, seat);
      } catch {
        // Nobody is left to hear that it was not theirs any more.
      }
    },
    admit: (id, request, { signal }) => run('access.admit', signal, () => admit(state, person, id, request)),
    hold: (id, request, { signal }) => run('access.hold', signal, () => hold(state, person, id, request)),
    inviteGuest: (id, request, { signal, idempotencyKey: key }) =>
      run('access.inviteGuest', signal, () =>
        state.invited(`${person} ${String(id)} ${key}`, request, () => inviteGuest(state, person, id, request)),
      ),
    removeGuest: (id, seat, { signal }) =>
      run('access.removeGuest', signal, () => removeGuest(state, person, id, seat)),
    testNetwork: ({ signal }) =>
      run('access.testNetwork', signal, () => {
        const test = testNetwork(state);
        signalling.issue(person, test.probe, null);
        return test;
      }),
    draftKey: ({ signal }) => run('access.draftKey', signal, () => draftKey(state, person)),
  };
}

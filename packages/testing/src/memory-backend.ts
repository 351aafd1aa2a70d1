import type {
  Booking,
  BookingId,
  Clock,
  Instant,
  ProviderNote,
  SessionError,
  SignallingChannel,
} from '@active-session/core';
import type { OperationId } from '@active-session/core/contract';
import { addBooking, type BookingFields } from './memory/bookings.js';
import { createEvents, type EventFeed } from './memory/events.js';
import { guestBy, signedInBy } from './memory/guests.js';
import { putNote, withdrawNote } from './memory/notes.js';
import { personalBackend, type Parts, type PersonalBackend } from './memory/personal.js';
import { createRequests, type BackendMethod, type FailOptions } from './memory/requests.js';
import { participation } from './memory/participants.js';
import { rowOf } from './memory/rows.js';
import { vacate } from './memory/seats.js';
import { createSignalling } from './memory/signalling.js';
import { createState, personOf, type MemoryOptions, type MemoryPerson } from './memory/state.js';
import { nextSweep, sweep } from './memory/sweep.js';

export type { BookingFields } from './memory/bookings.js';
export type { EventFeed, EventsSince } from './memory/events.js';
export type { PageOptions, PersonalBackend } from './memory/personal.js';
export type { BackendMethod, FailOptions } from './memory/requests.js';
export type { MemoryHours, MemoryOptions, MemoryPerson } from './memory/state.js';

/** One backend of several people, in memory, that goes by core's own rules. */
export interface MemoryBackend {
  /** The backend as one person sees it; `clock` is that of their device, where it is another one. */
  for(person: string, options?: { clock?: Clock }): PersonalBackend;
  /** The backend as a guest sees it, who came by this link. @throws SessionError `unauthenticated` for one that nobody was given */
  forGuest(token: string, options?: { clock?: Clock }): PersonalBackend;
  /** Whom a link names, and the booking that they were invited into. @throws SessionError that says why it is not good */
  guest(token: string): { readonly id: string; readonly booking: string };
  /** The server's clock. */
  readonly now: () => Instant;
  /** What it runs by. */
  readonly clock: Clock;
  offers(operation: OperationId): boolean;
  /** Undefined: nobody is called so here. */
  person(id: string): MemoryPerson | undefined;
  /** What a person may be told, with ids, for who makes a stream of it. */
  feed(person: string): EventFeed;
  /** Signalling for whoever has the grant, as on a connection that says nothing else. @throws SessionError `forbidden` */
  openSignalling(token: string): SignallingChannel;
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

export function createMemoryBackend({ clock: given, ...options }: MemoryOptions): MemoryBackend {
  const clock: KnowingClock = given;
  const state = createState(options, () => clock.trueTime?.() ?? clock.wall());
  const { latency, offers } = state.options;
  const events = createEvents(state);
  const signalling = createSignalling(state);
  const requests = createRequests({ now: state.now, latency, offers });
  const parts: Parts = { state, events, signalling, requests };
  const serverClock = clock.another?.() ?? clock;
  keepSweeping(parts, serverClock);

  return {
    for: (person, { clock: device = clock } = {}) => personalBackend(parts, personOf(state, person).id, device),
    forGuest: (token, { clock: device = clock } = {}) =>
      personalBackend(parts, guestBy(state, token).id, device, token),
    guest(token) {
      sweep(state);
      return signedInBy(state, token);
    },
    now: state.now,
    clock: serverClock,
    offers: (operation) => offers?.includes(operation) ?? true,
    person: (id) => state.people.get(id),
    feed: (person) => events.feed(person),
    openSignalling: (token) => signalling.open(signalling.personOf(token) ?? '', { token }),
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
      const { row, seat } = participation(state, person, id);
      vacate(state, row, seat, state.now());
    },
    settle: () => {
      sweep(state);
    },
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

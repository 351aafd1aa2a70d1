import {
  SessionError,
  writable,
  type Booking,
  type BookingId,
  type BookingRequest,
  type ClientView,
  type NoteDraft,
  type Provider,
  type Session,
  type SessionClient,
  type SessionView,
  type Slot,
  type Writable,
} from '@active-session/core';
import { AT, BOOKING, clientView, judged, NOTE, PROVIDERS, sessionView, slotsAfter } from './fixtures.js';

/** A session whose view a test sets, and which writes down what it was told to do. */
export interface FakeSession extends Session {
  readonly view: Writable<SessionView>;
  readonly commands: readonly (readonly [string, ...unknown[]])[];
  set(change: Partial<SessionView>): void;
}

/** A client whose view and clock a test sets. */
export interface FakeClient extends SessionClient {
  readonly view: Writable<ClientView>;
  readonly commands: readonly (readonly [string, ...unknown[]])[];
  /** The server's time now, in ms. */
  time: number;
  readonly bookingKeys: readonly (string | undefined)[];
  set(change: Partial<ClientView>): void;
  session(id: BookingId): FakeSession;
  /** What reading and booking answer; replace one to make it fail. */
  answer: {
    providers: () => Promise<readonly Provider[]>;
    slots: (provider: string) => Promise<readonly Slot[]>;
    book: (request: BookingRequest) => Promise<Booking>;
  };
}

export function fakeSession(initial: SessionView, id: BookingId): FakeSession {
  const view = writable(initial);
  const commands: [string, ...unknown[]][] = [];
  const record =
    (name: string) =>
    (...args: unknown[]): void => {
      commands.push(args.length === 0 || args[0] === undefined ? [name] : [name, ...args]);
    };
  return {
    bookingId: id,
    view,
    commands,
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    set: (change) => view.set({ ...view.getSnapshot(), ...change }),
    start: record('start'),
    continueHere: record('continueHere'),
    leave: record('leave'),
    end: record('end'),
    setMicrophone: record('setMicrophone'),
    setCamera: record('setCamera'),
    shareNote: record('shareNote'),
    retryNote: record('retryNote'),
    discardNote(item): NoteDraft | null {
      commands.push(['discardNote', item]);
      const found = view.getSnapshot().outbox.find((one) => one.id === item);
      view.set({ ...view.getSnapshot(), outbox: view.getSnapshot().outbox.filter((one) => one.id !== item) });
      if (found === undefined) return null;
      return found.kind === undefined ? { content: found.content } : { content: found.content, kind: found.kind };
    },
    refresh: record('refresh'),
  };
}

export interface FakeClientOptions {
  readonly now?: number;
  readonly bookings?: readonly Booking[];
  readonly role?: 'patient' | 'provider';
  /** What a session shows beyond what its booking says. */
  readonly session?: (booking: Booking) => Partial<SessionView>;
  readonly view?: Partial<ClientView>;
}

export function fakeClient(options: FakeClientOptions = {}): FakeClient {
  const { now = AT.dayBefore, bookings = [BOOKING], role = 'patient', session: extra, view: change } = options;
  const known = bookings.map((booking) => judged(booking, now, role));
  const view = writable(clientView(known, change));
  const sessions = new Map<string, FakeSession>();
  const commands: [string, ...unknown[]][] = [];
  const bookingKeys: (string | undefined)[] = [];
  const client: FakeClient = {
    view,
    commands,
    bookingKeys,
    time: now,
    clock: { now: () => client.time, deviceAhead: () => 0 },
    get me() {
      return view.getSnapshot().me;
    },
    get active() {
      return view.getSnapshot().active;
    },
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    set: (next) => view.set({ ...view.getSnapshot(), ...next }),
    session(id) {
      const found = sessions.get(String(id));
      if (found !== undefined) return found;
      const booking = view.getSnapshot().bookings.find((item) => String(item.booking.id) === String(id))?.booking;
      const initial =
        booking === undefined
          ? { ...sessionView(BOOKING, client.time), state: 'missing' as const, booking: null, phase: null }
          : sessionView(booking, client.time, { role, ...extra?.(booking) });
      const made = fakeSession(initial, id);
      sessions.set(String(id), made);
      return made;
    },
    answer: {
      providers: async () => PROVIDERS,
      slots: async () => slotsAfter(client.time),
      book: async (request) => ({ ...BOOKING, id: 'new', dateTime: request.dateTime, notes: request.notes }),
    },
    providers: () => client.answer.providers(),
    slots: (provider) => client.answer.slots(provider),
    async book(request, bookOptions) {
      commands.push(['book', request]);
      bookingKeys.push(bookOptions?.idempotencyKey);
      const booked = await client.answer.book(request);
      client.set({ bookings: [...view.getSnapshot().bookings, judged(booked, client.time)] });
      return booked;
    },
    cancel: async () => BOOKING,
    reschedule: async () => BOOKING,
    reopen: async () => BOOKING,
    late: async () => BOOKING,
    noShow: async () => BOOKING,
    reassign: async () => undefined,
    admit: async () => undefined,
    hold: async () => undefined,
    withdrawNote: async () => NOTE,
    history: async () => ({ items: [], problems: [] }),
    testNetwork: async () => {
      throw new SessionError('not-supported', 'Nothing is tested here.');
    },
    refresh: () => void commands.push(['refresh']),
    signOut: async () => client.set({ state: 'signed-out' }),
    close: () => undefined,
  };
  return client;
}

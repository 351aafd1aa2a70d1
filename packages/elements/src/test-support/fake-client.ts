import {
  SessionError,
  writable,
  type Booking,
  type BookingId,
  type BookingRequest,
  type ClientView,
  type DeviceChecker,
  type DeviceCheckView,
  type DeviceSettings,
  type DeviceSettingsView,
  type NoteKeepingView,
  type OutboxItem,
  type Provider,
  type ReadMarks,
  type ReadMarksView,
  type Session,
  type SessionClient,
  type SessionView,
  type Slot,
  type Writable,
} from '@active-session/core';
import {
  AT,
  BOOKING,
  CLOSED_CHECK,
  clientView,
  DEVICE_SETTINGS,
  judged,
  NOTE,
  PROVIDERS,
  sessionView,
  slotsAfter,
} from './fixtures.js';

/** A session whose view a test sets, and which writes down what it was told to do. */
export interface FakeSession extends Session {
  readonly view: Writable<SessionView>;
  readonly commands: readonly (readonly [string, ...unknown[]])[];
  set(change: Partial<SessionView>): void;
}

/** Devices whose list and choice a test sets. */
export interface FakeDeviceSettings extends DeviceSettings {
  readonly view: Writable<DeviceSettingsView>;
  set(change: Partial<DeviceSettingsView>): void;
}

export function fakeDeviceSettings(initial: Partial<DeviceSettingsView> = {}): FakeDeviceSettings {
  const view = writable<DeviceSettingsView>({ ...DEVICE_SETTINGS, ...initial });
  return {
    view,
    set: (change) => view.set({ ...view.getSnapshot(), ...change }),
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    choose: (kind, id) => view.set({ ...view.getSnapshot(), choice: { ...view.getSnapshot().choice, [kind]: id } }),
    refresh: () => undefined,
  };
}

/** A device check whose view a test sets, and which writes down what it was told to do. */
export interface FakeDeviceChecker extends DeviceChecker {
  readonly view: Writable<DeviceCheckView>;
  readonly commands: readonly (readonly [string, ...unknown[]])[];
  /** How loud it is at the microphone. */
  loudness: number | null;
  set(change: Partial<DeviceCheckView>): void;
}

export function fakeDeviceChecker(initial: Partial<DeviceCheckView> = {}): FakeDeviceChecker {
  const view = writable<DeviceCheckView>({ ...CLOSED_CHECK, ...initial });
  const commands: [string, ...unknown[]][] = [];
  const record =
    (name: string) =>
    (...args: unknown[]): void => {
      commands.push(args.length === 0 || args[0] === undefined ? [name] : [name, ...args]);
    };
  const checker: FakeDeviceChecker = {
    view,
    commands,
    loudness: 0,
    set: (change) => view.set({ ...view.getSnapshot(), ...change }),
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    start: record('start'),
    stop: record('stop'),
    turn: record('turn'),
    heard: record('heard'),
    testNetwork: record('testNetwork'),
    level: () => checker.loudness,
  };
  return checker;
}

/** What was read before, as a test sets it. */
export interface FakeReadMarks extends ReadMarks {
  readonly view: Writable<ReadMarksView | null>;
}

export function fakeReadMarks(): FakeReadMarks {
  const view = writable<ReadMarksView | null>(new Map());
  return {
    view,
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    mark: (id, until) => view.set(new Map([...(view.getSnapshot() ?? []), [String(id), until]])),
  };
}

/** A client whose view and clock a test sets. */
export interface FakeClient extends SessionClient {
  readonly view: Writable<ClientView>;
  readonly commands: readonly (readonly [string, ...unknown[]])[];
  /** The server's time now, in ms. */
  time: number;
  /** ms that the device's clock is ahead of it. */
  ahead: number;
  readonly bookingKeys: readonly (string | undefined)[];
  readonly devices: FakeDeviceSettings;
  readonly check: FakeDeviceChecker;
  readonly readMarks: FakeReadMarks;
  set(change: Partial<ClientView>): void;
  /** Where what is written is kept. */
  setKeeping(change: Partial<NoteKeepingView>): void;
  /** A booking comes or changes, as an event would tell it. */
  put(booking: Booking): void;
  session(id: BookingId): FakeSession;
  /** What reading and booking answer; replace one to make it fail. */
  answer: {
    providers: () => Promise<readonly Provider[]>;
    slots: (provider: string) => Promise<readonly Slot[]>;
    book: (request: BookingRequest) => Promise<Booking>;
    cancel: (booking: Booking, reason: string | undefined) => Promise<Booking>;
    reschedule: (booking: Booking, dateTime: string) => Promise<Booking>;
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
  let drafts = 0;
  const session: FakeSession = {
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
    setSharing: record('setSharing'),
    writeNote(change, draft = `draft-${(drafts += 1)}`) {
      const before = view.getSnapshot().drafts.find((one) => one.id === draft) ?? written({ id: draft });
      session.set({ drafts: [...without(view.getSnapshot().drafts, draft), { ...before, ...change }] });
      return draft;
    },
    shareNote(draft) {
      commands.push(['shareNote', draft]);
      const shared = view.getSnapshot().drafts.find((one) => one.id === draft);
      if (shared === undefined) return;
      const { drafts: begun, outbox } = view.getSnapshot();
      session.set({ drafts: without(begun, draft), outbox: [...outbox, { ...shared, state: 'waiting' }] });
    },
    retryNote: record('retryNote'),
    reviseNote(item) {
      commands.push(['reviseNote', item]);
      const { drafts: begun, outbox } = view.getSnapshot();
      const refused = outbox.find((one) => one.id === item);
      if (refused === undefined) return null;
      const revised = { ...refused, id: `${item} revised`, state: 'draft', error: null } as const;
      session.set({ drafts: [...begun, revised], outbox: without(outbox, item) });
      return revised.id;
    },
    discardNote(item) {
      commands.push(['discardNote', item]);
      const { drafts: begun, outbox } = view.getSnapshot();
      session.set({ drafts: without(begun, item), outbox: without(outbox, item) });
    },
    refresh: record('refresh'),
  };
  return session;
}

/** A note that is being written. */
export function written(item: Partial<OutboxItem> = {}): OutboxItem {
  return { id: 'd1', content: '', kind: undefined, amends: undefined, state: 'draft', error: null, at: 0, ...item };
}

function without(items: readonly OutboxItem[], id: string): readonly OutboxItem[] {
  return items.filter((one) => one.id !== id);
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
  const keeping = writable<NoteKeepingView>({ state: 'unknown', saving: false, error: null });
  const bookingOf = (id: BookingId): Booking => {
    const found = view.getSnapshot().bookings.find(({ booking }) => String(booking.id) === String(id));
    if (found === undefined) throw new SessionError('not-found', 'No such booking is known here.');
    return found.booking;
  };
  /** As an event of the backend would bring it. */
  const put = (booking: Booking): Booking => {
    const others = view.getSnapshot().bookings.filter((item) => String(item.booking.id) !== String(booking.id));
    client.set({ bookings: [...others, judged(booking, client.time, role)] });
    return booking;
  };
  const client: FakeClient = {
    view,
    commands,
    bookingKeys,
    devices: fakeDeviceSettings(),
    check: fakeDeviceChecker(),
    readMarks: fakeReadMarks(),
    keeping,
    setKeeping: (change) => keeping.set({ ...keeping.getSnapshot(), ...change }),
    time: now,
    ahead: 0,
    clock: { now: () => client.time, deviceAhead: () => client.ahead },
    get me() {
      return view.getSnapshot().me;
    },
    get active() {
      return view.getSnapshot().active;
    },
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    set: (next) => view.set({ ...view.getSnapshot(), ...next }),
    put: (booking) => void put(booking),
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
      cancel: async (booking) => ({
        ...booking,
        status: 'cancelled',
        cancelledAt: new Date(client.time).toISOString(),
      }),
      reschedule: async (booking, dateTime) => ({ ...booking, dateTime, version: (booking.version ?? 0) + 1 }),
    },
    providers: () => client.answer.providers(),
    slots: (provider) => client.answer.slots(provider),
    async book(request, bookOptions) {
      commands.push(['book', request]);
      bookingKeys.push(bookOptions?.idempotencyKey);
      return put(await client.answer.book(request));
    },
    async cancel(id, reason) {
      commands.push(['cancel', id, reason]);
      return put(await client.answer.cancel(bookingOf(id), reason));
    },
    async reschedule(id, dateTime) {
      commands.push(['reschedule', id, dateTime]);
      return put(await client.answer.reschedule(bookingOf(id), dateTime));
    },
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

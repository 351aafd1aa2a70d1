import {
  SessionError,
  writable,
  type ArrivalSound,
  type Booking,
  type BookingId,
  type BookingRequest,
  type ClientView,
  type GuestRequest,
  type HistoryView,
  type HoldRequest,
  type Invitation,
  type JudgedBooking,
  type LateRequest,
  type NoteKeepingView,
  type OutboxItem,
  type Party,
  type PartyRole,
  type Provider,
  type ProviderNote,
  type ReadMarks,
  type ReadMarksView,
  type Session,
  type SessionClient,
  type SessionView,
  type Slot,
  type Writable,
} from '@active-session/core';
import { AT, BOOKING, clientView, guest, judged, NOTE, PROVIDERS, sessionView, slotsAfter } from './fixtures.js';
import {
  fakeDeviceChecker,
  fakeDeviceSettings,
  type FakeDeviceChecker,
  type FakeDeviceSettings,
} from './fake-devices.js';
import { fakeHistory, type FakeHistory } from './histories.js';

/** A session whose view a test sets, and which writes down what it was told to do. */
export interface FakeSession extends Session {
  readonly view: Writable<SessionView>;
  readonly commands: readonly (readonly [string, ...unknown[]])[];
  set(change: Partial<SessionView>): void;
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

/** Whether arrivals are heard, as a test sets it. */
export interface FakeArrivalSound extends ArrivalSound {
  readonly view: Writable<boolean>;
}

export function fakeArrivalSound(): FakeArrivalSound {
  const view = writable(true);
  return {
    view,
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    turn: (on) => view.set(on),
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
  readonly arrivalSound: FakeArrivalSound;
  set(change: Partial<ClientView>): void;
  /** Where what is written is kept. */
  setKeeping(change: Partial<NoteKeepingView>): void;
  /** A booking comes or changes, as an event would tell it. */
  put(booking: Booking): void;
  session(id: BookingId): FakeSession;
  /** The same one for the same patient. */
  historyOf(patient: string): FakeHistory;
  /** What reading and booking answer; replace one to make it fail. */
  answer: {
    providers: () => Promise<readonly Provider[]>;
    slots: (provider: string) => Promise<readonly Slot[]>;
    book: (request: BookingRequest) => Promise<Booking>;
    cancel: (booking: Booking, reason: string | undefined) => Promise<Booking>;
    reschedule: (booking: Booking, dateTime: string) => Promise<Booking>;
    withdrawNote: (noteId: string) => Promise<ProviderNote>;
    reopen: (booking: Booking) => Promise<Booking>;
    late: (booking: Booking, request: LateRequest) => Promise<Booking>;
    noShow: (booking: Booking) => Promise<Booking>;
    /** Who is there after it. */
    admit: (parties: readonly Party[]) => Promise<readonly Party[]>;
    hold: (parties: readonly Party[], message: string | undefined) => Promise<readonly Party[]>;
    invite: (request: GuestRequest, seat: string) => Promise<Invitation>;
    /** Who is there after it. */
    removeGuest: (parties: readonly Party[], seat: string) => Promise<readonly Party[]>;
  };
}

/** When the link of an invitation begins and ends to be good. */
const GOOD_FROM_TO = { invitedAt: '2026-01-07T09:50:00.000Z', expiresAt: '2026-01-07T12:00:00.000Z' };

export function fakeSession(initial: SessionView, id: BookingId, now = (): number => 0): FakeSession {
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
      const { drafts: begun } = view.getSnapshot();
      const before = begun.find((one) => one.id === draft);
      const next = { ...(before ?? written({ id: draft, at: now() })), ...change };
      session.set({
        drafts: before === undefined ? [...begun, next] : begun.map((one) => (one === before ? next : one)),
      });
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

/** As the core keeps it in the client's view. */
function countUnsent(client: FakeClient, bookingId: BookingId, { drafts, outbox }: SessionView): void {
  const refused = outbox.filter(({ state }) => state === 'refused').length;
  const begun = drafts.filter(({ content }) => content.trim() !== '').length;
  const before = client.getSnapshot().unsent;
  const others = before.filter((one) => String(one.bookingId) !== String(bookingId));
  const own = { bookingId, drafts: begun, waiting: outbox.length - refused, refused };
  const unsent = begun + outbox.length === 0 ? others : [...others, own];
  if (JSON.stringify(unsent) !== JSON.stringify(before)) client.set({ unsent });
}

function without(items: readonly OutboxItem[], id: string): readonly OutboxItem[] {
  return items.filter((one) => one.id !== id);
}

export interface FakeClientOptions {
  readonly now?: number;
  readonly bookings?: readonly Booking[];
  readonly role?: PartyRole;
  /** What a session shows beyond what its booking says. */
  readonly session?: (booking: Booking) => Partial<SessionView>;
  readonly view?: Partial<ClientView>;
  /** What is known of every patient's earlier sessions. */
  readonly history?: Partial<HistoryView>;
}

export function fakeClient(options: FakeClientOptions = {}): FakeClient {
  const { now = AT.dayBefore, bookings = [BOOKING], role = 'patient', session: extra, view: change } = options;
  const known = bookings.map((booking) => judged(booking, now, role));
  const view = writable(clientView(known, change));
  const sessions = new Map<string, FakeSession>();
  const histories = new Map<string, FakeHistory>();
  const commands: [string, ...unknown[]][] = [];
  const bookingKeys: (string | undefined)[] = [];
  const keeping = writable<NoteKeepingView>({
    state: 'unknown',
    saving: false,
    error: null,
    elsewhere: [],
    heldElsewhere: 0,
  });
  const bookingOf = (id: BookingId): Booking => {
    const found = view.getSnapshot().bookings.find(({ booking }) => String(booking.id) === String(id));
    if (found === undefined) throw new SessionError('not-found', 'No such booking is known here.');
    return found.booking;
  };
  /** As an event of the backend would bring it. */
  const put = (booking: Booking): Booking => {
    const others = view.getSnapshot().bookings.filter((item) => String(item.booking.id) !== String(booking.id));
    const item = judged(booking, client.time, role);
    const queue = view.getSnapshot().queue.map((one) => (String(one.booking.id) === String(booking.id) ? item : one));
    client.set({ bookings: [...others, item], queue });
    return booking;
  };
  const partiesIn = (id: BookingId): readonly Party[] =>
    view.getSnapshot().queue.find(({ booking }) => String(booking.id) === String(id))?.parties ?? [];
  const putParties = (id: BookingId, parties: readonly Party[]): void => {
    const told = (one: JudgedBooking): JudgedBooking =>
      String(one.booking.id) === String(id) ? { ...one, parties } : one;
    const { bookings: all, queue } = view.getSnapshot();
    client.set({ bookings: all.map(told), queue: queue.map(told) });
    sessions.get(String(id))?.set({ parties });
  };
  /** What the provider decides about the patient, or about the guest in a seat. */
  const decide = async (
    id: BookingId,
    { seat }: Pick<HoldRequest, 'seat'>,
    answer: (parties: readonly Party[]) => Promise<readonly Party[]>,
  ): Promise<void> => {
    if (seat === undefined) {
      putParties(id, await answer(partiesIn(id)));
      return;
    }
    const parties = (): readonly Party[] => client.session(id).getSnapshot().parties;
    const [decided] = await answer(parties().filter((one) => one.seat === seat));
    putParties(
      id,
      parties().map((one) => (one.seat === seat ? (decided ?? one) : one)),
    );
  };
  const client: FakeClient = {
    view,
    commands,
    bookingKeys,
    devices: fakeDeviceSettings(),
    check: fakeDeviceChecker(),
    readMarks: fakeReadMarks(),
    arrivalSound: fakeArrivalSound(),
    keeping: { ...keeping, scan: () => Promise.resolve() },
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
      const made = fakeSession(initial, id, () => client.time);
      sessions.set(String(id), made);
      made.subscribe((next) => countUnsent(client, id, next));
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
      withdrawNote: async (noteId) => ({ ...NOTE, id: noteId, withdrawnAt: new Date(client.time).toISOString() }),
      reopen: async ({ completedAt: _, ...booking }) => ({ ...booking, status: 'scheduled' }),
      late: async (booking, request) => ({
        ...booking,
        late: { ...request, saidAt: new Date(client.time).toISOString() },
      }),
      noShow: async (booking) => ({ ...booking, status: 'cancelled', cancelReason: 'no-show' }),
      admit: async (parties) => parties.map((one) => ({ ...one, admission: 'admitted' })),
      hold: async (parties, message) =>
        parties.map((one) => ({ ...one, admission: 'held', ...(message === undefined ? {} : { message }) })),
      invite: async ({ name, kind }, seat) => ({
        guest: { seat, name, kind, ...GOOD_FROM_TO },
        token: 'guest_4e1f0c',
      }),
      removeGuest: async (parties, seat) => parties.filter((one) => one.seat !== seat),
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
    async reopen(id) {
      commands.push(['reopen', id]);
      return put(await client.answer.reopen(bookingOf(id)));
    },
    async late(id, request) {
      commands.push(['late', id, request]);
      return put(await client.answer.late(bookingOf(id), request));
    },
    async noShow(id) {
      commands.push(['noShow', id]);
      return put(await client.answer.noShow(bookingOf(id)));
    },
    reassign: async () => undefined,
    async admit(id, request = {}) {
      commands.push(request.seat === undefined ? ['admit', id] : ['admit', id, request]);
      await decide(id, request, client.answer.admit);
    },
    async hold(id, request = {}) {
      commands.push(['hold', id, request]);
      await decide(id, request, (parties) => client.answer.hold(parties, request.message));
    },
    async inviteGuest(id, request, inviteOptions) {
      commands.push(['inviteGuest', id, request]);
      bookingKeys.push(inviteOptions?.idempotencyKey);
      const parties = client.session(id).getSnapshot().parties;
      const seat = ['guest-1', 'guest-2'].find((one) => parties.every((party) => party.seat !== one)) ?? 'guest-3';
      const invitation = await client.answer.invite(request, seat);
      putParties(id, [...parties, guest({ seat, name: request.name, kind: request.kind })]);
      return invitation;
    },
    async removeGuest(id, seat) {
      commands.push(['removeGuest', id, seat]);
      putParties(id, await client.answer.removeGuest(client.session(id).getSnapshot().parties, seat));
    },
    async withdrawNote(id, noteId) {
      commands.push(['withdrawNote', id, noteId]);
      const withdrawn = await client.answer.withdrawNote(noteId);
      const session = client.session(id);
      const { notes } = session.getSnapshot();
      session.set({ notes: { ...notes, notes: notes.notes.map((one) => (one.id === noteId ? withdrawn : one)) } });
      return withdrawn;
    },
    history: async () => ({ items: [], problems: [] }),
    historyOf(patient) {
      const found = histories.get(patient) ?? fakeHistory(patient, options.history);
      histories.set(patient, found);
      return found;
    },
    testNetwork: async () => {
      throw new SessionError('not-supported', 'Nothing is tested here.');
    },
    refresh: () => void commands.push(['refresh']),
    signOut: async () => client.set({ state: 'signed-out' }),
    close: () => undefined,
  };
  return client;
}

import { chooseActive, judge, roleIn } from './booking/booking.rules.js';
import type { Booking, BookingId, BookingRequest, Provider, Slot } from './booking/booking.schema.js';
import type { Instant } from './booking/instant.schema.js';
import { DEFAULT_WINDOW_POLICY, type Role } from './booking/policy.schema.js';
import type { Verdict } from './booking/verdict.schema.js';
import { retryDelay } from './call/retry.rules.js';
import type { Party } from './booking/party.schema.js';
import { createDirectory, readBookings } from './client/directory.js';
import { createServerClock, type ServerClock } from './client/server-clock.js';
import { createSessions } from './client/sessions.js';
import { isRetryable, SessionError, toSessionError, type FieldProblem } from './errors.js';
import type { Backend, BookingsPort, EventMessage, EventsConnection } from './ports/backend.port.js';
import type { DevicesPort } from './ports/devices.port.js';
import type { Platform, WakeReason } from './ports/platform.port.js';
import type { SignallingPort, VideoPort } from './ports/video.port.js';
import { writable, type Readable } from './readable.js';
import type { Me } from './session/me.schema.js';
import type { Session } from './session/session.js';

export type { ServerClock };

/** A booking with what the rules say of it now. */
export interface JudgedBooking {
  readonly booking: Booking;
  readonly role: Role;
  readonly verdict: Verdict;
  /** Who is in its waiting room or call, as far as it was told since the page opened. */
  readonly parties: readonly Party[];
}

/** What the backend offers; an element hides what it can't do. */
export interface Capabilities {
  readonly book: boolean;
  readonly cancel: boolean;
  readonly call: boolean;
  readonly end: boolean;
  readonly writeNotes: boolean;
}

export interface ClientView {
  /** `loading` until the first answer; `failed` with `error` when there was none; `signed-out` for good. */
  readonly state: 'loading' | 'ready' | 'failed' | 'signed-out';
  readonly me: Me | null;
  /** Every booking of this person that is known, by time. */
  readonly bookings: readonly JudgedBooking[];
  /** The one to show now: open, else next, else null (rule 4). */
  readonly active: JudgedBooking | null;
  /** A provider's bookings of today, as provider, in order; empty for a patient. */
  readonly queue: readonly JudgedBooking[];
  readonly connection: EventsConnection;
  /** Bookings that came and could not be read. */
  readonly problems: readonly FieldProblem[];
  /** The last failure to read, until a reading succeeds. Data already here stays. */
  readonly error: SessionError | null;
  readonly can: Capabilities;
}

/** The headless object that a page makes once and every element reads. */
export interface SessionClient extends Readable<ClientView> {
  readonly clock: ServerClock;
  readonly me: Me | null;
  readonly active: JudgedBooking | null;
  /** The session of a booking; the same object for the same id. */
  session(id: BookingId): Session;
  providers(options?: { signal?: AbortSignal }): Promise<readonly Provider[]>;
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
  /** Reads everything anew. */
  refresh(): void;
  /** Ends every call on this page, forgets all it knows and stops. */
  signOut(): Promise<void>;
  /** Ends every call on this page and stops. */
  close(): void;
}

export interface ClientOptions {
  readonly backend: Backend;
  readonly platform: Platform;
  /** Video engine, camera and microphone. Without both there are bookings and notes, and no call. */
  readonly video?: VideoPort;
  readonly devices?: DevicesPort;
  readonly signalling?: SignallingPort;
  /** In [0, 1); spreads retries. */
  readonly random?: () => number;
}

/** At least this often everything is judged anew, whatever timers do. */
const LONGEST_TICK = 60_000;
/** A correction of the clock by more than this (ms) is judged by at once. */
const NOTICEABLE = 1_000;
/** How often to read again where the backend has no events, or while they are down. */
const POLL = 30_000;

/** Makes the client and starts it: it reads who is signed in and their bookings, and follows what happens. */
export function createSessionClient(options: ClientOptions): SessionClient {
  const { backend, platform, video, devices, signalling, random = Math.random } = options;
  const { access, events, time } = backend;
  const closing = new AbortController();
  const { signal } = closing;
  const clock = createServerClock(platform.clock);
  const directory = createDirectory();
  const calls = access !== undefined && video !== undefined && devices !== undefined;
  const can: Capabilities = {
    book: backend.bookings.book !== undefined && backend.bookings.slots !== undefined,
    cancel: backend.bookings.cancel !== undefined,
    call: calls,
    end: backend.bookings.complete !== undefined,
    writeNotes: backend.notes.add !== undefined,
  };
  let me: Me | null = null;
  let state: ClientView['state'] = 'loading';
  let connection: EventsConnection = events === undefined ? 'polling' : 'connecting';
  let problems: readonly FieldProblem[] = [];
  let error: SessionError | null = null;
  let ticking: unknown;
  let reading: Promise<void> | null = null;
  /** How often it was asked to read anew. */
  let asked = 0;

  const judged = (booking: Booking): JudgedBooking => {
    const role = roleIn(booking, me?.id ?? '');
    const attendance = booking.attendance ?? [];
    const policy = me?.policy ?? DEFAULT_WINDOW_POLICY;
    const verdict = judge({ booking, attendance, now: clock.now(), policy, role });
    return { booking, role, verdict, parties: directory.partiesOf(booking.id) };
  };

  const project = (): ClientView => {
    const bookings = me === null ? [] : directory.bookings.map(judged);
    const chosen = chooseActive(
      bookings.map(({ booking }) => booking),
      (booking) => roleIn(booking, me?.id ?? ''),
      clock.now(),
      me?.policy ?? DEFAULT_WINDOW_POLICY,
    );
    const queue = bookings.filter((item) => item.role === 'provider' && isOfToday(item, clock.now()));
    const active = bookings.find(({ booking }) => booking === chosen) ?? null;
    return { state, me, bookings, active, queue, connection, problems, error, can };
  };
  const view = writable(project());

  const sessions = createSessions({
    clock: platform.clock,
    newId: () => crypto.randomUUID(),
    input: {
      me: () => me ?? { id: '', policy: DEFAULT_WINDOW_POLICY },
      ports: {
        bookings: backend.bookings,
        notes: backend.notes,
        call: calls ? { access, video, devices, signalling, clock: platform.clock } : null,
      },
      now: () => clock.now(),
      random,
      holder: crypto.randomUUID(),
    },
    partiesOf: (id) => directory.partiesOf(id),
    onRefused: () => {
      refresh();
    },
    known: (id) => {
      if (me === null) return null;
      const booking = directory.find(id);
      if (booking !== undefined) return { booking };
      if (state === 'failed') return error === null ? null : { error };
      return state === 'loading' ? null : { error: new SessionError('not-found', 'No such booking is yours.') };
    },
    onChange: (booking) => {
      if (booking !== null && directory.find(booking.id) !== booking && directory.put(booking)) refreshView();
    },
  });

  /** Judges and projects anew, and sets the alarm for the next moment at which a verdict changes by itself. */
  const refreshView = (): void => {
    if (signal.aborted) return;
    sessions.sendAll({ type: 'tick' });
    const next = project();
    view.set(next);
    platform.clock.clearTimeout(ticking);
    const changes = next.bookings.flatMap(({ verdict }) => verdict.nextChangeAt ?? []);
    const wait = Math.min(LONGEST_TICK, ...changes.map((at) => Math.max(0, at - clock.now())));
    ticking = platform.clock.setTimeout(tick, Math.ceil(wait));
  };

  const tick = (): void => {
    if (clock.isDoubtful()) measure();
    refreshView();
  };

  const measure = (): void => {
    time?.measure({ signal }).then(refreshView, () => undefined);
  };

  const readOnce = async (): Promise<void> => {
    me = access === undefined ? NOBODY : await access.me({ signal });
    const since = directory.changes;
    const found = await readBookings(backend, { isProvider: me.role === 'provider', now: clock.now(), signal });
    directory.replace(found.bookings, since);
    ({ problems } = found);
    state = 'ready';
    error = null;
  };

  const readAll = async (): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      const answering = asked;
      try {
        await readOnce();
      } catch (thrown) {
        error = toSessionError(thrown);
        if (state !== 'ready') state = 'failed';
      }
      if (signal.aborted) return;
      refreshView();
      sessions.settle();
      if (asked !== answering) continue;
      if (error === null || !isRetryable(error)) return;
      await pause(retryDelay(attempt, random(), error.retryAfter));
    }
  };

  let wakeUp = (): void => undefined;
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = platform.clock.setTimeout(resolve, ms);
      wakeUp = () => {
        platform.clock.clearTimeout(timer);
        resolve();
      };
    });

  const refresh = (): void => {
    if (signal.aborted) return;
    asked += 1;
    wakeUp();
    reading ??= readAll().finally(() => {
      reading = null;
    });
  };

  const onEvent = (message: EventMessage): void => {
    if (signal.aborted) return;
    if (message.type === 'connection') {
      connection = message.state;
    } else if (message.type === 'reset') {
      refresh();
      sessions.sendAll({ type: 'notes.refresh' });
    } else {
      const { event } = message;
      if (event.type === 'booking.changed' && directory.put(event.booking)) {
        sessions.send(event.booking.id, event);
      } else if (event.type === 'note.added') {
        sessions.send(event.bookingId, { type: 'note.arrived', note: event.note });
      } else if (event.type === 'presence.changed') {
        directory.putParties(event.bookingId, event.parties);
        sessions.send(event.bookingId, { type: 'parties.changed', parties: event.parties });
      } else if (event.type === 'seat.taken') {
        sessions.send(event.bookingId, { type: 'seat.taken', seat: event.seat, lease: event.lease });
      }
    }
    refreshView();
  };

  /** Gives every seat back without waiting for an answer. */
  const leaveAll = (): void => {
    for (const { bookingId, seat } of sessions.held()) access?.leaveNow?.(bookingId, seat);
  };

  const onWake = (reason: WakeReason): void => {
    if (reason === 'leaving') {
      leaveAll();
      return;
    }
    tick();
    measure();
    events?.wake?.();
    sessions.sendAll({ type: 'call.wake' });
    if (reason !== 'visible' || connection !== 'live') refresh();
  };

  const stopTime = time?.subscribe((sample) => {
    const before = clock.now();
    clock.observe(sample);
    if (Math.abs(clock.now() - before) > NOTICEABLE) refreshView();
  });
  const stopWake = platform.wake.subscribe(onWake);
  events?.subscribe(onEvent, { signal });
  let polling: unknown;
  const poll = (): void => {
    polling = platform.clock.setTimeout(poll, POLL);
    if (events !== undefined && connection !== 'down') return;
    refresh();
    sessions.sendAll({ type: 'notes.refresh' });
  };
  polling = platform.clock.setTimeout(poll, POLL);
  refresh();

  const close = (): void => {
    leaveAll();
    closing.abort();
    stopTime?.();
    stopWake();
    wakeUp();
    platform.clock.clearTimeout(ticking);
    platform.clock.clearTimeout(polling);
    sessions.close();
  };

  const port = (method: Exclude<keyof BookingsPort, 'active'>, name: string): Required<BookingsPort> => {
    if (signal.aborted) throw new SessionError('aborted', 'This client was closed.');
    const { bookings } = backend;
    if (!bookings[method]) throw new SessionError('not-supported', `This backend does not offer ${name}.`);
    return bookings as Required<BookingsPort>;
  };
  const within = (own: AbortSignal | undefined): AbortSignal =>
    own === undefined ? signal : AbortSignal.any([signal, own]);
  const keep = (booking: Booking): Booking => {
    if (directory.put(booking)) sessions.send(booking.id, { type: 'booking.changed', booking });
    refreshView();
    return booking;
  };

  return {
    clock,
    get me() {
      return me;
    },
    get active() {
      return view.getSnapshot().active;
    },
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    session: (id) => sessions.get(id),
    async providers({ signal: own } = {}) {
      return await port('providers', 'a list of providers').providers({ signal: within(own) });
    },
    async slots(provider, range, { signal: own } = {}) {
      return await port('slots', 'free times').slots(provider, range, { signal: within(own) });
    },
    async book(request, { idempotencyKey = crypto.randomUUID(), signal: own } = {}) {
      return keep(await port('book', 'booking').book(request, { idempotencyKey, signal: within(own) }));
    },
    async cancel(id, reason) {
      return keep(await port('cancel', 'cancelling').cancel(id, reason, { signal }));
    },
    refresh() {
      refresh();
      sessions.sendAll({ type: 'notes.refresh' });
    },
    async signOut() {
      close();
      sessions.forget();
      directory.clear();
      me = null;
      state = 'signed-out';
      problems = [];
      error = null;
      view.set(project());
      const { storage } = platform;
      await Promise.all((await storage.keys()).map((key) => storage.delete(key)));
    },
    close,
  };
}

/** Where the backend does not say who is signed in: a reader of their own bookings. */
const NOBODY: Me = {
  id: '',
  role: 'patient',
  name: ' ',
  serverTime: '1970-01-01T00:00:00.000Z',
  policy: DEFAULT_WINDOW_POLICY,
};

/** On the device's own calendar day; one that is open counts on either side of midnight. */
function isOfToday({ booking, verdict }: JudgedBooking, now: Instant): boolean {
  return verdict.phase === 'open' || new Date(booking.dateTime).toDateString() === new Date(now).toDateString();
}

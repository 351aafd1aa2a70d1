import type { BookingId } from './booking/booking.schema.js';
import { capabilitiesOf, clientView, nextChange, NOBODY } from './client/client.view.js';
import type { ClientFacts, ClientView, JudgedBooking } from './client/client.view.js';
import { createCommands, type BookingCommands } from './client/commands.js';
import { createDirectory, readBookings } from './client/directory.js';
import { follow } from './client/follow.js';
import { createReader } from './client/reader.js';
import { createServerClock, type ServerClock } from './client/server-clock.js';
import { createSessions, type Known } from './client/sessions.js';
import { SessionError } from './errors.js';
import type { Backend, EventMessage } from './ports/backend.port.js';
import type { DevicesPort } from './ports/devices.port.js';
import type { Platform, StoragePort, WakeReason } from './ports/platform.port.js';
import type { SignallingPort, VideoPort } from './ports/video.port.js';
import { randomId } from './random-id.js';
import { writable, type Readable } from './readable.js';
import type { Me } from './session/me.schema.js';
import type { Session } from './session/session.js';

/** The headless object that a page makes once and every element reads. */
export interface SessionClient extends Readable<ClientView>, BookingCommands {
  readonly clock: ServerClock;
  readonly me: Me | null;
  readonly active: JudgedBooking | null;
  /** The session of a booking; the same object for the same id. */
  session(id: BookingId): Session;
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
  const call = access && video && devices ? { access, video, devices, signalling, clock: platform.clock } : null;
  let facts: ClientFacts = {
    state: 'loading',
    me: null,
    connection: events === undefined ? 'polling' : 'connecting',
    problems: [],
    error: null,
    can: capabilitiesOf(backend, call !== null),
  };
  const view = writable(clientView(facts, directory, clock.now()));
  let alarm: unknown;
  let polling: unknown;

  const sessions = createSessions({
    clock: platform.clock,
    newId: randomId,
    input: {
      me: () => facts.me ?? NOBODY,
      ports: { bookings: backend.bookings, notes: backend.notes, call },
      now: () => clock.now(),
      random,
      holder: randomId(),
    },
    known: (id): Known => {
      const { me, state, error } = facts;
      const booking = me === null ? undefined : directory.find(id);
      if (booking !== undefined) return { booking, parties: directory.partiesOf(id) };
      if (me === null || state === 'loading') return null;
      return {
        error: state === 'failed' && error ? error : new SessionError('not-found', 'No such booking is yours.'),
      };
    },
    onRefused: () => {
      reader.refresh();
    },
    onChange: (booking) => {
      if (booking !== null && directory.find(booking.id) !== booking && directory.put(booking)) judgeAll();
    },
  });

  /** Judges and shows everything anew, and sets the alarm for the next moment at which a verdict changes by itself. */
  const judgeAll = (): void => {
    if (signal.aborted) return;
    sessions.sendAll({ type: 'tick' });
    const now = clock.now();
    const next = clientView(facts, directory, now);
    view.set(next);
    platform.clock.clearTimeout(alarm);
    const wait = Math.max(0, Math.min(LONGEST_TICK, (nextChange(next) ?? Infinity) - now));
    alarm = platform.clock.setTimeout(onAlarm, Math.ceil(wait));
  };
  const onAlarm = (): void => {
    if (clock.isDoubtful()) measure();
    judgeAll();
  };
  const measure = (): void => {
    time?.measure({ signal }).then(judgeAll, () => undefined);
  };

  const reader = createReader({
    clock: platform.clock,
    random,
    signal,
    async read() {
      const me = access === undefined ? NOBODY : await access.me({ signal });
      // A backend may answer after all: who has signed out must not come back by it.
      signal.throwIfAborted();
      facts = { ...facts, me };
      const since = directory.changes;
      const found = await readBookings(backend, { isProvider: me.role === 'provider', now: clock.now(), signal });
      signal.throwIfAborted();
      directory.replace(found.bookings, since);
      facts = { ...facts, problems: found.problems };
    },
    onRead(error) {
      const state = error === null || facts.state === 'ready' ? 'ready' : 'failed';
      facts = { ...facts, state, error };
      judgeAll();
      sessions.settle();
    },
  });
  const refreshAll = (): void => {
    reader.refresh();
    sessions.sendAll({ type: 'notes.refresh' });
  };

  const onEvent = (message: EventMessage): void => {
    if (signal.aborted) return;
    if (message.type === 'connection') facts = { ...facts, connection: message.state };
    else if (message.type === 'reset') refreshAll();
    else follow(message.event, directory, sessions);
    judgeAll();
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
    onAlarm();
    measure();
    events?.wake?.();
    sessions.sendAll({ type: 'call.wake' });
    if (reason !== 'visible' || facts.connection !== 'live') reader.refresh();
  };

  const poll = (): void => {
    polling = platform.clock.setTimeout(poll, POLL);
    if (events === undefined || facts.connection === 'down') refreshAll();
  };

  const stopTime = time?.subscribe((sample) => {
    const before = clock.now();
    clock.observe(sample);
    if (Math.abs(clock.now() - before) > NOTICEABLE) judgeAll();
  });
  const stopWake = platform.wake.subscribe(onWake);
  events?.subscribe(onEvent, { signal });
  polling = platform.clock.setTimeout(poll, POLL);
  reader.refresh();

  const close = (): void => {
    leaveAll();
    closing.abort();
    stopTime?.();
    stopWake();
    platform.clock.clearTimeout(alarm);
    platform.clock.clearTimeout(polling);
    sessions.close();
  };

  return {
    clock,
    get me() {
      return facts.me;
    },
    get active() {
      return view.getSnapshot().active;
    },
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    session: (id) => sessions.get(id),
    ...createCommands(backend.bookings, signal, (booking) => {
      follow({ type: 'booking.changed', booking }, directory, sessions);
      judgeAll();
    }),
    refresh: refreshAll,
    async signOut() {
      close();
      sessions.forget();
      directory.clear();
      facts = { ...facts, state: 'signed-out', me: null, problems: [], error: null };
      view.set(clientView(facts, directory, clock.now()));
      await wipe(platform.storage);
    },
    close,
  };
}

/** Where a browser forbids storage there is nothing to wipe, and signing out must not fail over it. */
async function wipe(storage: StoragePort): Promise<void> {
  const keys = await storage.keys().catch(() => []);
  await Promise.allSettled(keys.map((key) => storage.delete(key)));
}

import type { BookingId } from './booking/booking.schema.js';
import { clientView, nextChange, NOBODY } from './client/client.view.js';
import type { ClientFacts, ClientView, JudgedBooking } from './client/client.view.js';
import { claimStorage, wipeStorage } from './client/owner.js';
import { createCommands, type BookingCommands } from './client/commands.js';
import { createDeviceChecker, type DeviceChecker } from './client/device-checker.js';
import { draftKeyOf } from './client/draft-key.js';
import { createDirectory, readBookings } from './client/directory.js';
import { createSeatHolding } from './call/seat-holding.js';
import { createArrivalSound, type ArrivalSound } from './devices/arrival-sound.js';
import { createDeviceSettings, type DeviceSettings } from './devices/device-settings.js';
import { follow } from './client/follow.js';
import { createReader } from './client/reader.js';
import type { OperationId } from './contract/operations.js';
import { canAsGuest, notesFor } from './client/as-guest.js';
import { createHistories } from './history/histories.js';
import type { PatientHistory } from './history/patient-history.js';
import { createServerClock, type ServerClock } from './client/server-clock.js';
import { whoIsSignedIn } from './client/who-is-signed-in.js';
import { createSessions, type Known } from './client/sessions.js';
import { SessionError, toSessionError } from './errors.js';
import { createReadMarks, type ReadMarks } from './notes/read-marks.js';
import type { Backend, EventMessage } from './ports/backend.port.js';
import { capabilitiesOf } from './ports/capabilities.js';
import type { DevicesPort } from './ports/devices.port.js';
import type { Platform, WakeReason } from './ports/platform.port.js';
import type { SignallingPort, VideoPort } from './ports/video.port.js';
import type { DraftKey } from './notes/note.schema.js';
import { createNoteKeeper, type NoteKeeping } from './notes/note-keeper.js';
import { NOTE_PREFIX } from './notes/note-vault.js';
import { withUnsent } from './notes/unsent.view.js';
import { randomId } from './random-id.js';
import { writable, type Readable } from './readable.js';
import type { SessionEvent } from './session/event.schema.js';
import type { Me } from './session/me.schema.js';
import type { Session } from './session/session.js';

/** The headless object that a page makes once and every element reads. */
export interface SessionClient extends Readable<ClientView>, BookingCommands {
  readonly clock: ServerClock;
  readonly me: Me | null;
  readonly active: JudgedBooking | null;
  /** Which camera, microphone and speaker this person wants here. */
  readonly devices: DeviceSettings;
  /** Whether somebody who begins to wait is heard on this device. */
  readonly arrivalSound: ArrivalSound;
  /** The check before a call. */
  readonly check: DeviceChecker;
  /** Where what this person writes is kept until the backend has it. */
  readonly keeping: NoteKeeping;
  /** What this person has read here of the notes that were shared. */
  readonly readMarks: ReadMarks;
  /** The session of a booking; the same object for the same id. */
  session(id: BookingId): Session;
  /** A patient's earlier sessions with this provider, to filter, page and search. Another object for each call. */
  historyOf(patient: string): PatientHistory;
  /** Reads everything anew. */
  refresh(): void;
  /**
   * Ends every call of this person in this browser, forgets all that its tabs know, and stops. Notes that they have begun
   * or shared and that the backend does not have are deleted with it: `unsent` in the view says which this page has, and
   * `keeping.elsewhere` what other tabs write. Ask before you call this.
   */
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
  /** False: unsent notes are never kept on the device, encrypted or not. Default true. */
  readonly notesOnDevice?: boolean;
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
  const { backend, platform, video, devices, signalling, notesOnDevice = true, random = Math.random } = options;
  const { access, events, time } = backend;
  const closing = new AbortController();
  const { signal } = closing;
  const clock = createServerClock(platform.clock);
  const directory = createDirectory();
  const holding = createSeatHolding(platform, randomId);
  const call =
    access && video && devices ? { access, holding, video, devices, signalling, clock: platform.clock } : null;
  const settings = createDeviceSettings({ devices: call && call.devices, storage: platform.storage, signal });
  const checker = createDeviceChecker(call, settings);
  const readMarks = createReadMarks({ storage: platform.storage, signal });
  const arrivalSound = createArrivalSound({ storage: platform.storage, signal });
  let facts: ClientFacts = {
    state: 'loading',
    me: null,
    connection: events === undefined ? 'polling' : 'connecting',
    unsent: [],
    problems: [],
    error: null,
    can: capabilitiesOf(backend, call !== null, undefined),
  };
  const view = writable(clientView(facts, directory, clock.now()));
  const histories = createHistories({
    notes: backend.notes,
    clock: platform.clock,
    random,
    now: () => clock.now(),
    policy: () => (facts.me ?? NOBODY).policy,
    isReady: () => facts.me !== null && !signal.aborted,
    bookings: () => directory.bookings,
  });
  let alarm: unknown;
  let polling: unknown;
  let hasEvents = events !== undefined;

  const sessions = createSessions({
    clock: platform.clock,
    newId: randomId,
    input: {
      me: () => facts.me ?? NOBODY,
      can: () => facts.can,
      ports: { bookings: backend.bookings, notes: notesFor(backend.notes, () => facts.me), call },
      settings,
      checked: () => checker.getSnapshot().result,
      now: () => clock.now(),
      isTimeSure: () => !clock.isDoubtful(),
      told: (id) => directory.toldOf(id),
      random,
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
    onUnknown: (id) => {
      const { bookings } = backend;
      if (bookings.get === undefined || facts.me === null || !offers('getBooking')) return false;
      bookings.get(id, { signal }).then(
        (booking) => {
          follow({ type: 'booking.changed', booking }, directory, sessions);
          judgeAll();
        },
        (thrown: unknown) => {
          const error = toSessionError(thrown);
          if (error.code === 'not-found') sessions.send(id, { type: 'booking.removed' });
          else sessions.send(id, { type: 'booking.failed', error });
        },
      );
      return true;
    },
    onStart: () => {
      checker.stop();
    },
    onRefused: () => {
      reader.refresh();
    },
    onWrite: (id, items) => {
      keeper.sync(id, items);
      const unsent = withUnsent(facts.unsent, id, items);
      if (unsent === facts.unsent || signal.aborted) return;
      facts = { ...facts, unsent };
      view.set({ ...view.getSnapshot(), unsent });
    },
    onChange: (booking) => {
      if (booking !== null && directory.find(booking.id) !== booking && directory.put(booking)) judgeAll();
    },
  });

  const keeper = createNoteKeeper({
    platform,
    // By a clock that may be wrong nothing is too old.
    now: () => (clock.isDoubtful() ? -Infinity : clock.now()),
    random,
    onDevice: notesOnDevice,
    onFound: (id, items) => {
      sessions.restore(id, items);
    },
    signal,
  });
  const secret = async (): Promise<DraftKey> => draftKeyOf(access, signal);
  const mayKeepNotes = (): boolean => facts.me?.role === 'provider' && offers('getDraftKey');
  const openKeeper = (): void => {
    void keeper.open(mayKeepNotes() ? secret : null);
  };

  /** Judges and shows everything anew, and sets the alarm for the next moment at which a verdict changes by itself. */
  const judgeAll = (): void => {
    if (signal.aborted) return;
    sessions.sendAll({ type: 'tick' });
    const now = clock.now();
    const next = clientView(facts, directory, now);
    view.set(next);
    histories.notice();
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
      const me = await whoIsSignedIn(backend, signal);
      // A backend may answer after all: who has signed out must not come back by it.
      signal.throwIfAborted();
      if (facts.me !== null && facts.me.id !== me.id) await forgetAll();
      if (me.id !== '') await claimStorage(platform.storage, me.id);
      if (facts.me === null) await Promise.all([settings.load(), arrivalSound.load(), readMarks.load(me.id)]);
      signal.throwIfAborted();
      const can = capabilitiesOf(backend, call !== null, me.offers);
      facts = { ...facts, me, can: me.role === 'guest' ? canAsGuest(can) : can };
      openKeeper();
      const since = directory.changes;
      const found = await readBookings(backend, {
        isProvider: me.role === 'provider',
        canList: offers('listBookings'),
        now: clock.now(),
        signal,
      });
      signal.throwIfAborted();
      directory.replace(found, since);
      facts = { ...facts, problems: found.problems };
    },
    onRead(error) {
      const state = error === null || facts.state === 'ready' ? 'ready' : 'failed';
      facts = { ...facts, state, error };
      // First the sessions: what they know of a booking may be older than what was read.
      sessions.settle();
      judgeAll();
    },
  });
  const offers = (operation: OperationId): boolean => facts.me?.offers?.includes(operation) ?? true;

  /** Nothing of who was here before may be seen by who is here now. */
  const forgetAll = (): Promise<void> => {
    sessions.forget();
    histories.forget();
    const still = keeper.forget();
    checker.forget();
    settings.forget();
    arrivalSound.forget();
    readMarks.forget();
    directory.clear();
    facts = { ...facts, me: null, unsent: [], problems: [], error: null };
    view.set(clientView(facts, directory, clock.now()));
    return still;
  };

  const refreshAll = (depth: 'head' | 'all' = 'all'): void => {
    reader.refresh();
    sessions.sendAll({ type: 'notes.refresh' });
    histories.refresh(depth);
  };
  const learn = (event: SessionEvent): void => {
    histories.follow(event);
    follow(event, directory, sessions);
  };

  const onEvent = (message: EventMessage): void => {
    if (signal.aborted) return;
    if (message.type === 'connection') follows(message);
    else if (message.type === 'reset') refreshAll();
    else learn(message.event);
    judgeAll();
  };

  const follows = ({ state, error }: Extract<EventMessage, { type: 'connection' }>): void => {
    // Where there are no events to follow, reading now and then is all that can be had, and no failure.
    hasEvents = error?.code !== 'not-supported';
    facts = { ...facts, connection: hasEvents ? state : 'polling' };
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
    void keeper.scan();
    if (reason !== 'visible' || facts.connection !== 'live') reader.refresh();
  };

  const poll = (): void => {
    polling = platform.clock.setTimeout(poll, POLL);
    // Events put the alarm off, one after the other; this is not put off.
    if (clock.isDoubtful()) measure();
    void keeper.scan();
    if (!hasEvents || facts.connection === 'down') refreshAll('head');
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
    stopTabs?.();
    platform.clock.clearTimeout(alarm);
    platform.clock.clearTimeout(polling);
    sessions.close();
    histories.close();
    checker.close();
  };

  const end = async (): Promise<void> => {
    const own = keeper.prefix();
    const mayHaveNotes = own !== null || (notesOnDevice && mayKeepNotes());
    close();
    const still = forgetAll();
    facts = { ...facts, state: 'signed-out' };
    view.set(clientView(facts, directory, clock.now()));
    await still;
    // Who may have notes here and can't say which leaves none; who never has any leaves those of the others.
    const isOthers = (key: string): boolean => (own === null ? !mayHaveNotes : !key.startsWith(own));
    await wipeStorage(platform.storage, (key) => key.startsWith(NOTE_PREFIX) && isOthers(key));
  };
  // Nothing of who signed out in another tab may stay in this one.
  const stopTabs = platform.tabs?.subscribe(({ person }) => {
    if (person === facts.me?.id && !signal.aborted) void end();
  });

  return {
    clock,
    get me() {
      return facts.me;
    },
    get active() {
      return view.getSnapshot().active;
    },
    devices: settings,
    arrivalSound,
    check: checker,
    keeping: keeper,
    readMarks,
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    session: (id) => sessions.get(id),
    historyOf: (patient) => histories.of(patient),
    ...createCommands({
      backend,
      closed: signal,
      keep: (event) => {
        learn(event);
        judgeAll();
      },
      find: (id) => directory.find(id),
      partiesOf: (id) => directory.partiesOf(id),
      whoIsHere: () => facts.me?.id,
    }),
    refresh: () => {
      refreshAll();
    },
    async signOut() {
      if (facts.me !== null) platform.tabs?.post({ type: 'signed-out', person: facts.me.id });
      await end();
    },
    close,
  };
}

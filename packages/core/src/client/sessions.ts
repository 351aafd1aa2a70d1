import { createActor, type ActorRefFrom, type SnapshotFrom } from 'xstate';
import type { Booking, BookingId } from '../booking/booking.schema.js';
import type { Party } from '../booking/party.schema.js';
import type { SessionError, SessionErrorCode } from '../errors.js';
import type { Clock } from '../ports/platform.port.js';
import type { MediaRequest } from '../ports/devices.port.js';
import { writable, type Writable } from '../readable.js';
import type { ProviderNote } from '../notes/note.schema.js';
import type { OutboxCommand, OutboxItem } from '../notes/outbox.machine.js';
import { sessionMachine, type SessionInput, type SessionMachineEvent } from '../session/session.machine.js';
import type { Session } from '../session/session.js';
import { sessionView, type SessionView } from '../session/session.view.js';

const BOTH_DEVICES: MediaRequest = { microphone: true, camera: true };
/** How long a session that nobody watches is kept, so that an element may leave the page and come back. */
const LINGER = 30_000;

/** What is known of a booking now; null: nothing yet. */
export type Known = { booking: Booking; parties: readonly Party[] } | { error: SessionError } | null;

export interface SessionsOptions {
  readonly clock: Clock;
  readonly input: Omit<SessionInput, 'bookingId'>;
  readonly newId: () => string;
  readonly known: (id: BookingId) => Known;
  /** A session is wanted whose booking is not among those that were read. False: it can't be read by itself. */
  readonly onUnknown: (id: BookingId) => boolean;
  /** The backend judges a booking in another way than this page, or may: what the page knows is old. */
  readonly onRefused: () => void;
  /** Before a call starts. */
  readonly onStart: () => void;
  /** What a session's outbox has now. */
  readonly onWrite: (id: BookingId, items: readonly OutboxItem[]) => void;
  /** Something in a session changed; `booking` as it has it. */
  readonly onChange: (booking: Booking | null) => void;
}

export interface Sessions {
  get(id: BookingId): Session;
  send(id: BookingId, event: SessionMachineEvent): void;
  /** Gives a session what a page that is gone has left, whether somebody watches it or not. */
  restore(id: BookingId, items: readonly OutboxItem[]): void;
  sendAll(event: SessionMachineEvent): void;
  /** Tells every session what the directory knows by now. */
  settle(): void;
  /** Calls that hold a seat now, for a page that is going away. */
  held(): readonly { bookingId: BookingId; seat: NonNullable<ReturnType<typeof seatOf>> }[];
  close(): void;
  /** Ends them all, and wipes what was shown, also where an element still holds a session. */
  forget(): void;
}

/** Refusals that come of the booking, not of the network or this person's devices. */
const BY_RULE: readonly SessionErrorCode[] = ['outside-window', 'session-ended', 'session-cancelled', 'conflict'];

interface Entry {
  readonly session: Session;
  readonly view: Writable<SessionView>;
  actor: ActorRefFrom<typeof sessionMachine> | null;
  watchers: number;
  lingering: unknown;
}

/** One actor a booking, owned here and counted: it stops when nobody watches and it does nothing. */
export function createSessions(options: SessionsOptions): Sessions {
  const { clock, input, newId, known, onUnknown, onRefused, onStart, onWrite, onChange } = options;
  const entries = new Map<string, Entry>();
  let closed = false;

  const start = (id: BookingId, entry: Entry): ActorRefFrom<typeof sessionMachine> => {
    if (entry.actor !== null) return entry.actor;
    const actor = createActor(sessionMachine, { input: { ...input, bookingId: id }, clock: clockFor(clock) });
    entry.actor = actor;
    let refusal: SessionError | null = null;
    let last: SnapshotFrom<typeof sessionMachine>['context']['lastCall'] = null;
    actor.subscribe((snapshot) => {
      const { booking, role, lastCall, endError } = snapshot.context;
      entry.view.set(sessionView(snapshot));
      const items = snapshot.children.outbox?.getSnapshot().context.items ?? [];
      for (const note of arrivedAmong(items, snapshot)) actor.send({ type: 'note.arrived', note });
      onWrite(id, items);
      onChange(booking);
      const before = refusal;
      refusal = endError ?? lastCall?.error ?? null;
      if (refusal !== null && refusal !== before && BY_RULE.includes(refusal.code)) onRefused();
      // For how long a guest may come back is in no record but the backend's.
      else if (role === 'guest' && lastCall !== null && lastCall !== last) onRefused();
      last = lastCall;
    });
    actor.start();
    tell(id, actor);
    return actor;
  };

  const tell = (id: BookingId, actor: ActorRefFrom<typeof sessionMachine>): void => {
    const state = known(id);
    if (state === null) return;
    if ('booking' in state) {
      actor.send({ type: 'booking.changed', booking: state.booking });
      if (state.parties.length > 0) actor.send({ type: 'parties.changed', parties: state.parties });
    } else if (state.error.code === 'not-found' && onUnknown(id)) {
      return;
    } else if (actor.getSnapshot().context.booking === null) {
      actor.send({ type: 'booking.failed', error: state.error });
    }
  };

  const release = (entry: Entry): void => {
    clock.clearTimeout(entry.lingering);
    if (entry.watchers > 0 || closed) return;
    entry.lingering = clock.setTimeout(() => {
      const view = entry.view.getSnapshot();
      if (entry.watchers > 0) return;
      if (view.call !== null || view.ending || view.outbox.length > 0 || view.drafts.length > 0) {
        release(entry);
        return;
      }
      entry.actor?.stop();
      entry.actor = null;
    }, LINGER);
  };

  const blank = (id: BookingId): SessionView =>
    sessionView(createActor(sessionMachine, { input: { ...input, bookingId: id } }).getSnapshot());

  const create = (id: BookingId): Entry => {
    const send = (event: SessionMachineEvent): void => {
      if (!closed) start(id, entry).send(event);
    };
    const view = writable(blank(id));
    const begin = (request: MediaRequest, takeOver: boolean): void => {
      onStart();
      // One call at a time: who is in another one must not overhear this one.
      for (const other of entries.values()) if (other !== entry) other.actor?.send({ type: 'call.leave' });
      send({ type: 'session.start', request, takeOver });
    };
    const write = (command: OutboxCommand): void => {
      send({ type: 'note.command', command });
    };
    const session: Session = {
      bookingId: id,
      getSnapshot: () => view.getSnapshot(),
      subscribe(listener) {
        const subscription = view.subscribe(listener);
        let watching = true;
        entry.watchers += 1;
        clock.clearTimeout(entry.lingering);
        if (!closed) start(id, entry);
        return {
          unsubscribe() {
            subscription.unsubscribe();
            if (!watching) return;
            watching = false;
            entry.watchers -= 1;
            release(entry);
          },
        };
      },
      start: (media = BOTH_DEVICES) => {
        begin(media, false);
      },
      continueHere: (media = BOTH_DEVICES) => {
        begin(media, true);
      },
      leave: () => {
        send({ type: 'call.leave' });
      },
      end: () => {
        if (view.getSnapshot().role !== 'guest') send({ type: 'session.end' });
      },
      setMicrophone: (on) => {
        send({ type: 'call.turn', device: 'microphone', on });
      },
      setCamera: (on) => {
        send({ type: 'call.turn', device: 'camera', on });
      },
      setSharing: (on) => {
        send({ type: 'call.share', on });
      },
      writeNote: (change, noteId = newId()) => {
        write({ type: 'note.write', id: noteId, change });
        return noteId;
      },
      shareNote: (noteId) => {
        write({ type: 'note.share', id: noteId });
      },
      retryNote: (noteId) => {
        write({ type: 'note.retry', id: noteId });
      },
      reviseNote: (noteId) => {
        const isStopped = view.getSnapshot().outbox.some(({ id: own, state }) => own === noteId && state !== 'sending');
        const draft = newId();
        write({ type: 'note.revise', id: noteId, as: draft });
        return isStopped ? draft : null;
      },
      discardNote: (noteId) => {
        write({ type: 'note.discard', id: noteId });
      },
      refresh: () => {
        send({ type: 'notes.refresh' });
      },
    };
    const entry: Entry = { session, view, actor: null, watchers: 0, lingering: undefined };
    return entry;
  };

  const entryOf = (id: BookingId): Entry => {
    const key = String(id);
    const entry = entries.get(key) ?? create(id);
    entries.set(key, entry);
    return entry;
  };

  return {
    get: (id) => entryOf(id).session,
    restore(id, items) {
      if (closed) return;
      const entry = entryOf(id);
      start(id, entry).send({ type: 'note.command', command: { type: 'notes.found', items } });
      release(entry);
    },
    send: (id, event) => entries.get(String(id))?.actor?.send(event),
    sendAll(event) {
      for (const { actor } of entries.values()) actor?.send(event);
    },
    settle() {
      for (const { session, actor } of entries.values()) if (actor !== null) tell(session.bookingId, actor);
    },
    held: () =>
      [...entries.values()].flatMap(({ session, actor }) => {
        const seat = actor === null ? null : seatOf(actor);
        return seat === null ? [] : [{ bookingId: session.bookingId, seat }];
      }),
    close() {
      closed = true;
      for (const entry of entries.values()) {
        clock.clearTimeout(entry.lingering);
        entry.actor?.stop();
        entry.actor = null;
        const view = entry.view.getSnapshot();
        entry.view.set({ ...view, call: null, ending: false, canStart: false, canEnd: false, canWrite: false });
      }
    },
    forget() {
      for (const { session, view, actor, lingering } of entries.values()) {
        clock.clearTimeout(lingering);
        actor?.stop();
        view.set(blank(session.bookingId));
      }
      entries.clear();
    },
  };
}

/** Shared notes that the backend has, after all: their answer was lost, or came to a page that is gone. */
function arrivedAmong(
  items: readonly OutboxItem[],
  { children }: SnapshotFrom<typeof sessionMachine>,
): readonly ProviderNote[] {
  if (items.length === 0) return [];
  const ids = new Set(items.map(({ id }) => id));
  const notes = children.feed?.getSnapshot().context.notes ?? [];
  return notes.filter(({ id }) => id !== undefined && ids.has(id));
}

function seatOf(actor: ActorRefFrom<typeof sessionMachine>) {
  const call = actor.getSnapshot().children.call?.getSnapshot();
  return call?.status === 'active' ? call.context.seat : null;
}

/** XState's timers on the platform's clock, so that tests can move time. */
function clockFor(clock: Clock) {
  return {
    setTimeout: (callback: (...args: unknown[]) => void, ms: number) =>
      clock.setTimeout(() => {
        callback();
      }, ms),
    clearTimeout: (handle: unknown) => {
      clock.clearTimeout(handle);
    },
  };
}

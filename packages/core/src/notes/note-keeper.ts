import { sameId } from '../booking/booking.rules.js';
import type { BookingId } from '../booking/booking.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import { retryDelay } from '../call/retry.rules.js';
import { isRetryable, SessionError, toSessionError } from '../errors.js';
import type { Platform } from '../ports/platform.port.js';
import { writable, type Readable } from '../readable.js';
import { openNoteVault, prefixOf, type KeptNote, type NoteVault } from './note-vault.js';
import type { DraftKey } from './note.schema.js';
import type { OutboxItem } from './outbox.machine.js';

/**
 * Where what this person writes is kept until the backend has it. `device`: encrypted on this device, through reloads and
 * crashes. `memory`: as long as this page lives, `error` says why. `locked`: the backend has not given the secret yet;
 * what is on the device can't be read before, and what is written is in memory until then.
 */
export interface NoteKeepingView {
  readonly state: 'unknown' | 'locked' | 'device' | 'memory';
  /** Something is on its way to the device. */
  readonly saving: boolean;
  readonly error: SessionError | null;
  /** The bookings of drafts that other tabs of this person write: one entry a draft, as of the last look, 30 s ago at most. */
  readonly elsewhere: readonly BookingId[];
  /** How many notes other tabs hold here in all: those drafts, and what is on its way or was refused. */
  readonly heldElsewhere: number;
}

/** What a page can know of where this person's notes are kept. */
export interface NoteKeeping extends Readable<NoteKeepingView> {
  /** Looks again now at what other tabs have, and takes over what was left; resolves when that is known. */
  scan(): Promise<void>;
}

export interface NoteKeeper extends NoteKeeping {
  /** Somebody is here. Asks for their secret, finds what is theirs; later again where that failed. Null: there is none. */
  open(secret: (() => Promise<DraftKey>) | null): Promise<void>;
  /** What a session has now: what has changed is kept, what is gone is let go. */
  sync(bookingId: BookingId, items: readonly OutboxItem[]): void;
  /** Somebody else is here now: nothing stays in memory, what is on the device stays locked. Resolves once all is still. */
  forget(): Promise<void>;
  /** Under what this person's notes lie, if that is known. */
  prefix(): string | null;
}

export interface NoteKeeperOptions {
  readonly platform: Pick<Platform, 'storage' | 'seats' | 'clock'>;
  readonly now: () => Instant;
  /** In [0, 1). */
  readonly random: () => number;
  /** False: nothing is ever kept on the device. */
  readonly onDevice: boolean;
  readonly onFound: (bookingId: BookingId, items: readonly OutboxItem[]) => void;
  readonly signal: AbortSignal;
}

const NOTHING_KEPT: NoteKeepingView = { state: 'unknown', saving: false, error: null, elsewhere: [], heldElsewhere: 0 };

/** One note, of which this page alone takes care: its lock says so to the other tabs. */
interface Entry {
  readonly bookingId: BookingId;
  readonly lock: Lock;
  /** As it should lie on the device; null: not at all. */
  wanted: KeptNote | null;
  /** As it does, as text. */
  kept: string | null;
  /** Why it could not be kept the last time that it was tried. */
  failed: SessionError | null;
  /** Whether its session has it. */
  session: 'not-yet' | 'has-it' | 'let-go';
  writing: Promise<void> | null;
}

interface Lock {
  readonly held: Promise<boolean>;
  readonly release: () => void;
}

export function createNoteKeeper({ platform, now, random, onDevice, onFound, signal }: NoteKeeperOptions): NoteKeeper {
  const { storage, seats, clock } = platform;
  const view = writable<NoteKeepingView>(NOTHING_KEPT);
  const entries = new Map<string, Entry>();
  const seen = new Map<string, readonly OutboxItem[]>();
  /** What another tab holds. */
  const others = new Map<string, KeptNote>();
  const taking = new Set<string>();
  let vault: NoteVault | null = null;
  let prefix: string | null = null;
  let opening: Promise<void> | null = null;
  let attempt = 0;
  let retry: unknown;
  /** Another one for each person: an answer for the one before comes too late. */
  let generation = 0;

  const show = (change: Partial<NoteKeepingView> = {}): void => {
    const saving = vault !== null && [...entries.values()].some(({ writing }) => writing !== null);
    const before = view.getSnapshot();
    const next = { ...before, saving, ...change };
    const isSame =
      next.state === before.state &&
      next.saving === before.saving &&
      next.error === before.error &&
      next.elsewhere.join() === before.elsewhere.join() &&
      next.heldElsewhere === before.heldElsewhere;
    if (!isSame) view.set(next);
  };

  const releaseAll = (): void => {
    for (const { lock } of entries.values()) lock.release();
  };
  const stopRetrying = (): void => {
    clock.clearTimeout(retry);
    attempt = 0;
  };
  const close = (): void => {
    // Whatever page comes next takes care of what is here.
    releaseAll();
    stopRetrying();
  };
  signal.addEventListener('abort', close, { once: true });

  const lockFor = (id: string): Lock => {
    const control = new AbortController();
    const held = seats.hold(`note/${id}`, { steal: false, onLost: () => undefined, signal: control.signal }).then(
      (release) => release !== null,
      // Where tabs can't be told apart each one sends what it finds, under the one id that it has.
      (error: unknown) => toSessionError(error).code === 'not-supported',
    );
    return {
      held,
      release: () => {
        control.abort();
      },
    };
  };

  const drop = (id: string, { lock }: Entry): void => {
    lock.release();
    entries.delete(id);
  };

  /** One write at a time a note, the newest text last. */
  const write = async (id: string, entry: Entry, into: NoteVault): Promise<void> => {
    await entry.lock.held;
    while (vault === into && entry.kept !== textOf(entry.wanted)) {
      const { wanted } = entry;
      await (wanted === null ? into.delete(id) : into.put(wanted));
      entry.kept = textOf(wanted);
    }
    if (entry.session === 'let-go' && vault === into) drop(id, entry);
  };
  const settle = (id: string, entry: Entry): void => {
    if (vault === null || entry.writing !== null) return;
    entry.writing = write(id, entry, vault).then(
      () => {
        entry.writing = null;
        entry.failed = null;
        showKept();
      },
      (error: unknown) => {
        entry.writing = null;
        entry.failed = toSessionError(error);
        showKept();
      },
    );
    show();
  };
  /** One that can't be kept is enough: what is said holds of all of them. */
  const showKept = (): void => {
    const error = [...entries.values()].find(({ failed }) => failed !== null)?.failed ?? null;
    if (vault === null) show();
    else show({ state: error === null ? 'device' : 'memory', error });
  };

  const scan = async (): Promise<void> => {
    const from = vault;
    if (from === null) return;
    const ids: readonly string[] = await from.ids().catch(() => []);
    for (const [id, entry] of entries) {
      // What was taken away from under this page is written again.
      if (entry.writing === null && entry.kept !== null && !ids.includes(id)) entry.kept = null;
      settle(id, entry);
    }
    const found = await Promise.all(
      ids.filter((id) => !entries.has(id) && !taking.has(id)).map((id) => take(id, from)),
    );
    if (vault !== from || signal.aborted) {
      for (const { lock } of found.flat()) lock.release();
      return;
    }
    for (const id of others.keys()) if (!ids.includes(id)) others.delete(id);
    const drafts = [...others.values()].filter(({ state }) => state === 'draft');
    show({ elsewhere: drafts.map(({ bookingId }) => bookingId), heldElsewhere: others.size });
    const notes = found.flat().sort((a, b) => a.note.at - b.note.at);
    for (const { note, lock } of notes) {
      const { id, bookingId } = note;
      entries.set(id, {
        bookingId,
        lock,
        wanted: note,
        kept: textOf(note),
        failed: null,
        session: 'not-yet',
        writing: null,
      });
    }
    for (const [bookingId, items] of byBooking(notes.map(({ note }) => note))) onFound(bookingId, items);
  };
  const take = async (id: string, from: NoteVault): Promise<{ note: KeptNote; lock: Lock }[]> => {
    taking.add(id);
    const lock = lockFor(id);
    const isFree = await lock.held;
    const note = await from.get(id).catch(() => null);
    taking.delete(id);
    const isWanted = note !== null && vault === from && !signal.aborted && !entries.has(id);
    if (isWanted && !isFree) others.set(id, note);
    else others.delete(id);
    if (isWanted && isFree) return [{ note, lock }];
    lock.release();
    return [];
  };

  const unlock = async (secret: () => Promise<DraftKey>): Promise<void> => {
    const mine = generation;
    try {
      const key = await secret();
      const opened = await openNoteVault({ storage, secret: key, now });
      // It may be somebody else's by now.
      if (signal.aborted || mine !== generation) return;
      [vault, prefix] = [opened, prefixOf(key)];
      stopRetrying();
      show({ state: 'device', error: null });
    } catch (thrown) {
      const error = toSessionError(thrown);
      if (mine !== generation) return;
      show({ state: isRetryable(error) ? 'locked' : 'memory', error });
      if (!isRetryable(error) || signal.aborted) return;
      clock.clearTimeout(retry);
      retry = clock.setTimeout(() => void open(secret), retryDelay(attempt, random(), error.retryAfter));
      attempt += 1;
    }
  };
  const open = async (secret: (() => Promise<DraftKey>) | null): Promise<void> => {
    if (vault === null && (secret === null || !onDevice)) show({ state: 'memory', error: null });
    else if (vault === null && secret !== null) {
      opening ??= unlock(secret);
      const mine = opening;
      await mine;
      if (opening === mine) opening = null;
    }
    await scan();
  };

  return {
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    open,
    sync(bookingId, items) {
      const key = String(bookingId);
      if (seen.get(key) === items) return;
      seen.set(key, items);
      for (const item of items) {
        const { id } = item;
        const entry = entries.get(id) ?? newEntry(bookingId, lockFor(id));
        entries.set(id, entry);
        entry.session = 'has-it';
        entry.wanted = isBlank(item) ? null : keptNote(bookingId, item);
        if (entry.kept !== textOf(entry.wanted)) settle(id, entry);
      }
      const here = new Set(items.map(({ id }) => id));
      for (const [id, entry] of entries) {
        if (entry.session !== 'has-it' || String(entry.bookingId) !== key || here.has(id)) continue;
        entry.session = 'let-go';
        entry.wanted = null;
        if (vault === null) drop(id, entry);
        else settle(id, entry);
      }
    },
    scan,
    async forget() {
      const writes = [...entries.values()].flatMap(({ writing }) => writing ?? []);
      releaseAll();
      entries.clear();
      seen.clear();
      others.clear();
      [vault, prefix, opening] = [null, null, null];
      generation += 1;
      stopRetrying();
      view.set(NOTHING_KEPT);
      await Promise.all(writes);
    },
    prefix: () => prefix,
  };
}

function newEntry(bookingId: BookingId, lock: Lock): Entry {
  return { bookingId, lock, wanted: null, kept: null, failed: null, session: 'not-yet', writing: null };
}

/** Nothing is written yet that could be lost. */
function isBlank({ state, content }: Pick<OutboxItem, 'state' | 'content'>): boolean {
  return state === 'draft' && content.trim() === '';
}

function keptNote(bookingId: BookingId, { id, content, kind, amends, state, error, at }: OutboxItem): KeptNote {
  return {
    id,
    bookingId,
    content,
    ...(kind === undefined ? {} : { kind }),
    ...(amends === undefined ? {} : { amends }),
    state: state === 'sending' ? 'waiting' : state,
    ...(state === 'refused' && error !== null ? { reason: error.code } : {}),
    at,
  };
}

function outboxItem({ id, content, kind, amends, state, reason, at }: KeptNote): OutboxItem {
  const error = state === 'refused' ? new SessionError(reason ?? 'unknown', 'It was refused before.') : null;
  return { id, content, kind, amends, state, error, at };
}

function textOf(note: KeptNote | null): string | null {
  return note === null ? null : JSON.stringify(note);
}

function byBooking(notes: readonly KeptNote[]): readonly (readonly [BookingId, readonly OutboxItem[]])[] {
  const ids = new Map(notes.map(({ bookingId }) => [String(bookingId), bookingId]));
  return [...ids.values()].map((id) => [id, notes.filter(({ bookingId }) => sameId(bookingId, id)).map(outboxItem)]);
}

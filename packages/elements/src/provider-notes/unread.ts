import {
  noteKey,
  toInstant,
  type BookingId,
  type ProviderNote,
  type ReadMarks,
  type Session,
} from '@active-session/core';
import { sameAtStart } from './chunks.js';

/**
 * What of one session's notes its reader has not seen yet, for all elements of the page that show them. It lives as long
 * as the session's object: with somebody else there is another one.
 */
export class Unread {
  readonly #marks: ReadMarks;
  readonly #id: BookingId;
  readonly #listeners = new Set<() => void>();
  #met: readonly ProviderNote[] | undefined;
  #unread = new Set<ProviderNote>();
  #fresh: ReadonlySet<ProviderNote> = new Set();
  #news: readonly ProviderNote[] = [];

  constructor(id: BookingId, marks: ReadMarks) {
    this.#id = id;
    this.#marks = marks;
  }

  /** Those that were not seen yet, in their order of arrival. */
  get notes(): ReadonlySet<ProviderNote> {
    return this.#unread;
  }

  /** Those that carry the word "New": not seen yet, or seen since the last one came. */
  get fresh(): ReadonlySet<ProviderNote> {
    return this.#fresh;
  }

  /** These notes are here now. What was not among them when they were read first, or in an earlier visit, is new. */
  meet(notes: readonly ProviderNote[]): void {
    const marks = this.#marks.getSnapshot();
    if (marks === null || notes === this.#met) return;
    const before = this.#met;
    this.#met = notes;
    const added = before === undefined ? notesAfter(notes, marks.get(String(this.#id))) : notAmong(before, notes);
    this.#dropGone(notes);
    for (const note of added) this.#unread.add(note);
    if (added.length > 0) {
      this.#fresh = new Set(this.#unread);
      if (before !== undefined) this.#news = [...this.#news, ...added];
    }
    this.#keep();
  }

  get hasNews(): boolean {
    return this.#news.length > 0;
  }

  /** What came and was not said yet: for the first who can say it. */
  takeNews(): readonly ProviderNote[] {
    const news = this.#news.filter((note) => this.#unread.has(note));
    this.#news = [];
    return news;
  }

  /** Seen. */
  read(notes: Iterable<ProviderNote>): void {
    const before = this.#unread.size;
    for (const note of notes) this.#unread.delete(note);
    if (this.#unread.size === before) return;
    this.#keep();
    for (const listener of [...this.#listeners]) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What is no longer there, or withdrawn, is not waited for; what came again in another object is the same note. */
  #dropGone(notes: readonly ProviderNote[]): void {
    if (this.#unread.size === 0) return;
    const all = this.#unread.size > 200 ? new Set(notes) : null;
    const gone = [...this.#unread].filter((note) => !(all?.has(note) ?? notes.lastIndexOf(note) >= 0));
    if (gone.length === 0) return;
    const keys = new Set(gone.map(noteKey));
    const again = notes.filter((note) => note.withdrawnAt === undefined && keys.has(noteKey(note)));
    for (const note of gone) this.#unread.delete(note);
    for (const note of again) this.#unread.add(note);
    this.#fresh = new Set([...this.#fresh, ...again]);
  }

  /** For next time: everything before the first one that was not seen is read. */
  #keep(): void {
    const notes = this.#met ?? [];
    const last = notes.at(-1);
    const first = Math.min(...[...this.#unread].map(({ timestamp }) => toInstant(timestamp)));
    this.#marks.mark(this.#id, Math.min(first - 1, last === undefined ? 0 : toInstant(last.timestamp)));
  }
}

const bySession = new WeakMap<Session, Unread>();

export function unreadOf(session: Session, marks: ReadMarks): Unread {
  const unread = bySession.get(session) ?? new Unread(session.bookingId, marks);
  bySession.set(session, unread);
  return unread;
}

/** Of a session that was never looked at here nothing is new: who knows what was read elsewhere? */
function notesAfter(notes: readonly ProviderNote[], read: number | undefined): readonly ProviderNote[] {
  if (read === undefined) return [];
  return notes.filter(({ timestamp, withdrawnAt }) => withdrawnAt === undefined && toInstant(timestamp) > read);
}

/** What came. One that was withdrawn, or stands in another object than before, did not. */
function notAmong(before: readonly ProviderNote[], notes: readonly ProviderNote[]): readonly ProviderNote[] {
  const from = sameAtStart(before, notes);
  if (from === notes.length) return [];
  const rest = before.slice(from);
  const known = new Set<ProviderNote>(rest);
  const ids = new Set(rest.map(({ id }) => id));
  return notes
    .slice(from)
    .filter(
      (note) => note.withdrawnAt === undefined && !known.has(note) && (note.id === undefined || !ids.has(note.id)),
    );
}

import type { Booking, BookingId } from '../booking/booking.schema.js';
import { mergeNotes } from '../notes/note.rules.js';
import type { HistoryEntry, ProviderNote } from '../notes/note.schema.js';
import { compareEntries, fits, type HistoryFilter } from './history.rules.js';

/** The entries of a history that are known, in their order, each once. */
export class HistoryList {
  readonly #byId = new Map<string, HistoryEntry>();
  #ordered: readonly HistoryEntry[] | null = [];

  find(id: BookingId): HistoryEntry | undefined {
    return this.#byId.get(String(id));
  }

  /** All of them, the latest first. */
  get all(): readonly HistoryEntry[] {
    return (this.#ordered ??= [...this.#byId.values()].sort(compareEntries));
  }

  /** Those that a backend would give for this filter now. */
  fitting(filter: HistoryFilter): readonly HistoryEntry[] {
    return this.all.every((entry) => fits(entry, filter)) ? this.all : this.all.filter((entry) => fits(entry, filter));
  }

  /** Takes what was read. What is known of one already is kept where it is newer. */
  take(entries: readonly HistoryEntry[]): void {
    for (const entry of entries) this.#put(merged(this.find(entry.booking.id), entry));
  }

  /** Takes what was read as all that there is of what `isOfIt` says. */
  replace(entries: readonly HistoryEntry[], isOfIt: (entry: HistoryEntry) => boolean): void {
    const read = new Set(entries.map(({ booking }) => String(booking.id)));
    for (const entry of this.all) {
      if (!read.has(String(entry.booking.id)) && isOfIt(entry)) this.remove(entry.booking.id);
    }
    this.take(entries);
  }

  /** The booking of an entry has changed. */
  putBooking(booking: Booking): void {
    const entry = this.find(booking.id);
    if (entry !== undefined) this.#put({ ...entry, booking });
  }

  /** False where nothing of this booking is known. */
  addNote(id: BookingId, note: ProviderNote): boolean {
    const entry = this.find(id);
    if (entry === undefined) return false;
    const notes = mergeNotes(entry.notes, [note]);
    if (notes !== entry.notes) this.#put({ ...entry, notes });
    return true;
  }

  remove(id: BookingId): void {
    if (this.#byId.delete(String(id))) this.#ordered = null;
  }

  clear(): void {
    this.#byId.clear();
    this.#ordered = [];
  }

  #put(entry: HistoryEntry): void {
    const key = String(entry.booking.id);
    const before = this.#byId.get(key);
    if (before === entry) return;
    this.#byId.set(key, entry);
    const last = this.#ordered?.at(-1);
    const isNext = before === undefined && (last === undefined || compareEntries(last, entry) < 0);
    // A page of thousands is mostly what comes behind the others.
    this.#ordered = this.#ordered !== null && isNext ? [...this.#ordered, entry] : null;
  }
}

function merged(known: HistoryEntry | undefined, read: HistoryEntry): HistoryEntry {
  const isOther = known === undefined || known.handedOverAt !== read.handedOverAt;
  if (isOther) return { ...read, notes: mergeNotes([], read.notes) };
  const booking = isNewer(read.booking, known.booking) ? read.booking : known.booking;
  const notes = mergeNotes(known.notes, read.notes);
  return booking === known.booking && notes === known.notes ? known : { ...known, booking, notes };
}

/** Without versions, the last one that was read. */
export function isNewer(booking: Booking, known: Booking): boolean {
  return booking.version === undefined || known.version === undefined || booking.version > known.version;
}

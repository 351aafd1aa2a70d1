import type { Booking, BookingId } from '../booking/booking.schema.js';
import { sameId } from '../booking/booking.rules.js';
import { toInstant, type Instant } from '../booking/instant.schema.js';
import { SessionError, type FieldProblem } from '../errors.js';
import type { HistoryEntry, ProviderNote } from '../notes/note.schema.js';
import type { HistoryQuery, Page } from '../ports/backend.port.js';
import type { SessionEvent } from '../session/event.schema.js';
import { HistoryList, isNewer } from './history-list.js';
import { compareEntries, isEarlier, isWithin, type HistoryFilter } from './history.rules.js';

/** How many are asked for at once, where very many are to be read. */
const MANY = 200;

/** One request: the next page; a page of what is read anew; what began at one moment. */
export type HistoryJob =
  | { readonly what: 'page' }
  | { readonly what: 'again'; readonly anew: Anew }
  | { readonly what: 'moment'; readonly at: Instant };

/** What is read anew so far, to take the place of what is here. */
export interface Anew {
  readonly depth: 'head' | 'all';
  readonly items: HistoryEntry[];
  readonly problems: FieldProblem[];
  readonly cursors: Set<string>;
  cursor: string | undefined;
}

/** What else the page knows. */
export interface HistoryWorld {
  readonly patient: string;
  readonly now: () => Instant;
  /** Every booking that the page knows, of this patient and of others. */
  readonly bookings: () => readonly Booking[];
}

/** What has been read of a patient's history, what has changed since, and what is to be read for that. */
export class HistoryPages {
  readonly filter: HistoryFilter;
  readonly #world: HistoryWorld;
  readonly #list = new HistoryList();
  readonly #cursors = new Set<string>();
  /** Moments at which something began that is to be read by itself. */
  readonly #moments = new Set<Instant>();
  /** Bookings that were looked at. */
  readonly #seen = new WeakSet<Booking>();
  /** This patient's that became another provider's: what was written in them can still be read, once they have begun. */
  #gone: readonly Booking[] = [];
  /** Those that a page to come should have. */
  #expected: readonly Booking[] = [];
  #cursor: string | undefined;
  /** The last entry of the pages that were read, whether it is still here or not. */
  #reach: HistoryEntry | undefined;
  #isStarted = false;
  #problems: readonly FieldProblem[] = [];
  #anew: Anew | null = null;

  constructor(filter: HistoryFilter, world: HistoryWorld) {
    this.filter = filter;
    this.#world = world;
  }

  /** Whether the first page is here. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  get isComplete(): boolean {
    return this.#isStarted && this.#cursor === undefined;
  }

  get entries(): readonly HistoryEntry[] {
    return this.#list.fitting(this.filter);
  }

  get problems(): readonly FieldProblem[] {
    return this.#problems;
  }

  /** What is to be read next, for who reads it now; `more`: a further page is wanted. */
  next(more: boolean): HistoryJob | null {
    if (!this.#isStarted) return { what: 'page' };
    if (this.#anew !== null) return { what: 'again', anew: this.#anew };
    const [at] = this.#moments;
    // Wanted once more while it is being read, it is read once more.
    if (at !== undefined && this.#moments.delete(at)) return { what: 'moment', at };
    return more && !this.isComplete ? { what: 'page' } : null;
  }

  /** `many`: very many are to be read. */
  queryFor(job: HistoryJob, many: boolean): HistoryQuery {
    const { from, to, kind } = this.filter;
    const ofKind = kind === undefined ? {} : { kind };
    if (job.what === 'moment') return { ...ofKind, from: job.at, to: job.at + 1 };
    const cursor = job.what === 'again' ? job.anew.cursor : this.#cursor;
    const isLong = job.what === 'again' ? job.anew.depth === 'all' && this.#list.all.length >= MANY : many;
    return {
      ...ofKind,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(cursor === undefined ? {} : { cursor }),
      ...(isLong ? { limit: MANY } : {}),
    };
  }

  /** Takes an answer; gives what is wrong with it. */
  take(job: HistoryJob, page: Page<HistoryEntry>): SessionError | null {
    switch (job.what) {
      case 'moment':
        this.#list.replace(page.items, ({ booking }) => toInstant(booking.dateTime) === job.at);
        return null;
      case 'again':
        return this.#takeAgain(job.anew, page);
      case 'page':
        return this.#takePage(page);
    }
  }

  /** There was no answer. */
  putBack(job: HistoryJob): void {
    if (job.what === 'moment') this.#moments.add(job.at);
  }

  /** Reads anew: `head` what is new at the top, else all that is here. */
  refresh(depth: 'head' | 'all'): void {
    if (!this.#isStarted || (this.#anew !== null && depth === 'head')) return;
    this.#anew = { depth, items: [], problems: [], cursors: new Set(), cursor: undefined };
  }

  /** Takes over what the page knows of this patient's bookings by now. */
  look(): void {
    if (!this.#isStarted) return;
    const { patient, now, bookings } = this.#world;
    for (const booking of this.#gone) if (isEarlier(booking, now())) this.#readMoment(booking);
    this.#gone = this.#gone.filter((booking) => !isEarlier(booking, now()));
    for (const booking of bookings()) {
      if (booking.patient !== patient || this.#seen.has(booking)) continue;
      const entry = this.#list.find(booking.id);
      const isPast = isEarlier(booking, now());
      if (entry === undefined && !isPast) continue;
      this.#seen.add(booking);
      // Handed over, and here again: the notes that came between are theirs to read, too.
      if (entry === undefined || entry.handedOverAt !== undefined) this.#readMoment(booking);
      else if (!isNewer(booking, entry.booking)) continue;
      else if (isPast) this.#list.putBooking(booking);
      else this.#list.remove(booking.id);
    }
  }

  /** To be told before the page forgets what it knows of a booking. */
  learn(event: SessionEvent): void {
    if (event.type === 'booking.removed') this.#learnRemoval(event.bookingId);
    else if (event.type === 'note.added' && this.#isStarted) this.#learnNote(event.bookingId, event.note);
  }

  #takePage({ items, problems, cursor }: Page<HistoryEntry>): SessionError | null {
    if (cursor !== undefined && this.#cursors.has(cursor)) return leadsBack();
    if (cursor !== undefined) this.#cursors.add(cursor);
    this.#list.take(items);
    if (problems.length > 0) this.#problems = [...this.#problems, ...problems];
    this.#cursor = cursor;
    this.#reach = items.at(-1) ?? this.#reach;
    this.#isStarted = true;
    const expected = this.#expected;
    this.#expected = [];
    // The page may have been made before they were there.
    for (const booking of expected) if (this.#list.find(booking.id) === undefined) this.#readMoment(booking);
    return null;
  }

  /** Once what was read anew goes as far back as what is here, it takes its place. */
  #takeAgain(anew: Anew, { items, problems, cursor }: Page<HistoryEntry>): SessionError | null {
    // It has begun once more meanwhile.
    if (anew !== this.#anew) return null;
    if (cursor !== undefined && anew.cursors.has(cursor)) return leadsBack();
    if (cursor !== undefined) anew.cursors.add(cursor);
    anew.items.push(...items);
    anew.problems.push(...problems);
    anew.cursor = cursor;
    const last = anew.items.at(-1);
    const reach = this.#reach;
    const isBack = last !== undefined && (reach === undefined || compareEntries(last, reach) >= 0);
    const isAll = cursor === undefined || isBack;
    if (!isAll && anew.depth === 'all') return null;
    this.#list.replace(anew.items, (entry) => isAll || (last !== undefined && compareEntries(entry, last) <= 0));
    this.#anew = null;
    if (!isAll) return null;
    this.#cursor = cursor;
    this.#reach = last;
    this.#cursors.clear();
    this.#problems = anew.problems;
    return null;
  }

  /** One that is not here and should be, unless a page that is still to come has it. */
  #readMoment(booking: Booking): void {
    const reach = this.#reach;
    const isBehind = reach === undefined || compareEntries({ booking, notes: [] }, reach) > 0;
    if (!isWithin(booking, this.filter)) return;
    if (isBehind && !this.isComplete) this.#expected = [...this.#expected, booking];
    else this.#moments.add(toInstant(booking.dateTime));
  }

  #learnNote(id: BookingId, note: ProviderNote): void {
    if (this.#list.addNote(id, note)) return;
    const { kind } = this.filter;
    if (kind === undefined || note.kind !== kind || note.withdrawnAt !== undefined) return;
    const booking = this.#bookingOf(id);
    // Of a booking from long ago nobody here knows whose it was.
    if (booking === undefined) this.refresh('head');
    else if (booking.patient === this.#world.patient) this.#readMoment(booking);
  }

  #bookingOf(id: BookingId): Booking | undefined {
    return this.#world.bookings().find((booking) => sameId(booking.id, id));
  }

  #learnRemoval(id: BookingId): void {
    const booking = this.#bookingOf(id);
    if (booking !== undefined && booking.patient === this.#world.patient) this.#gone = [...this.#gone, booking];
    const entry = this.#list.find(id);
    if (entry === undefined || entry.handedOverAt !== undefined) return;
    this.#list.remove(id);
    this.#moments.add(toInstant(entry.booking.dateTime));
  }
}

function leadsBack(): SessionError {
  return new SessionError('malformed', 'A page of a history leads back to one before it.');
}

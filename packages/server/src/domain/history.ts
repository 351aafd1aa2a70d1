import { toIso, type historyEntrySchema, type Instant, type NoteKind } from '@active-session/core';
import type * as z from 'zod/mini';
import type { BookingRecord, HandoverRecord, PersonRecord } from '../store/records.js';
import { noteOf } from './notes.js';
import { startOf } from './own-booking.js';
import { notFound } from './problem.js';
import type { ReadUnit } from './unit.js';

/** Notes on one page; a page has at least one booking. */
const NOTES_AT_MOST = 500;

export interface HistoryQuery {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** Only bookings with a note of this kind. */
  readonly kind?: NoteKind | undefined;
  /** Start and id of the last booking that was read. */
  readonly after?: readonly [Instant, string] | undefined;
  readonly limit: number;
}

type HistoryEntry = z.output<typeof historyEntrySchema>;

export interface HistoryPage {
  readonly items: HistoryEntry[];
  readonly next?: [Instant, string];
}

/**
 * A patient's bookings with this provider that began before now or were completed, newest first, with their notes. One
 * that they handed over is as it stood then, with only what they wrote.
 *
 * @throws Problem `not-found` where they have nothing to do with this patient, as for nobody
 */
export async function readHistory(
  { view, now }: ReadUnit,
  provider: Pick<PersonRecord, 'id'>,
  patient: string,
  { after, limit, ...range }: HistoryQuery,
): Promise<HistoryPage> {
  const me = provider.id;
  if (!(await view.bookings.know(me, patient))) throw notFound();
  const looked = await view.bookings.history({
    ...range,
    provider: me,
    patient,
    before: now,
    after: after && { start: after[0], id: after[1] },
    limit: limit + 1,
  });
  if (looked.length === 0) return { items: [] };
  const left = new Map(looked.flatMap((each) => (each.left === undefined ? [] : [[each.booking.id, each.left.at]])));
  const found = looked.map((each) => (each.left === undefined ? each.booking : shellOf(each.booking, each.left)));
  const counts = await view.notes.counts(found.map(({ id }) => id));
  const page = found.slice(0, fitting(found.slice(0, limit), counts));
  const notes = Map.groupBy(await view.notes.of(page.map(({ id }) => id)), ({ booking }) => booking);
  const items = page.map((booking): HistoryEntry => {
    const readable = (notes.get(booking.id) ?? []).filter(({ author }) => !left.has(booking.id) || author === me);
    const at = left.get(booking.id);
    return {
      booking,
      notes: readable.map((note) => noteOf(note, 'provider')),
      ...(at === undefined ? {} : { handedOverAt: toIso(at) }),
    };
  });
  const last = found.length > page.length ? page.at(-1) : undefined;
  return { items, ...(last === undefined ? {} : { next: [startOf(last), last.id] }) };
}

/** How many of these bookings, with their notes, fit on a page. */
function fitting(bookings: readonly BookingRecord[], counts: ReadonlyMap<string, number>): number {
  let notes = 0;
  const full = bookings.findIndex(({ id }, index) => {
    notes += counts.get(id) ?? 0;
    return index > 0 && notes > NOTES_AT_MOST;
  });
  return full === -1 ? bookings.length : full;
}

/** What says which session a note was of, and nothing that came after. */
function shellOf(
  { id, patient, patientName, sessionType, bookedAt }: BookingRecord,
  left: HandoverRecord,
): BookingRecord {
  const { booking: _booking, at: _at, ...then } = left;
  return { id, patient, patientName, sessionType, bookedAt, ...then, notes: '', attendance: [] };
}

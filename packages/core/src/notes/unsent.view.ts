import { sameId } from '../booking/booking.rules.js';
import type { BookingId } from '../booking/booking.schema.js';
import type { OutboxItem } from './outbox.machine.js';

/** How many notes of one booking this page has that the backend does not have. */
export interface UnsentNotes {
  readonly bookingId: BookingId;
  /** Begun and not shared; blank ones don't count. */
  readonly drafts: number;
  /** Shared, and on their way. */
  readonly waiting: number;
  /** Shared, and refused for good. */
  readonly refused: number;
}

/** The list with what this booking has now, in the order in which bookings came into it. The same one where nothing has changed. */
export function withUnsent(
  known: readonly UnsentNotes[],
  bookingId: BookingId,
  items: readonly OutboxItem[],
): readonly UnsentNotes[] {
  const before = known.find((one) => sameId(one.bookingId, bookingId));
  const now = countOf(bookingId, items);
  if (isSame(before, now)) return known;
  if (now === null) return known.filter((one) => one !== before);
  return before === undefined ? [...known, now] : known.map((one) => (one === before ? now : one));
}

function countOf(bookingId: BookingId, items: readonly OutboxItem[]): UnsentNotes | null {
  const written = items.filter(({ state, content }) => state !== 'draft' || content.trim() !== '');
  if (written.length === 0) return null;
  const drafts = written.filter(({ state }) => state === 'draft').length;
  const refused = written.filter(({ state }) => state === 'refused').length;
  return { bookingId, drafts, waiting: written.length - drafts - refused, refused };
}

function isSame(before: UnsentNotes | undefined, now: UnsentNotes | null): boolean {
  if (before === undefined || now === null) return before === undefined && now === null;
  return before.drafts === now.drafts && before.waiting === now.waiting && before.refused === now.refused;
}

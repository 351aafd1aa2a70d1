import { compareText, judge } from '../booking/booking.rules.js';
import type { Booking } from '../booking/booking.schema.js';
import { toInstant, type Instant } from '../booking/instant.schema.js';
import type { WindowPolicy } from '../booking/policy.schema.js';
import type { HistoryEntry, NoteKind } from '../notes/note.schema.js';

/** Which of a patient's earlier sessions. */
export interface HistoryFilter {
  /** Half-open: those that began at `from` or later, and before `to`. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** Only those with a note of this kind. */
  readonly kind?: NoteKind | undefined;
}

/**
 * How an earlier session went. `open`: it is not over yet; `missed`: not both of them came; `no-show`: the provider said
 * that the patient did not come; `handed-over`: it was another provider's from then on, and nobody tells how it went.
 */
export type Outcome = 'open' | 'completed' | 'missed' | 'no-show' | 'cancelled' | 'handed-over';

/** Whether a booking is one to look back on: it has begun, or was ended before its time. */
export function isEarlier(booking: Booking, now: Instant): boolean {
  return booking.status === 'completed' || toInstant(booking.dateTime) < now;
}

/** Whether it began in the time that is asked for. */
export function isWithin({ dateTime }: Booking, { from = -Infinity, to = Infinity }: HistoryFilter): boolean {
  const at = toInstant(dateTime);
  return at >= from && at < to;
}

/** Whether an entry is one that a backend gives for this filter. A withdrawn note counts no more. */
export function fits({ booking, notes }: HistoryEntry, filter: HistoryFilter): boolean {
  const { kind } = filter;
  const isOfKind = kind === undefined || notes.some((note) => note.kind === kind && note.withdrawnAt === undefined);
  return isOfKind && isWithin(booking, filter);
}

/** Below 0 where `a` comes before `b`: the latest first, of one instant the greater id. */
export function compareEntries(a: HistoryEntry, b: HistoryEntry): number {
  return (
    toInstant(b.booking.dateTime) - toInstant(a.booking.dateTime) ||
    compareText(String(b.booking.id), String(a.booking.id))
  );
}

export function outcomeOf({ booking, handedOverAt }: HistoryEntry, now: Instant, policy: WindowPolicy): Outcome {
  const { status, attendance = [] } = booking;
  if (handedOverAt !== undefined && status === 'scheduled') return 'handed-over';
  const { phase, reason } = judge({ booking, attendance, now, policy, role: 'provider' });
  switch (phase) {
    case 'completed':
      return 'completed';
    case 'cancelled':
      return reason === 'no-show' ? 'no-show' : 'cancelled';
    case 'expired':
      return 'missed';
    case 'open':
    case 'upcoming':
      return 'open';
  }
}

import { judge, roleIn, toInstant, type Role, type Verdict } from '@active-session/core';
import type { Audience, BookingChange, BookingRecord } from '../store/records.js';
import type { StoreView } from '../store/store.js';
import { notFound, Problem } from './problem.js';
import type { ReadUnit, Unit } from './unit.js';

export interface OwnBooking {
  readonly booking: BookingRecord;
  /** Who this person is in it, which is also the name of their seat. */
  readonly seat: Role;
}

/** @throws Problem `not-found` for somebody else's booking exactly as for none */
export async function ownBooking(view: StoreView, id: string, person: string): Promise<OwnBooking> {
  const booking = await view.bookings.get(id);
  if (booking === undefined || (booking.patient !== person && booking.provider !== person)) throw notFound();
  return { booking, seat: roleIn(booking, person) };
}

export function audienceOf(booking: BookingRecord): Audience {
  return { patient: booking.patient, provider: booking.provider };
}

export function verdictOf(unit: Pick<ReadUnit, 'now' | 'policy'>, booking: BookingRecord, role: Role): Verdict {
  return judge({ booking, attendance: booking.attendance, now: unit.now, policy: unit.policy, role });
}

/** @throws Problem with the reason, and `opensAt` where waiting helps */
export function requireOpen(unit: Unit, { booking, seat }: OwnBooking): void {
  const verdict = verdictOf(unit, booking, seat);
  if (verdict.phase !== 'open') throw refusal(verdict);
}

export function refusal(verdict: Verdict): Problem {
  switch (verdict.phase) {
    case 'completed':
      return new Problem('session-ended', 'This session has ended.');
    case 'cancelled':
      return new Problem('session-cancelled', 'This booking is cancelled.');
    case 'upcoming':
      return new Problem('outside-window', 'This session has not opened yet.', { opensAt: verdict.opensAt });
    case 'expired':
    case 'open':
      return new Problem('outside-window', 'The time of this session is over.');
  }
}

/** Saves a change, which raises the version, and tells both. An empty change is for a new attendance. */
export async function change(unit: Unit, booking: BookingRecord, what: BookingChange): Promise<BookingRecord> {
  if (!(await unit.view.bookings.update(booking.id, booking.version, what))) {
    throw new Problem('conflict', 'This booking has just been changed by somebody else.');
  }
  const changed = await unit.view.bookings.get(booking.id);
  if (changed === undefined) throw new Error('A booking vanished within its transaction.');
  await unit.publish({ type: 'booking.changed', booking: changed }, audienceOf(changed));
  return changed;
}

export function startOf(booking: BookingRecord): number {
  return toInstant(booking.dateTime);
}

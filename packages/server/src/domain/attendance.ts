import { callStartedAt, toInstant, toIso, type Attendance, type Instant, type Role } from '@active-session/core';
import type { BookingRecord } from '../store/records.js';
import type { Unit } from './unit.js';

/** Who comes back sooner than this, in ms, has not really been gone. */
const CONTINUES_WITHIN = 15_000;
/** Entries that a booking gets for one seat, however often somebody comes and goes. */
export const ENTRIES_AT_MOST = 40;

/** Records that who sits there is in the call from now on. */
export async function openAttendance(unit: Unit, booking: BookingRecord, seat: Role): Promise<void> {
  const { bookings } = unit.view;
  switch (cameIn(booking.attendance, seat, unit.now)) {
    case 'anew':
      return bookings.openAttendance(booking.id, seat, unit.now);
    case 'back':
      return bookings.reopenAttendance(booking.id, seat);
    case 'instead':
      return bookings.reopenAttendance(booking.id, seat, unit.now);
  }
}

/**
 * How to write down that somebody comes in: as a new entry, as their last one that goes on, or in place of the last
 * one. What is never changed is when the call of both began, as the timer of both counts from there: an entry goes on
 * only where that stays, and one that is replaced was of nobody's company.
 */
export function cameIn(attendance: Attendance, role: Role, now: Instant): 'anew' | 'back' | 'instead' {
  const own = attendance.filter((entry) => entry.role === role);
  const last = own.at(-1);
  if (last?.leftAt === undefined) return 'anew';
  const isFull = own.length >= ENTRIES_AT_MOST;
  if (now - toInstant(last.leftAt) >= CONTINUES_WITHIN && !isFull) return 'anew';
  const goesOn = { seat: last.seat, role, joinedAt: last.joinedAt };
  const others = attendance.filter((entry) => entry !== last);
  const asBack = callStartedAt([...others, goesOn]);
  const asNew = callStartedAt([...attendance, { ...goesOn, joinedAt: toIso(now) }]);
  if (asBack === asNew) return 'back';
  return isFull ? 'instead' : 'anew';
}

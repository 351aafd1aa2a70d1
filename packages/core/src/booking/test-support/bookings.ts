import type { AttendanceEntry, Booking } from '../booking.schema.js';
import { MINUTE, toIso } from '../instant.schema.js';
import type { Role, WindowPolicy } from '../policy.schema.js';

export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** When the bookings of the tables start; their window is the default one where nothing else is said. */
export const START = Date.parse('2026-01-07T10:00:00.000Z');
export const OPENS = START - HOUR;
export const CLOSES = START + 2 * HOUR;

/** A window of its own for each role. */
export const PER_ROLE: WindowPolicy = {
  patient: { opensBeforeMinutes: 15, closesAfterMinutes: 30 },
  provider: { opensBeforeMinutes: 60, closesAfterMinutes: 90 },
  returnMinutes: 5,
};

export function booking(fields: Partial<Booking> = {}): Booking {
  return {
    id: 1,
    provider: 'dr-smith',
    providerName: 'Dr. Smith',
    providerInitials: 'DS',
    dateTime: toIso(START),
    sessionType: 'Video Consultation',
    notes: '',
    status: 'scheduled',
    bookedAt: '2026-01-06T12:00:00.000Z',
    ...fields,
  };
}

/** In the call from `from` to `to` (still in: null), ms relative to the start. */
export function was(role: Role, from: number, to: number | null): AttendanceEntry {
  return { seat: role, role, joinedAt: toIso(START + from), ...(to === null ? {} : { leftAt: toIso(START + to) }) };
}

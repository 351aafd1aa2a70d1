import type { VerdictInput } from '../booking.rules.js';
import type { Booking } from '../booking.schema.js';
import type { Phase } from '../verdict.schema.js';

/**
 * When a booking gives access, as stretches of time, put down from the product's rules and not from its code: the
 * window; after it, whoever was in the call until they left, and ten minutes (by policy) more.
 */
export function openStretches({ booking, attendance, policy, role }: Omit<VerdictInput, 'now'>): [number, number][] {
  if (booking.status !== 'scheduled') return [];
  const start = new Date(booking.dateTime).getTime();
  const closes = start + policy[role].closesAfterMinutes * 60_000;
  const window: [number, number] = [start - policy[role].opensBeforeMinutes * 60_000, closes];
  const more = attendance
    .filter((entry) => entry.role === role)
    .map(({ leftAt }): [number, number] => {
      const left = leftAt === undefined ? Infinity : new Date(leftAt).getTime();
      return [closes, (left > closes ? left : closes) + policy.returnMinutes * 60_000];
    });
  return [window, ...more];
}

export function isOpen(input: VerdictInput): boolean {
  return openStretches(input).some(([from, to]) => from <= input.now && input.now < to);
}

/** Where a booking stands, by the same rules. */
export function phaseByRules(input: VerdictInput): Phase {
  const { booking, attendance, now } = input;
  if (booking.status !== 'scheduled') return booking.status;
  if (isOpen(input)) return 'open';
  if (openStretches(input).some(([from]) => now < from)) return 'upcoming';
  const came = new Set(attendance.map((entry) => entry.role));
  return came.size === 2 ? 'completed' : 'expired';
}

/** Whether `a` is to be shown rather than `b`: rule 4, as it is written. */
export function goesBefore(a: Booking, b: Booking, of: (booking: Booking) => Omit<VerdictInput, 'booking'>): boolean {
  const rank = (booking: Booking): readonly (number | string)[] => {
    const { now } = of(booking);
    const open = isOpen({ booking, ...of(booking) });
    const live = (booking.attendance ?? []).some(({ leftAt }) => leftAt === undefined);
    const distance = Math.abs(new Date(booking.dateTime).getTime() - now);
    const bookedAt = new Date(booking.bookedAt).getTime();
    return [open ? 0 : 1, open && live ? 0 : 1, distance, bookedAt, String(booking.id)];
  };
  const [first, second] = [rank(a), rank(b)];
  for (const [index, value] of first.entries()) {
    const other = second[index] ?? value;
    if (value !== other) return value < other;
  }
  return false;
}

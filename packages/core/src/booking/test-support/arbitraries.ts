import fc from 'fast-check';
import type { AttendanceEntry, Booking } from '../booking.schema.js';
import { MINUTE, toIso } from '../instant.schema.js';
import { roleSchema, type Role, type WindowPolicy } from '../policy.schema.js';
import { booking, CLOSES, DAY, HOUR, OPENS, START } from './bookings.js';

export const anyRole: fc.Arbitrary<Role> = fc.constantFrom(...roleSchema.options);

const minutes = (min: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min, max: 240 }), fc.constantFrom(Math.max(min, 1), 60 * 24 * 31));

export const anyPolicy: fc.Arbitrary<WindowPolicy> = fc.record({
  patient: fc.record({ opensBeforeMinutes: minutes(0), closesAfterMinutes: minutes(1) }),
  provider: fc.record({ opensBeforeMinutes: minutes(0), closesAfterMinutes: minutes(1) }),
  returnMinutes: minutes(0),
});

/** Mostly around the edges of a default window, to the millisecond; now and then years away. */
export const anyInstant: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: OPENS - HOUR, max: CLOSES + 2 * HOUR }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(OPENS, START, CLOSES, CLOSES + 10 * MINUTE), fc.integer({ min: -2, max: 2 }))
      .map(([edge, by]) => edge + by),
  },
  { weight: 1, arbitrary: fc.integer({ min: START - 20_000 * DAY, max: START + 20_000 * DAY }) },
);

/** Somebody's time in the call, over or not. */
export const anyEntry: fc.Arbitrary<AttendanceEntry> = fc
  .record({
    role: anyRole,
    joinedAt: fc.integer({ min: OPENS, max: CLOSES + HOUR }),
    stay: fc.option(fc.integer({ min: 0, max: 3 * HOUR }), { nil: null, freq: 3 }),
  })
  .map(({ role, joinedAt, stay }) => ({
    seat: role,
    role,
    joinedAt: toIso(joinedAt),
    ...(stay === null ? {} : { leftAt: toIso(joinedAt + stay) }),
  }));

export const anyAttendance: fc.Arbitrary<AttendanceEntry[]> = fc.array(anyEntry, { maxLength: 5 });

export const anyBooking: fc.Arbitrary<Booking> = fc
  .record({
    id: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom('a', 'b', '10')),
    hours: fc.oneof(fc.constant(0), fc.integer({ min: -6, max: 6 })),
    status: fc.constantFrom('scheduled', 'scheduled', 'scheduled', 'completed', 'cancelled'),
    cancelReason: fc.constantFrom(undefined, 'ill', 'no-show'),
    bookedAt: fc.integer({ min: 0, max: 2 }),
    attendance: anyAttendance,
  })
  .map(({ hours, bookedAt, cancelReason, ...rest }) =>
    booking({
      ...rest,
      ...(cancelReason === undefined ? {} : { cancelReason }),
      dateTime: toIso(START + hours * HOUR),
      bookedAt: toIso(START - DAY + bookedAt),
    }),
  );

/** The same instant, as it is written somewhere else. */
export const anyOffset: fc.Arbitrary<number> = fc.constantFrom(-720, -570, -210, 0, 60, 330, 345, 765, 840);

export function withOffset(instant: number, offsetMinutes: number): string {
  const local = toIso(instant + offsetMinutes * MINUTE).slice(0, -1);
  const [hours, rest] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

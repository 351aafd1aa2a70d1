import { describe, expect, it } from 'vitest';
import { callStartedAt, chooseActive, compareText, judge, roleIn, sameId, settlementAt } from './booking.rules.js';
import type { AttendanceEntry, Booking } from './booking.schema.js';
import { MINUTE, toIso } from './instant.schema.js';
import { DEFAULT_WINDOW_POLICY, windowPolicySchema, type Role, type WindowPolicy } from './policy.schema.js';
import { booking, CLOSES, HOUR, OPENS, PER_ROLE, START, was } from './test-support/bookings.js';

interface Row {
  readonly what: string;
  readonly now: number;
  readonly expected: readonly [phase: string, reason: string, nextChangeAt: number | null];
  readonly booking?: Partial<Booking>;
  readonly attendance?: readonly AttendanceEntry[];
  readonly role?: Role;
  readonly policy?: WindowPolicy;
}

const bothToTheEnd = [was('patient', 0, 2 * HOUR + 5 * MINUTE), was('provider', 0, 2 * HOUR + 20 * MINUTE)];
const TABLE: readonly Row[] = [
  // W1: half-open, to the millisecond
  { what: '1 ms before it opens', now: OPENS - 1, expected: ['upcoming', 'before-window', OPENS] },
  { what: 'as it opens', now: OPENS, expected: ['open', 'in-window', CLOSES] },
  { what: 'at the start', now: START, expected: ['open', 'in-window', CLOSES] },
  { what: '1 ms before it closes', now: CLOSES - 1, expected: ['open', 'in-window', CLOSES] },
  { what: 'as it closes, nobody came', now: CLOSES, expected: ['expired', 'missed', null] },
  { what: 'a year before', now: START - 365 * 24 * HOUR, expected: ['upcoming', 'before-window', OPENS] },
  // rule 8: who is in stays, who was in may return
  {
    what: 'closed, still in the call',
    now: CLOSES + 5 * HOUR,
    attendance: [was('patient', 0, null), was('provider', 0, null)],
    expected: ['open', 'in-call', null],
  },
  {
    what: 'closed, only the other one is in the call: nobody new joins',
    now: CLOSES,
    attendance: [was('provider', 0, null)],
    expected: ['expired', 'missed', null],
  },
  {
    what: 'dropped before it closed: 10 minutes after the window',
    now: CLOSES + 10 * MINUTE - 1,
    attendance: [was('patient', 0, 20 * MINUTE), was('provider', 0, null)],
    expected: ['open', 'may-return', CLOSES + 10 * MINUTE],
  },
  {
    what: 'and not longer',
    now: CLOSES + 10 * MINUTE,
    attendance: [was('patient', 0, 20 * MINUTE), was('provider', 0, null)],
    expected: ['completed', 'attended', null],
  },
  {
    what: 'dropped after it closed: 10 minutes after the drop',
    now: CLOSES + 15 * MINUTE - 1,
    attendance: bothToTheEnd,
    expected: ['open', 'may-return', CLOSES + 15 * MINUTE],
  },
  {
    what: 'the drop counts that came last',
    now: CLOSES + 12 * MINUTE,
    attendance: [was('patient', 0, MINUTE), was('patient', HOUR, 2 * HOUR + 5 * MINUTE)],
    expected: ['open', 'may-return', CLOSES + 15 * MINUTE],
  },
  {
    what: 'in again after a drop',
    now: CLOSES + HOUR,
    attendance: [was('patient', 0, MINUTE), was('patient', HOUR, null)],
    expected: ['open', 'in-call', null],
  },
  {
    what: 'both came, only the other may still return: over for this one, not missed',
    now: CLOSES + 15 * MINUTE,
    attendance: bothToTheEnd,
    expected: ['completed', 'attended', null],
  },
  {
    what: 'it settles as completed, where both attended',
    now: CLOSES + 30 * MINUTE,
    attendance: bothToTheEnd,
    expected: ['completed', 'attended', null],
  },
  {
    what: 'one came, one did not: missed for good',
    now: CLOSES + 24 * HOUR,
    attendance: [was('patient', 0, HOUR)],
    expected: ['expired', 'missed', null],
  },
  // what the status says goes before all
  {
    what: 'completed in the window',
    now: START,
    booking: { status: 'completed' },
    expected: ['completed', 'ended', null],
  },
  {
    what: 'completed, though somebody is recorded as in',
    now: START,
    booking: { status: 'completed' },
    attendance: [was('patient', 0, null)],
    expected: ['completed', 'ended', null],
  },
  {
    what: 'cancelled',
    now: OPENS - HOUR,
    booking: { status: 'cancelled' },
    expected: ['cancelled', 'cancelled', null],
  },
  {
    what: 'a no-show',
    now: CLOSES,
    booking: { status: 'cancelled', cancelReason: 'no-show' },
    expected: ['cancelled', 'no-show', null],
  },
  // the policy is data, for each role
  {
    what: 'the patient’s own window, before',
    now: START - 15 * MINUTE - 1,
    policy: PER_ROLE,
    expected: ['upcoming', 'before-window', START - 15 * MINUTE],
  },
  {
    what: 'the provider is let in earlier',
    now: START - 15 * MINUTE - 1,
    policy: PER_ROLE,
    role: 'provider',
    expected: ['open', 'in-window', START + 90 * MINUTE],
  },
  {
    what: 'the patient’s own window, after',
    now: START + 30 * MINUTE,
    policy: PER_ROLE,
    expected: ['expired', 'missed', null],
  },
  {
    what: 'its own time to come back',
    now: START + 34 * MINUTE,
    policy: PER_ROLE,
    attendance: [was('patient', 0, MINUTE)],
    expected: ['open', 'may-return', START + 35 * MINUTE],
  },
];

describe('judge', () => {
  it.each(TABLE)(
    '$what',
    ({ now, expected, attendance = [], role = 'patient', policy = DEFAULT_WINDOW_POLICY, ...row }) => {
      const verdict = judge({ booking: booking(row.booking), attendance, now, policy, role });
      expect([verdict.phase, verdict.reason, verdict.nextChangeAt]).toEqual(expected);
      const { opensBeforeMinutes, closesAfterMinutes } = policy[role];
      expect(verdict.opensAt).toBe(START - opensBeforeMinutes * MINUTE);
      expect(verdict.closesAt).toBe(START + closesAfterMinutes * MINUTE);
    },
  );

  it('changes exactly when it says it will', () => {
    for (const { now, attendance = [], role = 'patient', policy = DEFAULT_WINDOW_POLICY, ...row } of TABLE) {
      const at = (instant: number): string => {
        const { phase, reason } = judge({ booking: booking(row.booking), attendance, now: instant, policy, role });
        return `${phase} ${reason}`;
      };
      const { nextChangeAt } = judge({ booking: booking(row.booking), attendance, now, policy, role });
      if (nextChangeAt === null) {
        expect(at(now + 10_000 * HOUR), row.what).toBe(at(now));
      } else {
        expect(nextChangeAt, row.what).toBeGreaterThan(now);
        expect(at(nextChangeAt - 1), row.what).toBe(at(now));
        expect(at(nextChangeAt), row.what).not.toBe(at(now));
      }
    }
  });

  it('the window is three hours of real time, across the change to summer time too', () => {
    const start = Date.parse('2026-03-29T02:30:00+01:00');
    const input = {
      booking: booking({ dateTime: '2026-03-29T02:30:00+01:00' }),
      attendance: [],
      policy: DEFAULT_WINDOW_POLICY,
    };
    const { opensAt, closesAt } = judge({ ...input, now: start, role: 'patient' });
    expect([opensAt, closesAt]).toEqual([start - HOUR, start + 2 * HOUR]);
  });
});

describe('settlementAt', () => {
  it.each([
    ['nobody came', [], null],
    ['one came', [was('provider', 0, MINUTE)], null],
    ['somebody is still in', [was('patient', 0, null), was('provider', 0, MINUTE)], null],
    ['both left before it closed', [was('patient', 0, MINUTE), was('provider', 0, HOUR)], CLOSES + 10 * MINUTE],
    ['the last one left after it closed', bothToTheEnd, CLOSES + 30 * MINUTE],
  ] as const)('%s', (_, attendance, expected) => {
    expect(settlementAt(booking(), attendance, DEFAULT_WINDOW_POLICY)).toBe(expected);
  });

  it('waits for the window that closes last, whoever’s it is', () => {
    const both = [was('patient', 0, MINUTE), was('provider', 0, MINUTE)];
    expect(settlementAt(booking(), both, PER_ROLE)).toBe(START + 95 * MINUTE);
    const { patient: provider, provider: patient, returnMinutes } = PER_ROLE;
    expect(settlementAt(booking(), both, { patient, provider, returnMinutes })).toBe(START + 95 * MINUTE);
  });
});

describe('callStartedAt', () => {
  it.each([
    ['nobody', [], null],
    ['one alone', [was('patient', 0, null)], null],
    ['one after the other', [was('patient', 0, MINUTE), was('provider', MINUTE, null)], null],
    ['one comes as the other leaves', [was('provider', 0, MINUTE), was('patient', MINUTE, null)], null],
    ['when the second one came', [was('patient', 0, null), was('provider', 3 * MINUTE, null)], START + 3 * MINUTE],
    [
      'from the first time on, through a drop',
      [was('provider', 0, null), was('patient', MINUTE, 2 * MINUTE), was('patient', 5 * MINUTE, null)],
      START + MINUTE,
    ],
    [
      'whatever the order of the record',
      [was('patient', 5 * MINUTE, null), was('patient', MINUTE, 2 * MINUTE), was('provider', 0, null)],
      START + MINUTE,
    ],
  ] as const)('%s', (_, attendance, expected) => {
    expect(callStartedAt(attendance)).toBe(expected);
  });
});

describe('chooseActive', () => {
  const at = (id: number | string, hours: number, fields: Partial<Booking> = {}): Booking =>
    booking({ id, dateTime: toIso(START + hours * HOUR), ...fields });
  const choose = (bookings: readonly Booking[]): Booking['id'] | undefined =>
    chooseActive(bookings, () => 'patient', START, DEFAULT_WINDOW_POLICY)?.id;

  it.each([
    ['none', [], undefined],
    ['only what is over', [at(1, -5), at(2, 0, { status: 'completed' }), at(3, 0, { status: 'cancelled' })], undefined],
    ['the next one where none is open', [at(1, 30), at(2, 5), at(3, -5)], 2],
    ['an open one before an upcoming one, however near', [at(1, 1.1), at(2, -1.9)], 2],
    ['of open ones the nearest, on either side of now', [at(1, -1), at(2, 0.9), at(3, -1.5)], 2],
    [
      'the one whose call is live, though another is nearer',
      [at(1, 0), at(2, -1.5, { attendance: [was('patient', -HOUR, null)] })],
      2,
    ],
    ['a call that is over is not live', [at(1, 0), at(2, -1.5, { attendance: [was('patient', -HOUR, -MINUTE)] })], 1],
    [
      'an upcoming one that is recorded as live is still upcoming',
      [at(1, 3, { attendance: [was('provider', 0, null)] }), at(2, 2)],
      2,
    ],
    ['a tie goes to the one booked first', [at(1, 0), at(2, 0, { bookedAt: '2026-01-05T12:00:00.000Z' })], 2],
    ['bookedAt is compared as an instant', [at(1, 0, { bookedAt: '2026-01-06T12:30:00+01:00' }), at(2, 0)], 1],
    ['then to the lower id', [at('b', 0), at('a', 0)], 'a'],
  ] as const)('%s', (_, bookings, expected) => {
    expect(choose(bookings)).toBe(expected);
    expect(choose([...bookings].reverse())).toBe(expected);
  });
});

describe('sameId', () => {
  it.each([
    [7, '7', true],
    ['7', 7, true],
    ['a', 'a', true],
    [7, 8, false],
    ['7', '07', false],
    ['a', 'A', false],
  ] as const)('%j and %j: %s', (a, b, expected) => {
    expect(sameId(a, b)).toBe(expected);
  });
});

describe('compareText', () => {
  it('orders by code unit, whatever the locale', () => {
    expect(['b', 'Z', 'ä', 'a', '10', '9', 'a'].sort(compareText)).toEqual(['10', '9', 'Z', 'a', 'a', 'b', 'ä']);
    expect([compareText('a', 'b'), compareText('b', 'a'), compareText('a', 'a')]).toEqual([-1, 1, 0]);
  });
});

describe('roleIn', () => {
  it.each([
    ['dr-smith', 'provider'],
    ['ann', 'patient'],
    ['', 'patient'],
  ] as const)('%j is the %s', (person, role) => {
    expect(roleIn(booking({ patient: 'ann' }), person)).toBe(role);
  });
});

describe('a policy', () => {
  it.each([
    ['closes before it opens', { patient: { opensBeforeMinutes: 60, closesAfterMinutes: 0 } }],
    ['negative', { provider: { opensBeforeMinutes: -1, closesAfterMinutes: 10 } }],
    ['not a number', { returnMinutes: Number.NaN }],
    ['huge', { returnMinutes: 1e9 }],
  ])('%s is refused', (_, change) => {
    expect(windowPolicySchema.safeParse(DEFAULT_WINDOW_POLICY).success).toBe(true);
    expect(windowPolicySchema.safeParse({ ...DEFAULT_WINDOW_POLICY, ...change }).success).toBe(false);
  });
});

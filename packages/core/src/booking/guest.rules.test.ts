import { describe, expect, it } from 'vitest';
import type { Attendance } from './booking.schema.js';
import { GUEST_SEATS, judgeGuest, type GuestStay } from './guest.rules.js';
import { MOST_GUESTS } from './guest.schema.js';
import { MINUTE, toInstant, toIso } from './instant.schema.js';
import { DEFAULT_WINDOW_POLICY } from './policy.schema.js';
import { booking } from './test-support/bookings.js';

const START = toInstant(booking().dateTime);
const OPENS = START - 60 * MINUTE;
const CLOSES = START + 120 * MINUTE;

const at = (now: number, stay: GuestStay = null, attendance: Attendance = [], fields = {}) =>
  judgeGuest({ booking: booking(fields), attendance, now, policy: DEFAULT_WINDOW_POLICY, stay });
const entry = (role: 'patient' | 'provider', left?: number): Attendance[number] => ({
  seat: role,
  role,
  joinedAt: toIso(START),
  ...(left === undefined ? {} : { leftAt: toIso(left) }),
});
const BOTH = [entry('patient'), entry('provider')];
const STILL_IN = { joinedAt: START, leftAt: null };

describe('what a guest has access to', () => {
  it('is the patient’s window, half-open', () => {
    expect(at(OPENS - 1)).toMatchObject({ phase: 'upcoming', nextChangeAt: OPENS });
    expect(at(OPENS)).toMatchObject({ phase: 'open', reason: 'in-window', closesAt: CLOSES });
    expect(at(CLOSES - 1).phase).toBe('open');
    expect(at(CLOSES).phase).toBe('expired');
  });

  it('after it is nothing to who was not in, though a call goes on', () => {
    expect(at(CLOSES, null, BOTH).phase).not.toBe('open');
  });

  it('after it stays with who is in a call that goes on', () => {
    expect(at(CLOSES + MINUTE, STILL_IN, BOTH)).toMatchObject({ phase: 'open', reason: 'in-call' });
  });

  it('after it can be had back for ten minutes', () => {
    const stay = { joinedAt: START, leftAt: CLOSES + MINUTE };
    expect(at(CLOSES + 11 * MINUTE - 1, stay, BOTH).phase).toBe('open');
    expect(at(CLOSES + 11 * MINUTE, stay, BOTH).phase).toBe('expired');
  });

  it('ends when neither patient nor provider may be there any more', () => {
    const left = [entry('patient', CLOSES), entry('provider', CLOSES + MINUTE)];
    expect(at(CLOSES + 11 * MINUTE - 1, STILL_IN, left).phase).toBe('open');
    expect(at(CLOSES + 11 * MINUTE, STILL_IN, left).phase).toBe('expired');
  });

  it('ends with the session', () => {
    expect(at(START, STILL_IN, BOTH, { status: 'completed' }).phase).toBe('completed');
    expect(at(START, STILL_IN, BOTH, { status: 'cancelled' }).phase).toBe('cancelled');
  });
});

it('there are as many seats as guests', () => {
  expect(GUEST_SEATS).toEqual(['guest-1', 'guest-2']);
  expect(GUEST_SEATS).toHaveLength(MOST_GUESTS);
});

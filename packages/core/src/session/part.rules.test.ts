import { describe, expect, it } from 'vitest';
import { booking } from '../booking/test-support/bookings.js';
import { DEFAULT_WINDOW_POLICY } from '../booking/policy.schema.js';
import { permit, type BookingCommand } from '../booking/command.rules.js';
import { toInstant } from '../booking/instant.schema.js';
import { canAsGuest, notesFor } from '../client/as-guest.js';
import type { Verdict } from '../booking/verdict.schema.js';
import type { NotesPort } from '../ports/backend.port.js';
import { judgeFor, roleOf, seatIn } from './part.rules.js';

const BOOKING = booking();
const START = toInstant(BOOKING.dateTime);
const facts = { booking: BOOKING, attendance: [], policy: DEFAULT_WINDOW_POLICY, lastIn: null, told: null };

describe('who somebody is in a booking', () => {
  it('is a guest who came by a link, even under the id of its provider', () => {
    const guest = { id: BOOKING.provider, role: 'guest', seat: 'guest-2' } as const;
    expect([roleOf(BOOKING, guest), seatIn(BOOKING, guest)]).toEqual(['guest', 'guest-2']);
    expect(seatIn(BOOKING, { id: 'guest:1', role: 'guest' })).toBeNull();
  });

  it('is by the booking for everybody else', () => {
    expect(roleOf(BOOKING, { id: BOOKING.provider, role: 'patient' })).toBe('provider');
    expect(seatIn(BOOKING, { id: 'somebody', role: 'provider' })).toBe('patient');
  });
});

describe('a guest', () => {
  it('has the patient’s window, and stays in a call that goes on after it', () => {
    const late = START + 121 * 60_000;
    expect(judgeFor({ ...facts, now: START, role: 'guest', inCall: false }).phase).toBe('open');
    expect(judgeFor({ ...facts, now: late, role: 'guest', inCall: false }).phase).toBe('expired');
    const attendance = [
      { seat: 'provider', role: 'provider', joinedAt: BOOKING.dateTime },
      { seat: 'patient', role: 'patient', joinedAt: BOOKING.dateTime },
    ] as const;
    const call = { ...facts, attendance, now: late, role: 'guest', inCall: true } as const;
    expect(judgeFor(call).phase).toBe('open');
  });

  it('may enter and do nothing else', () => {
    const commands: readonly BookingCommand[] = [
      'complete',
      'cancel',
      'reschedule',
      'admit',
      'hold',
      'invite',
      'write',
    ];
    const input = { ...facts, now: START, role: 'guest' } as const;
    for (const command of commands) expect(permit(command, input)).toEqual({ is: 'refused', code: 'forbidden' });
    expect(permit('enter', input).is).toBe('allowed');
    expect(permit('enter', { ...input, now: START - 61 * 60_000 })).toMatchObject({ code: 'outside-window' });
  });

  it('is never asked for notes, whatever the backend would answer', async () => {
    const asked: unknown[] = [];
    const notes: NotesPort = { list: async (id) => (asked.push(id), { items: [], problems: [] }) };
    const { signal } = new AbortController();
    await notesFor(notes, () => ({ role: 'guest' })).list(1, undefined, { signal });
    expect(asked).toEqual([]);
    await notesFor(notes, () => ({ role: 'patient' })).list(1, undefined, { signal });
    expect(asked).toEqual([1]);
  });

  it('can take part in the call and test the network', () => {
    const all = Object.fromEntries(
      ['book', 'cancel', 'reschedule', 'call', 'end', 'reopen', 'admit', 'guests', 'late', 'noShow', 'reassign']
        .concat('writeNotes', 'withdrawNotes', 'history', 'testNetwork', 'keepDrafts')
        .map((name) => [name, true]),
    );
    const can = canAsGuest(all as never);
    expect(Object.entries(can).flatMap(([name, is]) => (is ? [name] : []))).toEqual(['call', 'testNetwork']);
  });
});

describe('a guest, after the window', () => {
  const now = START + 121 * 60_000;
  const attendance = [{ seat: 'provider', role: 'provider', joinedAt: BOOKING.dateTime }] as const;
  const away = { ...facts, attendance, now, role: 'guest', inCall: false } as const;
  const told = (more: Partial<Verdict>): Verdict => ({
    ...{ phase: 'open', reason: 'in-call', opensAt: START, closesAt: now - 1, nextChangeAt: null },
    ...more,
  });

  it('may come back for as long as the backend says, where it knows of a call that this page does not', () => {
    expect(judgeFor({ ...away, told: told({}) }).phase).toBe('open');
    const until = told({ reason: 'may-return', nextChangeAt: now + 1 });
    expect(judgeFor({ ...away, told: until }).phase).toBe('open');
    expect(judgeFor({ ...away, now: now + 1, told: until }).phase).toBe('expired');
  });

  it('may not by a verdict of the window, nor of a session that is over for the others', () => {
    expect(judgeFor({ ...away, told: told({ reason: 'in-window', nextChangeAt: now + 1 }) }).phase).toBe('expired');
    expect(judgeFor({ ...away, attendance: [], told: told({}) }).phase).toBe('expired');
    const booking = { ...BOOKING, status: 'completed' } as const;
    expect(judgeFor({ ...away, booking, told: told({}) }).phase).toBe('completed');
  });

  it('may for a while after they were in it on this page', () => {
    const lastIn = now - 60_000;
    expect(judgeFor({ ...away, lastIn }).phase).toBe('open');
    const late = lastIn + (DEFAULT_WINDOW_POLICY.returnMinutes + 1) * 60_000;
    expect(judgeFor({ ...away, now: late, lastIn, told: told({}) }).phase).toBe('expired');
  });
});

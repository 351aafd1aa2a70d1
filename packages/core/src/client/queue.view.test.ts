import { describe, expect, it } from 'vitest';
import { judge } from '../booking/booking.rules.js';
import type { Booking } from '../booking/booking.schema.js';
import { MINUTE, toIso } from '../booking/instant.schema.js';
import type { Party } from '../booking/party.schema.js';
import { DEFAULT_WINDOW_POLICY } from '../booking/policy.schema.js';
import { booking, CLOSES, HOUR, OPENS, START, was } from '../booking/test-support/bookings.js';
import { capabilitiesOf, type Capabilities } from '../ports/capabilities.js';
import type { JudgedBooking } from './client.view.js';
import { queueView, type QueueItem } from './queue.view.js';

const never = (): Promise<never> => Promise.reject(new Error('Nobody asks.'));
const NOTHING = capabilitiesOf({ bookings: { active: never }, notes: { list: never } }, false, []);
const EVERYTHING: Capabilities = {
  ...NOTHING,
  call: true,
  admit: true,
  late: true,
  noShow: true,
  cancel: true,
  reopen: true,
};

function patient(change: Partial<Party> = {}): Party {
  return {
    seat: 'patient',
    role: 'patient',
    name: 'Sam Rivera',
    peerId: null,
    dials: false,
    presence: 'waiting',
    since: toIso(START - 5 * MINUTE),
    ...change,
  };
}

function at(now: number, fields: Partial<Booking> = {}, parties: readonly Party[] = []): JudgedBooking {
  const one = booking(fields);
  const verdict = judge({
    booking: one,
    attendance: one.attendance ?? [],
    now,
    policy: DEFAULT_WINDOW_POLICY,
    role: 'provider',
  });
  return { booking: one, role: 'provider', verdict, parties };
}

function view(queue: readonly JudgedBooking[], now: number, can = EVERYTHING): readonly QueueItem[] {
  return queueView({ queue, can, me: null }, now);
}

function one(now: number, fields: Partial<Booking> = {}, parties: readonly Party[] = [], can = EVERYTHING): QueueItem {
  const [item] = view([at(now, fields, parties)], now, can);
  if (item === undefined) throw new Error('There is no item.');
  return item;
}

const LATE = { minutes: 15, saidAt: toIso(OPENS) };
const COMPLETED: Partial<Booking> = { status: 'completed', attendance: [was('patient', 0, 9), was('provider', 0, 9)] };

describe('how a session of the day stands', () => {
  const cases: readonly (readonly [QueueItem['status'], number, Partial<Booking>, readonly Party[]])[] = [
    ['in-call', START, {}, [patient({ presence: 'in-call' })]],
    ['waiting', START, {}, [patient()]],
    ['waiting', START, {}, [patient({ admission: 'admitted' })]],
    ['asking', START, {}, [patient({ admission: 'asking' })]],
    ['held', START, {}, [patient({ admission: 'held' })]],
    ['waiting', START, { late: LATE }, [patient()]],
    ['left', START + 9 * MINUTE, { attendance: [was('patient', 0, 5)] }, [patient({ presence: 'away' })]],
    ['late', START + 15 * MINUTE - 1, { late: LATE }, []],
    ['late', OPENS - HOUR, { late: LATE }, []],
    ['absent', START + 15 * MINUTE, { late: LATE }, []],
    ['absent', START, {}, []],
    ['absent', START, {}, [patient({ presence: 'away', since: null })]],
    ['next', START - 1, {}, []],
    ['ended', START, COMPLETED, []],
    ['cancelled', START, { status: 'cancelled' }, []],
    ['no-show', START, { status: 'cancelled', cancelReason: 'no-show' }, []],
    ['missed', CLOSES, {}, []],
  ];

  it.each(cases)('%s', (status, now, fields, parties) => {
    const item = one(now, fields, parties);
    expect(item.status).toBe(status);
    expect(item.isOver).toBe(['ended', 'cancelled', 'no-show', 'missed'].includes(status));
  });

  it('has one that is next: the first to come, whoever waits already', () => {
    const now = START - 30 * MINUTE;
    const later = { dateTime: toIso(START + HOUR) };
    const latest = { dateTime: toIso(START + 2 * HOUR) };
    const statuses = (queue: readonly JudgedBooking[]): readonly string[] =>
      view(queue, now).map((item) => item.status);
    expect(statuses([at(now), at(now, { id: 2, ...later })])).toEqual(['next', 'later']);
    expect(statuses([at(now, {}, [patient()]), at(now, { id: 2, ...later }), at(now, { id: 3, ...latest })])).toEqual([
      'waiting',
      'next',
      'later',
    ]);
    expect(statuses([at(now, { late: LATE }), at(now, { id: 2, ...later })])).toEqual(['late', 'later']);
  });

  it('says since when the patient is there, and only then', () => {
    expect(one(START, {}, [patient()]).since).toBe(START - 5 * MINUTE);
    expect(one(START, {}, [patient({ since: null })]).since).toBe(null);
    expect(one(START, {}, [patient({ presence: 'away' })]).since).toBe(null);
  });

  it('names what the check of a patient who waits found wrong', () => {
    const devices = { camera: 'works', network: 'failed', microphone: 'denied' } as const;
    expect(one(START, {}, [patient({ devices })]).troubles).toEqual(['microphone', 'network']);
    expect(one(START, {}, [patient({ devices, presence: 'in-call' })]).troubles).toEqual([]);
    expect(one(START, {}, [patient()]).troubles).toEqual([]);
  });

  it('is in the order of time, then of ids', () => {
    const ids = view(
      [at(START, { id: 'b' }), at(START, { id: 'c', dateTime: toIso(OPENS) }), at(START, { id: 'a' })],
      START,
    );
    expect(ids.map((item) => item.booking.id)).toEqual(['c', 'a', 'b']);
  });
});

describe('what can be done with it', () => {
  const offered = (item: QueueItem): readonly string[] => [...item.commands];
  const cases: readonly (readonly [string, QueueItem, readonly string[]])[] = [
    ['before it opens', one(OPENS - 1), ['late', 'cancel']],
    ['open, nobody there, before its time', one(START - 1), ['join', 'late', 'cancel']],
    ['its time has come', one(START), ['join', 'late', 'no-show', 'cancel']],
    ['the patient waits', one(START, {}, [patient()]), ['join', 'hold', 'late', 'cancel']],
    [
      'the patient asks',
      one(START, {}, [patient({ admission: 'asking' })]),
      ['join', 'admit', 'hold', 'late', 'cancel'],
    ],
    ['the patient is held', one(START, {}, [patient({ admission: 'held' })]), ['join', 'admit', 'late', 'cancel']],
    ['the patient is in the call', one(START, {}, [patient({ presence: 'in-call' })]), ['join', 'hold', 'cancel']],
    ['ended, and still open', one(CLOSES - 1, COMPLETED), ['reopen']],
    ['ended for good', one(CLOSES, COMPLETED), []],
    ['cancelled', one(START, { status: 'cancelled' }), []],
    ['missed', one(CLOSES), ['no-show', 'cancel']],
    ['the backend has nothing', one(START, {}, [patient({ admission: 'asking' })], NOTHING), []],
  ];

  it.each(cases)('%s', (_, item, commands) => {
    expect(offered(item)).toEqual(commands);
  });

  it('follows the policy of the portal', () => {
    const policy = { ...DEFAULT_WINDOW_POLICY, provider: { opensBeforeMinutes: 5, closesAfterMinutes: 10 } };
    const me = { id: 'dr-smith', role: 'provider', name: 'Dr. Smith', serverTime: toIso(START), policy } as const;
    const [item] = queueView({ queue: [at(START + HOUR, COMPLETED)], can: EVERYTHING, me }, START + HOUR);
    expect(item?.commands.has('reopen')).toBe(false);
  });
});

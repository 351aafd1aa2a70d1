import type { BackendMethod } from '@active-session/testing';
import fc from 'fast-check';
import type { WindowPolicy } from '../../booking/policy.schema.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Who has pages in a history. The second provider is there to take bookings over. */
export const PEOPLE = ['ann', 'dr-smith', 'dr-jones'] as const;
export type Person = (typeof PEOPLE)[number];

/** What somebody does in the session that one of their pages shows. */
export interface SessionStep {
  readonly do: 'start' | 'continue' | 'leave' | 'end' | 'mute' | 'write';
  readonly who: Person;
  readonly tab: number;
}

/** What somebody does with the booking. */
export type BookingStep =
  | { do: 'cancel' | 'no-show' | 'reopen' | 'hold' | 'admit' | 'late' | 'withdraw' | 'refresh'; who: Person }
  | { do: 'reschedule'; who: Person; ms: number }
  | { do: 'reassign'; who: Person; to: Person };

/** Pages that come and go. `says`: the browser has time to tell the page that it is going. */
export type TabStep =
  { do: 'reload'; who: Person; tab: number; says: boolean } | { do: 'open-tab' | 'close-tab'; who: Person };

/** What goes wrong between pages, backend and each other. */
export type Disturbance =
  | { do: 'network'; who: Person; state: 'on' | 'no-events' | 'off'; reset: boolean }
  | { do: 'fail'; who: Person; method: BackendMethod; afterDoing: boolean }
  | { do: 'media'; state: 'cut' | 'cut-all' | 'heal' | 'break' }
  | { do: 'lose-signalling'; who: Person };

/** Something that happens, as data, so that a history can be read, cut short and played again. */
export type Step =
  | SessionStep
  | BookingStep
  | TabStep
  | Disturbance
  | { do: 'wait'; ms: number }
  /** Until so many ms before or after the next edge of the booking. */
  | { do: 'wait-for'; edge: 'opens' | 'starts' | 'closes' | 'return-ends'; by: number }
  | { do: 'book'; loseAnswer: boolean }
  /** Both come, and she is let in. */
  | { do: 'meet' }
  /** Its own clock is set; nobody else's is. */
  | { do: 'set-clock'; who: Person; by: number }
  | { do: 'sleep'; who: Person; ms: number; wakes: boolean }
  | { do: 'wake'; who: Person; reason: 'visible' | 'online' | 'resumed' }
  /** Asks the backend itself, whatever a page would say to it. */
  | { do: 'ask-seat'; who: Person | 'bob'; takeOver: boolean }
  | { do: 'intrude'; what: 'cancel' | 'complete' | 'note' | 'read' | 'hold' };

/** One history: where the booking stands at its beginning, by which policy, on which devices, and what happens. */
export interface History {
  readonly startsIn: number;
  readonly policy: WindowPolicy;
  /** ms by which the device of each is ahead of the true time. */
  readonly ahead: readonly number[];
  readonly steps: readonly Step[];
}

const who = fc.constantFrom<Person>('ann', 'ann', 'ann', 'dr-smith', 'dr-smith', 'dr-smith', 'dr-jones');
const writer = fc.constantFrom<Person>('dr-smith', 'dr-smith', 'dr-smith', 'dr-smith', 'dr-jones', 'ann');
const tab = fc.constantFrom(0, 0, 0, 1);
const oneOf = <T extends string>(...names: T[]) => fc.constantFrom(...names);

const wait = fc.record({
  do: fc.constant('wait' as const),
  ms: fc.constantFrom(1, 400, 5 * SECOND, 20 * SECOND, 31 * SECOND, 61 * SECOND, 100 * SECOND, 5 * MINUTE + 5 * SECOND),
});
const waitFor = fc.record({
  do: fc.constant('wait-for' as const),
  edge: oneOf('opens', 'starts', 'closes', 'return-ends'),
  by: fc.constantFrom(-1, 0, 0, 1, SECOND),
});
const inSession = fc.record({
  do: oneOf('start', 'start', 'start', 'start', 'continue', 'continue', 'leave', 'leave', 'mute'),
  who,
  tab,
});
const command = fc.record({
  do: oneOf('reopen', 'reopen', 'hold', 'hold', 'admit', 'admit', 'admit', 'late', 'withdraw', 'withdraw', 'refresh'),
  who,
});
const clockJump = fc.constantFrom(-400 * DAY, -DAY, -3 * HOUR, -5 * MINUTE, 5 * MINUTE, 3 * HOUR, DAY, 20 * 365 * DAY);
const METHODS: readonly BackendMethod[] = [
  'bookings.list',
  'bookings.complete',
  'bookings.cancel',
  'bookings.reschedule',
  'notes.list',
  'notes.add',
  'access.me',
  'access.takeSeat',
  'access.join',
  'access.presence',
  'access.leave',
];

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: wait },
  { weight: 6, arbitrary: waitFor },
  { weight: 16, arbitrary: inSession },
  { weight: 8, arbitrary: fc.constant({ do: 'meet' as const }) },
  { weight: 8, arbitrary: command },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), who, tab }) },
  { weight: 1, arbitrary: fc.record({ do: oneOf('cancel', 'cancel', 'no-show'), who }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), who: writer, tab }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('reschedule' as const),
      who,
      ms: fc.constantFrom(-20 * MINUTE, -MINUTE, 0, MINUTE, 3 * MINUTE, 6 * MINUTE, 12 * MINUTE, DAY),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('reassign' as const),
      who: oneOf('ann', 'dr-smith', 'dr-jones'),
      to: oneOf('dr-smith', 'dr-jones'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('book' as const), loseAnswer: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reload' as const), who, tab, says: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: oneOf('open-tab', 'close-tab'), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('set-clock' as const), who, by: clockJump }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('sleep' as const),
      who,
      ms: fc.constantFrom(5 * SECOND, 100 * SECOND, 6 * MINUTE),
      wakes: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wake' as const), who, reason: oneOf('visible', 'online', 'resumed') }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('network' as const),
      who,
      state: oneOf('on', 'on', 'on', 'no-events', 'off'),
      reset: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      who,
      method: fc.constantFrom(...METHODS),
      afterDoing: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('media' as const),
      state: oneOf('cut', 'cut-all', 'heal', 'heal', 'heal', 'break'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose-signalling' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('ask-seat' as const),
      who: oneOf('ann', 'dr-smith', 'dr-jones', 'bob'),
      takeOver: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('intrude' as const),
      what: oneOf('cancel', 'complete', 'note', 'read', 'hold'),
    }),
  },
);

const role = fc.record({
  opensBeforeMinutes: fc.constantFrom(1, 5, 10, 10, 60),
  closesAfterMinutes: fc.constantFrom(3, 8, 8, 20, 120),
});
const anyHistoryPolicy: fc.Arbitrary<WindowPolicy> = fc.record({
  patient: role,
  provider: role,
  returnMinutes: fc.constantFrom(0, 2, 2, 10),
  admission: oneOf('automatic', 'provider'),
});

/** Histories of `length` steps; the shortest counterexample has fewer. */
export const anyHistory = (length: number): fc.Arbitrary<History> =>
  fc.record({
    startsIn: fc.constantFrom(-8 * MINUTE, -MINUTE, 0, 0, 0, MINUTE, 6 * MINUTE, 12 * MINUTE),
    policy: anyHistoryPolicy,
    ahead: fc.array(fc.constantFrom(0, 0, 9 * MINUTE, -9 * MINUTE, DAY, -DAY, -56 * 365 * DAY), {
      minLength: PEOPLE.length,
      maxLength: PEOPLE.length,
    }),
    steps: fc.array(anyStep, { minLength: 1, maxLength: length, size: 'max' }),
  });

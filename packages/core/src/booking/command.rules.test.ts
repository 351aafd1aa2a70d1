import { describe, expect, it } from 'vitest';
import { operations, type OperationId } from '../contract/operations.js';
import type { AttendanceEntry, Booking } from './booking.schema.js';
import { admissionAtFirst, isLive, permit, reopenableUntil, type BookingCommand } from './command.rules.js';
import { MINUTE } from './instant.schema.js';
import { DEFAULT_WINDOW_POLICY, type Role, type WindowPolicy } from './policy.schema.js';
import { booking, CLOSES, DAY, HOUR, OPENS, PER_ROLE, START, was } from './test-support/bookings.js';

/** Where a booking can stand when somebody wants something of it. */
interface Situation {
  readonly now: number;
  readonly booking?: Partial<Booking>;
  readonly attendance?: readonly AttendanceEntry[];
  readonly policy?: WindowPolicy;
}

const bothIn = [was('patient', 0, null), was('provider', 0, null)];
const bothLeft = [was('patient', 0, 10 * MINUTE), was('provider', 0, 10 * MINUTE)];
const onlyPatient = [was('patient', 0, 10 * MINUTE)];
const completed: Partial<Booking> = { status: 'completed', completedAt: '2026-01-07T10:30:00.000Z' };
const noShow: Partial<Booking> = { status: 'cancelled', cancelReason: 'no-show' };

const SITUATIONS = {
  'a year before': { now: START - 365 * DAY },
  '1 ms before it opens': { now: OPENS - 1 },
  'as it opens': { now: OPENS },
  '1 ms before the start': { now: START - 1 },
  'at the start': { now: START },
  'both are in the call': { now: START + 5 * MINUTE, attendance: bothIn },
  'both were in and left': { now: START + 20 * MINUTE, attendance: bothLeft },
  '1 ms before it closes': { now: CLOSES - 1 },
  'closed, both still in': { now: CLOSES + DAY, attendance: bothIn },
  'closed, both may return': { now: CLOSES + 10 * MINUTE - 1, attendance: bothLeft },
  'closed, both were there': { now: CLOSES + 10 * MINUTE, attendance: bothLeft },
  'closed, nobody came': { now: CLOSES },
  'closed, only she came': { now: CLOSES + 10 * MINUTE, attendance: onlyPatient },
  'completed, window open': { now: CLOSES - 1, booking: completed, attendance: bothLeft },
  'completed, window closed': { now: CLOSES, booking: completed, attendance: bothLeft },
  'cancelled before it opened': { now: OPENS - 1, booking: { status: 'cancelled' } },
  'cancelled in its window': { now: START, booking: { status: 'cancelled', cancelReason: 'ill' } },
  'a no-show': { now: START + HOUR, booking: noShow },
} satisfies Record<string, Situation>;

type Name = keyof typeof SITUATIONS;

/**
 * What becomes of each command: `yes`, `done` (it is so already), or refused: `early` (with when it opens), `late`
 * (outside-window, and waiting does not help), `ended`, `cancelled`, `conflict`, `never` (forbidden).
 */
const TABLE = `
                             | enter     | cancel    | reschedule | complete  | reopen    | late      | no-show   | reassign  | write     | withdraw
patient
a year before                | early     | yes       | yes        | early     | never     | never     | never     | never     | never     | never
1 ms before it opens         | early     | yes       | yes        | early     | never     | never     | never     | never     | never     | never
as it opens                  | yes       | yes       | yes        | yes       | never     | never     | never     | never     | never     | never
1 ms before the start        | yes       | yes       | yes        | yes       | never     | never     | never     | never     | never     | never
at the start                 | yes       | yes       | yes        | yes       | never     | never     | never     | never     | never     | never
both are in the call         | yes       | yes       | conflict   | yes       | never     | never     | never     | never     | never     | never
both were in and left        | yes       | yes       | yes        | yes       | never     | never     | never     | never     | never     | never
1 ms before it closes        | yes       | yes       | yes        | yes       | never     | never     | never     | never     | never     | never
closed, both still in        | yes       | yes       | conflict   | yes       | never     | never     | never     | never     | never     | never
closed, both may return      | yes       | yes       | yes        | yes       | never     | never     | never     | never     | never     | never
closed, both were there      | ended     | ended     | ended      | yes       | never     | never     | never     | never     | never     | never
closed, nobody came          | late      | late      | late       | late      | never     | never     | never     | never     | never     | never
closed, only she came        | late      | late      | late       | late      | never     | never     | never     | never     | never     | never
completed, window open       | ended     | ended     | ended      | done      | never     | never     | never     | never     | never     | never
completed, window closed     | ended     | ended     | ended      | done      | never     | never     | never     | never     | never     | never
cancelled before it opened   | cancelled | done      | cancelled  | cancelled | never     | never     | never     | never     | never     | never
cancelled in its window      | cancelled | done      | cancelled  | cancelled | never     | never     | never     | never     | never     | never
a no-show                    | cancelled | done      | cancelled  | cancelled | never     | never     | never     | never     | never     | never
provider
a year before                | early     | yes       | yes        | early     | early     | yes       | start     | yes       | early     | yes
1 ms before it opens         | early     | yes       | yes        | early     | early     | yes       | start     | yes       | early     | yes
as it opens                  | yes       | yes       | yes        | yes       | done      | yes       | start     | yes       | yes       | yes
1 ms before the start        | yes       | yes       | yes        | yes       | done      | yes       | start     | yes       | yes       | yes
at the start                 | yes       | yes       | yes        | yes       | done      | yes       | yes       | yes       | yes       | yes
both are in the call         | yes       | yes       | conflict   | yes       | done      | yes       | conflict  | yes       | yes       | yes
both were in and left        | yes       | yes       | yes        | yes       | done      | yes       | conflict  | yes       | yes       | yes
1 ms before it closes        | yes       | yes       | yes        | yes       | done      | yes       | yes       | yes       | yes       | yes
closed, both still in        | yes       | yes       | conflict   | yes       | done      | yes       | conflict  | yes       | yes       | yes
closed, both may return      | yes       | yes       | yes        | yes       | done      | yes       | conflict  | yes       | yes       | yes
closed, both were there      | ended     | ended     | ended      | yes       | late      | ended     | conflict  | yes       | yes       | yes
closed, nobody came          | late      | yes       | yes        | late      | late      | late      | yes       | yes       | yes       | yes
closed, only she came        | late      | yes       | yes        | late      | late      | late      | conflict  | yes       | yes       | yes
completed, window open       | ended     | ended     | ended      | done      | yes       | ended     | ended     | yes       | yes       | yes
completed, window closed     | ended     | ended     | ended      | done      | late      | ended     | ended     | yes       | yes       | yes
cancelled before it opened   | cancelled | done      | cancelled  | cancelled | cancelled | cancelled | cancelled | cancelled | cancelled | yes
cancelled in its window      | cancelled | done      | cancelled  | cancelled | cancelled | cancelled | cancelled | cancelled | cancelled | yes
a no-show                    | cancelled | done      | cancelled  | cancelled | cancelled | cancelled | done      | cancelled | cancelled | yes
`;

const WORDS: Record<string, object> = {
  yes: { is: 'allowed' },
  done: { is: 'done' },
  never: { is: 'refused', code: 'forbidden' },
  early: { is: 'refused', code: 'outside-window', opensAt: OPENS },
  start: { is: 'refused', code: 'outside-window', opensAt: START },
  late: { is: 'refused', code: 'outside-window' },
  ended: { is: 'refused', code: 'session-ended' },
  cancelled: { is: 'refused', code: 'session-cancelled' },
  conflict: { is: 'refused', code: 'conflict' },
};

/** Which operations of the contract carry a command out. */
const OPERATIONS: Record<BookingCommand, readonly OperationId[]> = {
  enter: ['takeSeat', 'join', 'reportPresence'],
  cancel: ['cancelBooking'],
  reschedule: ['rescheduleBooking'],
  complete: ['completeBooking'],
  reopen: ['reopenBooking'],
  admit: ['admitPatient'],
  hold: ['holdPatient'],
  late: ['announceLate'],
  'no-show': ['reportNoShow'],
  reassign: ['reassignBooking'],
  write: ['addNote'],
  withdraw: ['withdrawNote'],
  invite: ['inviteGuest'],
  'remove-guest': ['removeGuest'],
};
const COMMANDS = Object.keys(OPERATIONS) as BookingCommand[];
const NAMES = Object.keys(SITUATIONS) as Name[];
const ROLES = ['patient', 'provider'] as const;

function ask(command: BookingCommand, role: Role, name: Name) {
  const { now, attendance = [], policy = DEFAULT_WINDOW_POLICY, ...rest }: Situation = SITUATIONS[name];
  return permit(command, { booking: booking(rest.booking), attendance, now, policy, role });
}

interface Cell {
  readonly role: Role;
  readonly situation: Name;
  readonly command: BookingCommand;
  readonly word: string;
}

function cells(): Cell[] {
  const [head = '', ...lines] = TABLE.trim().split('\n');
  const commands = head.split('|').slice(1);
  let role: Role = 'patient';
  return lines.flatMap((line): Cell[] => {
    const [name = '', ...words] = line.split('|').map((text) => text.trim());
    if (ROLES.some((own) => own === name)) {
      role = name as Role;
      return [];
    }
    return words.map((word, i) => ({
      role,
      situation: name as Name,
      command: commands[i]?.trim() as BookingCommand,
      word,
    }));
  });
}

describe('permit', () => {
  it.each(cells())('$role, $situation: $command → $word', ({ role, situation, command, word }) => {
    expect(WORDS).toHaveProperty(word);
    expect(ask(command, role, situation)).toEqual(WORDS[word]);
  });

  it('the table has every situation, command and role', () => {
    const admission = 2;
    const guests = 2;
    const asked = new Set(cells().map(({ role, situation, command }) => [role, situation, command].join()));
    expect(asked.size).toBe(NAMES.length * (COMMANDS.length - admission - guests) * ROLES.length);
  });

  it('the provider admits and holds where the patient could enter, and is refused alike', () => {
    for (const name of NAMES) {
      for (const command of ['admit', 'hold'] as const) {
        expect(ask(command, 'patient', name), name).toEqual(WORDS.never);
        expect(ask(command, 'provider', name), name).toEqual(ask('enter', 'provider', name));
      }
    }
  });

  it('the provider invites and removes guests where they could say that they are late, and is refused alike', () => {
    for (const name of NAMES) {
      for (const command of ['invite', 'remove-guest'] as const) {
        expect(ask(command, 'patient', name), name).toEqual(WORDS.never);
        expect(ask(command, 'provider', name), name).toEqual(ask('late', 'provider', name));
      }
    }
  });

  it('refuses with nothing that the contract does not name for it', () => {
    for (const { role, situation, command } of cells()) {
      const permission = ask(command, role, situation);
      if (permission.is !== 'refused') continue;
      for (const id of OPERATIONS[command]) {
        const refusals: readonly string[] = operations[id].refusals;
        expect(refusals, `${id}: ${situation}`).toContain(permission.code);
      }
    }
  });

  it('goes by the window of who asks', () => {
    const at = (now: number, role: Role) =>
      permit('enter', { booking: booking(), attendance: [], now, policy: PER_ROLE, role });
    expect(at(START - 15 * MINUTE - 1, 'provider')).toEqual(WORDS.yes);
    expect(at(START - 15 * MINUTE - 1, 'patient')).toEqual({ ...WORDS.early, opensAt: START - 15 * MINUTE });
    expect(at(START + 30 * MINUTE, 'patient')).toEqual(WORDS.late);
    expect(at(START + 30 * MINUTE, 'provider')).toEqual(WORDS.yes);
  });

  it('who was cancelled for another reason is no no-show', () => {
    expect(ask('no-show', 'provider', 'a no-show')).toEqual(WORDS.done);
    expect(ask('no-show', 'provider', 'cancelled in its window')).toEqual(WORDS.cancelled);
  });

  it('that she did not come can be said though he did', () => {
    const attendance = [was('provider', 0, null)];
    const input = {
      booking: booking(),
      attendance,
      now: START,
      policy: DEFAULT_WINDOW_POLICY,
      role: 'provider',
    } as const;
    expect(permit('no-show', input)).toEqual(WORDS.yes);
  });
});

describe('isLive', () => {
  it.each([
    ['nobody came', [], false],
    ['all have left', bothLeft, false],
    ['one is in', [...bothLeft, was('patient', HOUR, null)], true],
  ] as const)('%s', (_, attendance, expected) => {
    expect(isLive({ attendance })).toBe(expected);
  });
});

describe('admissionAtFirst', () => {
  it.each([
    ['patient', undefined, 'admitted'],
    ['patient', 'automatic', 'admitted'],
    ['patient', 'provider', 'asking'],
    ['provider', undefined, 'admitted'],
    ['provider', 'provider', 'admitted'],
  ] as const)('%s, admission %s: %s', (role, admission, expected) => {
    const policy = { ...DEFAULT_WINDOW_POLICY, ...(admission && { admission }) };
    expect(admissionAtFirst(role, policy)).toBe(expected);
  });
});

describe('reopenableUntil', () => {
  it('is the end of the provider’s window, of what was completed', () => {
    const until = reopenableUntil({ booking: booking(completed), policy: PER_ROLE });
    expect(until).toBe(START + 90 * MINUTE);
    const at = (now: number) =>
      permit('reopen', { booking: booking(completed), attendance: [], now, policy: PER_ROLE, role: 'provider' }).is;
    expect([at(until! - 1), at(until!)]).toEqual(['allowed', 'refused']);
  });

  it.each(['scheduled', 'cancelled'] as const)('is never, of what is %s', (status) => {
    expect(reopenableUntil({ booking: booking({ status }), policy: PER_ROLE })).toBeNull();
  });
});

import fc from 'fast-check';
import * as rules from '../booking.rules.js';
import type { VerdictInput } from '../booking.rules.js';
import { toInstant } from '../instant.schema.js';
import { roleSchema } from '../policy.schema.js';
import type { Verdict } from '../verdict.schema.js';
import { holds, type NamedProperty } from '../../test-support/named-property.js';
import { anyAttendance, anyBooking, anyInstant, anyOffset, anyPolicy, anyRole, withOffset } from './arbitraries.js';
import { DAY } from './bookings.js';
import { goesBefore, isOpen, phaseByRules } from './oracle.js';

export type Rules = Pick<typeof rules, 'judge' | 'chooseActive' | 'settlementAt'>;

const anyInput: fc.Arbitrary<VerdictInput> = fc.record({
  booking: anyBooking,
  attendance: anyAttendance,
  now: anyInstant,
  policy: anyPolicy,
  role: anyRole,
});
/** How far into what is left of a stretch of time. */
const anyPart = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const ORDER = ['upcoming', 'open', 'completed', 'expired', 'cancelled'];
const outcome = ({ phase, reason }: Verdict): string => `${phase} ${reason}`;

/** What holds of the booking rules whatever comes; each property returns whether it holds. */
export function ruleProperties({ judge, chooseActive, settlementAt }: Rules = rules): readonly NamedProperty[] {
  return [
    holds(
      'the verdict is that of the product’s rules',
      fc.property(anyInput, (input) => judge(input).phase === phaseByRules(input)),
    ),
    holds(
      'the window is half-open, to the millisecond',
      fc.property(anyInput, (input) => {
        if (input.booking.status !== 'scheduled') return true;
        const { opensAt, closesAt } = judge(input);
        const at = (now: number): string => judge({ ...input, now }).reason;
        const edges = [at(opensAt - 1), at(opensAt), at(closesAt - 1)].join();
        return edges === 'before-window,in-window,in-window' && at(closesAt) !== 'in-window';
      }),
    ),
    holds(
      'it stays until nextChangeAt, and changes then',
      fc.property(anyInput, anyPart, (input, part) => {
        const verdict = judge(input);
        const at = (now: number): string => outcome(judge({ ...input, now }));
        const end = verdict.nextChangeAt ?? input.now + 40_000 * DAY;
        const between = input.now + Math.floor((end - input.now) * part);
        if (end <= input.now || at(between) !== outcome(verdict) || at(end - 1) !== outcome(verdict)) return false;
        return verdict.nextChangeAt === null || at(end) !== outcome(verdict);
      }),
    ),
    holds(
      'time alone never takes a booking back',
      fc.property(anyInput, fc.nat({ max: 400 * DAY }), (input, later) => {
        const [before, after] = [judge(input), judge({ ...input, now: input.now + later })];
        return ORDER.indexOf(before.phase) <= ORDER.indexOf(after.phase);
      }),
    ),
    holds(
      'how an instant is written makes no difference',
      fc.property(anyInput, anyOffset, (input, offset) => {
        const there = withOffset(toInstant(input.booking.dateTime), offset);
        const booking = { ...input.booking, dateTime: there };
        return JSON.stringify(judge({ ...input, booking })) === JSON.stringify(judge(input));
      }),
    ),
    holds(
      'a session settles when nobody may be in it any more, and not before',
      fc.property(anyInput, anyPart, (given, part) => {
        const input = { ...given, booking: { ...given.booking, status: 'scheduled' as const } };
        const at = (now: number) => roleSchema.options.map((role) => ({ ...input, now, role }));
        const settlesAt = settlementAt(input.booking, input.attendance, input.policy);
        if (settlesAt === null) {
          const everLater = at(input.now + 40_000 * DAY);
          return everLater.some(isOpen) || everLater.every((one) => judge(one).phase === 'expired');
        }
        const opened = Math.min(...at(input.now).map((one) => judge(one).opensAt));
        const before = opened + Math.floor((settlesAt - opened) * part);
        return (
          at(settlesAt).every((one) => judge(one).phase === 'completed') &&
          at(settlesAt - 1).some(isOpen) &&
          at(before).every((one) => judge(one).phase !== 'expired')
        );
      }),
    ),
    holds(
      'of several bookings one is shown, whatever their order',
      fc.property(
        fc.uniqueArray(anyBooking, { maxLength: 5, selector: ({ id }) => String(id) }),
        anyInstant,
        anyPolicy,
        anyRole,
        (bookings, now, policy, role) => {
          const of = (booking: (typeof bookings)[number]) => ({
            attendance: booking.attendance ?? [],
            now,
            policy,
            role,
          });
          const choose = (list: typeof bookings) => chooseActive(list, () => role, now, policy);
          const chosen = choose(bookings);
          const shown = bookings.filter((booking) =>
            ['open', 'upcoming'].includes(phaseByRules({ booking, ...of(booking) })),
          );
          const [first, ...rest] = bookings;
          const turned = first === undefined ? bookings : [...rest.reverse(), first];
          if (choose(turned) !== chosen) return false;
          if (chosen === null) return shown.length === 0;
          return shown.includes(chosen) && !shown.some((other) => goesBefore(other, chosen, of));
        },
      ),
    ),
  ];
}

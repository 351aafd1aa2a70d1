import { describe, expect, it } from 'vitest';
import * as rules from './booking.rules.js';
import type { VerdictInput } from './booking.rules.js';
import { MINUTE } from './instant.schema.js';
import { isRejected } from '../test-support/named-property.js';
import { ruleProperties, type Rules } from './test-support/rule-properties.js';
import type { Verdict } from './verdict.schema.js';

const SEED = 20_260_107;

describe('whatever comes', () => {
  it.each(ruleProperties())('$name', async (property) => {
    const { report } = await property.check({ seed: SEED, runs: 2_000 });
    expect(report).toBe('');
  });
});

/** Rules that are wrong in one point, as a slip would make them. */
const wrongly = (change: (verdict: Verdict, input: VerdictInput) => Partial<Verdict>): Rules => ({
  ...rules,
  judge: (input) => {
    const verdict = rules.judge(input);
    return { ...verdict, ...change(verdict, input) };
  },
});
const PLANTED: Record<string, Rules> = {
  'opens a millisecond early': wrongly(({ opensAt }, { now }) => (now === opensAt - 1 ? { phase: 'open' } : {})),
  'still open as it closes': wrongly(({ closesAt, phase }, { now }) =>
    now === closesAt && phase !== 'completed' ? { phase: 'open', reason: 'in-window' } : {},
  ),
  'who was in may not return': wrongly(({ reason }) => (reason === 'may-return' ? { phase: 'expired' } : {})),
  'who never came may enter while the other is in': wrongly(({ phase }, { attendance }) =>
    phase === 'expired' && attendance.some(({ leftAt }) => leftAt === undefined) ? { phase: 'open' } : {},
  ),
  'says that it changes a minute late': wrongly(({ nextChangeAt }) => ({
    nextChangeAt: nextChangeAt === null ? null : nextChangeAt + MINUTE,
  })),
  'completed opens again': wrongly(({ reason }) => (reason === 'ended' ? { phase: 'open' } : {})),
  'settles while the one who left last may return': {
    ...rules,
    settlementAt: (booking, attendance, policy) =>
      rules.settlementAt(booking, attendance, { ...policy, returnMinutes: 0 }),
  },
  'settles what one of them missed': {
    ...rules,
    settlementAt: (...given) => rules.settlementAt(...given) ?? 0,
  },
  'shows what stands first in the list': { ...rules, chooseActive: (bookings) => bookings[0] ?? null },
  'shows none though one is open': {
    ...rules,
    chooseActive: (bookings, ...rest) => (bookings.length > 3 ? null : rules.chooseActive(bookings, ...rest)),
  },
};

describe('the properties reject a rule that', () => {
  it.each(Object.entries(PLANTED))('%s', async (_, wrong) => {
    expect(await isRejected(ruleProperties(wrong), { seed: SEED, runs: 2_000 })).toBe(true);
  });
});

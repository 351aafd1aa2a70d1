import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recoveryPlan } from './recovery.rules.js';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const FIVE_MINUTES = 5 * 60_000;

/** All attempts until the call is given up, each of which takes as long as it may. */
function attempts(at: number): readonly { readonly start: number; readonly end: number }[] {
  const made: { start: number; end: number }[] = [];
  let now = 0;
  for (let attempt = 0; now < FIVE_MINUTES; attempt++) {
    const { wait, deadline } = recoveryPlan('silence', attempt, at);
    made.push({ start: now + wait, end: now + wait + deadline });
    now += wait + deadline;
  }
  return made;
}

describe('who can not be heard is tried again', () => {
  it('in the first minute never later than 4.5 s after the network is back, mostly within 2 s', () => {
    fc.assert(
      fc.property(random, fc.integer({ min: 0, max: 60_000 }), (at, back) => {
        // What was begun before the network was back may hang until its deadline; the next one does not.
        const next = attempts(at).find(({ start }) => start >= back);
        expect((next?.start ?? Infinity) - back).toBeLessThanOrEqual(6_000 + 2_000);
      }),
      { seed: 20_260_107, numRuns: 500 },
    );
    const waits = Array.from({ length: 30_000 }, (_, back) => {
      const next = attempts(0.5).find(({ start }) => start >= back);
      return (next?.start ?? Infinity) - back;
    }).sort((a, b) => a - b);
    expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(2_000);
    expect(waits.at(-1)).toBeLessThan(4_500);
  });

  it('a bounded number of times', () => {
    expect(attempts(0).length).toBeLessThan(90);
    expect(attempts(0.999).length).toBeGreaterThan(40);
  });

  it('not all at one moment', () => {
    const waits = new Set([0, 0.2, 0.4, 0.6, 0.8].map((at) => recoveryPlan('silence', 0, at).wait));
    expect(waits.size).toBe(5);
  });

  it('when the server says so, and a minute at most', () => {
    expect(recoveryPlan('silence', 0, 0.5, 5_000).wait).toBe(5_000);
    expect(recoveryPlan('silence', 0, 0.5, 3_600_000).wait).toBe(60_000);
    expect(recoveryPlan('silence', 0, 0.5, -1).wait).toBe(375);
  });
});

it('nothing presses while media go on', () => {
  const waits = [0, 1, 2, 3, 4, 5, 50].map((attempt) => recoveryPlan('signalling', attempt, 0).wait);
  expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 4_000, 4_000]);
});

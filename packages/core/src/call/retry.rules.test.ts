import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelay } from './retry.rules.js';

const anyRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('retryDelay', () => {
  it.each([
    [0, 200, 400],
    [1, 400, 800],
    [2, 800, 1_600],
    [3, 1_600, 3_200],
    [4, 3_200, 6_400],
    [5, 4_000, 8_000],
    [6, 4_000, 8_000],
    [10_000, 4_000, 8_000],
  ])('attempt %d: from %d to %d ms, spread evenly', (attempt, from, to) => {
    expect([retryDelay(attempt, 0), retryDelay(attempt, 0.5), retryDelay(attempt, 1)]).toEqual([
      from,
      (from + to) / 2,
      to,
    ]);
  });

  it('never at once, never longer than asked for, never for ever', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        anyRandom,
        fc.option(fc.integer({ min: -1e9, max: 1e9 }), { nil: undefined }),
        (attempt, random, asked) => {
          const wait = retryDelay(attempt, random, asked);
          expect(Number.isInteger(wait)).toBe(true);
          expect(wait).toBeGreaterThanOrEqual(200);
          expect(wait).toBeLessThanOrEqual(Math.max(8_000, Math.min(asked ?? 0, 60_000)));
        },
      ),
      { seed: 20_260_107, numRuns: 2_000 },
    );
  });

  it.each([
    [0, 5_000, 5_000],
    [10, 5_000, 8_000],
    [0, 3_600_000, 60_000],
    [0, -5_000, 400],
  ])('attempt %d where the server asks for %d ms: %d ms', (attempt, asked, expected) => {
    expect(retryDelay(attempt, 1, asked)).toBe(expected);
  });
});

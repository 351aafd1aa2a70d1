import { describe, expect, test } from 'vitest';
import { retryDelay } from './retry.rules.js';

const CLIENTS = 1_000;
/** ms from a server's return until all have it again. */
const BACK_WITHIN = 10_000;

/** The same numbers each time, in [0, 1). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** When each client tries: all lose the server at 0, and try until one try falls behind its return. @returns ms */
function triesOf(random: () => number, backAt: number): number[] {
  const tries: number[] = [];
  let at = 0;
  while (at < backAt || tries.length === 0) {
    at += retryDelay(tries.length, random());
    tries.push(at);
  }
  return tries;
}

describe('a thousand clients whose server restarts', () => {
  test.each([0, 500, 2_000, 5_000, 20_000, 60_000])(
    'find it again within 10 s of its return after %d ms',
    (awayFor) => {
      const random = randomOf(1 + awayFor);
      const foundAt = Array.from({ length: CLIENTS }, () => triesOf(random, awayFor).at(-1) ?? NaN);
      expect(Math.max(...foundAt) - awayFor).toBeLessThanOrEqual(BACK_WITHIN);
    },
  );

  test('do not come at one instant', () => {
    const random = randomOf(4_711);
    const tries = Array.from({ length: CLIENTS }, () => triesOf(random, 20_000)).flat();
    const perSlice = new Map<number, number>();
    for (const at of tries) perSlice.set(Math.floor(at / 50), (perSlice.get(Math.floor(at / 50)) ?? 0) + 1);
    // The first try comes soonest and so is the narrowest: over 200 ms.
    expect(Math.max(...perSlice.values())).toBeLessThan(CLIENTS * 0.4);
    const late = [...perSlice].filter(([slice]) => slice * 50 > 5_000).map(([, count]) => count);
    expect(Math.max(...late)).toBeLessThan(CLIENTS * 0.05);
  });
});

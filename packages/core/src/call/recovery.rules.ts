import { retryDelay } from './retry.rules.js';

/**
 * Why a call is being brought back.
 *
 * - `silence`: nothing of somebody arrives any more
 * - `signalling`: media go on, and this side can't be reached for another attempt
 * - `seat`: the seat is not this page's any more
 */
export type RecoveryReason = 'silence' | 'signalling' | 'seat';

export interface RecoveryPlan {
  /** ms before the attempt. */
  readonly wait: number;
  /** ms that it may take: a request on a dead connection hangs, and a new one would not. */
  readonly deadline: number;
}

/** Attempts in a row, and how they are made up to there. A minute of the first two; then once in 4 to 8 s, to the end. */
const EAGER = { until: 20, wait: 250, deadlines: [1_200, 1_200, 1_200, 4_000] };
const STEADY = { until: 40, wait: 1_000, deadlines: [2_500, 6_000] };
const SLOW_DEADLINE = 8_000;

/**
 * How attempt `attempt` (from 0) is made. Who can't be heard is tried again and again without growing waits: the network
 * can be back at any moment, and each request is short. While media go on, nothing presses, and a server that just
 * restarted gets its clients back one after the other.
 *
 * @param random in [0, 1)
 * @param retryAfter ms that the server asked for
 */
export function recoveryPlan(reason: RecoveryReason, attempt: number, random: number, retryAfter = 0): RecoveryPlan {
  const asked = Math.min(Math.max(0, retryAfter), 60_000);
  const pace = attempt < EAGER.until ? EAGER : attempt < STEADY.until ? STEADY : null;
  if (reason !== 'silence' || pace === null) {
    return { wait: retryDelay(attempt, random, retryAfter), deadline: SLOW_DEADLINE };
  }
  const wait = Math.round(pace.wait * (1 + random));
  return {
    wait: Math.max(asked, wait),
    deadline: pace.deadlines[attempt % pace.deadlines.length] ?? SLOW_DEADLINE,
  };
}

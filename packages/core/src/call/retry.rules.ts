/** First wait in ms; each further one doubles, up to `LONGEST_WAIT`. */
const FIRST_WAIT = 400;
const LONGEST_WAIT = 8_000;

/**
 * How long to wait before attempt `attempt` (0 is the first retry): exponential with half of it jittered, so that a
 * thousand clients of a restarted server do not come back at one instant. What the server asked for is a lower bound.
 *
 * @param random in [0, 1)
 * @returns ms
 */
export function retryDelay(attempt: number, random: number, retryAfter = 0): number {
  const full = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt, 10));
  return Math.max(Math.min(retryAfter, 60_000), Math.round(full / 2 + (full / 2) * random));
}

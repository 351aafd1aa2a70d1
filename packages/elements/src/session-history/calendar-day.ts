import type { Instant } from '@active-session/core';
import { DAY, type Formats } from '../shared/formats.js';

/** No zone is further from UTC, in ms. */
const FURTHEST = 15 * 60 * 60_000;

/**
 * The first moment of a calendar day in the zone of the formats, which need not be its midnight.
 *
 * @param day "2026-01-07", as a date field has it
 * @returns undefined where it is no day, or one that somebody has only begun to write
 */
export function startOfDay(day: string, formats: Formats): Instant | undefined {
  const midnight = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00.000Z`) : NaN;
  if (Number.isNaN(midnight) || day < '1900') return undefined;
  let [before, from] = [midnight - FURTHEST, midnight + FURTHEST];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (formats.dayKey(middle) >= day) from = middle;
    else before = middle;
  }
  return from;
}

/** The first moment after it. */
export function endOfDay(day: string, formats: Formats): Instant | undefined {
  const at = Date.parse(`${day}T00:00:00.000Z`);
  return Number.isNaN(at) ? undefined : startOfDay(new Date(at + DAY).toISOString().slice(0, 10), formats);
}

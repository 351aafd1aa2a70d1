import type { Slot } from '@active-session/core';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface SlotsOptions {
  /** The first day, "2026-01-07"; its clock is UTC. */
  readonly from: string;
  readonly days: number;
  /** Minutes after midnight at which each slot begins. */
  readonly at: readonly number[];
}

/** Free times, the same on every day. */
export function slotsOn({ from, days, at }: SlotsOptions): readonly Slot[] {
  const first = Date.parse(`${from}T00:00:00.000Z`);
  return Array.from({ length: days }, (_, day) =>
    at.map((minute) => ({ start: new Date(first + day * DAY + minute * MINUTE).toISOString(), durationMinutes: 30 })),
  ).flat();
}

/** Every so many minutes from `from` on, so many times. */
export function every(minutes: number, from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => from + at * minutes);
}

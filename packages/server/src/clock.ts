import { MINUTE } from '@active-session/core';

/** Spans of time, in ms. */
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The server's clock, in epoch ms. Injected everywhere, so that a test moves it. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** The server's clock, in epoch ms. Injected everywhere, so that a test moves it. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

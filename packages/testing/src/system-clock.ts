import type { Clock } from '@active-session/core';

/** The real time, for fakes that are looked at (Storybook). */
export function createSystemClock(): Clock {
  return {
    monotonic: () => performance.now(),
    wall: () => Date.now(),
    setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
    clearTimeout: (handle) => {
      globalThis.clearTimeout(handle as ReturnType<typeof globalThis.setTimeout> | undefined);
    },
  };
}

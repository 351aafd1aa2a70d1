import { oneOf, randomOf } from './history-steps.js';

export type Who = 'patient' | 'provider';

/** What keeps the page, and what ends it. */
const STAYING = ['come-or-leave', 'microphone', 'camera'] as const;
const WANDERING = [...STAYING, 'reload', 'back-and-forward', 'close-and-come-back', 'second-tab'] as const;

/** What one of two people does, whatever the call makes of it. */
export interface ChurnStep {
  readonly who: Who;
  readonly act: (typeof WANDERING)[number];
}

/** The steps of a seed: the same ones each time. Who `stays` keeps one page through all of them. */
export function planChurn(seed: number, steps: number, stays: Who): readonly ChurnStep[] {
  const random = randomOf(seed);
  return Array.from({ length: steps }, () => {
    const who = oneOf(['patient', 'provider'] as const, random);
    return { who, act: oneOf(who === stays ? STAYING : WANDERING, random) };
  });
}

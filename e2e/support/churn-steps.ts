import { oneOf, randomOf } from './history-steps.js';

export type Who = 'patient' | 'provider';

export const ACTS = [
  'come-or-leave',
  'microphone',
  'camera',
  'reload',
  'back-and-forward',
  'close-and-come-back',
  'second-tab',
] as const;

/** What one of two people does, whatever the call makes of it. */
export interface ChurnStep {
  readonly who: Who;
  readonly act: (typeof ACTS)[number];
}

/** The steps of a seed: the same ones each time. */
export function planChurn(seed: number, steps: number): readonly ChurnStep[] {
  const random = randomOf(seed);
  return Array.from({ length: steps }, () => ({
    who: oneOf(['patient', 'provider'] as const, random),
    act: oneOf(ACTS, random),
  }));
}

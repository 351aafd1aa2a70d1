import type { NoteFault } from './gate.js';

/** What a provider does with the notes of one booking on up to two tabs, and what goes wrong meanwhile. */
export type Step =
  | { readonly do: 'write' | 'share' | 'correct' | 'crash' | 'reload'; readonly tab: number }
  | { readonly do: 'second-tab' }
  | { readonly do: 'withdraw' }
  | { readonly do: 'expire' }
  | { readonly do: 'kill' }
  /** For so many ms connections are reset, and so is each new one. */
  | { readonly do: 'cut'; readonly ms: number }
  /** For so many ms nothing passes, and nobody is told; then what was silent goes on, or is reset. */
  | { readonly do: 'stall'; readonly ms: number; readonly remembering: boolean }
  /** For so many ms no token is good, and there is no new one. */
  | { readonly do: 'sign-in-refused'; readonly ms: number }
  | { readonly do: 'spoil'; readonly fault: NoteFault };

/** How a history ends once everything is well again: what a person does, or nothing. */
export type Ending = 'reload' | 'online' | 'wait';

export interface HistoryPlan {
  readonly steps: readonly Step[];
  readonly ending: Ending;
}

const SHORTEST = 6;
const LONGEST = 12;
const OUTAGE = { from: 200, to: 3_000 };

type Random = () => number;

/** How often each kind of step comes, among all of them. */
const KINDS: readonly (readonly [weight: number, make: (random: Random) => Step])[] = [
  [8, (random) => ({ do: 'share', tab: tabOf(random) })],
  [3, (random) => ({ do: 'write', tab: tabOf(random) })],
  [2, (random) => ({ do: 'crash', tab: tabOf(random) })],
  [2, (random) => ({ do: 'cut', ms: between(OUTAGE, random) })],
  [2, (random) => ({ do: 'stall', ms: between(OUTAGE, random), remembering: random() < 0.5 })],
  [2, () => ({ do: 'spoil', fault: { kind: 'answer-lost' } })],
  [1, (random) => ({ do: 'spoil', fault: busy(random) })],
  [1, () => ({ do: 'spoil', fault: { kind: 'firewall' } })],
  [1, () => ({ do: 'spoil', fault: { kind: 'captive' } })],
  [1, () => ({ do: 'expire' })],
  [1, (random) => ({ do: 'sign-in-refused', ms: between(OUTAGE, random) })],
  [1, () => ({ do: 'kill' })],
  [1, () => ({ do: 'second-tab' })],
  [1, (random) => ({ do: 'reload', tab: tabOf(random) })],
  [1, () => ({ do: 'withdraw' })],
  [1, (random) => ({ do: 'correct', tab: tabOf(random) })],
];

/** The history of a seed and a number: the same one each time. */
export function planHistory(seed: number, run: number): HistoryPlan {
  const random = randomOf(seed * 1_000_003 + run);
  const length = between({ from: SHORTEST, to: LONGEST }, random);
  const steps = Array.from({ length }, () => anyStep(random));
  return { steps, ending: oneOf(['reload', 'online', 'online', 'wait'], random) };
}

export function oneOf<T>(all: readonly T[], random: Random): T {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error('There is nothing to choose from.');
  return one;
}

/** In [0, 1), the same numbers for the same seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function anyStep(random: Random): Step {
  let left = random() * KINDS.reduce((sum, [weight]) => sum + weight, 0);
  const kind = KINDS.find(([weight]) => (left -= weight) < 0) ?? KINDS[0];
  if (kind === undefined) throw new Error('There are no kinds of steps.');
  return kind[1](random);
}

function busy(random: Random): NoteFault {
  return { kind: 'busy', status: random() < 0.5 ? 429 : 503, retryAfter: oneOf(['0', '1', 'soon'], random) };
}

function tabOf(random: Random): number {
  return Math.floor(random() * 2);
}

function between({ from, to }: { readonly from: number; readonly to: number }, random: Random): number {
  return from + Math.floor(random() * (to - from + 1));
}

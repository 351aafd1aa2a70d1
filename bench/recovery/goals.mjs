/** The goals for broken networks, in ms; R1 to R11 of the reliability page. */

/** @typedef {{ goal: string, fault: string, figure: 'said' | 'back' | 'note' | 'gap' | 'flaps', limit: number }} Goal */

/** @type {Goal[]} */
export const goals = [
  ...['cut 10 s', 'cut 25 s', 'cut 45 s', 'cut 60 s', 'link down 25 s'].map((fault) => ({
    goal: 'R1 it is said',
    fault,
    figure: /** @type {const} */ ('said'),
    limit: 3_000,
  })),
  { goal: 'R2 media are back', fault: 'cut 10 s', figure: 'back', limit: 1_500 },
  { goal: 'R3 media are back', fault: 'cut 25 s', figure: 'back', limit: 1_500 },
  { goal: 'R4 media are back', fault: 'cut 45 s', figure: 'back', limit: 2_500 },
  { goal: 'R4 media are back', fault: 'link down 25 s', figure: 'back', limit: 3_000 },
  { goal: 'R4 media are back', fault: 'address jumps, 2 s', figure: 'back', limit: 4_500 },
  { goal: 'R4 media are back', fault: 'address steps', figure: 'gap', limit: 4_500 },
  { goal: 'R5 caught up', fault: 'signalling down 15 s', figure: 'note', limit: 1_000 },
  { goal: 'R5 caught up', fault: 'server killed', figure: 'note', limit: 1_000 },
  { goal: 'N1 media never stop', fault: 'signalling down 15 s', figure: 'gap', limit: 1_000 },
  { goal: 'N1 media never stop', fault: 'server killed', figure: 'gap', limit: 1_000 },
  { goal: 'N6 does not flap', fault: 'loss 30 %, 30 s', figure: 'flaps', limit: 1 },
  { goal: 'R7 it is said', fault: 'browser killed', figure: 'said', limit: 7_000 },
  { goal: 'R11 it is said', fault: 'UDP blocked', figure: 'said', limit: 15_000 },
];

/** `p95` of each figure, by fault. @returns {(Goal & { value: number | null, holds: boolean })[]} */
export function judge(/** @type {Record<string, Partial<Record<Goal['figure'], number | null>>>} */ p95) {
  return goals.flatMap((goal) => {
    const value = p95[goal.fault]?.[goal.figure];
    return value === undefined ? [] : [{ ...goal, value, holds: value !== null && value <= goal.limit }];
  });
}

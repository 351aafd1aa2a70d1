/** Plants faults in core's rules and machines, one at a time, and counts those that its tests find. */
import { run } from '../lib/run.mjs';

export const about = 'faults planted in core’s rules and machines are found by its tests (at least 90 of 100)';

/** @param {string[]} args passed on, like `--mutate packages/core/src/call/call.machine.ts` */
export async function prove(args) {
  return (await run('stryker', ['run', 'stryker.config.mjs', ...args], { show: true })).code === 0;
}

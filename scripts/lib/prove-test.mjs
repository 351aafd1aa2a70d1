/** A test file as a longer proof: the same test, with more runs and a seed of one's own. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { run } from './run.mjs';

/**
 * @param {{ file: string, title?: string, runs: number, inMemory?: boolean }} test
 *   inMemory: its data may lie where nothing is durable, because that is not what it is about
 * @param {string[]} args
 * @returns {Promise<boolean>} whether it holds
 */
export async function proveTest({ file, title, runs, inMemory = false }, args) {
  const { values } = parseArgs({ args, options: { runs: { type: 'string' }, seed: { type: 'string' } } });
  const env = {
    PROVE_RUNS: values.runs ?? String(runs),
    PROVE_SEED: values.seed ?? String(Date.now() % 2 ** 31),
    ...(inMemory && existsSync('/dev/shm') ? { TMPDIR: '/dev/shm' } : {}),
  };
  const { code } = await run('vitest', ['run', file, ...(title === undefined ? [] : ['-t', title])], {
    env,
    show: true,
  });
  return code === 0;
}

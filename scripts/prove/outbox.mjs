/**
 * Random histories of what a provider writes on up to two tabs, while the network, the sign-in, the backend and the
 * device fail and pages crash. In the end each shared note is there once and in order, and no draft is lost or shared.
 */
import { parseArgs } from 'node:util';
import { loadSource } from '../lib/load-source.mjs';
import { since } from '../lib/run.mjs';

export const about = 'ten thousand fault histories of notes that are written (--seed 7, --runs 10000)';

/** @param {string[]} args */
export async function prove(args) {
  const option = /** @type {const} */ ({ type: 'string' });
  const { values } = parseArgs({ args, options: { seed: option, runs: option } });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  const runs = Number(values.runs ?? 10_000);
  const start = performance.now();
  const { outboxProperty, quickCrypto } = await loadSource('packages/core/src/notes/test-support/outbox-history.ts');
  Object.defineProperty(globalThis, 'crypto', { value: quickCrypto(), configurable: true });
  const { failed, report } = await outboxProperty({}, 60).check({ seed, runs });
  process.stdout.write(`${failed ? report : `Held: ${runs} histories`}\nSeed ${seed}, ${since(start)}\n`);
  return !failed;
}

/**
 * Random cases through core's rules, and random histories of patient, provider, their devices, the network and a server
 * through its machines, checked after every step. What fails is told as its shortest counterexample.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { parseArgs } from 'node:util';
import { loadSource } from '../lib/load-source.mjs';
import { root, since } from '../lib/run.mjs';

export const about = 'a million random steps through rules and machines (--seed 7, --steps 1000000, --runs 500)';

/** Histories of one seed. A seed and `--runs` of so many play a counterexample again. */
const BATCH = 200;
/** Cases of each rule by itself. */
const CASES = 20_000;
/** ms between two lines that say how far it is. */
const NEWS = 30_000;

/** @typedef {{ seed: number, steps: number, runs: number, marks: Record<string, number>, failures: string[] }} Played */

/** @param {string[]} args */
export async function prove(args) {
  const option = /** @type {const} */ ({ type: 'string' });
  const { values } = parseArgs({ args, options: { seed: option, steps: option, runs: option } });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  const runs = Number(values.runs ?? Infinity);
  const steps = Number(values.steps ?? (values.runs === undefined ? 1_000_000 : Infinity));
  const start = performance.now();
  process.stdout.write(`Seed ${seed}\n`);
  const rules = await proveRules(seed);
  process.stdout.write(`${rules ? 'Rules held' : 'RULES FAILED'}: ${CASES} cases of each, ${since(start)}\n`);
  const histories = await proveHistories({ seed, runs, steps, start });
  return rules && histories;
}

/** What holds of the rules by themselves. */
async function proveRules(/** @type {number} */ seed) {
  const { pureProperties } = await loadSource('packages/core/src/test-support/all-properties.ts');
  let held = true;
  for (const property of pureProperties()) {
    const { failed, report } = await property.check({ seed, runs: CASES });
    if (failed) process.stdout.write(`\nFAILED: ${property.name}\n${report}\n`);
    held &&= !failed;
  }
  return held;
}

/** Histories, on every core, until there were so many. @param {{ seed: number, runs: number, steps: number, start: number }} wanted */
async function proveHistories({ seed, runs, steps, start }) {
  const total = { given: 0, steps: 0, runs: 0, failures: 0 };
  /** @type {Record<string, number>} */
  const marks = {};
  const line = () => `${total.steps} steps in ${total.runs} histories, ${since(start)}`;
  const news = setInterval(() => process.stdout.write(`  ${line()}\n`), NEWS);
  const next = () => {
    const left = Math.min(BATCH, runs - total.given);
    if (left <= 0 || total.steps >= steps || total.failures > 0) return undefined;
    const batch = { seed: seed + Math.floor(total.given / BATCH), runs: left };
    total.given += left;
    return batch;
  };
  const onPlayed = (/** @type {Played} */ played) => {
    total.steps += played.steps;
    total.runs += played.runs;
    total.failures += played.failures.length;
    for (const [mark, count] of Object.entries(played.marks)) marks[mark] = (marks[mark] ?? 0) + count;
    for (const failure of played.failures) {
      process.stdout.write(
        `\nFAILED: ${failure}\nAgain: pnpm prove properties --seed ${played.seed} --runs ${BATCH}\n`,
      );
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, () => worker(next, onPlayed)));
  clearInterval(news);
  const lines = Object.entries(marks).sort(([, a], [, b]) => b - a);
  process.stdout.write(`Histories that came by:\n${lines.map(([mark, n]) => `  ${mark.padEnd(22)} ${n}\n`).join('')}`);
  process.stdout.write(`${total.failures === 0 ? 'Histories held' : 'HISTORIES FAILED'}: seed ${seed}, ${line()}\n`);
  return total.failures === 0;
}

/**
 * A process that plays one batch after the other, until there is none.
 * @param {() => object | undefined} next
 * @param {(played: Played) => void} onPlayed
 * @returns {Promise<void>}
 */
function worker(next, onPlayed) {
  return new Promise((done, fail) => {
    const child = fork(join(root, 'scripts/lib/history-worker.mjs'));
    child.on('message', (/** @type {'ready' | Played} */ message) => {
      if (message !== 'ready') onPlayed(message);
      const batch = next();
      if (batch === undefined) child.disconnect();
      else child.send(batch);
    });
    child.on('error', fail);
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`A worker ended with ${code}.`))));
  });
}

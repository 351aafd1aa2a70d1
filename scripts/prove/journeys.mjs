/**
 * Whole histories of what a provider writes: a real browser with real storage, the patient's page, the real server, and
 * between them a wire that is cut and a gate that refuses, while tabs and the server are killed. In the end each shared
 * note is there once and in order, for both, and of drafts nothing.
 */
import { clearTimeout, setTimeout } from 'node:timers';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { playwrightLaunch } from '../browser.mjs';
import { build } from '../build.mjs';
import { loadSource } from '../lib/load-source.mjs';
import { since } from '../lib/run.mjs';

export const about = '200 whole journeys with faults, in a browser (--seed 7, --runs 200, --run 12 for one alone)';

/** ms for one history: more than any takes. */
const LONGEST = 180_000;
/** Histories between two lines that say how far it is. */
const NEWS = 10;

/** @param {string[]} args */
export async function prove(args) {
  const option = /** @type {const} */ ({ type: 'string' });
  const options = { seed: option, runs: option, run: option, 'at-once': option, plant: option };
  const { values } = parseArgs({ args, options });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  const numbers =
    values.run === undefined ? Array.from({ length: Number(values.runs ?? 200) }, (_, at) => at) : [Number(values.run)];
  if (!(await build())) return false;
  const { planHistory } = await loadSource('e2e/support/history-steps.ts');
  const { playHistory } = await loadSource('e2e/support/history.ts');
  const { PLANTS } = await loadSource('e2e/support/history-plants.ts');
  const { Portal } = await loadSource('e2e/support/portal.ts');
  const plant = values.plant === undefined ? undefined : PLANTS[values.plant];
  if (values.plant !== undefined && plant === undefined) throw new Error(`Plants: ${Object.keys(PLANTS).join(', ')}`);

  process.stdout.write(`Seed ${seed}\n`);
  const start = performance.now();
  const browser = await chromium.launch(await playwrightLaunch());
  const tally = { played: 0, failed: 0 };
  const play = async (/** @type {number} */ run) => {
    const plan = planHistory(seed, run);
    const portal = await Portal.startBehindWires();
    const late = deadline(LONGEST);
    const faults = await Promise.race([playHistory(plan, { browser, portal, plant }), late.passed]).catch(
      (/** @type {Error} */ error) => [error.stack],
    );
    late.cancel();
    await portal.stop();
    tally.played += 1;
    if (faults.length > 0) {
      tally.failed += 1;
      const again = `pnpm prove journeys --seed ${seed} --run ${run}`;
      process.stdout.write(`\nFAILED: ${JSON.stringify(plan)}\n  ${faults.join('\n  ')}\nAgain: ${again}\n`);
    }
    if (tally.played % NEWS === 0) process.stdout.write(`  ${tally.played} histories, ${since(start)}\n`);
  };
  try {
    await Promise.all(
      Array.from({ length: Number(values['at-once'] ?? 2) }, async () => {
        for (let run = numbers.shift(); run !== undefined; run = numbers.shift()) await play(run);
      }),
    );
  } finally {
    await browser.close();
  }
  const end = tally.failed === 0 ? 'Held' : `FAILED: ${tally.failed} of`;
  process.stdout.write(`${end} ${tally.played} histories, seed ${seed}, ${since(start)}\n`);
  return tally.failed === 0;
}

function deadline(/** @type {number} */ ms) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const passed = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not end within ${ms / 1_000} s.`)), ms);
  });
  return { passed, cancel: () => clearTimeout(timer) };
}

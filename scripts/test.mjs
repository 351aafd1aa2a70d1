/**
 * `pnpm test`: every step in order, whatever the one before said, and one closing line that adds them up.
 * `pnpm test unit journeys`: only these. `pnpm test:faults`: what takes longer, because much goes wrong in it.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, since } from './lib/run.mjs';
import { steps } from './lib/steps.mjs';

/** @type {{ step: string, name: string, why: string }[]} */
const allowedSkips = JSON.parse(readFileSync(join(root, 'scripts/allowed-skips.json'), 'utf8'));

const asked = process.argv.slice(2).filter((argument) => argument !== '--');
const unknown = asked.filter((name) => !(name in steps));
if (unknown.length > 0) {
  process.stderr.write(`No such step: ${unknown.join(', ')}. There are: ${Object.keys(steps).join(', ')}.\n`);
  process.exit(1);
}

const totals = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const summary = [];
const start = performance.now();

for (const [name, step] of Object.entries(steps)) {
  if (asked.length > 0 ? !asked.includes(name) : step.apart) continue;
  process.stdout.write(`\n── ${step.heading} (${name}) ──\n`);
  const begun = performance.now();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const test of await outcome(name, step)) {
    counts[test.status]++;
    if (test.status === 'skipped' && !allowedSkips.some((skip) => skip.step === name && skip.name === test.name)) {
      process.stdout.write(`Skipped, and not in scripts/allowed-skips.json: ${test.name}\n`);
      counts.skipped--;
      counts.failed++;
    }
  }
  for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) totals[key] += counts[key];
  summary.push(`${name.padEnd(12)} ${line(counts).padEnd(34)} ${since(begun)}`);
  process.stdout.write(`${summary.at(-1)}\n`);
}

process.stdout.write(`\n── All steps, ${since(start)} ──\n${summary.join('\n')}\n\n${line(totals)}\n`);
process.exit(totals.failed > 0 ? 1 : 0);

/** @returns {Promise<import('./lib/steps.mjs').Test[]>} */
async function outcome(/** @type {string} */ name, /** @type {import('./lib/steps.mjs').Step} */ step) {
  if (step.tests && globSync(step.tests, { cwd: root, exclude: ['**/node_modules/**'] }).length === 0) {
    process.stdout.write(`No test files (${step.tests}).\n`);
    return [{ name, status: 'failed' }];
  }
  try {
    return await step.run();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return [{ name, status: 'failed' }];
  }
}

function line(/** @type {typeof totals} */ { passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** `pnpm bench call [--runs 15] [--only name;name] [--near]`: from a click to the other's first picture. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { mediaArgs, playwrightLaunch } from '../../scripts/browser.mjs';
import { build } from '../../scripts/build.mjs';
import { installPeers } from '../../scripts/lib/peers.mjs';
import { root } from '../../scripts/lib/run.mjs';
import { contestants } from './contestants.mjs';
import { judge } from './goals.mjs';

export const about = 'click to first picture, beside the bare browser, near and 100 ms away (P6 to P8)';

/** One way, ms. */
const FAR = 50;

export async function bench(/** @type {string[]} */ args) {
  const option = /** @type {const} */ ({ type: 'string' });
  const options = { runs: option, only: option, near: /** @type {const} */ ({ type: 'boolean' }) };
  const { values } = parseArgs({ args, options });
  if (!(await build())) return false;
  await installPeers();
  const engines = ['peerjs', ...(existsSync(join(root, 'packages/adapter-webrtc')) ? ['webrtc'] : [])];
  const all = await contestants(engines);
  const names = Object.keys(all).filter((name) => values.only === undefined || values.only.split(';').includes(name));
  const delays = values.near ? [0] : [0, FAR];
  const runs = Number(values.runs ?? 15);
  /** @type {Record<string, Record<number, number[]>>} */
  const taken = Object.fromEntries(names.map((name) => [name, Object.fromEntries(delays.map((delay) => [delay, []]))]));
  const browser = await chromium.launch(await playwrightLaunch(mediaArgs));
  try {
    // The first round is for the browser to warm up.
    for (let run = -1; run < runs; run += 1) {
      // One after the other, in another order each time: whatever else the machine does meets all of them.
      for (const name of [...names.slice((run + 1) % names.length), ...names.slice(0, (run + 1) % names.length)]) {
        for (const delay of delays) {
          const ms = await all[name]?.(browser, delay).catch((/** @type {Error} */ error) => {
            process.stderr.write(`${name}: not measured: ${error.message}\n`);
            return undefined;
          });
          if (ms !== undefined && run >= 0) taken[name]?.[delay]?.push(ms);
        }
      }
      process.stderr.write(`run ${run + 1} of ${runs}\n`);
    }
  } finally {
    await browser.close();
  }
  return report(taken, { runs, engines, browser: browser.version() });
}

function report(
  /** @type {Record<string, Record<number, number[]>>} */ taken,
  /** @type {{ runs: number, engines: string[], browser: string }} */ how,
) {
  const figures = Object.fromEntries(
    Object.entries(taken).map(([name, delays]) => [
      name,
      Object.fromEntries(
        Object.entries(delays)
          .filter(([, all]) => all.length > 0)
          .map(([delay, all]) => [delay, { p50: quantile(all, 0.5), p95: quantile(all, 0.95), n: all.length }]),
      ),
    ]),
  );
  const goals = judge(figures, how.engines, FAR);
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores; Chromium ${how.browser}; Node ${process.version}`;
  const cell = (/** @type {{ p50: number, p95: number, n: number } | undefined} */ one) =>
    one === undefined ? '' : `${one.p50.toFixed(0)} (${one.p95.toFixed(0)})`;
  const lines = [
    `${machine}\n${how.runs} runs, interleaved; ms from the click to the first frame shown; medians (p95)\n`,
    `| way | server near | server ${2 * FAR} ms away and back |\n|---|--:|--:|`,
    ...Object.entries(figures).map(([name, delays]) => `| ${name} | ${cell(delays[0])} | ${cell(delays[FAR])} |`),
    '',
    ...goals.map(({ goal, ratio, limit }) =>
      ratio === null
        ? `  ?      ${goal}: not measured`
        : `  ${ratio <= limit ? 'holds ' : 'MISSED'} ${goal}: ${ratio.toFixed(2)}, goal ${limit}`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const folder = join(root, 'bench/results');
  mkdirSync(folder, { recursive: true });
  const result = { at: new Date().toISOString(), machine, ...how, figures, goals, taken };
  writeFileSync(join(folder, 'call.json'), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`\nbench/results/call.json\n`);
  return goals.every(({ ratio, limit }) => ratio === null || ratio <= limit);
}

function quantile(/** @type {number[]} */ values, /** @type {number} */ part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}

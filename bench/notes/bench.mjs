/** `pnpm bench notes [--runs 5] [--appends 30] [--only name,name]`: how long lists of notes take, beside the DOM alone. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { playwrightLaunch } from '../../scripts/browser.mjs';
import { root } from '../../scripts/lib/run.mjs';
import { installPeers } from '../../scripts/lib/peers.mjs';
import { buildPages, contestants } from './build.mjs';
import { judge } from './goals.mjs';
import { measure } from './measure.mjs';

export const about = 'lists of notes: show 10,000, append one, heap (P10 to P12)';

const COUNTS = [100, 10_000];

export async function bench(/** @type {string[]} */ args) {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '5' },
      appends: { type: 'string', default: '30' },
      only: { type: 'string' },
    },
  });
  const names = contestants().filter((name) => values.only === undefined || values.only.split(',').includes(name));
  const [runs, appends] = [Number(values.runs), Number(values.appends)];
  await installPeers();
  const dist = await buildPages(names);
  const browser = await chromium.launch(await playwrightLaunch());
  /** @type {Record<string, Record<number, import('./measure.mjs').Figures[]>>} */
  const figures = Object.fromEntries(
    names.map((name) => [name, Object.fromEntries(COUNTS.map((count) => [count, []]))]),
  );
  try {
    for (let run = 0; run < runs; run += 1) {
      // One after the other, in another order each time: whatever else the machine does meets all of them.
      for (const name of [...names.slice(run % names.length), ...names.slice(0, run % names.length)]) {
        for (const count of COUNTS) {
          figures[name]?.[count]?.push(await measure(browser, dist, { name, count, appends }));
        }
      }
      process.stderr.write(`run ${run + 1} of ${runs}\n`);
    }
  } finally {
    await browser.close();
  }
  return report(figures, { runs, appends, browser: browser.version() });
}

function report(
  /** @type {Record<string, Record<number, import('./measure.mjs').Figures[]>>} */ figures,
  /** @type {{ runs: number, appends: number, browser: string }} */ how,
) {
  const rows = Object.entries(figures).flatMap(([name, counts]) =>
    Object.entries(counts).map(([count, all]) => summary(name, Number(count), all)),
  );
  const medians = Object.fromEntries(
    Object.keys(figures).map((name) => [
      name,
      Object.fromEntries(rows.filter((row) => row.name === name).map((row) => [row.count, row])),
    ]),
  );
  const goals = judge(medians);
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores; Chromium ${how.browser}; Node ${process.version}`;
  const lines = [
    `${machine}\n${how.runs} runs, interleaved; ms of CPU time of the page's main thread; medians (p95)\n`,
    '| contestant | notes | show ms | append ms | heap MB | elements |\n|---|--:|--:|--:|--:|--:|',
    ...rows.map(
      (row) =>
        `| ${row.name} | ${row.count} | ${row.mount.toFixed(0)} (${row.mountP95.toFixed(0)}) | ${row.append.toFixed(2)} (${row.appendP95.toFixed(2)}) | ${row.heap.toFixed(1)} | ${row.elements} |`,
    ),
    '',
    ...goals.map(({ goal, ratio, limit }) =>
      ratio === null
        ? `  ?      ${goal}: no such contestant`
        : `  ${ratio <= limit ? 'holds ' : 'MISSED'} ${goal}: ${ratio.toFixed(2)}, goal ${limit}`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const folder = join(root, 'bench/results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'notes.json');
  const result = { at: new Date().toISOString(), machine, ...how, rows, goals };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`\nbench/results/notes.json\n`);
  return goals.every(({ ratio, limit }) => ratio === null || ratio <= limit);
}

function summary(
  /** @type {string} */ name,
  /** @type {number} */ count,
  /** @type {import('./measure.mjs').Figures[]} */ all,
) {
  const mounts = all.map(({ mount }) => mount);
  const appends = all.flatMap((one) => one.appends);
  return {
    name,
    count,
    mount: quantile(mounts, 0.5),
    mountP95: quantile(mounts, 0.95),
    append: quantile(appends, 0.5),
    appendP95: quantile(appends, 0.95),
    heap: quantile(
      all.map(({ heap }) => heap),
      0.5,
    ),
    elements: all[0]?.elements ?? 0,
    notes: all[0]?.notes ?? 0,
  };
}

function quantile(/** @type {number[]} */ values, /** @type {number} */ part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}

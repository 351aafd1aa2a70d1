/** `pnpm bench recovery [--runs 3] [--full] [--only name,name] [--faults name,name]`: calls on a network that breaks. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../../scripts/build.mjs';
import { installPeers } from '../../scripts/lib/peers.mjs';
import { root } from '../../scripts/lib/run.mjs';
import { whyNoNetwork } from '../../scripts/lib/system.mjs';
import { contestants } from './contestants.mjs';
import { faults } from './faults.mjs';
import { judge } from './goals.mjs';
import { measure } from './measure.mjs';

export const about = 'cuts, loss, another network, no server: when it is said, when media are back (R1 to R11)';

const FULL = 30;
const FIGURES = /** @type {const} */ (['said', 'back', 'gap', 'flaps', 'note']);

/** @typedef {import('./measure.mjs').Figures} Figures */
/** @typedef {Record<string, Record<string, Figures[]>>} Results by contestant and fault */

export async function bench(/** @type {string[]} */ args) {
  const option = /** @type {const} */ ({ type: 'string' });
  const options = { runs: option, full: /** @type {const} */ ({ type: 'boolean' }), only: option, faults: option };
  const { values } = parseArgs({ args, options });
  const reason = whyNoNetwork();
  if (reason !== undefined) {
    process.stdout.write(`Nothing is measured: ${reason}\n`);
    return false;
  }
  if (!(await build())) return false;
  await installPeers();
  const engines = ['peerjs', ...(existsSync(join(root, 'packages/adapter-webrtc')) ? ['webrtc'] : [])];
  const all = await contestants(engines);
  const names = Object.keys(all).filter((name) => values.only === undefined || values.only.split(',').includes(name));
  const broken = Object.keys(faults).filter(
    (name) => values.faults === undefined || values.faults.split(',').includes(name.replace(',', '')),
  );
  const runs = values.full ? FULL : Number(values.runs ?? 3);
  /** @type {Results} */
  const results = Object.fromEntries(
    names.map((name) => [name, Object.fromEntries(broken.map((fault) => [fault, []]))]),
  );
  for (let run = 0; run < runs; run += 1) {
    for (const fault of broken) {
      // One after the other, in another order each time: whatever else the machine does meets all of them.
      for (const name of [...names.slice(run % names.length), ...names.slice(0, run % names.length)]) {
        const contestant = all[name];
        if (contestant === undefined) continue;
        const figures = await measure(contestant, fault).catch((/** @type {Error} */ error) => {
          process.stderr.write(`${name}, ${fault}: not measured: ${error.message}\n`);
          return {};
        });
        results[name]?.[fault]?.push(figures);
        process.stderr.write(`run ${run + 1} of ${runs}, ${fault}, ${name}: ${JSON.stringify(figures)}\n`);
      }
    }
  }
  return report(results, runs);
}

function report(/** @type {Results} */ results, /** @type {number} */ runs) {
  const rows = Object.entries(results).flatMap(([name, byFault]) =>
    Object.entries(byFault).map(([fault, all]) => ({ name, fault, ...summary(all) })),
  );
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores; Node ${process.version}`;
  const lines = [
    `${machine}\n${runs} runs, interleaved; ms; medians (p95); "never": not within 40 s, in at least one run\n`,
    '| fault | contestant | it is said | media are back | longest gap | times said | note there |\n|---|---|--:|--:|--:|--:|--:|',
    ...Object.keys(Object.values(results)[0] ?? {}).flatMap((fault) =>
      rows
        .filter((row) => row.fault === fault)
        .map(
          (row) =>
            `| ${fault} | ${row.name} | ${FIGURES.map((figure) => cell(row.p50[figure], row.p95[figure])).join(' | ')} |`,
        ),
    ),
    '',
  ];
  const own = Object.keys(results).filter((name) => name !== 'stock peerjs');
  const goals = own.flatMap((name) => {
    const p95 = Object.fromEntries(rows.filter((row) => row.name === name).map((row) => [row.fault, row.p95]));
    return judge(p95).map((goal) => ({ name, ...goal }));
  });
  for (const { name, goal, fault, value, limit, holds } of goals) {
    const got = value === null ? 'never' : value.toFixed(0);
    lines.push(`  ${holds ? 'holds ' : 'MISSED'} ${name}: ${goal}, ${fault}: p95 ${got}, goal ${limit}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  const folder = join(root, 'bench/results');
  mkdirSync(folder, { recursive: true });
  const result = { at: new Date().toISOString(), machine, runs, rows, goals, results };
  writeFileSync(join(folder, 'recovery.json'), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`\nbench/results/recovery.json\n`);
  return goals.every(({ holds }) => holds);
}

function cell(/** @type {number | null | undefined} */ p50, /** @type {number | null | undefined} */ p95) {
  if (p50 === undefined || p95 === undefined) return '';
  const word = (/** @type {number | null} */ value) => (value === null ? 'never' : value.toFixed(0));
  return `${word(p50)} (${word(p95)})`;
}

function summary(/** @type {Figures[]} */ all) {
  const of = (/** @type {number} */ part) =>
    Object.fromEntries(
      FIGURES.map((figure) => [
        figure,
        quantile(
          all.map((one) => one[figure]),
          part,
        ),
      ]),
    );
  return { p50: of(0.5), p95: of(0.95) };
}

/** What never happened is the longest of all. @returns {number | null | undefined} undefined: nothing was measured */
function quantile(/** @type {(number | null | undefined)[]} */ values, /** @type {number} */ part) {
  const sorted = values.filter((value) => value !== undefined).toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity));
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
}

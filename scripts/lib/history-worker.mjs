/** Plays the histories of one seed after the other, in a process of its own, for scripts/prove/properties.mjs. */
import { loadSource } from './load-source.mjs';

/** Steps of one history at most. */
const LENGTH = 60;
/** The second property plays every history twice; of each five of the first it gets one. */
const SHARE = [1, 0.2];

const { historyProperties } = await loadSource('packages/core/src/test-support/all-properties.ts');

/** @param {{ seed: number, runs: number }} batch */
async function play({ seed, runs }) {
  const total = { steps: 0, runs: 0 };
  /** @type {Record<string, number>} */
  const marks = {};
  const onPlayed = (/** @type {{ steps: number, marks: Set<string> }} */ played) => {
    total.steps += played.steps;
    total.runs += 1;
    for (const mark of played.marks) marks[mark] = (marks[mark] ?? 0) + 1;
  };
  const failures = [];
  for (const [index, property] of historyProperties({ length: LENGTH, onPlayed }).entries()) {
    const { failed, report } = await property.check({ seed, runs: Math.ceil(runs * (SHARE[index] ?? 1)) });
    if (failed) failures.push(`${property.name}\n${report}`);
  }
  process.send?.({ seed, ...total, marks, failures });
}

process.on('message', (/** @type {{ seed: number, runs: number }} */ batch) => void play(batch));
process.send?.('ready');

/** What a call makes of one fault. All times are ms. */
import { setTimeout } from 'node:timers';
import { faults, NOTE, now } from './faults.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ callRecord: import('../../e2e/support/net/recorder.js').CallRecord }} Recorded what the page writes down */
/**
 * null: it did not happen within the time that it got; undefined: it does not apply.
 * @typedef {object} Figures
 * @property {number | null} [said] from the fault until the page says so, the later of the two pages
 * @property {number | null} [back] from the mend until a frame of the other is shown, the later of the two
 * @property {number} [gap] the longest time without a frame, since the fault, on either page
 * @property {number} [flaps] how often it was said
 * @property {number | null} [note] from the mend until a note that was shared meanwhile is shown
 */

/** How long a call gets to find back. */
const WITHIN = 40_000;
const SETTLED = 3_000;
const WORDS = 'Video does not get through. Your network may block it.';

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @returns {Promise<Figures>} */
export async function measure(
  /** @type {import('./contestants.mjs').Contestant} */ contestant,
  /** @type {string} */ name,
) {
  const fault = faults[name];
  if (fault === undefined) throw new Error(`There is no fault "${name}".`);
  const call = await contestant({ blocked: fault.kind === 'blocked' });
  try {
    if (fault.run === undefined) return { said: await wordsAfter(call.provider, WITHIN) };
    const pages = name === 'browser killed' ? [call.provider] : [call.patient, call.provider];
    await Promise.all(pages.map((page) => frameAfter(page, 0, 30_000)));
    await pause(SETTLED);
    const { broken, whole } = await fault.run(call);
    /** @type {Figures} */
    const figures = {};
    if (fault.note && call.share) figures.note = await noteAfter(call.patient, whole);
    if (whole === Infinity) await pause(20_000);
    else if (fault.kind === 'cut') {
      const came = await Promise.all(pages.map((page) => frameAfter(page, whole, WITHIN)));
      figures.back = later(came, whole);
    }
    const states = await Promise.all(pages.map((page) => saidSince(page, broken)));
    if (fault.kind === 'cut')
      figures.said = later(
        states.map(([first]) => first ?? null),
        broken,
      );
    else figures.gap = Math.max(...(await Promise.all(pages.map((page) => longestGap(page, broken)))));
    figures.flaps = Math.max(...states.map(({ length }) => length));
    return figures;
  } finally {
    await call.end();
  }
}

/** @returns {number | null} */
function later(/** @type {(number | null)[]} */ moments, /** @type {number} */ since) {
  const all = moments.filter((moment) => moment !== null);
  return all.length < moments.length ? null : Math.max(...all) - since;
}

/** @returns {Promise<number | null>} when the first frame after a moment was shown */
async function frameAfter(/** @type {Page} */ page, /** @type {number} */ since, /** @type {number} */ within) {
  const end = now() + within;
  while (now() < end) {
    const at = await page.evaluate(
      (moment) =>
        /** @type {Recorded} */ (/** @type {unknown} */ (globalThis)).callRecord.frames.find((frame) => frame > moment),
      since,
    );
    if (at !== undefined) return at;
    await pause(50);
  }
  return null;
}

/** @returns {Promise<number[]>} when the page went into `reconnecting` */
function saidSince(/** @type {Page} */ page, /** @type {number} */ since) {
  return page.evaluate((moment) => {
    const { states } = /** @type {Recorded} */ (/** @type {unknown} */ (globalThis)).callRecord;
    return states.filter(({ at, state }) => at >= moment && state === 'reconnecting').map(({ at }) => at);
  }, since);
}

/** @returns {Promise<number>} */
function longestGap(/** @type {Page} */ page, /** @type {number} */ since) {
  return page.evaluate((moment) => {
    const frames = /** @type {Recorded} */ (/** @type {unknown} */ (globalThis)).callRecord.frames.filter(
      (frame) => frame >= moment,
    );
    const ends = [...frames, performance.timeOrigin + performance.now()];
    return ends.reduce((longest, at, index) => Math.max(longest, at - (ends[index - 1] ?? moment)), 0);
  }, since);
}

async function noteAfter(/** @type {Page} */ page, /** @type {number} */ since) {
  const note = page.locator('active-session').getByText(NOTE).first();
  return note.waitFor({ timeout: WITHIN }).then(
    () => Math.max(0, now() - since),
    () => null,
  );
}

/** From now, when the call has been asked for on both pages. */
async function wordsAfter(/** @type {Page} */ page, /** @type {number} */ within) {
  const start = now();
  return page
    .getByText(WORDS)
    .first()
    .waitFor({ timeout: within })
    .then(
      () => now() - start,
      () => null,
    );
}

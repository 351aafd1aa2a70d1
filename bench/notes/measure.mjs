/** What a contestant takes, in a page of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ mount: number, appends: number[], heap: number, notes: number, elements: number }} Figures ms of CPU, MB */

const PAGE = `<!doctype html><meta charset="utf-8"><title>Notes</title>
<style>body { margin: 0; font: 16px/1.5 sans-serif } .box { block-size: 600px; inline-size: 400px; overflow: auto }</style>`;

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} dist
 * @param {{ name: string, count: number, appends: number }} options
 * @returns {Promise<Figures>}
 */
export async function measure(browser, dist, { name, count, appends }) {
  const context = await browser.newContext({ viewport: { width: 800, height: 800 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  // CPU time of the page's main thread: what other programs do meanwhile counts little.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metric = async (/** @type {string} */ wanted) => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find((one) => one.name === wanted)?.value ?? NaN;
  };
  const task = async () => 1_000 * (await metric('TaskDuration'));
  const heap = async () => {
    for (let round = 0; round < 2; round += 1) await cdp.send('HeapProfiler.collectGarbage');
    return (await metric('JSHeapUsedSize')) / 2 ** 20;
  };
  try {
    await page.setContent(PAGE);
    await page.addScriptTag({ content: readFileSync(join(dist, `${name}.js`), 'utf8') });
    const empty = await heap();
    await page.evaluate(`bench.prepare(${count})`);
    let before = await task();
    await page.evaluate('bench.mount()');
    const mount = (await task()) - before;
    /** @type {{ notes: number, elements: number }} */
    const { notes, elements } = await page.evaluate('bench.size()');
    if (notes !== count && name !== 'nothing') throw new Error(`${name} shows ${notes} of ${count} notes`);
    const used = (await heap()) - empty;
    /** @type {number[]} */
    const each = [];
    for (let round = -3; round < appends; round += 1) {
      before = await task();
      await page.evaluate('bench.append()');
      // The first ones are for the browser to warm up.
      if (round >= 0) each.push((await task()) - before);
    }
    return { mount, appends: each, heap: used, notes, elements };
  } finally {
    await context.close();
  }
}

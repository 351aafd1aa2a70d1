/** Ways from a click to the other's first picture. Each opens two pages and answers with ms. */
import { setTimeout } from 'node:timers';
import { loadSource } from '../../scripts/lib/load-source.mjs';
import { slowWire } from './slow-wire.mjs';
import { startRaw } from './raw.mjs';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {(browser: Browser, delay: number) => Promise<number>} Contestant `delay`: to the server, one way, ms */

const WITHIN = 30_000;
/** So long both sides are left alone before the click, ms: whatever is done ahead is done then. */
const REST = 1_500;
const SOON = { opensBeforeMinutes: 60, closesAfterMinutes: 120 };
const ASKED = { patient: SOON, provider: SOON, returnMinutes: 10, admission: 'provider' };

/** @returns {Promise<Record<string, Contestant>>} */
export async function contestants(/** @type {string[]} */ engines) {
  const { recordCall } = await loadSource('e2e/support/net/recorder.ts');
  const { Portal } = await loadSource('e2e/support/portal.ts');

  const open = async (/** @type {Browser} */ browser) => {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    await context.addInitScript(recordCall);
    await context.addInitScript(markClicks);
    return context.newPage();
  };

  /** @returns {Contestant} */
  const raw = (/** @type {boolean} */ isWarm) => async (browser, delay) => {
    const server = await startRaw();
    const wire = await slowWire(delay, () => server.port);
    const [one, other] = [await open(browser), await open(browser)];
    try {
      const address = `http://localhost:${delay > 0 ? wire.port : server.port}/`;
      await one.goto(`${address}?waits`);
      await one.locator('[data-ready]').waitFor();
      await other.goto(`${address}${isWarm ? '?warm' : ''}`);
      await other.locator('[data-ready]').waitFor();
      await rest(other);
      await other.getByRole('button').click();
      return await firstFrame(other);
    } finally {
      await Promise.all([one.context().close(), other.context().close()]);
      wire.stop();
      server.stop();
    }
  };

  /**
   * `admit`: both wait with everything ready, and the click lets the patient in. `preconnect`: as the server's setting has it.
   *
   * @returns {Contestant}
   */
  const own =
    (
      /** @type {string} */ engine,
      /** @type {'start' | 'admit'} */ click,
      /** @type {'off' | 'all'} */ preconnect = 'off',
    ) =>
    async (browser, delay) => {
      /** @type {{ port: number }} */
      const at = { port: 0 };
      const wire = await slowWire(delay, () => at.port);
      const env = {
        ...(delay > 0 && { ACTIVE_SESSION_PUBLIC_URL: `http://localhost:${wire.port}/api/session/v1` }),
        ...(click === 'admit' && { ACTIVE_SESSION_WINDOW_POLICY: JSON.stringify(ASKED) }),
        ...(preconnect !== 'off' && { ACTIVE_SESSION_PRECONNECT: preconnect }),
      };
      const portal = await Portal.start({ engine, env });
      at.port = Number(new URL(portal.origin).port);
      const page = (/** @type {string} */ role, /** @type {string} */ person) =>
        delay > 0 ? portal.page(role, person).replace(`:${at.port}/`, `:${wire.port}/`) : portal.page(role, person);
      const [patient, provider] = [await open(browser), await open(browser)];
      try {
        await portal.book('sam', 'dr-smith');
        await patient.goto(page('patient', 'sam'));
        await patient.getByRole('tab', { name: 'Active Session' }).click();
        await patient.getByRole('button', { name: 'Start Call' }).click();
        await inState(patient, 'waiting');
        await provider.goto(page('provider', 'dr-smith'));
        await provider.getByRole('button', { name: /Sam Rivera/ }).click();
        const start = provider.getByRole('button', { name: 'Start Call' });
        await start.waitFor();
        if (click === 'admit') {
          await start.click();
          await inState(provider, 'waiting');
        }
        await rest(provider);
        if (click === 'start') await start.click();
        else
          await provider
            .getByRole('button', { name: /^Let .* in$/ })
            .first()
            .click();
        return await firstFrame(provider);
      } finally {
        await Promise.all([patient.context().close(), provider.context().close()]);
        await portal.stop();
        wire.stop();
      }
    };

  return {
    'raw, warm': raw(true),
    'raw, cold': raw(false),
    ...Object.fromEntries(
      engines.flatMap((engine) => [
        [`${engine}, let in`, own(engine, 'admit')],
        [`${engine}, cold`, own(engine, 'start')],
        ...(engine === 'webrtc' ? [[`${engine}, pre-connected`, own(engine, 'admit', 'all')]] : []),
      ]),
    ),
  };
}

/** Until all that is done ahead is done; and what measures has loaded itself into the page. */
async function rest(/** @type {Page} */ page) {
  await page.waitForFunction(() => true);
  await new Promise((resolve) => void setTimeout(resolve, REST));
}

/** Runs in the page. */
function markClicks() {
  const marked = /** @type {{ clickedAt?: number, addEventListener: EventTarget['addEventListener'] }} */ (
    /** @type {unknown} */ (globalThis)
  );
  marked.addEventListener('click', () => (marked.clickedAt = performance.timeOrigin + performance.now()), {
    capture: true,
  });
}

/** @returns {Promise<number>} ms from the last click */
async function firstFrame(/** @type {Page} */ page) {
  const frame = await page.waitForFunction(
    () => {
      const { callRecord, clickedAt } =
        /** @type {{ callRecord: import('../../e2e/support/net/recorder.js').CallRecord, clickedAt: number }} */ (
          /** @type {unknown} */ (globalThis)
        );
      const first = callRecord.frames.find((at) => at > clickedAt);
      return first === undefined ? null : first - clickedAt;
    },
    undefined,
    { timeout: WITHIN, polling: 50 },
  );
  return Number(await frame.jsonValue());
}

async function inState(/** @type {Page} */ page, /** @type {string} */ wanted) {
  await page.waitForFunction(
    (state) => {
      const { callRecord } = /** @type {{ callRecord: import('../../e2e/support/net/recorder.js').CallRecord }} */ (
        /** @type {unknown} */ (globalThis)
      );
      return callRecord.states.at(-1)?.state === state;
    },
    wanted,
    { timeout: WITHIN, polling: 50 },
  );
}

/** Who is measured: a call between two people, each with a browser of their own on a network that can be broken. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { loadSource } from '../../scripts/lib/load-source.mjs';
import { root } from '../../scripts/lib/run.mjs';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('../../e2e/support/net/place.js').Place} Place
 * @typedef {object} Call
 * @property {Page} patient whose network breaks
 * @property {Page} provider
 * @property {{ patient: Place, provider: Place, server: Place }} places
 * @property {() => string} freeAddress
 * @property {() => Promise<void>} killServer
 * @property {() => Promise<void>} runServer
 * @property {((text: string) => Promise<void>) | null} share writes a note on the provider's page; null: it has none
 * @property {() => Promise<void>} end
 * @typedef {(options?: { blocked?: boolean }) => Promise<Call>} Contestant `blocked`: no UDP from the start
 */

const PORT = 4400;

/** @returns {Promise<Record<string, Contestant>>} */
export async function contestants(/** @type {string[]} */ engines) {
  const { Network } = await loadSource('e2e/support/net/network.ts');
  const { launchIn } = await loadSource('e2e/support/net/browser.ts');
  const { recordCall } = await loadSource('e2e/support/net/recorder.ts');
  const { Portal } = await loadSource('e2e/support/portal.ts');

  const open = async (/** @type {Place} */ place, /** @type {string} */ origin) => {
    const browser = await launchIn(place, origin);
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    await context.addInitScript(recordCall);
    return { browser, page: await context.newPage() };
  };
  const build = () => {
    const network = Network.build();
    const [server, patient, provider] = ['server', 'patient', 'provider'].map((name) => network.place(name));
    return { network, places: { server, patient, provider } };
  };

  /** @type {(engine: string) => Contestant} */
  const own =
    (engine) =>
    async ({ blocked = false } = {}) => {
      const { network, places } = build();
      const portal = await Portal.start({ engine, place: places.server });
      const one = await open(places.patient, portal.origin);
      const other = await open(places.provider, portal.origin);
      await portal.book('sam', 'dr-smith');
      if (blocked) places.patient.lose({ of: 'udp' });
      await one.page.goto(portal.page('patient', 'sam'));
      await one.page.getByRole('tab', { name: 'Active Session' }).click();
      await one.page.getByRole('button', { name: 'Start Call' }).click();
      await other.page.goto(portal.page('provider', 'dr-smith'));
      await other.page.getByRole('button', { name: /Sam Rivera/ }).click();
      await other.page.getByRole('button', { name: 'Start Call' }).click();
      return {
        patient: one.page,
        provider: other.page,
        places,
        freeAddress: () => network.freeAddress(),
        killServer: () => portal.kill(),
        runServer: () => portal.run(),
        async share(text) {
          await other.page.getByRole('textbox', { name: /^note/i }).fill(text);
          await other.page.getByRole('button', { name: 'Share', exact: true }).click();
        },
        async end() {
          await Promise.all([one.browser.close(), other.browser.close()]);
          await portal.stop();
          network.takeDown();
        },
      };
    };

  /** @type {Contestant} */
  const stock = async ({ blocked = false } = {}) => {
    const { network, places } = build();
    /** @type {import('node:child_process').ChildProcess} */
    let child;
    const run = async () => {
      const file = join(root, 'bench/recovery/stock/server.mjs');
      const [program, args] = places.server.inside(process.execPath, file, places.server.address, String(PORT));
      child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      if (child.stdout) await once(child.stdout, 'data');
    };
    const kill = async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    };
    await run();
    const origin = `http://${places.server.address}:${PORT}`;
    const one = await open(places.patient, origin);
    const other = await open(places.provider, origin);
    if (blocked) places.patient.lose({ of: 'udp' });
    await one.page.goto(`${origin}/?id=patient`);
    await one.page.locator('body[data-open]').waitFor();
    await other.page.goto(`${origin}/?id=provider&call=patient`);
    return {
      patient: one.page,
      provider: other.page,
      places,
      freeAddress: () => network.freeAddress(),
      killServer: kill,
      runServer: run,
      share: null,
      async end() {
        await Promise.all([one.browser.close(), other.browser.close()]);
        await kill();
        network.takeDown();
      },
    };
  };

  return { ...Object.fromEntries(engines.map((engine) => [engine, own(engine)])), 'stock peerjs': stock };
}

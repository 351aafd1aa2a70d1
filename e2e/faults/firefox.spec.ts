import type { Page } from '@playwright/test';
import { launchArgs, mediaArgs, resolveBrowser } from '../../scripts/browser.mjs';
import { FirefoxPerson } from '../support/firefox.js';
import { expectMedia } from '../support/net/media.js';
import { recordCall, type Counted } from '../support/net/recorder.js';
import { ENGINES } from '../support/net/test.js';
import { Portal, type Engine } from '../support/portal.js';
import { expect, test as base } from '../support/test.js';

interface Fixtures {
  engine: Engine;
  firefox: FirefoxPerson;
  chromiumPage: Page;
}

const test = base.extend<Fixtures>({
  engine: ['peerjs', { option: true }],
  portal: async ({ engine }, use) => {
    const portal = await Portal.start({ engine });
    await use(portal);
    await portal.stop();
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright wants to see what is asked for
  firefox: async ({}, use) => {
    const firefox = await FirefoxPerson.start();
    await use(firefox);
    await firefox.end();
  },
  chromiumPage: async ({ playwright }, use) => {
    const { executablePath, env } = await resolveBrowser();
    const browser = await playwright.chromium.launch({
      executablePath,
      env: { ...(process.env as Record<string, string>), ...env },
      args: [
        ...launchArgs,
        ...mediaArgs,
        // Instead of one; the second of them gives depth, which nobody can see.
        '--use-fake-device-for-media-stream=device-count=3',
        '--disable-features=WebRtcHideLocalIpsWithMdns',
        '--allow-loopback-in-peer-connection',
      ],
    });
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    await context.addInitScript(recordCall);
    await use(await context.newPage());
    await browser.close();
  },
});

/** Waits until picture and sound go on arriving there, sound that can be heard. */
async function expectMediaIn(firefox: FirefoxPerson): Promise<void> {
  const from = await firefox.arrived();
  const news = async (): Promise<readonly boolean[]> => {
    const now: Counted = await firefox.arrived();
    return [
      now.framesDecoded - from.framesDecoded >= 20,
      now.audioSamples - from.audioSamples >= 20_000,
      now.audioEnergy > from.audioEnergy,
    ];
  };
  await expect.poll(news, { timeout: 60_000, message: 'picture, sound, heard' }).toEqual([true, true, true]);
}

for (const engine of ENGINES) {
  test.describe(engine, () => {
    test.use({ engine });
    test.slow();

    for (const inFirefox of ['patient', 'provider'] as const) {
      test(`the ${inFirefox} in Firefox, the other in Chromium: both see and hear, what one turns off the other is told, another camera is taken over`, async ({
        portal,
        firefox,
        chromiumPage,
      }) => {
        await portal.book('sam', 'dr-smith');
        const patient = portal.page('patient', 'sam');
        const provider = portal.page('provider', 'dr-smith');
        const [theirName, page] = [inFirefox === 'patient' ? 'Sam Rivera' : 'Dr.', chromiumPage];
        if (inFirefox === 'patient') {
          await firefox.open(patient);
          await firefox.press('tab', 'Active Session');
          await firefox.press('button', 'Start Call');
          await page.goto(provider);
          await page.getByRole('button', { name: /Sam Rivera/ }).click();
          await page.getByRole('button', { name: 'Start Call' }).click();
        } else {
          await page.goto(patient);
          await page.getByRole('tab', { name: 'Active Session' }).click();
          await page.getByRole('button', { name: 'Start Call' }).click();
          await firefox.open(provider);
          await firefox.press('button', 'Sam Rivera');
          await firefox.press('button', 'Start Call');
        }
        await Promise.all([expectMedia(page), expectMediaIn(firefox)]);

        await test.step('what is turned off in Firefox, and on again', async () => {
          await firefox.press('button', 'Camera');
          await expect(page.getByText(new RegExp(`${theirName}.* has the camera off`)).first()).toBeVisible();
          await firefox.press('button', 'Camera');
          await expectMedia(page);
          await firefox.press('button', 'Microphone');
          await expect(page.getByText(new RegExp(`${theirName}.* has the microphone off`)).first()).toBeVisible();
          await firefox.press('button', 'Microphone');
          await expectMedia(page);
        });

        await test.step('what is turned off in Chromium, and on again', async () => {
          const camera = page.getByRole('button', { name: 'Camera', exact: true });
          await camera.click();
          await firefox.sees('has the camera off');
          await camera.click();
          await expectMediaIn(firefox);
        });

        await test.step('another camera in Chromium: its picture goes on in Firefox', async () => {
          await page.getByRole('button', { name: 'More', exact: true }).click();
          const cameras = page.locator('session-call select[name=camera]');
          const before = await cameras.inputValue();
          await cameras.selectOption({ index: 2 });
          await expect(cameras).not.toHaveValue(before);
          await expectMediaIn(firefox);
        });
      });
    }
  });
}

/** The stories as tests: each is rendered in Chromium, its play function runs, and axe finds nothing. */
import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import type { BrowserCommand } from 'vitest/node';
import type { Media } from './look.ts';
import { mediaArgs, playwrightLaunch } from '../scripts/browser.mjs';

const configDir = fileURLToPath(new URL('.', import.meta.url));

const emulateMedia: BrowserCommand<[Media]> = ({ page }, media) => page.emulateMedia(media);

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [storybookTest({ configDir })],
  test: {
    name: 'stories',
    allowOnly: false,
    setupFiles: [fileURLToPath(new URL('vitest.setup.ts', import.meta.url))],
    testTimeout: 20_000,
    browser: {
      enabled: true,
      headless: true,
      commands: { emulateMedia },
      screenshotFailures: false,
      provider: playwright({ launchOptions: await playwrightLaunch(mediaArgs) }),
      instances: [{ browser: 'chromium' }],
    },
  },
});

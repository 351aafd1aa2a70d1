/** The stories as tests: each is rendered in Chromium, its play function runs, and axe finds nothing. */
import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { mediaArgs, playwrightLaunch } from '../scripts/browser.mjs';

const configDir = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [storybookTest({ configDir })],
  test: {
    name: 'stories',
    allowOnly: false,
    testTimeout: 20_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: await playwrightLaunch(mediaArgs) }),
      instances: [{ browser: 'chromium' }],
    },
  },
});

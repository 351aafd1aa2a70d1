/** What only a real browser shows, without elements: cameras, calls, storage, locks. Fake devices, everything else is real. */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { mediaArgs, playwrightLaunch } from './scripts/browser.mjs';

export default defineConfig({
  // Packages are tested from their sources: no build is needed.
  resolve: { conditions: ['@active-session/source', 'module', 'browser', 'development'] },
  test: {
    name: 'browser',
    include: ['packages/*/src/**/*.browser.test.ts'],
    allowOnly: false,
    restoreMocks: true,
    testTimeout: 60_000,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: await playwrightLaunch(mediaArgs) }),
      instances: [{ browser: 'chromium' }],
    },
  },
});

/** The journeys. Nothing is started here: what a journey needs, its fixtures start and end. */
import { defineConfig } from '@playwright/test';
import { mediaArgs, playwrightLaunch } from '../scripts/browser.mjs';

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'journeys', testMatch: '*.spec.ts', testIgnore: 'faults/**' },
    // Longer ones, in which much goes wrong: `pnpm test:faults`.
    { name: 'faults', testMatch: 'faults/*.spec.ts' },
  ],
  outputDir: '../test-results/journeys',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // Generous, because two browsers and a server share two cores here. Nothing is timed.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: process.env.RESULTS ? [['list'], ['json', { outputFile: process.env.RESULTS }]] : [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: await playwrightLaunch(mediaArgs),
    permissions: ['camera', 'microphone'],
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});

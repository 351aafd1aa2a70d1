/** The journeys. Nothing is started here: what a journey needs, its fixtures start and end. */
import { defineConfig } from '@playwright/test';
import { mediaArgs, playwrightLaunch } from '../scripts/browser.mjs';

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'journeys', testMatch: '*.spec.ts', testIgnore: 'faults/**' },
    // Longer ones, in which much goes wrong: `pnpm test:faults`.
    {
      name: 'faults',
      testMatch: 'faults/*.spec.ts',
      testIgnore: 'faults/{network,relay,firefox}.spec.ts',
    },
    // On a network of their own, one after the other: what is broken is the network itself.
    { name: 'network', testMatch: 'faults/network.spec.ts', workers: 1 },
    { name: 'relay', testMatch: 'faults/relay.spec.ts', workers: 1 },
    { name: 'firefox', testMatch: 'faults/firefox.spec.ts', workers: 1 },
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

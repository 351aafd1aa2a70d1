/** The elements, tested in a real browser from their sources. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { mediaArgs, playwrightLaunch } from './scripts/browser.mjs';

/** Writes every test with its outcome to the file that RESULTS names, for scripts/test.mjs to add up. */
function jsonReporter() {
  const flat = (/** @type {any} */ suite, /** @type {string[]} */ path) => [
    ...suite.tests.map((/** @type {any} */ test) => ({
      name: [...path, test.name].join(' > '),
      status: test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed',
    })),
    ...suite.suites.flatMap((/** @type {any} */ inner) => flat(inner, [...path, inner.name])),
  ];
  return {
    onTestRunFinished(/** @type {{ sessions: any[] }} */ { sessions }) {
      const file = process.env.RESULTS;
      if (!file) return;
      const tests = sessions.flatMap((session) => {
        const found = session.testResults ? flat(session.testResults, []) : [];
        // A file that does not load, or logs an error outside of a test, has no failed test to show for it.
        const broken = !session.passed && !found.some((test) => test.status === 'failed');
        return broken ? [...found, { name: String(session.testFile), status: 'failed' }] : found;
      });
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(tests));
    },
  };
}

export default {
  files: 'packages/elements/src/**/*.test.ts',
  rootDir: '.',
  nodeResolve: { exportConditions: ['@active-session/source', 'browser', 'development'] },
  // esbuild follows no "extends", so it is given the file that has the decorator settings.
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.base.json' })],
  browsers: [playwrightLauncher({ product: 'chromium', launchOptions: await playwrightLaunch(mediaArgs) })],
  concurrency: 2,
  testsFinishTimeout: 300_000,
  testFramework: { config: { timeout: 10_000, forbidOnly: true } },
  reporters: [defaultReporter({ reportTestProgress: false }), jsonReporter()],
};

/** `pnpm prove mutants`: faults planted in core's rules and machines, which its tests have to find. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {ConstructorParameters<typeof import('@stryker-mutator/core').Stryker>[0]} */
export default {
  packageManager: 'pnpm',
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/prove/mutants.vitest.config.ts', related: true },
  plugins: ['@stryker-mutator/vitest-runner', './scripts/lib/mutant-ignorers.mjs'],
  ignorers: ['types', 'narrowing', 'impossible'],
  mutate: [
    'packages/core/src/**/*.rules.ts',
    'packages/core/src/**/*.machine.ts',
    'packages/core/src/call/call.{actors,context}.ts',
    'packages/core/src/client/{directory,follow,owner,server-clock}.ts',
  ],
  // The copy that is mutated is outside of the tree, so that nothing else looks at it.
  tempDirName: join(tmpdir(), 'active-session-mutants'),
  ignorePatterns: [
    '/*',
    '!/packages',
    '/packages/*',
    '!/packages/{core,testing}',
    '!/scripts',
    '!/package.json',
    '!/tsconfig.base.json',
    'dist',
  ],
  // A name that is none does not compile, or the machine does not start; what is left of strings is words.
  mutator: { excludedMutations: ['StringLiteral'] },
  coverageAnalysis: 'perTest',
  timeoutMS: 6_000,
  concurrency: 2,
  disableTypeChecks: true,
  reporters: ['clear-text', 'progress-append-only', 'html'],
  htmlReporter: { fileName: 'test-results/mutants.html' },
  cleanTempDir: 'always',
  thresholds: { high: 95, low: 90, break: 90 },
  allowConsoleColors: false,
};

/** The unit tests: everything that needs no browser. The stories have a config of their own in .storybook/. */
import { defineConfig } from 'vitest/config';

const conditions = ['@active-session/source', 'module', 'node', 'import', 'default'];

export default defineConfig({
  // Packages are tested from their sources: no build is needed.
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    name: 'unit',
    include: ['{packages,examples}/*/src/**/*.test.ts', 'packages/elements/{look,words}/*.test.ts', 'e2e/*.test.ts'],
    exclude: ['packages/elements/src/**', '**/*.browser.test.ts', '**/node_modules/**', '**/dist/**'],
    allowOnly: false,
    restoreMocks: true,
    testTimeout: 30_000,
  },
});

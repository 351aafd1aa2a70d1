import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = join(import.meta.dirname, '../..');
const conditions = ['@active-session/source', 'module', 'node', 'import', 'default'];
/** The packages of this copy of the repository, where node_modules links to those of the original. */
const alias = [
  { find: '@active-session/core/contract', replacement: join(root, 'packages/core/src/contract.ts') },
  { find: '@active-session/core', replacement: join(root, 'packages/core/src/index.ts') },
  { find: '@active-session/testing/contracts', replacement: join(root, 'packages/testing/src/contracts.ts') },
  { find: '@active-session/testing', replacement: join(root, 'packages/testing/src/index.ts') },
];

export default defineConfig({
  root,
  resolve: { conditions, alias },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/core/src/**/*.test.ts'],
    // These are slow, and what they find others find too.
    exclude: ['**/{runtime,zones,history}.test.ts', '**/node_modules/**'],
    testTimeout: 30_000,
  },
});

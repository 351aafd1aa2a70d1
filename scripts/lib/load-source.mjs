/** Loads a TypeScript module of the packages as the tests do: from the sources, of which nothing is built. */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from './run.mjs';

/** @param {string} path from the root @returns {Promise<any>} */
export async function loadSource(path) {
  const resolve = { conditions: ['@active-session/source'], noExternal: [/^@active-session\//] };
  const { module } = await runnerImport(join(root, path), {
    root,
    logLevel: 'error',
    environments: { inline: { resolve } },
  });
  return module;
}

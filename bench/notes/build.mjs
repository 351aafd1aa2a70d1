/** Bundles a page for each contestant, for production. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, defaultClientConditions } from 'vite';
import { root } from '../../scripts/lib/run.mjs';

const here = join(root, 'bench/notes');

/** @returns {string[]} their names: those of the files */
export function contestants() {
  return readdirSync(join(here, 'contestants')).map((file) => file.replace(/\.[jt]s$/, ''));
}

export async function buildPages(/** @type {string[]} */ names) {
  const folder = join(root, 'node_modules/.cache/bench/notes');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'src'), { recursive: true });
  for (const name of names) {
    const entry = join(folder, 'src', `${name}.ts`);
    const text = `import { run } from '${here}/page.ts';\nimport { contestant } from '${here}/contestants/${name}';\nrun(contestant);\n`;
    writeFileSync(entry, text);
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      mode: 'production',
      define: { 'process.env.NODE_ENV': '"production"' },
      resolve: { conditions: ['@active-session/source', ...defaultClientConditions] },
      build: {
        outDir: join(folder, 'dist'),
        emptyOutDir: false,
        target: 'es2022',
        lib: { entry, formats: ['iife'], name: 'page', fileName: () => `${name}.js` },
      },
    });
  }
  return join(folder, 'dist');
}

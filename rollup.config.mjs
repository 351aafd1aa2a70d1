/**
 * One build for every package. Called in a package's folder, it makes
 *  - the library: unbundled ES modules and their types in dist/, for packages and for what an example runs on Node;
 *  - where the package is listed below, a bundle for browsers with everything inside.
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join, relative, resolve } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';

const notShipped = ['**/*.test.ts', '**/*.stories.ts', '**/test-support/**'];

/** The plugin takes its files from a tsconfig only, so the package's own one is narrowed to what is shipped. */
function shippedTsconfig(/** @type {string} */ folder) {
  const cache = join(folder, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const file = join(cache, 'tsconfig.build.json');
  const up = relative(cache, folder);
  const exclude = notShipped.map((pattern) => `${up}/src/${pattern}`);
  writeFileSync(file, JSON.stringify({ extends: `${up}/tsconfig.json`, include: [`${up}/src`], exclude }));
  return file;
}

/** Types of other packages come from their dist, as they will for everybody else: no source condition here. */
function compile(/** @type {string} */ folder, /** @type {object} */ options) {
  return typescript({
    tsconfig: shippedTsconfig(folder),
    noEmit: false,
    noEmitOnError: true,
    customConditions: [],
    sourceMap: true,
    inlineSources: true,
    rootDir: join(folder, 'src'),
    ...options,
  });
}

/** A warning is an error, unless it is about somebody else's code or a file of types only. */
function onwarn(/** @type {import('rollup').RollupLog} */ warning) {
  if (warning.code === 'EMPTY_BUNDLE') return;
  if ([warning.id, ...(warning.ids ?? [])].some((id) => id?.includes('node_modules'))) return;
  const { file, line } = warning.loc ?? {};
  throw new Error(`${file ? `${relative(process.cwd(), file)}:${line} ` : ''}${warning.message}`);
}

/** Every bare import stays an import, and must be declared: pnpm would find an undeclared one of the root's. */
function external(/** @type {Record<string, any>} */ manifest) {
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  return (/** @type {string} */ id) => {
    if (/^[./\0]/.test(id)) return false;
    const name = id.match(/^(@[^/]+\/)?[^/]+/)?.[0] ?? id;
    if (isBuiltin(id) || name in declared) return true;
    throw new Error(`${manifest.name} imports ${id}, which its package.json does not list as a dependency`);
  };
}

function library(/** @type {string} */ folder, /** @type {Record<string, any>} */ manifest) {
  const sources = Object.values(manifest.exports ?? {}).flatMap((entry) => entry['@active-session/source'] ?? []);
  const input = globSync(sources.length > 0 ? sources : 'src/*.ts', { cwd: folder, exclude: notShipped });
  return {
    input,
    external: external(manifest),
    onwarn,
    plugins: [
      { name: 'clean', buildStart: () => rmSync(join(folder, 'dist'), { recursive: true, force: true }) },
      compile(folder, { outDir: join(folder, 'dist'), declaration: sources.length > 0 }),
    ],
    output: { dir: 'dist', format: 'es', sourcemap: true, preserveModules: true, preserveModulesRoot: 'src' },
  };
}

/** Everything inside, minified; dynamic imports become chunks beside it. */
function bundle(/** @type {Record<string, string>} */ input, /** @type {string} */ dir, /** @type {object[]} */ first) {
  return {
    input,
    onwarn,
    plugins: [
      ...first,
      replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': JSON.stringify('production') } }),
      // Naming "production" keeps the plugin from adding the "development" condition by itself.
      nodeResolve({ browser: true, exportConditions: ['production'] }),
      commonjs(),
      terser(),
    ],
    output: {
      dir,
      format: 'es',
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
    },
  };
}

/** The browser bundles, by package. embed's starts from its library, so that nothing is compiled twice. */
const bundles = {
  '@active-session/embed': () => [bundle({ 'active-session': 'dist/index.js' }, 'dist', [])],
  '@active-session/example-portal': (/** @type {string} */ folder) => {
    const pages = globSync('src/pages/*.ts', { cwd: folder, exclude: notShipped });
    if (pages.length === 0) return [];
    const input = Object.fromEntries(pages.map((page) => [basename(page, '.ts'), page]));
    return [bundle(input, 'dist/pages', [compile(folder, { outDir: join(folder, 'dist/pages'), declaration: false })])];
  },
};

export default function build() {
  const folder = resolve(process.cwd());
  const manifestFile = join(folder, 'package.json');
  if (!existsSync(join(folder, 'src'))) throw new Error(`${folder} has no src folder: run this in a package`);
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const more = bundles[/** @type {keyof typeof bundles} */ (manifest.name)]?.(folder) ?? [];
  return [library(folder, manifest), ...more];
}

/**
 * Builds what has changed, dependencies first, two packages at a time. A package is skipped when the hash of its
 * sources, its settings and its dependencies' hashes is the one of its last good build.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { cache, root, run, since } from './lib/run.mjs';

/** @typedef {{ name: string, folder: string, needs: string[] }} Package */

/** @returns {Map<string, Package>} every workspace package that has a build, by name */
function packages() {
  const found = new Map();
  for (const file of globSync(['packages/*/package.json', 'examples/*/package.json'], { cwd: root }).sort()) {
    const manifest = JSON.parse(readFileSync(join(root, file), 'utf8'));
    if (!manifest.scripts?.build) continue;
    const imported = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const needs = imported.filter((name) => name.startsWith('@active-session/'));
    found.set(manifest.name, { name: manifest.name, folder: join(root, file, '..'), needs });
  }
  return found;
}

const hashOf = (/** @type {string[]} */ parts) => createHash('sha256').update(parts.join('\0')).digest('hex');
const hashFiles = (/** @type {string} */ folder, /** @type {string[]} */ files) =>
  hashOf(files.sort().flatMap((file) => [file, readFileSync(join(folder, file), 'utf8')]));

/** @returns {(name: string) => string} what a package's build depends on, as one hash */
function hasher(/** @type {Map<string, Package>} */ all) {
  const shared = hashFiles(root, ['tsconfig.base.json', 'rollup.config.mjs', 'pnpm-lock.yaml']);
  const known = new Map();
  return function hash(name) {
    if (!known.has(name)) {
      const { folder, needs } = all.get(name) ?? missing(name);
      const sources = globSync('src/**/*.*', { cwd: folder, exclude: ['**/*.test.ts', '**/*.stories.ts'] });
      const own = hashFiles(folder, [...sources, 'package.json', 'tsconfig.json']);
      known.set(name, hashOf([shared, own, ...needs.map(hash)]));
    }
    return known.get(name);
  };
}

/** @returns {never} */
function missing(/** @type {string} */ name) {
  throw new Error(`${name} is a dependency, but no package of that name has a build`);
}

/** Rollup's own stack says nothing about our error. */
const withoutStack = (/** @type {string} */ text) =>
  stripVTControlCharacters(text)
    .replace(/^\s+at .*\n?/gm, '')
    .trim();

/** Builds all that is not fresh. @returns {Promise<boolean>} whether everything was built */
export async function build() {
  const all = packages();
  const hash = hasher(all);
  const width = Math.max(...[...all.keys()].map((name) => name.length));
  const stamps = join(cache, 'build');
  mkdirSync(stamps, { recursive: true });

  /** @type {Map<string, Promise<boolean>>} */
  const jobs = new Map();
  let free = 2;
  /** @type {(() => void)[]} */
  const waiting = [];
  const enter = async () => (free > 0 ? void free-- : new Promise((/** @type {any} */ go) => waiting.push(go)));
  const leave = () => (waiting.length > 0 ? waiting.shift()?.() : free++);
  const say = (/** @type {string} */ name, /** @type {string} */ text) =>
    process.stdout.write(`  ${name.padEnd(width)}  ${text}\n`);

  const one = async (/** @type {Package} */ { name, folder, needs }) => {
    const ready = await Promise.all(needs.map(job));
    if (ready.includes(false)) {
      say(name, 'not built: a dependency failed');
      return false;
    }
    const stamp = join(stamps, `${basename(folder)}.hash`);
    const now = hash(name);
    if (existsSync(join(folder, 'dist')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
      say(name, 'unchanged');
      return true;
    }
    await enter();
    const start = performance.now();
    rmSync(stamp, { force: true });
    const { code, output } = await run('rollup', ['-c', join(root, 'rollup.config.mjs'), '--silent'], { cwd: folder });
    leave();
    if (code === 0) writeFileSync(stamp, now);
    say(name, code === 0 ? `built in ${since(start)}` : `FAILED after ${since(start)}\n${withoutStack(output)}`);
    return code === 0;
  };
  /** @returns {Promise<boolean>} */
  function job(/** @type {string} */ name) {
    const running = jobs.get(name) ?? one(all.get(name) ?? missing(name));
    jobs.set(name, running);
    return running;
  }
  return (await Promise.all([...all.keys()].map(job))).every(Boolean);
}

if (import.meta.main) process.exitCode = (await build()) ? 0 : 1;

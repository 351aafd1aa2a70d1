/**
 * `pnpm bench <what>`: figures, and which goals they meet. Each is a folder of bench/ with a bench.mjs that exports `about`
 * (a line for the help) and `bench(arguments)`, which resolves to whether the goals that could be judged are met.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/run.mjs';

const folder = join(root, 'bench');
const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'bench.mjs')));
const [what, ...rest] = process.argv.slice(2).filter((argument) => argument !== '--');

/** @returns {Promise<{ about: string, bench: (args: string[]) => Promise<boolean> }>} */
const load = (/** @type {string} */ name) => import(pathToFileURL(join(folder, name, 'bench.mjs')).href);

if (what === undefined || !names.includes(what)) {
  const isHelp = what === undefined || what === 'help' || what === '--help';
  const lines = await Promise.all(names.map(async (name) => `  ${name.padEnd(12)} ${(await load(name)).about}`));
  const text = `${isHelp ? '' : `There is no "${what}".\n`}pnpm bench <what>\n\n${lines.join('\n')}\n`;
  (isHelp ? process.stdout : process.stderr).write(text);
  process.exit(isHelp ? 0 : 1);
}
const { bench } = await load(what);
process.exit((await bench(rest)) ? 0 : 1);

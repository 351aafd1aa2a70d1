/**
 * `pnpm prove <what>`: longer evidence than `pnpm test` has time for. Each is a file of scripts/prove/ that exports
 * `about` (a line for the help) and `prove(arguments)`, which resolves to whether it holds.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/run.mjs';

const folder = join(root, 'scripts/prove');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .sort();
const [what, ...rest] = process.argv.slice(2).filter((argument) => argument !== '--');

/** @returns {Promise<{ about: string, prove: (args: string[]) => Promise<boolean> }>} */
const load = (/** @type {string} */ name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);

if (what === undefined || !names.includes(what)) {
  const isHelp = what === undefined || what === 'help' || what === '--help';
  const lines = await Promise.all(names.map(async (name) => `  ${name.padEnd(12)} ${(await load(name)).about}`));
  const text = `${isHelp ? '' : `There is no "${what}".\n`}pnpm prove <what>\n\n${lines.join('\n')}\n`;
  (isHelp ? process.stdout : process.stderr).write(text);
  process.exit(isHelp ? 0 : 1);
}
const { prove } = await load(what);
process.exit((await prove(rest)) ? 0 : 1);

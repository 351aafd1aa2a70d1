/** What the benchmarks compare with has a lockfile of its own, so that nobody else installs it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const folder = join(root, 'bench');

/** Installs the peers, if what is installed is not what the lockfile says. */
export async function installPeers() {
  const [wanted, installed] = [join(folder, 'pnpm-lock.yaml'), join(folder, 'node_modules/.pnpm/lock.yaml')];
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(wanted, 'utf8')) return;
  process.stdout.write('Installing what the benchmarks compare with…\n');
  const args = ['install', '--ignore-workspace', '--frozen-lockfile'];
  // Of the package manager that runs this; it need not be on the path.
  const self = process.env['npm_execpath'];
  const [command, first] = self && /\.c?js$/.test(self) ? [process.execPath, [self]] : [self ?? 'pnpm', []];
  const { code, output } = await run(command, [...first, ...args], { cwd: folder });
  if (code !== 0) throw new Error(`The peers of the benchmarks could not be installed.\n${output}`);
}

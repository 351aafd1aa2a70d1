/** Builds what has changed, then starts the portal example. */
import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { root, since } from './lib/run.mjs';

const start = performance.now();
process.stdout.write('Building …\n');
if (!(await build())) process.exit(1);
process.stdout.write(`Built in ${since(start)}.\n\n`);

const portal = spawn(process.execPath, ['examples/portal/dist/start.js', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => portal.kill(signal));
portal.on('exit', (code) => (process.exitCode = code ?? 0));

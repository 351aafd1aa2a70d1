#!/usr/bin/env node
/** The command line: without a command it starts the server. */
import { runCommand } from './cli/run.js';
import { start } from './cli/start.js';
import { systemClock } from './clock.js';
import { ConfigError } from './config.js';

const args = process.argv.slice(2);
if (args.length === 0) {
  start().catch((error: unknown) => {
    const known = error instanceof ConfigError || (error instanceof Error && 'code' in error);
    process.stderr.write(`active-session-server: ${error instanceof Error ? error.message : String(error)}\n`);
    if (!known && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
    process.exit(1);
  });
} else {
  // Who reads no further has what they wanted.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  // Not `exit`: a long answer may still be on its way into a pipe.
  process.exitCode = await runCommand(args, {
    env: process.env,
    clock: systemClock,
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  });
}

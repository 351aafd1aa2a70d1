import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../test-support/harness.js';
import { begin, check, COMMANDS, sequences, take } from '../test-support/sequence.js';

/** More by `pnpm prove sequences`. */
const RUNS = Number(process.env['PROVE_RUNS'] ?? 30);
const SEED = Number(process.env['PROVE_SEED'] ?? 20_261_122);

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
});

test(
  'whatever three people do in whatever order, restarts included, the invariants of a session hold after each step',
  { timeout: 60_000 + RUNS * 2_000 },
  async () => {
    let made = 0;
    let steps = 0;
    const done = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(sequences, async ({ startsIn, steps: sequence }) => {
        made += 1;
        const run = await begin(server, made, startsIn);
        for (const step of sequence) {
          await take(run, step);
          await check(run);
          steps += 1;
        }
        for (const [command, count] of run.done) done.set(command, (done.get(command) ?? 0) + count);
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: process.env['PROVE_RUNS'] === undefined },
    );
    // A run in which nothing could be done would show nothing.
    for (const command of COMMANDS) expect(done.get(command) ?? 0, command).toBeGreaterThan(0);
    if (process.env['PROVE_RUNS'] !== undefined)
      process.stdout.write(
        `${made} sequences, ${steps} steps, seed ${SEED}, done: ${JSON.stringify(Object.fromEntries(done))}\n`,
      );
  },
);

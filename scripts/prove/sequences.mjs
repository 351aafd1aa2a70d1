import { proveTest } from '../lib/prove-test.mjs';

export const about = '2,000 random sequences of what three people do, on the real server, with restarts';

export const prove = (/** @type {string[]} */ args) =>
  proveTest({ file: 'packages/server/src/sequences.test.ts', runs: 2_000, inMemory: true }, args);

import { proveTest } from '../lib/prove-test.mjs';

export const about = '1,000 times kill -9 of the server under write load: nothing acknowledged is lost or doubled';

export const prove = (/** @type {string[]} */ args) =>
  proveTest({ file: 'packages/server/src/crash.test.ts', title: 'kill -9', runs: 1_000 }, args);

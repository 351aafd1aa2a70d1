import { proveTest } from '../lib/prove-test.mjs';

export const about =
  '20,000 requests made from the OpenAPI document, and event ids and frames of signalling beside them';

export const prove = (/** @type {string[]} */ args) =>
  proveTest({ file: 'packages/server/src/fuzz.test.ts', runs: 20_000, inMemory: true }, args);

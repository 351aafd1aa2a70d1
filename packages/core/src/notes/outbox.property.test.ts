import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isRejected } from '../test-support/named-property.js';
import type { Backend } from '../ports/backend.port.js';
import type { StoragePort } from '../ports/platform.port.js';
import { randomId } from '../random-id.js';
import { outboxProperty, type Plant } from './test-support/outbox-history.js';
import { quickCrypto } from './test-support/quick-cipher.js';

const SEED = 20_260_107;

beforeEach(() => vi.stubGlobal('crypto', quickCrypto()));
afterEach(() => {
  vi.unstubAllGlobals();
});

it('whatever goes wrong, each shared note is there once and in order, and no draft is lost or shared', async () => {
  const { report } = await outboxProperty().check({ seed: SEED, runs: 200 });
  expect(report).toBe('');
}, 60_000);

describe('the property rejects', () => {
  const add =
    (
      change: (add: NonNullable<Backend['notes']['add']>) => NonNullable<Backend['notes']['add']>,
    ): NonNullable<Plant['backend']> =>
    ({ notes, ...rest }) => ({ ...rest, notes: { ...notes, add: change(notes.add!.bind(notes)) } });

  it.each<[string, Plant]>([
    [
      'a note that is sent under another name each time',
      {
        backend: add((send) => (id, note, options) => {
          const name = randomId();
          return send(id, { ...note, id: name }, { ...options, idempotencyKey: name });
        }),
      },
    ],
    [
      'a device that forgets',
      { storage: (storage: StoragePort) => ({ ...storage, set: (key) => storage.delete(key) }) },
    ],
    [
      'a device that keeps what is done',
      { storage: (storage: StoragePort) => ({ ...storage, delete: async () => undefined }) },
    ],
  ])('%s', async (_, plant) => {
    expect(await isRejected([outboxProperty(plant)], { seed: SEED, runs: 200 })).toBe(true);
  });
});

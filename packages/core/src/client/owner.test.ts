import { describe, expect, it } from 'vitest';
import type { StoragePort } from '../ports/platform.port.js';
import { claimStorage, wipeStorage } from './owner.js';

const draft = new Uint8Array([1, 2, 3]);

function storageOf(stored: Map<string, Uint8Array>): StoragePort {
  return {
    get: async (key) => stored.get(key),
    set: async (key, value) => void stored.set(key, value),
    delete: async (key) => void stored.delete(key),
    keys: async () => [...stored.keys()],
  };
}

/** As where a browser allows no storage at all. */
const forbidden: StoragePort = {
  get: () => Promise.reject(new Error('SecurityError')),
  set: () => Promise.reject(new Error('SecurityError')),
  delete: () => Promise.reject(new Error('SecurityError')),
  keys: () => Promise.reject(new Error('SecurityError')),
};

describe('what this device keeps belongs to one person at a time', () => {
  it('the same person finds it again', async () => {
    const stored = new Map<string, Uint8Array>();
    await claimStorage(storageOf(stored), 'ann');
    stored.set('draft', draft);
    await claimStorage(storageOf(stored), 'ann');
    expect(stored.get('draft')).toEqual(draft);
  });

  it.each([
    ['bob', 'ann'],
    ['ann', 'anna'],
    ['anna', 'ann'],
    ['ann', 'Ann'],
    // The same in their lower bytes.
    ['\u0161', '\u0261'],
    ['\u0161', 'a'],
  ])('%j does not find what %j left', async (next, before) => {
    const stored = new Map<string, Uint8Array>();
    await claimStorage(storageOf(stored), before);
    stored.set('draft', draft);
    await claimStorage(storageOf(stored), next);
    expect(stored.has('draft')).toBe(false);
    stored.set('draft', draft);
    await claimStorage(storageOf(stored), next);
    expect(stored.has('draft')).toBe(true);
  });

  it('what nobody claimed is nobody’s to find', async () => {
    const stored = new Map([['draft', draft]]);
    await claimStorage(storageOf(stored), 'ann');
    expect(stored.has('draft')).toBe(false);
  });

  it('wiping leaves nothing, also where one thing can not be deleted', async () => {
    const stored = new Map([
      ['a', draft],
      ['b', draft],
      ['c', draft],
    ]);
    const storage: StoragePort = {
      ...storageOf(stored),
      delete: async (key) => {
        if (key === 'b') throw new Error('Busy.');
        stored.delete(key);
      },
    };
    await wipeStorage(storage);
    expect([...stored.keys()]).toEqual(['b']);
  });

  it('where a browser forbids storage nothing fails over it', async () => {
    await expect(claimStorage(forbidden, 'ann')).resolves.toBeUndefined();
    await expect(wipeStorage(forbidden)).resolves.toBeUndefined();
  });
});

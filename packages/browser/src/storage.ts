import { SessionError } from '@active-session/core';
import type { StoragePort } from '@active-session/core';
import { createStore, del, get, keys, set } from 'idb-keyval';
import type { UseStore } from 'idb-keyval';

/** Bytes in an IndexedDB database of that name. @throws SessionError `not-supported` where the browser keeps nothing */
export function createStorage(database: string): StoragePort {
  let opened: UseStore | undefined;

  const withStore = async <T>(use: (store: UseStore) => Promise<T>): Promise<T> => {
    if (typeof indexedDB === 'undefined') throw unsupported();
    try {
      return await use((opened ??= createStore(database, 'bytes')));
    } catch (cause) {
      throw unsupported(cause);
    }
  };

  return {
    async get(key) {
      const value = await withStore((store) => get<unknown>(key, store));
      return value instanceof Uint8Array ? value : undefined;
    },
    set: (key, value) => withStore((store) => set(key, value, store)),
    delete: (key) => withStore((store) => del(key, store)),
    async keys() {
      const found = await withStore((store) => keys(store));
      return found.filter((key) => typeof key === 'string');
    },
  };
}

/** Private windows, a full disk, and settings that forbid storage all end here. */
function unsupported(cause?: unknown): SessionError {
  return new SessionError('not-supported', 'This browser keeps nothing for this page.', { cause });
}

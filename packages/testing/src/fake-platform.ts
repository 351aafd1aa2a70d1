import type { Clock, Platform, SeatsPort, StoragePort, TabMessage, WakeReason } from '@active-session/core';

/** Where a page runs, in memory. */
export interface FakePlatform extends Platform {
  /** What storage holds now. */
  readonly stored: ReadonlyMap<string, Uint8Array>;
  /** The page wakes, or is going away. */
  wakeUp(reason: WakeReason): void;
}

export interface FakePlatformOptions {
  readonly clock: Clock;
  /** Another tab of the same browser: storage and seats are shared with it. */
  readonly besides?: FakePlatform;
}

interface Holder {
  readonly onLost: () => void;
}

interface FakeBrowser {
  readonly stored: Map<string, Uint8Array>;
  readonly holders: Map<string, Holder>;
  readonly tabs: Set<(message: TabMessage) => void>;
}

const browsers = new WeakMap<FakePlatform, FakeBrowser>();

export function createFakePlatform({ clock, besides }: FakePlatformOptions): FakePlatform {
  const browser = (besides && browsers.get(besides)) ?? {
    stored: new Map(),
    holders: new Map(),
    tabs: new Set(),
  };
  const listeners = new Set<(reason: WakeReason) => void>();
  const own = new Set<(message: TabMessage) => void>();
  const platform: FakePlatform = {
    clock,
    storage: storageOf(browser),
    seats: seatsOf(browser),
    wake: {
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    tabs: {
      post(message) {
        for (const listener of [...browser.tabs]) if (!own.has(listener)) listener(message);
      },
      subscribe(listener) {
        own.add(listener);
        browser.tabs.add(listener);
        return () => {
          own.delete(listener);
          browser.tabs.delete(listener);
        };
      },
    },
    stored: browser.stored,
    wakeUp(reason) {
      for (const listener of [...listeners]) listener(reason);
    },
  };
  browsers.set(platform, browser);
  return platform;
}

function storageOf({ stored }: FakeBrowser): StoragePort {
  return {
    get: async (key) => stored.get(key)?.slice(),
    set: async (key, value) => void stored.set(key, value.slice()),
    delete: async (key) => void stored.delete(key),
    keys: async () => [...stored.keys()],
  };
}

function seatsOf({ holders }: FakeBrowser): SeatsPort {
  return {
    async hold(name, { steal, onLost, signal }) {
      signal.throwIfAborted();
      const before = holders.get(name);
      if (before !== undefined && !steal) return null;
      const holder: Holder = { onLost };
      const release = (): void => {
        if (holders.get(name) === holder) holders.delete(name);
      };
      holders.set(name, holder);
      signal.addEventListener('abort', release, { once: true });
      before?.onLost();
      return release;
    },
  };
}

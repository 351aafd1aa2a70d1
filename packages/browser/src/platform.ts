import type { Clock, Platform } from '@active-session/core';
import { createSeats } from './seats.js';
import { createStorage } from './storage.js';
import { createTabs } from './tabs.js';
import { createWake } from './wake.js';

export interface BrowserPlatformOptions {
  /** Keeps the storage and seats of two portals on one origin apart. Default `active-session`. */
  readonly namespace?: string;
}

/**
 * What a page offers to core. Nothing is touched before it is used, so it can be made and imported in Node.
 *
 * - storage: IndexedDB; rejects with `not-supported` where there is none
 * - seats: Web Locks; rejects with `not-supported` where there are none (old browsers, plain http), and the server's lease
 *   alone keeps two tabs apart
 * - tabs: a BroadcastChannel
 * - wake: visibility, network, the back/forward cache, and the gap that sleep leaves in a timer
 */
export function createBrowserPlatform({ namespace = 'active-session' }: BrowserPlatformOptions = {}): Platform {
  return {
    clock,
    storage: createStorage(namespace),
    seats: createSeats(namespace),
    wake: createWake(),
    tabs: createTabs(namespace),
  };
}

const clock: Clock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout> | undefined),
};

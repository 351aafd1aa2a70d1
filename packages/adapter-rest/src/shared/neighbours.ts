import { watchPageLife, type PageLife } from './page-life.js';
import { readTabMessage, type TabMessage } from './tab-messages.js';

/** What a browser must have for its tabs to know of each other. */
export interface Browser {
  readonly page: PageLife;
  readonly locks: Pick<LockManager, 'request'>;
  readonly openChannel: (name: string) => BroadcastChannel;
}

/** Null where tabs can't know of each other: in Node, in old browsers, over plain http. */
export function browserHere(): Browser | null {
  if (typeof document === 'undefined' || typeof BroadcastChannel === 'undefined') return null;
  const { locks } = navigator as Partial<Navigator>;
  if (locks === undefined) return null;
  return { page: watchPageLife(window, document), locks, openChannel: (name) => new BroadcastChannel(name) };
}

export interface NeighboursOptions {
  readonly browser: Browser;
  /** Of the channel and of the lock: tabs of one person with one backend have the same. */
  readonly name: string;
  readonly onMessage: (message: TabMessage) => void;
  /** This is the one that shares its stream. */
  readonly onElected: () => void;
  /** It is not any more: somebody took it away. */
  readonly onDeposed: () => void;
}

export interface Neighbours {
  readonly post: (message: TabMessage) => void;
  /** Waits to be the one that shares; the second time is none. */
  readonly stand: () => void;
  /** Frees the lock and the channel. */
  readonly leave: () => void;
}

/** @returns null where the browser allows no channel here */
export function meetNeighbours(options: NeighboursOptions): Neighbours | null {
  const { browser, name, onMessage, onElected, onDeposed } = options;
  let channel: BroadcastChannel;
  try {
    channel = browser.openChannel(name);
  } catch {
    return null;
  }
  const left = new AbortController();
  let stands = false;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = readTabMessage(data);
    if (message !== null && !left.signal.aborted) onMessage(message);
  };

  const request = async (): Promise<void> => {
    const lock = { isHeld: false };
    try {
      await browser.locks.request(name, { signal: left.signal }, () => {
        if (left.signal.aborted) return undefined;
        lock.isHeld = true;
        onElected();
        return released;
      });
    } catch {
      // Given up, refused by the browser, or stolen.
      if (lock.isHeld && !left.signal.aborted) onDeposed();
    }
  };

  return {
    post(message) {
      if (!left.signal.aborted) channel.postMessage(message);
    },
    stand() {
      if (stands || left.signal.aborted) return;
      stands = true;
      void request();
    },
    leave() {
      left.abort();
      release();
      channel.close();
    },
  };
}

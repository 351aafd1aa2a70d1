import type { MediaConnection } from 'peerjs';

/** Calls of peers that nobody has named yet. Until one is answered there is no connection behind it. */
export interface HeldCalls {
  /** Keeps the newest call of each peer for 5 s, and of few peers. */
  hold(call: MediaConnection): void;
  /** Gives the call of this peer out, if there is one. */
  take(peerId: string): MediaConnection | undefined;
  clear(): void;
}

const holdFor = 5_000;
const limit = 4;

export function createHeldCalls(): HeldCalls {
  const held = new Map<string, { readonly call: MediaConnection; readonly timer: ReturnType<typeof setTimeout> }>();

  const take = (peerId: string) => {
    const entry = held.get(peerId);
    if (!entry) return undefined;
    clearTimeout(entry.timer);
    held.delete(peerId);
    return entry.call;
  };
  const drop = (peerId: string) => take(peerId)?.close();

  return {
    hold(call) {
      drop(call.peer);
      const [oldest] = held.keys();
      if (held.size >= limit && oldest !== undefined) drop(oldest);
      held.set(call.peer, { call, timer: setTimeout(() => drop(call.peer), holdFor) });
    },
    take,
    clear: () => [...held.keys()].forEach(drop),
  };
}

import type { IncomingCall } from './engine.js';

/** Calls of peers that nobody has named yet. Until one is answered there is no connection behind it. */
export interface HeldCalls {
  /** Keeps the newest call of each peer for 5 s, and of few peers. */
  hold(call: IncomingCall): void;
  /** Gives the call of this peer out, if there is one. */
  take(peerId: string): IncomingCall | undefined;
  clear(): void;
}

const holdFor = 5_000;
const limit = 4;

/** @param onDropped nobody has named who called */
export function createHeldCalls(onDropped: () => void): HeldCalls {
  const held = new Map<string, { readonly call: IncomingCall; readonly timer: ReturnType<typeof setTimeout> }>();

  const take = (peerId: string) => {
    const entry = held.get(peerId);
    if (!entry) return undefined;
    clearTimeout(entry.timer);
    held.delete(peerId);
    return entry.call;
  };
  const drop = (peerId: string) => take(peerId)?.drop();
  const expire = (peerId: string) => {
    drop(peerId);
    onDropped();
  };

  return {
    hold(call) {
      // One that names another's id from a seat of its own must not push out the real one.
      const before = held.get(call.peerId)?.call;
      if (before && before.seat !== call.seat) {
        call.drop();
        onDropped();
        return;
      }
      drop(call.peerId);
      const [oldest] = held.keys();
      if (held.size >= limit && oldest !== undefined) expire(oldest);
      held.set(call.peerId, { call, timer: setTimeout(() => expire(call.peerId), holdFor) });
    },
    take,
    clear: () => [...held.keys()].forEach(drop),
  };
}

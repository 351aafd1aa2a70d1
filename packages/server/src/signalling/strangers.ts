import type { WebSocket } from 'ws';
import { closeSocket } from './connection.js';

const HELLO_WITHIN = 5_000;
const IN_ALL = 500;
const OF_ONE_ADDRESS = 50;

/**
 * Sockets that have not shown a grant yet. There are so many of them at most, and so many of one address; past that the
 * one that has been silent longest goes, so that nobody is kept out by others who say nothing.
 */
export interface Strangers {
  /** Gives what to call when it is a stranger no more. */
  add(socket: WebSocket, address: string): () => void;
  tick(): void;
}

export function createStrangers(now: () => number): Strangers {
  const waiting = new Map<WebSocket, { readonly address: string; readonly since: number }>();

  function keepAtMost(most: number, sockets: readonly WebSocket[]): void {
    if (sockets.length > most) sockets[0]?.terminate();
  }

  return {
    add(socket, address) {
      waiting.set(socket, { address, since: now() });
      const forget = (): void => void waiting.delete(socket);
      socket.once('close', forget);
      const all = [...waiting];
      const ofAddress = all.filter(([, other]) => other.address === address);
      for (const [sockets, most] of [[ofAddress, OF_ONE_ADDRESS] as const, [all, IN_ALL] as const]) {
        keepAtMost(
          most,
          sockets.map(([other]) => other),
        );
      }
      return forget;
    },
    tick() {
      for (const [socket, { since }] of waiting) {
        // The clock can step back.
        if (Math.abs(now() - since) >= HELLO_WITHIN) closeSocket(socket, 'refused');
      }
    },
  };
}

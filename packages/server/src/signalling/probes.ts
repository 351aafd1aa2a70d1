import type { WebSocket } from 'ws';
import { closeSocket } from './connection.js';
import type { Frame } from './guard.js';

const LASTS = 30_000;
const FRAMES = 20;

/** Connections for the check before a call: they only send back what they get, a little of it and for a short time. */
export interface Probes {
  /** Gives what takes the frames of this socket from now on; false: no frame of ours. */
  add(socket: WebSocket): (frame: Frame) => boolean;
  tick(): void;
}

export function createProbes(now: () => number): Probes {
  const open = new Map<WebSocket, number>();
  return {
    add(socket) {
      open.set(socket, now());
      socket.once('close', () => open.delete(socket));
      let left = FRAMES;
      return ({ type, payload }) => {
        if (type !== 'probe') return false;
        left -= 1;
        if (left < 0) closeSocket(socket, 'flood');
        else socket.send(JSON.stringify({ type, payload }));
        return true;
      };
    },
    tick() {
      for (const [socket, since] of open) {
        if (Math.abs(now() - since) >= LASTS) closeSocket(socket, 'done');
      }
    },
  };
}

import type { RawData, WebSocket } from 'ws';

const PER_SECOND = 50;
const BURST = 200;

/** Lets `BURST` messages through at once and `PER_SECOND` in the long run. */
export function createAllowance(now: () => number): () => boolean {
  let left = BURST;
  let at = now();
  return () => {
    const time = now();
    left = Math.min(BURST, left + (Math.max(0, time - at) / 1000) * PER_SECOND);
    at = time;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

export type Frame = Readonly<Record<string, unknown>> & { readonly type: string };

/** A text frame that holds a JSON object with a type; anything else is not of a client of ours. */
export function readFrame(data: RawData, isBinary: boolean): Frame | undefined {
  if (isBinary) return undefined;
  try {
    const value: unknown = JSON.parse(textOf(data));
    return isFrame(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}

function isFrame(value: unknown): value is Frame {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

const PING_EVERY = 5_000;
const PONG_WITHIN = 10_000;

/** Finds sockets whose other end is gone without a word. */
export interface Pulse {
  watch(socket: WebSocket, now: number): void;
  tick(now: number): void;
}

export function createPulse(): Pulse {
  const sockets = new Map<WebSocket, { pinged: number; waiting: boolean }>();
  return {
    watch(socket, now) {
      const state = { pinged: now, waiting: false };
      sockets.set(socket, state);
      const alive = (): void => {
        state.waiting = false;
      };
      socket.on('pong', alive);
      socket.on('message', alive);
      socket.on('close', () => sockets.delete(socket));
    },
    tick(now) {
      for (const [socket, state] of sockets) {
        // The clock can step back.
        const passed = Math.abs(now - state.pinged);
        if (state.waiting) {
          if (passed >= PONG_WITHIN) socket.terminate();
        } else if (passed >= PING_EVERY && socket.readyState === socket.OPEN) {
          state.pinged = now;
          state.waiting = true;
          socket.ping();
        }
      }
    },
  };
}

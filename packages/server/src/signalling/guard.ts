import type { RawData, WebSocket } from 'ws';

/** More levels than any message of a call has. Far deeper ones are read without harm, but can't be written again. */
const DEEPEST = 32;

export type Frame = Readonly<Record<string, unknown>> & { readonly type: string };

/** A text frame that holds a JSON object with a type, not nested deeply; anything else is not of a client of ours. */
export function readFrame(data: RawData, isBinary: boolean): Frame | undefined {
  if (isBinary) return undefined;
  try {
    const value: unknown = JSON.parse(textOf(data));
    return isFrame(value) && !isDeeper(value, DEEPEST) ? value : undefined;
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

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
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

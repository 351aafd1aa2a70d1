import type { WebSocket } from 'ws';
import type { GrantKind } from '../store/records.js';
import type { CutReason } from '../domain/unit.js';

/** Which seat a socket speaks for. Only a redeemed grant says so, never what the socket sends. */
export interface Seated {
  readonly kind: GrantKind;
  /** Who holds the seat. */
  readonly person: string;
  readonly booking: string;
  readonly seat: string;
  readonly lease: string;
  readonly peerId: string;
}

/** Why the server closed a socket. 1008 is the standard's own "policy violation". */
export const CLOSE = {
  stopping: [1001, 'stopping'],
  malformed: [1008, 'malformed'],
  flood: [1008, 'too many messages'],
  refused: [4401, 'refused'],
  replaced: [4408, 'replaced'],
  left: [1000, 'left'],
  done: [1000, 'done'],
  'session-ended': [4403, 'session-ended'],
  'seat-taken': [4409, 'seat-taken'],
  'seat-lost': [4410, 'seat-lost'],
} as const satisfies Record<
  CutReason | 'stopping' | 'malformed' | 'flood' | 'refused' | 'replaced' | 'done',
  [number, string]
>;

export type CloseReason = keyof typeof CLOSE;

export interface Connection extends Seated {
  send(message: unknown): void;
  close(reason: CloseReason): void;
}

/** A socket that reads slower than this is as good as gone. */
const MAX_BUFFERED = 1024 * 1024;
const CLOSE_GRACE = 2_000;

export function connectionOf(socket: WebSocket, seated: Seated): Connection {
  return {
    ...seated,
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate();
      else socket.send(JSON.stringify(message));
    },
    close: (reason) => closeSocket(socket, reason),
  };
}

export function closeSocket(socket: WebSocket, reason: CloseReason): void {
  const [code, text] = CLOSE[reason];
  socket.close(code, text);
  setTimeout(() => socket.terminate(), CLOSE_GRACE).unref();
}

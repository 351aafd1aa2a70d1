import type { Connection } from './connection.js';
import type { Frame } from './guard.js';
import type { Switchboard } from './switchboard.js';

/** What of PeerJS's wire protocol passes from one peer to another. */
const ABOUT_MEDIA = new Set(['OFFER', 'ANSWER', 'CANDIDATE']);

/** What the server says to a client that may come in. */
export const OPEN = { type: 'OPEN' };

/** What a stock server says when nobody has the id. */
export function expired(peerId: string): unknown {
  return { type: 'EXPIRE', src: peerId };
}

/**
 * Passes a frame on to a peer of the same booking. `src` is the sender's id by the server's own knowledge. A data
 * connection never passes: PeerJS clients answer one by themselves, with their addresses.
 *
 * Returns false for a frame that no client of ours sends.
 */
export function relayPeerFrame(from: Connection, frame: Frame, board: Switchboard): boolean {
  const { type, dst, payload } = frame;
  if (!ABOUT_MEDIA.has(type) && type !== 'LEAVE') return true; // HEARTBEAT, and what a newer client may say
  if (typeof dst !== 'string' || dst === '') return false;
  const passes = type === 'LEAVE' || isMedia(payload);
  const message = { type, src: from.peerId, dst, ...(payload === undefined ? {} : { payload }) };
  if (!passes || !board.toPeer(from, dst, message)) from.send(expired(dst));
  return true;
}

function isMedia(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'type' in payload && payload.type === 'media';
}

import type { Connection } from './connection.js';
import type { Frame } from './guard.js';
import type { Switchboard } from './switchboard.js';

export const READY = { type: 'ready' };

export const PONG = JSON.stringify({ type: 'pong' });

/** Of the page to the server itself: what is for another seat names it. */
export function isPing({ type, seat }: Frame): boolean {
  return type === 'ping' && seat === undefined;
}

/** The token of a first frame `{type:'hello', token}`: in a frame, because a URL ends up in logs. */
export function helloToken(frame: Frame): string | undefined {
  return frame.type === 'hello' && typeof frame['token'] === 'string' ? frame['token'] : undefined;
}

/** Passes `{seat, type, payload}` on to that seat, with `seat` now naming the sender. False: no frame of ours. */
export function relaySeatFrame(from: Connection, frame: Frame, board: Switchboard): boolean {
  const { seat, type, payload } = frame;
  if (typeof seat !== 'string' || seat === '') return false;
  board.toSeat(from, seat, { seat: from.seat, type, payload });
  return true;
}

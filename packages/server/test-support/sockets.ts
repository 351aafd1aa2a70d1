import { WebSocket } from 'ws';
import type { Ticket } from '@active-session/core';

export interface TestSocket {
  readonly socket: WebSocket;
  /** Everything that came in so far. */
  readonly received: unknown[];
  /** The next message that has not been taken yet. */
  next(): Promise<unknown>;
  send(message: unknown): void;
  readonly closed: Promise<{ code: number; reason: string }>;
}

/** Connects as the stock `peerjs` client does. */
export function peerSocket(
  base: string,
  { id, token, origin }: { id: string; token: string; origin?: string },
): Promise<TestSocket> {
  return openSocket(`${base}/peerjs?key=peerjs&id=${id}&token=${token}&version=1.5.5`, origin);
}

export function ticketSocket({ peerId, engineGrant }: Ticket): Promise<TestSocket> {
  if (engineGrant === undefined) throw new Error('This ticket is not for PeerJS.');
  return peerSocket(engineGrant.url, { id: peerId, token: engineGrant.token });
}

/** @returns the status with which the upgrade was refused */
export async function refused(attempt: Promise<unknown>): Promise<number> {
  return attempt.then(
    () => 101,
    (error: unknown) => Number(/Unexpected server response: (\d+)/.exec(String(error))?.[1]),
  );
}

export async function openSocket(url: string, origin?: string): Promise<TestSocket> {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin });
  const received: unknown[] = [];
  let taken = 0;
  let notify = (): void => undefined;
  socket.on('message', (data) => {
    received.push(JSON.parse((data as Buffer).toString()));
    notify();
  });
  const closed = new Promise<{ code: number; reason: string }>((done) =>
    socket.on('close', (code, reason) => done({ code, reason: reason.toString() })),
  );
  await new Promise<void>((open, failed) => {
    socket.once('open', open);
    socket.once('error', failed);
  });
  socket.on('error', () => undefined);
  return {
    socket,
    received,
    closed,
    async next() {
      while (received.length <= taken) {
        await new Promise<void>((done, failed) => {
          notify = done;
          void closed.then(({ code, reason }) => failed(new Error(`closed: ${code} ${reason}`)));
        });
      }
      return received[taken++];
    },
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
  };
}

/** Long enough for a message that is on its way to have arrived. */
export const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 60));

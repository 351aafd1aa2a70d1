import {
  SessionError,
  type SignallingChannel,
  type SignallingMessage,
  type SignallingPort,
} from '@active-session/core';
import { createHeartbeat, type Heartbeat } from './heartbeat.js';

const OPEN_WITHIN = 8_000;

const PING = JSON.stringify({ type: 'ping' });

type Heard = SignallingMessage | { readonly type: 'closed' };

/** The backend's own signalling channel over a WebSocket. The grant goes in the first frame, never in the address. */
export function createSignalling(WebSocketClass: typeof WebSocket): SignallingPort {
  return {
    open: (grant, { signal }) =>
      new Promise<SignallingChannel>((resolve, reject) => {
        const socket = new WebSocketClass(grant.url);
        const listeners = new Set<(message: Heard) => void>();
        let heartbeat: Heartbeat | undefined;
        let state: 'opening' | 'open' | 'closed' = 'opening';

        const end = (error: SessionError | null): void => {
          clearTimeout(timer);
          heartbeat?.stop();
          heartbeat = undefined;
          signal.removeEventListener('abort', abort);
          socket.close();
          if (state === 'opening' && error !== null) reject(error);
          const wasOpen = state === 'open';
          state = 'closed';
          if (wasOpen) for (const listener of [...listeners]) listener({ type: 'closed' });
          listeners.clear();
        };
        const ping = (): void => {
          socket.send(PING);
        };
        const abort = (): void => {
          end(new SessionError('aborted', 'Signalling was given up.'));
        };
        const timer = setTimeout(() => {
          end(new SessionError('timeout', 'Signalling did not open in time.'));
        }, OPEN_WITHIN);
        signal.addEventListener('abort', abort, { once: true });

        socket.addEventListener('open', () => {
          socket.send(JSON.stringify({ type: 'hello', token: grant.token }));
        });
        socket.addEventListener('message', ({ data }) => {
          const message = messageOf(data);
          if (message === null) return;
          if (state === 'opening' && message.type === 'ready') {
            state = 'open';
            clearTimeout(timer);
            heartbeat = createHeartbeat({ ping, lost: () => end(null), now: () => performance.now() });
            resolve(channel);
            return;
          }
          heartbeat?.heard(message);
          if (state === 'open' && message.type !== 'pong') {
            for (const listener of [...listeners]) listener(message);
          }
        });
        socket.addEventListener('close', ({ code }) => {
          end(
            code >= 4400 || code === 1008
              ? new SessionError('forbidden', 'The signalling grant was refused.')
              : new SessionError('network', 'Signalling closed before it was open.'),
          );
        });

        const channel: SignallingChannel = {
          send(message) {
            if (state === 'open') socket.send(JSON.stringify(message));
          },
          subscribe(listener) {
            listeners.add(listener);
            return () => void listeners.delete(listener);
          },
          check() {
            heartbeat?.check();
          },
          close() {
            end(null);
          },
        };
        if (signal.aborted) abort();
      }),
  };
}

function messageOf(data: unknown): SignallingMessage | null {
  if (typeof data !== 'string') return null;
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null) return null;
    const { seat = '', type, payload } = value as Record<string, unknown>;
    return typeof type === 'string' && typeof seat === 'string' ? { seat, type, payload } : null;
  } catch {
    return null;
  }
}

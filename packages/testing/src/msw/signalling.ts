import type { SignallingChannel, SignallingMessage } from '@active-session/core';
import { ws, type WebSocketHandler, type WebSocketLink } from 'msw';
import type { MemoryBackend } from '../memory-backend.js';

/** By which the server says that a grant is not good. */
const REFUSED = 4403;

/** One for all: each link listens to a broadcast channel of its own for as long as the page lives. */
let link: WebSocketLink | undefined;

/** The backend's own signalling channel, and the probe of the check before the call. */
export function signallingHandler(backend: MemoryBackend): WebSocketHandler {
  link ??= ws.link('wss://memory.invalid/:kind');
  return link.addEventListener('connection', ({ client }) => {
    let channel: SignallingChannel | undefined;

    const open = (token: string): void => {
      try {
        channel = backend.openSignalling(token);
      } catch {
        client.close(REFUSED, 'This grant is used, expired or not yours.');
        return;
      }
      channel.subscribe((message) => {
        if ('payload' in message) client.send(JSON.stringify(message));
        else client.close();
      });
      client.send(JSON.stringify({ type: 'ready' }));
    };

    client.addEventListener('message', ({ data }) => {
      const message = read(data);
      if (message.type === 'ping') client.send(JSON.stringify({ type: 'pong' }));
      else if (channel !== undefined) channel.send(message);
      else if (message.type === 'hello') open(message.token);
    });
    client.addEventListener('close', () => {
      channel?.close();
    });
  });
}

function read(data: unknown): SignallingMessage & { readonly token: string } {
  const value: unknown = typeof data === 'string' ? JSON.parse(data) : null;
  const { type = '', seat = '', token = '', payload } = Object(value) as Record<string, unknown>;
  return { type: String(type), seat: String(seat), token: String(token), payload };
}

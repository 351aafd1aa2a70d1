import { createAdaptorServer } from '@hono/node-server';
import { Server } from 'node:http';
import type { Hono } from 'hono';

/** How long a stopping server waits for answers that are under way. */
const STOP_WITHIN = 4_000;

export interface Listening {
  readonly server: Server;
  readonly port: number;
  /** Takes no new connections, lets answers finish, then cuts what is left. */
  stop(): Promise<void>;
}

/**
 * Serves an app on a port; port 0 is any free one.
 *
 * @throws Error with code `EADDRINUSE` and our words when the port is taken
 */
export async function listen(fetch: Hono['fetch'], { host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createAdaptorServer({ fetch });
  if (!(server instanceof Server)) throw new Error('Expected an HTTP/1.1 server.');
  await new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => failed(explained(error, host, port)));
    server.listen(port, host, done);
  });
  const address = server.address();
  return {
    server,
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () => stop(server),
  };
}

async function stop(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), STOP_WITHIN);
  await new Promise<void>((done) => {
    server.close(() => done());
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  const words = `Port ${port} on ${host} is taken by another program. Stop that one, or choose another port.`;
  return Object.assign(new Error(words, { cause: error }), { code: error.code });
}

import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

/** What came in. */
export interface Seen {
  /** `METHOD /path`. */
  readonly route: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export type Handler = (request: Seen, response: ServerResponse) => void | Promise<void>;

/** A real HTTP server that answers as a test says, so that what goes over the wire is what will go over the wire. */
export interface ScriptedServer {
  readonly url: string;
  /** In the order they came. */
  readonly seen: readonly Seen[];
  on(route: string, handler: Handler): void;
  /** What has no handler is answered so; at first with our own 404. */
  otherwise(handler: Handler): void;
  /** Resolves with the first request of this route that came or comes. */
  next(route: string): Promise<Seen>;
  /** Cuts every connection and takes no new ones. */
  stop(): Promise<void>;
  /** Again on the same port. */
  start(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const handlers = new Map<string, Handler>();
  const seen: Seen[] = [];
  const waiting = new Set<{ route: string; resolve: (request: Seen) => void }>();
  let port = 0;
  let server: Server | undefined;
  let otherwise: Handler = (_, response) => {
    answer(response, 404, { type: 'urn:active-session:problem:not-found' });
  };

  const take = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
    const route = `${incoming.method ?? 'GET'} ${pathname}`;
    const query = Object.fromEntries(searchParams);
    const request = { route, query, headers: incoming.headers, body: await readBody(incoming) };
    seen.push(request);
    for (const waiter of [...waiting]) {
      if (waiter.route !== route) continue;
      waiting.delete(waiter);
      waiter.resolve(request);
    }
    await (handlers.get(route) ?? otherwise)(request, response);
  };

  const start = async (): Promise<void> => {
    server = createServer((incoming, response) => {
      // A client may be gone before its request was read.
      take(incoming, response).catch(() => response.destroy());
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    on: (route, handler) => void handlers.set(route, handler),
    otherwise(handler) {
      otherwise = handler;
    },
    next: (route) =>
      new Promise((resolve) => {
        const before = seen.find((request) => request.route === route);
        if (before === undefined) waiting.add({ route, resolve });
        else resolve(before);
      }),
    async stop() {
      if (server === undefined) return;
      const closed = once(server, 'close');
      server.closeAllConnections();
      server.close();
      server = undefined;
      await closed;
    },
    start,
  };
}

export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'Content-Type': type, 'Server-Time': String(Date.now()), ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

export function startEvents(response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', ...headers });
}

export function sendEvent(response: ServerResponse, type: string, id: string | null, data: unknown): void {
  response.write(eventText(type, id, data));
}

export function eventText(type: string, id: string | null, data: unknown): string {
  return `event: ${type}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

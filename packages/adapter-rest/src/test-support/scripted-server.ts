import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';

export type Handler = (request: IncomingMessage, response: ServerResponse, body: unknown) => void | Promise<void>;

/** A real HTTP server that answers as a test says, so that what goes over the wire is what will go over the wire. */
export interface ScriptedServer {
  readonly url: string;
  /** `METHOD /path`, in the order they came. */
  readonly requests: readonly string[];
  on(route: string, handler: Handler): void;
  close(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const handlers = new Map<string, Handler>();
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const route = `${request.method ?? 'GET'} ${pathname}`;
    requests.push(route);
    void readBody(request).then(async (body) => {
      const handler = handlers.get(route);
      if (handler === undefined) answer(response, 404, { type: 'urn:active-session:problem:not-found' });
      else await handler(request, response, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    requests,
    on: (route, handler) => void handlers.set(route, handler),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
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
  response.end(JSON.stringify(body));
}

export function startEvents(response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', ...headers });
}

export function sendEvent(response: ServerResponse, type: string, id: string | null, data: unknown): void {
  response.write(`event: ${type}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

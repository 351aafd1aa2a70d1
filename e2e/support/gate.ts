import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** What the gate answers to a note in place of the server, or does with the server's own answer. */
export type NoteFault =
  /** A firewall takes the words for an attack: 403, with a page of its own. */
  | { readonly kind: 'firewall' }
  /** A network that wants one to sign in to it: 200, with a page of its own. */
  | { readonly kind: 'captive' }
  | { readonly kind: 'busy'; readonly status: 429 | 503; readonly retryAfter: string }
  /** The server has done it, and its answer gets lost. */
  | { readonly kind: 'answer-lost' };

const SIGN_IN = '/sign-in/token';
const NOTE = /^\/api\/session\/v1\/bookings\/[^/]+\/notes$/;
const PAGE = '<!doctype html><title>Somebody else’s page</title>';

const EXPIRED = JSON.stringify({
  type: 'urn:active-session:problem:unauthenticated',
  title: 'Not signed in',
  status: 401,
  detail: 'The sign-in has expired.',
});

/** What stands before a portal’s server and speaks HTTP: a proxy, a firewall, a gateway that knows tokens. */
export class Gate {
  /** Nobody gets a token. */
  signInIsRefused = false;
  readonly #server: Server;
  #to: number;
  readonly #faults: NoteFault[] = [];
  readonly #seen = new Set<string>();
  readonly #expired = new Set<string>();

  private constructor(to: number) {
    this.#to = to;
    this.#server = createServer((request, response) => {
      this.#answer(request, response);
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#tunnel(request, socket, head);
    });
    // The server decides how long a connection lives.
    this.#server.requestTimeout = 0;
  }

  /** @param to port of this machine */
  static async start(to: number): Promise<Gate> {
    const gate = new Gate(to);
    gate.#server.listen(0, '127.0.0.1');
    await once(gate.#server, 'listening');
    return gate;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The gate does not listen.');
    return address.port;
  }

  /** The server listens elsewhere now. */
  leadTo(port: number): void {
    this.#to = port;
  }

  /** The next notes meet these, one each. */
  spoil(...faults: readonly NoteFault[]): void {
    this.#faults.push(...faults);
  }

  /** Every token that was shown until now is good no more. */
  expire(): void {
    for (const token of this.#seen) this.#expired.add(token);
  }

  /** Nothing stands in the way any more. */
  heal(): void {
    this.#faults.length = 0;
    this.signInIsRefused = false;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const token = request.headers.authorization ?? '';
    const fault = request.method === 'POST' && NOTE.test(path) ? this.#faults[0] : undefined;
    if (path === SIGN_IN && this.signInIsRefused) {
      refuse(request, response, { status: 401, type: 'text/html', body: PAGE });
    } else if (this.#expired.has(token)) {
      refuse(request, response, { status: 401, type: 'application/problem+json', body: EXPIRED });
    } else {
      if (token !== '') this.#seen.add(token);
      if (fault !== undefined) this.#faults.shift();
      if (fault === undefined || fault.kind === 'answer-lost') this.#pass(request, response, fault !== undefined);
      else refuse(request, response, replyOf(fault));
    }
  }

  #pass(request: IncomingMessage, response: ServerResponse, isAnswerLost: boolean): void {
    const { method, headers, url: path } = request;
    const passed = ask({ port: this.#to, host: '127.0.0.1', method, headers, path }, (answer) => {
      if (isAnswerLost) {
        answer.resume().once('close', () => response.socket?.resetAndDestroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    // There is no server: what it would have said nobody knows.
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  }

  #tunnel(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const far = connect(this.#to, '127.0.0.1', () => {
      const pairs = request.rawHeaders.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
      far.write(`${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/1.1\r\n${pairs}\r\n`);
      far.write(head);
      far.pipe(socket).pipe(far);
    });
    for (const [one, other] of [
      [far, socket],
      [socket, far],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  }
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly retryAfter?: string;
}

function replyOf(fault: Exclude<NoteFault, { kind: 'answer-lost' }>): Reply {
  if (fault.kind !== 'busy') return { status: fault.kind === 'firewall' ? 403 : 200, type: 'text/html', body: PAGE };
  return { status: fault.status, type: 'text/plain', body: 'Later.', retryAfter: fault.retryAfter };
}

/** Reads what was sent to its end first, so that the sender hears the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (reply.retryAfter !== undefined) response.setHeader('Retry-After', reply.retryAfter);
  request.resume().once('end', () => {
    response.writeHead(reply.status, { 'Content-Type': reply.type }).end(reply.body);
  });
}

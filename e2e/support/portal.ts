import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { Gate } from './gate.js';
import type { Place } from './net/place.js';
import { Relay } from './relay.js';

const START = fileURLToPath(new URL('../../examples/portal/dist/start.js', import.meta.url));
const MOUNT = '/api/session/v1';
/** Where a server can be found at another port than before. */
const TRIES = 3;

export interface WindowPolicy {
  readonly opensBeforeMinutes: number;
  readonly closesAfterMinutes: number;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface PortalOptions {
  readonly window?: WindowPolicy | undefined;
  /** For how long a sign-in lasts; the demo's own time where it is left out. */
  readonly tokenSeconds?: number | undefined;
  /** The video engine of its tickets; the server's own default where it is left out. */
  readonly engine?: Engine | undefined;
  /** Where the server runs on a network of its own; on this machine where it is left out. */
  readonly place?: Place | undefined;
  /** Further settings of the server. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export type Engine = 'peerjs' | 'webrtc';

/** What lies between the pages and the server, where a test wants to break it. */
export interface Wires {
  readonly relay: Relay;
  readonly gate: Gate;
}

/** The demo as a newcomer starts it: the same file, on a port and in a data folder of its own. */
export class Portal {
  /** Where pages find it. */
  readonly origin: string;
  #port: number;
  readonly #data: string;
  readonly #options: PortalOptions;
  readonly #wires: Wires | undefined;
  #process: ChildProcess | undefined;
  #output = '';

  private constructor(port: number, data: string, options: PortalOptions, wires?: Wires) {
    this.#port = port;
    this.#data = data;
    this.#options = options;
    this.#wires = wires;
    this.origin = `http://${this.#host}:${String(wires?.relay.port ?? port)}`;
  }

  static async start(options: PortalOptions = {}): Promise<Portal> {
    const portal = new Portal(await freePort(), await newFolder(), options);
    await portal.run();
    return portal;
  }

  /** Pages reach it by a wire that can be cut, and through a gate that can refuse; `api` goes past both. */
  static async startBehindWires(options: PortalOptions = {}): Promise<Portal> {
    const port = await freePort();
    const gate = await Gate.start(port);
    const portal = new Portal(port, await newFolder(), options, { gate, relay: await Relay.start(gate.port) });
    await portal.run();
    return portal;
  }

  /** Only where it was started behind wires. */
  get wires(): Wires {
    if (this.#wires === undefined) throw new Error('Nothing lies between this portal and its pages.');
    return this.#wires;
  }

  /** Where the server itself listens. */
  get #own(): string {
    return `http://${this.#host}:${String(this.#port)}`;
  }

  get #host(): string {
    return this.#options.place?.address ?? 'localhost';
  }

  /** All that the server has written to its console. */
  get output(): string {
    return this.#output;
  }

  /** Starts the server on the data that is there, and returns when it says that it listens. */
  async run(): Promise<void> {
    for (let tries = this.#wires === undefined ? 1 : TRIES; tries > 0; tries -= 1) {
      if (await this.#runOnce()) return;
      // While there was no server, somebody else took its port.
      this.#port = await freePort();
      this.#wires?.gate.leadTo(this.#port);
    }
    throw new Error('The demo ended before it listened.');
  }

  async #runOnce(): Promise<boolean> {
    const { window, tokenSeconds, engine, place, env } = this.#options;
    const policy = window && { patient: window, provider: window, returnMinutes: 10 };
    const [program, args] = place?.inside(process.execPath, START) ?? [process.execPath, [START]];
    const child = spawn(program, args, {
      env: {
        ...process.env,
        ACTIVE_SESSION_PORT: String(this.#port),
        ACTIVE_SESSION_PUBLIC_URL: `${this.origin}${MOUNT}`,
        ACTIVE_SESSION_DATA_FOLDER: this.#data,
        ...(policy && { ACTIVE_SESSION_WINDOW_POLICY: JSON.stringify(policy) }),
        ...(tokenSeconds !== undefined && { ACTIVE_SESSION_DEMO_TOKEN_SECONDS: String(tokenSeconds) }),
        ...(engine && { ACTIVE_SESSION_ENGINE: engine }),
        ...(place && { ACTIVE_SESSION_HOST: place.address }),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    child.stderr.on('data', (text: Buffer) => {
      this.#output += text.toString();
      process.stderr.write(text);
    });
    for await (const line of createInterface({ input: child.stdout })) {
      this.#output += `${line}\n`;
      if (line.includes(`:${String(this.#port)}/patient`)) return true;
    }
    return false;
  }

  /** `kill -9`: nothing is told to anybody, nothing is finished. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    await this.#wires?.relay.stop();
    await this.#wires?.gate.stop();
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }

  /** Puts the start of a booking so many ms before now, as only time can. Nobody is told. */
  setBack(bookingId: string, ms: number): void {
    const data = new DatabaseSync(join(this.#data, 'active-session.db'));
    try {
      const length = 'bookings."end" - bookings."start"';
      const start = Date.now() - ms;
      data.prepare(`update bookings set "end" = ? + ${length}, "start" = ? where id = ?`).run(start, start, bookingId);
    } finally {
      data.close();
    }
  }

  /** The seats that are held now, of all bookings. */
  seats(): { seat: string; lease: string; holder: string }[] {
    const data = new DatabaseSync(join(this.#data, 'active-session.db'), { readOnly: true });
    try {
      const rows = data.prepare('select seat, lease, holder from leases where expires_at > ? order by seat');
      return rows.all(Date.now()).map((row) => ({
        seat: String(row['seat']),
        lease: String(row['lease']),
        holder: String(row['holder']),
      }));
    } finally {
      data.close();
    }
  }

  /** What was refused and is in the audit trail: whose it was, of which booking, and what was asked for. */
  denied(): { actor: string | null; booking: string | null; subject: string | null }[] {
    const data = new DatabaseSync(join(this.#data, 'active-session.db'), { readOnly: true });
    try {
      const rows = data.prepare(
        `select actor, booking, subject from audit where action = 'access.denied' order by seq`,
      );
      const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
      return rows.all().map((row) => ({
        actor: textOf(row['actor']),
        booking: textOf(row['booking']),
        subject: textOf(row['subject']),
      }));
    } finally {
      data.close();
    }
  }

  page(role: 'patient' | 'provider', person: string): string {
    return `${this.origin}/${role}?as=${person}`;
  }

  /** A request past the page, as anybody with a token could make it. */
  async api(person: string, method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const token = (await (await fetch(`${this.#own}/sign-in/token?as=${person}`)).json()) as { token: string };
    const response = await fetch(`${this.#own}${MOUNT}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token.token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': crypto.randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  /** Books past the page; `inMs`: the first free time at least so far ahead. Returns the booking's id. */
  async book(patient: string, provider: string, inMs = 0): Promise<{ id: string; dateTime: string }> {
    const from = new Date(Date.now() + inMs).toISOString();
    const to = new Date(Date.now() + inMs + 3 * 86_400_000).toISOString();
    const slots = await this.api(patient, 'GET', `/providers/${provider}/slots?from=${from}&to=${to}`);
    const [slot] = (slots.body as { items: { start: string }[] }).items;
    if (slot === undefined) throw new Error(`No free time with ${provider}.`);
    const request = { provider, dateTime: slot.start, notes: 'Itchy rash since Monday' };
    const answer = await this.api(patient, 'POST', '/bookings', request);
    if (answer.status !== 201) throw new Error(`Not booked: ${JSON.stringify(answer.body)}`);
    return answer.body as { id: string; dateTime: string };
  }
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'active-session-'));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

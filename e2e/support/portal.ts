import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const START = fileURLToPath(new URL('../../examples/portal/dist/start.js', import.meta.url));

export interface WindowPolicy {
  readonly opensBeforeMinutes: number;
  readonly closesAfterMinutes: number;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The demo as a newcomer starts it: the same file, on a port and in a data folder of its own. */
export class Portal {
  readonly origin: string;
  readonly #port: number;
  readonly #data: string;
  #process: ChildProcess | undefined;
  #window: WindowPolicy | undefined;

  private constructor(port: number, data: string) {
    this.#port = port;
    this.#data = data;
    this.origin = `http://localhost:${String(port)}`;
  }

  static async start(window?: WindowPolicy): Promise<Portal> {
    const portal = new Portal(await freePort(), await mkdtemp(join(tmpdir(), 'active-session-')));
    portal.#window = window;
    await portal.run();
    return portal;
  }

  /** Starts the server on the data that is there, and returns when it says that it listens. */
  async run(): Promise<void> {
    const child = spawn(process.execPath, [START], {
      env: {
        ...process.env,
        ACTIVE_SESSION_PORT: String(this.#port),
        ACTIVE_SESSION_DATA_FOLDER: this.#data,
        ...(this.#window === undefined
          ? {}
          : {
              ACTIVE_SESSION_WINDOW_POLICY: JSON.stringify({
                patient: this.#window,
                provider: this.#window,
                returnMinutes: 10,
              }),
            }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout })) if (line.includes(this.origin)) return;
    throw new Error('The demo ended before it listened.');
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
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }

  /** Puts the start of a booking so many ms before now, as only time can. Nobody is told. */
  async setBack(bookingId: string, ms: number): Promise<void> {
    const { DatabaseSync } = await import('node:sqlite');
    const data = new DatabaseSync(join(this.#data, 'active-session.db'));
    try {
      const length = 'bookings."end" - bookings."start"';
      const start = Date.now() - ms;
      data.prepare(`update bookings set "end" = ? + ${length}, "start" = ? where id = ?`).run(start, start, bookingId);
    } finally {
      data.close();
    }
  }

  page(role: 'patient' | 'provider', person: string): string {
    return `${this.origin}/${role}?as=${person}`;
  }

  /** A request past the page, as anybody with a token could make it. */
  async api(person: string, method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const token = (await (await fetch(`${this.origin}/sign-in/token?as=${person}`)).json()) as { token: string };
    const response = await fetch(`${this.origin}/api/session/v1${path}`, {
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

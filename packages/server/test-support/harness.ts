import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { SignJWT } from 'jose';
import type { Seat, Ticket } from '@active-session/core';
import { GUEST_TOKEN } from '../src/domain/guests.js';
import type { ServerConfig } from '../src/config.js';
import { listen } from '../src/listen.js';
import type { LogEntry } from '../src/log.js';
import { createServer, type SessionServer } from '../src/server.js';
import { seed } from '../src/store/seed.js';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.js';
import type { BookingRecord } from '../src/store/records.js';
import type { Store } from '../src/store/store.js';
import type { Body } from './body.js';
import { createContractCheck } from './contract-check.js';
import { AUDIENCE, hours, ISSUER, MOUNT, NO_LIMIT, people, POLICY, SECRET } from './people.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** A Monday. */
export const START = Date.parse('2026-03-02T10:00:00.000Z');

const secret = new TextEncoder().encode(SECRET);
export const AUTH = { key: { secret }, audience: AUDIENCE, issuer: ISSUER };
const checkAnswer = createContractCheck();

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface TestServer {
  readonly url: string;
  readonly socketUrl: string;
  readonly store: Store;
  readonly session: SessionServer;
  readonly log: LogEntry[];
  readonly dataFolder: string;
  now: number;
  call(
    person: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  get(person: string, path: string): Promise<Answer>;
  post(person: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  book(patient: string, at: number, provider?: string): Promise<Body>;
  note(provider: string, id: string, content: string): Promise<Answer>;
  /** A booking of Ana with Dr. Lee, past the routes, because nobody can book a time that has begun. */
  put(booking: { id: string; start: number; notes?: string }): Promise<BookingRecord>;
  putNote(booking: string, id: string, content: string): Promise<void>;
  /** Closes somebody's account, as another program on the same database would. */
  deactivate(person: string): Promise<void>;
  /** Asks for a seat as a page of this name; the same one each time where none is given. */
  sit(person: string, id: string, request?: { holder?: string; takeOver?: boolean }): Promise<Answer>;
  /** Seat and ticket in one. */
  enter(person: string, id: string): Promise<{ seat: Seat; ticket: Ticket }>;
  /** Invites a guest. */
  invite(id: string, request?: { name?: string; kind?: string; provider?: string; key?: string }): Promise<Answer>;
  report(person: string, id: string, lease: string, state: string): Promise<Answer>;
  sweep(): Promise<void>;
  /** Stops and starts again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface Running {
  session: SessionServer;
  store: Store;
  url: string;
  stop(): Promise<void>;
}

export async function startServer(overrides: Partial<ServerConfig> = {}): Promise<TestServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'active-session-'));
  const clock = { time: START };
  const log: LogEntry[] = [];
  const faults: string[] = [];

  async function run(): Promise<Running> {
    const store = await openSqliteStore({ dataFolder });
    await seed(store, { people, hours });
    const app = new Hono();
    const listening = await listen((...args) => app.fetch(...args), { host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${listening.port}${MOUNT}`;
    const config: ServerConfig = {
      auth: AUTH,
      publicUrl: url,
      allowedOrigins: [],
      iceServers: [],
      policy: POLICY,
      limits: { person: NO_LIMIT, address: NO_LIMIT, refused: NO_LIMIT },
      ...overrides,
    };
    const session = createServer({
      config,
      store,
      clock: { now: () => clock.time },
      log: (entry) => void log.push(entry),
      sweepEvery: 0,
      inspect: (answer) => {
        const fault = checkAnswer(answer);
        if (fault !== null) faults.push(fault);
      },
    });
    app.route(MOUNT, session.app);
    session.attach(listening.server);
    return {
      session,
      store,
      url,
      async stop() {
        await session.close();
        await listening.stop();
        await store.close();
      },
    };
  }

  let running = await run();

  const server: TestServer = {
    get url() {
      return running.url;
    },
    get socketUrl() {
      return running.url.replace('http', 'ws') + '/signalling';
    },
    get store() {
      return running.store;
    },
    get session() {
      return running.session;
    },
    log,
    dataFolder,
    get now() {
      return clock.time;
    },
    set now(time) {
      clock.time = time;
    },

    async call(person, method, path, body, headers = {}) {
      const authorization: Record<string, string> =
        person === null ? {} : { Authorization: `Bearer ${await bearer(person)}` };
      const response = await fetch(server.url + path, {
        method,
        headers: { ...authorization, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = response.headers.get('Content-Type')?.includes('json') ?? false;
      return { status: response.status, headers: response.headers, body: JSON.parse(json ? text : '{}') as Body };
    },
    get: (person, path) => server.call(person, 'GET', path),
    post: (person, path, body, headers) => server.call(person, 'POST', path, body, headers),

    async book(patient, at, provider = 'lee') {
      const request = { provider, dateTime: new Date(at).toISOString(), notes: '' };
      const answer = await server.post(patient, '/bookings', request, { 'Idempotency-Key': crypto.randomUUID() });
      if (answer.status !== 201)
        throw new Error(`Booking was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    async put({ id, start, notes = '' }) {
      const booking: BookingRecord = {
        id,
        provider: 'lee',
        providerName: 'Dr. Mina Lee',
        providerInitials: 'ML',
        dateTime: new Date(start).toISOString(),
        sessionType: 'Video visit',
        notes,
        status: 'scheduled',
        bookedAt: new Date(clock.time).toISOString(),
        patient: 'ana',
        patientName: 'Ana Ruiz',
        durationMinutes: 30,
        timeZone: 'UTC',
        version: 1,
        attendance: [],
      };
      await running.store.transaction((view) => view.bookings.insert(booking));
      return booking;
    },
    async putNote(booking, id, content) {
      await running.store.transaction((view) =>
        view.notes.insert({
          id,
          booking,
          author: 'lee',
          providerName: 'Dr. Mina Lee',
          timestamp: clock.time,
          content,
          kind: null,
          amends: null,
          withdrawnAt: null,
        }),
      );
    },
    async deactivate(id) {
      const person = people.find((candidate) => candidate.id === id);
      if (person === undefined) throw new Error(`Nobody is called ${id}.`);
      await running.store.transaction((view) => view.people.putPerson({ ...person, active: false }));
    },
    note: (provider, id, content) => {
      const note = { id: crypto.randomUUID(), content };
      return server.post(provider, `/bookings/${id}/notes`, note, { 'Idempotency-Key': note.id });
    },
    sit: (person, id, { holder = `${person}-page`, takeOver = false } = {}) =>
      server.post(person, `/bookings/${id}/seat`, { holder, takeOver }),
    async enter(person, id) {
      const seat = await server.sit(person, id);
      const ticket = await server.post(person, `/bookings/${id}/join`, { lease: seat.body.lease });
      if (ticket.status !== 200) throw new Error(`Joining was answered ${JSON.stringify([seat.body, ticket.body])}`);
      return { seat: seat.body, ticket: ticket.body };
    },
    invite: (id, { name = 'Ines Vogt', kind = 'interpreter', provider = 'lee', key = crypto.randomUUID() } = {}) =>
      server.post(provider, `/bookings/${id}/guests`, { name, kind }, { 'Idempotency-Key': key }),
    report: (person, id, lease, state) => server.call(person, 'PUT', `/bookings/${id}/presence`, { lease, state }),
    sweep: () => running.session.sweep(),

    async restart() {
      await running.stop();
      running = await run();
    },
    async stop() {
      await running.stop();
      await rm(dataFolder, { recursive: true, force: true });
      // Whatever a test was about: every answer of the server is one that the contract describes.
      if (faults.length > 0) throw new Error(`Answers that the contract does not describe:\n${faults.join('\n')}`);
    },
  };
  return server;
}

/** A guest is named by their token. */
async function bearer(person: string): Promise<string> {
  return person.startsWith(GUEST_TOKEN) ? person : tokenFor(person);
}

/** A good token for somebody of the seed, or one that differs from a good one in `claims`. */
export async function tokenFor(
  person: string,
  claims: { aud?: string; iss?: string; exp?: number; role?: string } = {},
  key: Uint8Array = secret,
): Promise<string> {
  const role = claims.role ?? people.find(({ id }) => id === person)?.role ?? 'patient';
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(person)
    .setAudience(claims.aud ?? AUDIENCE)
    .setIssuer(claims.iss ?? ISSUER)
    .setExpirationTime(claims.exp ?? Math.floor(Date.parse('2036-01-01T00:00:00Z') / 1000))
    .sign(key);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRestBackend, type RestBackend } from '@active-session/adapter-rest';
import { operations } from '@active-session/core/contract';
import { DEFAULT_WINDOW_POLICY, toIso, type Booking, type WindowPolicy } from '@active-session/core';
import {
  createServer,
  listen,
  openSqliteStore,
  seed,
  secretKey,
  type BookingRecord,
  type OpeningHours,
  type PersonRecord,
} from '@active-session/server';
import { cuttableFetch } from '@active-session/testing/conformance';
import type { BackendPair } from '@active-session/testing/contracts';
import { Hono } from 'hono';
import { SignJWT } from 'jose';
import { answerCheck } from './contract.js';

const MOUNT = '/api/session/v1';
const SECRET = 'a secret that only this test knows, long enough';
const START = Date.parse('2026-03-02T10:02:00.000Z');
const PERSON = { initials: 'XX', timeZone: 'UTC' } as const;
const PEOPLE = {
  ann: { ...PERSON, id: 'ann', role: 'patient', name: 'Ann' },
  ben: { ...PERSON, id: 'ben', role: 'patient', name: 'Ben' },
  'dr-smith': { ...PERSON, id: 'dr-smith', role: 'provider', name: 'Dr. Smith' },
  'dr-jones': { ...PERSON, id: 'dr-jones', role: 'provider', name: 'Dr. Jones' },
} as const satisfies Record<string, PersonRecord>;
const HOURS: readonly OpeningHours[] = ['dr-smith', 'dr-jones'].flatMap((provider) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    provider,
    weekday,
    from: '00:00',
    to: '24:00',
    slotMinutes: 5,
    sessionTypes: ['Video Consultation'],
  })),
);
/** More than any test asks. */
const UNLIMITED = { burst: 1_000_000, perSecond: 1_000_000 };

export type Person = keyof typeof PEOPLE;

/** The reference server on a port, with a clock and a door that only tests have. */
export interface RunningServer {
  readonly endpoint: string;
  readonly now: () => number;
  readonly token: (person: Person) => Promise<string>;
  /** Past the routes, because nobody can book a time that has begun. */
  readonly putBooking: (fields: { patient: Person; provider: Person; start: number }) => Promise<Booking>;
  readonly advance: (ms: number) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

export async function startServer(policy: WindowPolicy = DEFAULT_WINDOW_POLICY): Promise<RunningServer> {
  let now = START;
  const dataFolder = await mkdtemp(join(tmpdir(), 'active-session-contract-'));
  const store = await openSqliteStore({ dataFolder });
  await seed(store, { people: Object.values(PEOPLE), hours: HOURS });
  const app = new Hono();
  const listening = await listen(app.fetch.bind(app), { host: '127.0.0.1', port: 0 });
  const endpoint = `http://127.0.0.1:${String(listening.port)}${MOUNT}`;
  const auth = { key: { secret: secretKey(SECRET, 'SECRET') }, audience: 'contract', issuer: 'contract' };
  const limits = { person: UNLIMITED, address: UNLIMITED, refused: UNLIMITED };
  const config = { auth, publicUrl: endpoint, allowedOrigins: [], iceServers: [], policy, limits };
  const faults: string[] = [];
  let isDescribed: ReturnType<typeof answerCheck> = () => null;
  const server = createServer({
    config,
    store,
    clock: { now: () => now },
    sweepEvery: 0,
    inspect({ operation, status, contentType, body }) {
      if (operation === undefined || body === null) return;
      const fault = isDescribed({ ...operations[operation], status, contentType, body });
      if (fault !== null) faults.push(fault);
    },
  });
  app.route(MOUNT, server.app);
  server.attach(listening.server);
  isDescribed = answerCheck(
    (await (await fetch(`${endpoint}/openapi.json`)).json()) as Parameters<typeof answerCheck>[0],
  );

  let made = 0;
  return {
    endpoint,
    now: () => now,
    token: (person) =>
      new SignJWT({ role: PEOPLE[person].role })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(person)
        .setIssuer('contract')
        .setAudience('contract')
        .setIssuedAt(Math.floor(now / 1_000))
        .setExpirationTime(Math.floor(now / 1_000) + 365 * 86_400)
        .sign(new TextEncoder().encode(SECRET)),
    async putBooking({ patient, provider, start }) {
      made += 1;
      const booking: BookingRecord = {
        id: `made-${String(made)}`,
        provider,
        providerName: PEOPLE[provider].name,
        providerInitials: 'XX',
        dateTime: toIso(start),
        sessionType: 'Video Consultation',
        notes: '',
        status: 'scheduled',
        bookedAt: toIso(now),
        patient,
        patientName: PEOPLE[patient].name,
        durationMinutes: 5,
        timeZone: 'UTC',
        version: 1,
        attendance: [],
      };
      await store.transaction((view) => view.bookings.insert(booking));
      return booking;
    },
    async advance(ms) {
      now += ms;
      await server.sweep();
    },
    async dispose() {
      await server.close();
      await listening.stop();
      await store.close();
      await rm(dataFolder, { recursive: true, force: true });
      // Whatever a test was about: every answer is one that the contract describes.
      if (faults.length > 0) throw new Error(`Answers that the contract does not describe:\n${faults.join('\n')}`);
    },
  };
}

/** What the contract suites need, with everything that adapter-rest offers. */
export interface Reference extends BackendPair {
  readonly patient: RestBackend;
  readonly provider: RestBackend;
  readonly stranger: RestBackend;
  readonly dispose: () => Promise<void>;
}

/** The reference server, with four people who reach it over HTTP. */
export async function startReference(policy?: WindowPolicy): Promise<Reference> {
  const { endpoint, now, token, putBooking, advance, dispose } = await startServer(policy);
  const streams = cuttableFetch();
  const reach = (person: Person, fetch = globalThis.fetch): RestBackend =>
    createRestBackend({ endpoint, getToken: () => token(person), fetch });
  let made = 0;
  return {
    patient: reach('ann', streams.fetch),
    provider: reach('dr-smith'),
    stranger: reach('ben'),
    providerId: 'dr-smith',
    otherProvider: { id: 'dr-jones', backend: reach('dr-jones') },
    asGuest: (link) => createRestBackend({ endpoint, getToken: () => link }),
    now,
    makeBooking: ({ startsIn }) =>
      putBooking({ patient: 'ann', provider: 'dr-smith', start: now() + startsIn + (made += 1) }),
    pause: () => new Promise((resolve) => setTimeout(resolve, 10)),
    advance,
    cutEvents: () => streams.cut(),
    dispose,
  };
}

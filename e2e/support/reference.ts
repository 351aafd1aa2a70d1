import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRestBackend, type RestBackend } from '@active-session/adapter-rest';
import { DEFAULT_WINDOW_POLICY, toIso } from '@active-session/core';
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
import type { BackendPair } from '@active-session/testing/contracts';
import { Hono } from 'hono';
import { SignJWT } from 'jose';

const MOUNT = '/api/session/v1';
const SECRET = 'a secret that only this test knows, long enough';
const START = Date.parse('2026-03-02T10:00:00.000Z');
const PERSON = { initials: 'XX', timeZone: 'UTC' } as const;
const PEOPLE: readonly PersonRecord[] = [
  { ...PERSON, id: 'ann', role: 'patient', name: 'Ann' },
  { ...PERSON, id: 'ben', role: 'patient', name: 'Ben' },
  { ...PERSON, id: 'dr-smith', role: 'provider', name: 'Dr. Smith' },
];
const HOURS: readonly OpeningHours[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  provider: 'dr-smith',
  weekday,
  from: '00:00',
  to: '24:00',
  slotMinutes: 30,
  sessionTypes: ['Video Consultation'],
}));

/** What the contract suites need, with everything that adapter-rest offers. */
export interface Reference extends BackendPair {
  readonly patient: RestBackend;
  readonly provider: RestBackend;
  readonly stranger: RestBackend;
  readonly dispose: () => Promise<void>;
}

/** The reference server on a port, with three people who reach it over HTTP. */
export async function startReference(): Promise<Reference> {
  let now = START;
  const dataFolder = await mkdtemp(join(tmpdir(), 'active-session-contract-'));
  const store = await openSqliteStore({ dataFolder });
  await seed(store, { people: PEOPLE, hours: HOURS });
  const app = new Hono();
  const listening = await listen(app.fetch.bind(app), { host: '127.0.0.1', port: 0 });
  const endpoint = `http://127.0.0.1:${String(listening.port)}${MOUNT}`;
  const auth = { key: { secret: secretKey(SECRET, 'SECRET') }, audience: 'contract', issuer: 'contract' };
  const config = { auth, publicUrl: endpoint, allowedOrigins: [], iceServers: [], policy: DEFAULT_WINDOW_POLICY };
  const server = createServer({ config, store, clock: { now: () => now }, sweepEvery: 0 });
  app.route(MOUNT, server.app);
  server.attach(listening.server);

  const backendOf = ({ id, role }: PersonRecord): RestBackend =>
    createRestBackend({
      endpoint,
      getToken: () =>
        new SignJWT({ role })
          .setProtectedHeader({ alg: 'HS256' })
          .setSubject(id)
          .setIssuer('contract')
          .setAudience('contract')
          .setIssuedAt(Math.floor(now / 1_000))
          .setExpirationTime(Math.floor(now / 1_000) + 365 * 86_400)
          .sign(new TextEncoder().encode(SECRET)),
    });
  const [patient, stranger, provider] = PEOPLE.map(backendOf);
  if (patient === undefined || stranger === undefined || provider === undefined) throw new Error('There are three.');

  let made = 0;
  return {
    patient,
    provider,
    stranger,
    providerId: 'dr-smith',
    now: () => now,
    async makeBooking({ startsIn }) {
      // Past the routes, because nobody can book a time that has begun.
      made += 1;
      const booking: BookingRecord = {
        id: `made-${String(made)}`,
        provider: 'dr-smith',
        providerName: 'Dr. Smith',
        providerInitials: 'XX',
        dateTime: toIso(now + startsIn + made),
        sessionType: 'Video Consultation',
        notes: '',
        status: 'scheduled',
        bookedAt: toIso(now),
        patient: 'ann',
        patientName: 'Ann',
        durationMinutes: 30,
        timeZone: 'UTC',
        version: 1,
        attendance: [],
      };
      await store.transaction((view) => view.bookings.insert(booking));
      return booking;
    },
    pause: () => new Promise((resolve) => setTimeout(resolve, 10)),
    async advance(ms) {
      now += ms;
      await server.sweep();
    },
    async dispose() {
      await server.close();
      await listening.stop();
      await store.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

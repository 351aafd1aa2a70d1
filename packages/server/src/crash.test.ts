import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { growFiles, startProcess } from '../test-support/child.js';
import { MINUTE, tokenFor } from '../test-support/harness.js';
import { hours, people } from '../test-support/people.js';
import { createWriters } from '../test-support/writers.js';
import { verifyAudit } from './domain/audit.js';
import { seed } from './store/seed.js';
import { openSqliteStore } from './store/sqlite/sqlite-store.js';

/** More by `pnpm prove crashes`. */
const KILLS = Number(process.env['PROVE_RUNS'] ?? 4);

const SLOT = 30 * MINUTE;
let dataFolder: string;
let bookingId: string;
let firstSlot: number;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'active-session-'));
  const store = await openSqliteStore({ dataFolder });
  await seed(store, { people, hours });
  await store.close();
  firstSlot = Math.ceil(Date.now() / SLOT) * SLOT;
  const server = await startProcess(dataFolder);
  bookingId = await book(server.url, firstSlot);
  await server.kill('SIGTERM');
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

async function book(url: string, start: number): Promise<string> {
  const response = await fetch(`${url}/bookings`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await tokenFor('ana')}`, 'Idempotency-Key': 'first' },
    body: JSON.stringify({ provider: 'lee', dateTime: new Date(start).toISOString(), notes: '' }),
  });
  return ((await response.json()) as { id: string }).id;
}

async function writeNote(url: string, content: string): Promise<Response> {
  const id = crypto.randomUUID();
  return fetch(`${url}/bookings/${bookingId}/notes`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await tokenFor('lee')}`, 'Idempotency-Key': id },
    body: JSON.stringify({ id, content }),
  });
}

describe('kill -9 under write load', () => {
  test(
    'every acknowledged booking and note is there, none doubled, none half',
    { timeout: 60_000 + KILLS * 10_000 },
    async () => {
      const writers = await createWriters(bookingId, firstSlot);
      for (let kill = 0; kill < KILLS; kill += 1) {
        const server = await startProcess(dataFolder);
        const writing = writers.write(server.url);
        const target = writers.acknowledged.size + 1 + (kill % 30);
        while (writers.acknowledged.size < target) await new Promise((done) => setTimeout(done, 1));
        await server.kill('SIGKILL');
        await writing;
      }
      const counts = await keptOf(writers);
      expect(counts.acknowledged).toBeGreaterThanOrEqual(KILLS);
      if (process.env['PROVE_RUNS'] !== undefined) process.stdout.write(`${KILLS} kills, ${JSON.stringify(counts)}\n`);
    },
  );
});

async function keptOf({ acknowledged, kinds }: Awaited<ReturnType<typeof createWriters>>) {
  const store = await openSqliteStore({ dataFolder });
  const notes = await store.read((view) => view.notes.list(bookingId, 0, 1_000_000));
  const bookings = await store.read((view) => view.bookings.list({ person: 'ana', limit: 1_000_000 }));
  const events = await store.read((view) => view.events.after(0, 1_000_000, 'ana'));
  const audit = await verifyAudit(store);
  await store.close();

  const kept = new Set([...notes, ...bookings].map(({ id }) => id));
  expect([...acknowledged.values()].filter((id) => !kept.has(id))).toEqual([]);
  expect(new Set(acknowledged.values()).size).toBe(acknowledged.size);
  // At most one for each that was ever wanted: what was sent again after a crash was known again.
  const wanted = (kind: string): number => [...kinds.values()].filter((one) => one === kind).length;
  expect(new Set(notes.map(({ id }) => id)).size).toBe(notes.length);
  expect(notes.length).toBeLessThanOrEqual(wanted('note'));
  expect(bookings.length - 1).toBeLessThanOrEqual(wanted('booking'));
  expect(new Set(bookings.map(({ dateTime }) => dateTime)).size).toBe(bookings.length);
  // Effect and event are one transaction.
  expect(events.filter(({ type }) => type === 'note.added')).toHaveLength(notes.length);
  expect(audit.fault).toBeUndefined();
  const database = new DatabaseSync(join(dataFolder, 'active-session.db'));
  expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
  database.close();
  return { acknowledged: acknowledged.size, notes: notes.length, bookings: bookings.length };
}

// The limit that stands for a full disk is Linux's.
if (process.platform === 'linux')
  describe('a full disk', () => {
    test(
      'refuses with 503 and when to come back, keeps what it acknowledged, goes on reading, and recovers by itself',
      { timeout: 60_000 },
      async () => {
        const { size } = await stat(join(dataFolder, 'active-session.db'));
        const server = await startProcess(dataFolder, { filesUpTo: Math.ceil(size / 1024) + 300 });
        let acknowledged = 0;
        let refused: Response | undefined;
        while (refused === undefined) {
          const answer = await writeNote(server.url, 'x'.repeat(8_000));
          if (answer.status === 201) acknowledged += 1;
          else refused = answer;
        }
        expect(refused.status).toBe(503);
        expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
        expect(await refused.json()).toMatchObject({ type: 'urn:active-session:problem:unavailable' });

        const list = async (): Promise<number> => {
          const headers = { Authorization: `Bearer ${await tokenFor('ana')}` };
          const answer = await fetch(`${server.url}/bookings/${bookingId}/notes?limit=200`, { headers });
          expect(answer.status).toBe(200);
          return ((await answer.json()) as { items: unknown[] }).items.length;
        };
        expect(await list()).toBe(acknowledged);

        growFiles(server);
        expect((await writeNote(server.url, 'There is room again.')).status).toBe(201);
        expect(await list()).toBe(acknowledged + 1);
        await server.kill('SIGTERM');
      },
    );
  });

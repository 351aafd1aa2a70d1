import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProcess } from '../../../test-support/child.js';
import { hours, people } from '../../../test-support/people.js';
import { seed } from '../seed.js';
import type { Store } from '../store.js';
import { nodeSqliteDialect } from './dialect.js';
import { migrations } from './migrations.js';
import type { Database } from './schema.js';
import { openSqliteStore } from './sqlite-store.js';

let dataFolder: string;
let database: DatabaseSync;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'active-session-'));
  database = new DatabaseSync(join(dataFolder, 'active-session.db'));
});
afterEach(async () => {
  if (database.isOpen) database.close();
  await rm(dataFolder, { recursive: true, force: true });
});

const form = (): unknown => database.prepare('select name, sql from sqlite_master order by name').all();
const all = (table: string): unknown[] => database.prepare(`select * from ${table}`).all();

/** A data folder as the first version left it, with something in every table. */
async function leaveFirstForm(): Promise<void> {
  const db = new Kysely<Database>({ dialect: nodeSqliteDialect(database) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  expect((await migrator.migrateTo('0001-first')).error).toBeUndefined();
  database.exec(`
    insert into people values ('ana', 'patient', 'Ana', 'A', null, 'UTC'), ('lee', 'provider', 'Lee', 'L', null, 'UTC');
    insert into bookings values ('b', 'ana', 'Ana', 'lee', 'Lee', 'L', 1000, 61000, 'UTC', 'Video', 'Pain', 'scheduled',
      0, 3, null, null, null);
    insert into attendance (booking, seat, joined_at, left_at) values ('b', 'patient', 1, 2), ('b', 'provider', 1, null);
    insert into leases values ('b', 'provider', 'lee', 'h', 'l', 'in-call', 1, 1, 9999999999999, 'p');
    insert into notes (id, booking, author, provider_name, timestamp, content) values ('n', 'b', 'lee', 'Lee', 5, 'Text');
    insert into outbox (patient, provider, type, payload, created) values
      ('ana', 'lee', 'note.added', '{"bookingId":"b","note":{"id":"n","content":"Text"}}', 5),
      ('ana', 'lee', 'booking.changed', '{"booking":{"id":"b"}}', 6),
      ('ana', null, 'seat.taken', '{"bookingId":"b"}', 7);
  `);
}

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore({ dataFolder });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('a database of the first form', () => {
  it('is brought to this one with everything in it', async () => {
    await leaveFirstForm();
    await withStore((store) =>
      store.read(async (view) => {
        expect(await view.people.person('lee')).not.toHaveProperty('active');
        expect(await view.people.providers()).toHaveLength(1);
        const booking = await view.bookings.get('b');
        expect(booking).toMatchObject({
          version: 3,
          notes: 'Pain',
          attendance: [{ seat: 'patient' }, { seat: 'provider' }],
        });
        expect(booking).not.toHaveProperty('late');
        expect(await view.bookings.admission('b')).toBeUndefined();
        expect(await view.seats.lease('b', 'provider')).toMatchObject({
          person: 'lee',
          holder: 'h',
          lease: 'l',
          state: 'in-call',
          expiresAt: 9999999999999,
          peerId: 'p',
          devices: null,
          sending: null,
        });
        expect(await view.seats.leases()).toHaveLength(1);
        expect(await view.guests.of('b')).toEqual([]);
        expect(await view.people.gone(['lee', 'guest:1'])).toEqual(['guest:1']);
        expect(await view.notes.get('b', 'n')).toMatchObject({ content: 'Text', withdrawnAt: null });
      }),
    );
    expect(database.prepare('select booking, note from outbox order by seq').all()).toEqual([
      { booking: 'b', note: 'n' },
      { booking: 'b', note: null },
      { booking: 'b', note: null },
    ]);
    // What was told before the change is found by what is taken back after it.
    await withStore((store) => store.transaction((view) => view.events.blankNote('b', 'n', 8)));
    expect(JSON.stringify(all('outbox'))).not.toContain('Text');
  });

  it('stays as it is when the change can’t be made to its end, and is changed at the next start', async () => {
    await leaveFirstForm();
    // In the way of one of the last statements.
    database.exec('create table draft_keys (something text)');
    const [before, bookings] = [form(), all('bookings')];
    await expect(openSqliteStore({ dataFolder })).rejects.toThrow('could not be migrated');
    expect(form()).toEqual(before);
    expect(all('bookings')).toEqual(bookings);
    database.exec('drop table draft_keys');
    await withStore((store) => seed(store, { people, hours }));
    expect(all('kysely_migration').length).toBeGreaterThan(1);
  });

  it('is opened as soon as another process lets go of it', async () => {
    await leaveFirstForm();
    // Longer than SQLite itself waits.
    const holder = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const { DatabaseSync } = require('node:sqlite');
       const database = new DatabaseSync(workerData);
       database.exec('begin exclusive');
       parentPort.postMessage('held');
       setTimeout(() => { database.exec('commit'); database.close(); }, 1300);`,
      { eval: true, workerData: join(dataFolder, 'active-session.db') },
    );
    await once(holder, 'message');
    const gone = once(holder, 'exit');
    await withStore((store) => seed(store, { people, hours }));
    await gone;
  });

  it('is changed once by two servers that start at the same moment', async () => {
    await leaveFirstForm();
    const servers = await Promise.all([startProcess(dataFolder), startProcess(dataFolder)]);
    expect(all('kysely_migration')).toHaveLength(Object.keys(migrations).length);
    expect(all('bookings')).toHaveLength(1);
    for (const server of servers) await server.kill('SIGTERM');
  }, 20_000);
});

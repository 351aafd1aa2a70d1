import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spawnServer, startProcess } from '../test-support/child.js';
import { HOUR, START, startServer, tokenFor } from '../test-support/harness.js';
import { hours, people } from '../test-support/people.js';
import { refused, ticketSocket } from '../test-support/sockets.js';
import { seed } from './store/seed.js';
import { openSqliteStore } from './store/sqlite/sqlite-store.js';

describe('a restart', () => {
  it('keeps bookings, notes, seats, tickets, answers and event ids', async () => {
    const server = await startServer();
    const { id } = await server.book('ana', START + HOUR);
    const note = { id: crypto.randomUUID(), content: 'Kept.' };
    const key = { 'Idempotency-Key': 'k' };
    await server.post('lee', `/bookings/${id}/notes`, note, key);
    const { seat, ticket } = await server.enter('ana', id);
    await server.report('ana', id, seat.lease, 'in-call');
    const json = { Accept: 'application/json' };
    const before = await server.call('ana', 'GET', '/events', undefined, json);
    const bookings = (await server.get('ana', '/bookings')).body;

    await server.restart();
    expect((await server.get('ana', '/bookings')).body).toEqual(bookings);
    expect((await server.get('ana', `/bookings/${id}/notes`)).body.items).toMatchObject([note]);
    expect((await server.post('lee', `/bookings/${id}/notes`, note, key)).status).toBe(201);
    expect((await server.report('ana', id, seat.lease, 'in-call')).status).toBe(200);
    await server.note('lee', id, 'Later.');
    const after = await server.call('ana', 'GET', `/events?after=${before.body.cursor}`, undefined, json);
    expect(after.body.events).toHaveLength(1);
    expect(
      await refused(ticketSocket({ ...ticket, engineGrant: { ...ticket.engineGrant!, url: server.socketUrl } })),
    ).toBe(101);
    await server.stop();
  });
});

describe('the data folder', () => {
  let dataFolder: string;
  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'active-session-'));
  });
  afterEach(() => rm(dataFolder, { recursive: true, force: true }));

  it('of a newer version is refused and left alone', async () => {
    await (await openSqliteStore({ dataFolder })).close();
    const database = new DatabaseSync(join(dataFolder, 'active-session.db'));
    database.exec(`insert into kysely_migration values ('9999-of-the-future', '2030-01-01T00:00:00Z')`);
    await expect(openSqliteStore({ dataFolder })).rejects.toThrow(/newer version.*9999-of-the-future/);
    const migrations = database.prepare('select name from kysely_migration order by name').all();
    expect(migrations.at(-1)).toEqual({ name: '9999-of-the-future' });
    database.close();
  });

  it('has nothing that other accounts of the machine can read, whoever made it', async () => {
    await chmod(dataFolder, 0o755);
    const store = await openSqliteStore({ dataFolder });
    await seed(store, { people, hours });
    const files = await readdir(dataFolder);
    expect(files).toContain('active-session.db-wal');
    for (const file of files) expect([file, (await stat(join(dataFolder, file))).mode & 0o077]).toEqual([file, 0]);
    await store.close();
  });

  it('is durable by its settings, and refuses a double booking by a constraint', async () => {
    const store = await openSqliteStore({ dataFolder });
    await seed(store, { people, hours });
    await seed(store, { people, hours });
    const database = new DatabaseSync(join(dataFolder, 'active-session.db'));
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('select count(*) as n from opening_hours').get()).toEqual({ n: hours.length });
    const insert = (id: string, status: string): void => {
      database
        .prepare(
          `insert into bookings (id, patient, patient_name, provider, provider_name, provider_initials, "start", "end",
             time_zone, session_type, notes, status, booked_at, version)
           values (?, 'ana', 'A', 'lee', 'L', 'L', 1, 2, 'UTC', 'x', '', ?, 0, 1)`,
        )
        .run(id, status);
    };
    insert('1', 'cancelled');
    insert('2', 'scheduled');
    expect(() => insert('3', 'scheduled')).toThrow(/UNIQUE/);
    database.close();
    await store.close();
  });

  it('rolls a failed transaction back as a whole, and lets the next one through', async () => {
    const store = await openSqliteStore({ dataFolder });
    await seed(store, { people, hours });
    const failing = store.transaction(async (view) => {
      await view.people.putPerson({ id: 'new', role: 'patient', name: 'N', initials: 'N', timeZone: 'UTC' });
      throw new Error('on purpose');
    });
    const next = store.transaction((view) => view.people.person('new'));
    await expect(failing).rejects.toThrow('on purpose');
    expect(await next).toBeUndefined();
    await store.close();
  });

  it('waits for another process that writes, without keeping others waiting for the time of day', async () => {
    const store = await openSqliteStore({ dataFolder });
    const other = new DatabaseSync(join(dataFolder, 'active-session.db'));
    other.exec('begin immediate');
    const write = store.transaction((view) => view.events.purge(0));
    // SQLite's own waiting would stop everything here until it gives up.
    const asked = performance.now();
    await new Promise((done) => setTimeout(done, 50));
    expect(performance.now() - asked).toBeLessThan(500);
    other.exec('rollback');
    await write;
    other.close();
    await store.close();
  });

  it('is busy, not broken, while another process writes for too long (S7)', async () => {
    const server = await startServer();
    const { id } = await server.book('ana', START + HOUR);
    const other = new DatabaseSync(join(server.dataFolder, 'active-session.db'));
    other.exec('begin immediate');
    const started = performance.now();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => server.note('lee', id, `${i}`)));
    for (const { status, body, headers } of answers) {
      expect([status, body.type]).toEqual([503, 'urn:active-session:problem:unavailable']);
      expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    }
    // All of them wait at once, not one after the other.
    expect(performance.now() - started).toBeLessThan(8_000);
    expect((await server.get('ana', `/bookings/${id}/notes`)).body.items).toEqual([]);
    other.exec('rollback');
    other.close();
    expect((await server.note('lee', id, 'again')).status).toBe(201);
    expect((await server.get('ana', `/bookings/${id}/notes`)).body.items).toMatchObject([{ content: 'again' }]);
    const events = await server.store.read((view) => view.events.after(0, 100));
    expect(events.filter(({ type }) => type === 'note.added')).toHaveLength(1);
    await server.stop();
  }, 20_000);

  it('is closed in good order by SIGTERM, with a stream open', async () => {
    const store = await openSqliteStore({ dataFolder });
    await seed(store, { people, hours });
    await store.close();
    const server = await startProcess(dataFolder);
    const stream = await fetch(`${server.url}/events`, {
      headers: { Authorization: `Bearer ${await tokenFor('ana')}` },
    });
    const started = performance.now();
    expect(await server.kill('SIGTERM')).toBe(0);
    expect(performance.now() - started).toBeLessThan(5_000);
    await expect(stream.text()).resolves.toContain('event: hello');
    expect(server.output()).not.toMatch(/warning|error/i);
  }, 20_000);

  it('needs a port that is free and a key, and says so', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    await expect(startProcess(dataFolder, { port })).rejects.toThrow(new RegExp(`Port ${port} on 127.0.0.1 is taken`));
    blocker.close();
    const keyless = spawnServer({ ACTIVE_SESSION_JWT_SECRET: '' });
    expect(await once(keyless.child, 'exit')).toEqual([1, null]);
    expect(keyless.output()).toBe(
      'active-session-server: ACTIVE_SESSION_JWT_SECRET or ACTIVE_SESSION_JWKS_URL must be set: there is no default key.\n',
    );
  }, 20_000);
});

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, START, startServer, type TestServer } from '../../test-support/harness.js';

const DAY = 24 * HOUR;

let server: TestServer;
let database: DatabaseSync;
beforeEach(async () => {
  server = await startServer();
  database = new DatabaseSync(join(server.dataFolder, 'active-session.db'));
});
afterEach(async () => {
  database.close();
  await server.stop();
});

/** Both were in the call of this booking until `leftAt`. */
function attend(id: string, leftAt: number): void {
  const insert = database.prepare('insert into attendance (booking, seat, joined_at, left_at) values (?, ?, ?, ?)');
  for (const seat of ['patient', 'provider']) insert.run(id, seat, leftAt - MINUTE, leftAt);
}
const statusOf = async (id: string): Promise<string> => (await server.get('lee', `/bookings/${id}`)).body.status;

describe('sessions that nobody ended', () => {
  it('are completed when they are due, however many others are not due yet', async () => {
    const { id, ...template } = await server.put({ id: 'due', start: START - 3 * HOUR });
    attend(id, START - HOUR);
    await server.store.transaction(async (view) => {
      for (let i = 0; i < 1_100; i++) {
        const dateTime = new Date(START - 4 * HOUR - i * MINUTE).toISOString();
        await view.bookings.insert({ ...template, id: `late${i}`, dateTime });
      }
    });
    database.exec('begin');
    for (let i = 0; i < 1_100; i++) attend(`late${i}`, START - MINUTE);
    database.exec('commit');
    await server.sweep();
    expect([await statusOf('due'), await statusOf('late0')]).toEqual(['completed', 'scheduled']);
    server.now += 9 * MINUTE;
    await server.sweep();
    await server.sweep();
    expect(await statusOf('late1099')).toBe('completed');
  }, 60_000);

  it('are found by a server that was down for a month', async () => {
    await server.put({ id: 'old', start: START - 31 * DAY });
    attend('old', START - 31 * DAY + HOUR);
    await server.restart();
    await server.sweep();
    expect((await server.get('lee', '/bookings/old')).body).toMatchObject({
      status: 'completed',
      completedAt: new Date(START - 31 * DAY + 2 * HOUR + 10 * MINUTE).toISOString(),
    });
  });

  it('do not keep each other waiting when one of them can’t be completed', async () => {
    for (const [id, hours] of [
      ['broken', 5],
      ['fine', 4],
    ] as const) {
      await server.put({ id, start: START - hours * HOUR });
      attend(id, START - hours * HOUR + MINUTE);
    }
    database.exec(`create trigger stuck before update on bookings when old.id = 'broken'
                   begin select raise(abort, 'on purpose'); end`);
    await server.sweep();
    expect([await statusOf('broken'), await statusOf('fine')]).toEqual(['scheduled', 'completed']);
    expect(server.log.filter(({ event }) => event === 'sweep.booking-failed')).toHaveLength(1);
    database.exec('drop trigger stuck');
    server.now += MINUTE;
    await server.sweep();
    expect(await statusOf('broken')).toBe('completed');
  });
});

describe('a clock that steps back (S11)', () => {
  it('makes nobody leave before they came, and changes no order', async () => {
    const { id } = await server.book('ana', START + HOUR);
    const leases = [];
    for (const who of ['ana', 'lee']) leases.push((await server.sit(who, id)).body.lease);
    for (const [i, who] of ['ana', 'lee'].entries()) await server.report(who, id, leases[i]!, 'in-call');
    const { version } = (await server.get('ana', `/bookings/${id}`)).body;
    server.now -= 30_000;
    await server.post('ana', `/bookings/${id}/leave`, { lease: leases[0] });
    const after = (await server.get('ana', `/bookings/${id}`)).body;
    expect(after.version).toBeGreaterThan(version);
    const [entry] = after.attendance;
    expect(Date.parse(entry!.leftAt!)).toBeGreaterThanOrEqual(Date.parse(entry!.joinedAt));
  });
});

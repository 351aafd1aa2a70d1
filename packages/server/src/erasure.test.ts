import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { CONTENT, openBench, SHELL, textColumns, type Bench } from '../test-support/records.js';
import { DAY, HOUR, inserter, NOW } from '../test-support/record-rows.js';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const saying = (text: string): unknown => expect.stringContaining(text);

describe('the places of texts in the database', () => {
  it('are all known to who exports and erases', () => {
    expect(bench.raw(textColumns).sort()).toEqual([...CONTENT, ...SHELL].sort());
  });

  it('are all filled by these tests', () => {
    bench.fill('ana', 'CANARY');
    expect(bench.found('CANARY').sort()).toEqual([...CONTENT].sort());
  });
});

describe('erasure', () => {
  it('leaves nothing that was said in any row or byte, and the shell', async () => {
    bench.fill('ana', 'CANARY');
    bench.fill('ben', 'OTHER');
    const before = bench.found('OTHER');
    const ran = await bench.command('erase', 'ana', '--yes');
    expect(ran).toEqual({ code: 0, out: 'ana is erased, with what 3 bookings held; 2 of them cancelled.', err: '' });
    expect(bench.found('CANARY')).toEqual([]);
    expect(await bench.filesWith('CANARY')).toEqual([]);
    expect(await bench.filesWith('OTHER')).not.toEqual([]);
    expect(bench.found('OTHER')).toEqual(before);

    bench.raw((db) => {
      const shell = db.prepare(
        `select id, status, "start", provider, version from bookings where patient = 'ana' order by "start"`,
      );
      expect(shell.all()).toEqual([
        { id: 'ana-past', status: 'completed', start: NOW - 30 * DAY, provider: 'lee', version: 4 },
        { id: 'ana-now', status: 'cancelled', start: NOW - HOUR / 2, provider: 'lee', version: 4 },
        { id: 'ana-future', status: 'cancelled', start: NOW + 30 * DAY, provider: 'lee', version: 4 },
      ]);
      const attendance = db.prepare(`select joined_at, left_at from attendance where booking = 'ana-now'`).all();
      expect(attendance).toEqual([{ joined_at: NOW - HOUR / 2, left_at: NOW }]);
      for (const table of ['leases', 'grants', 'admissions']) {
        expect(db.prepare(`select count(*) as n from ${table} where booking like 'ana%'`).get()).toEqual({ n: 0 });
      }
      const notes = db.prepare(`select count(*) as n from notes where booking like 'ana%' and withdrawn_at is null`);
      expect(notes.get()).toEqual({ n: 0 });
    });
    expect(await bench.store.read((view) => view.people.gone(['ana']))).toEqual(['ana']);
  });

  it('reaches what was deleted long before, and left in the file', async () => {
    bench.raw((db) => {
      db.exec('pragma secure_delete = off');
      inserter(db)('outbox', { patient: 'ana', type: 'x', payload: 'CANARY '.repeat(2_000), created: 0 });
      db.exec(`delete from outbox; pragma wal_checkpoint(truncate)`);
    });
    expect(await bench.filesWith('CANARY')).toEqual(['active-session.db']);
    await bench.command('erase', 'ana', '--yes');
    expect(await bench.filesWith('CANARY')).toEqual([]);
  });

  it('is in the audit trail, which is still whole', async () => {
    bench.fill('ana', 'CANARY');
    await bench.store.transaction((view) =>
      view.audit.append({ actor: 'ana', action: 'booking.read', booking: 'ana-now' }, NOW),
    );
    const published = (await bench.command('audit', 'head')).out;
    await bench.command('erase', 'ana', '--yes');
    const entries = await bench.store.read((view) => view.audit.after(0, 10));
    expect(entries).toMatchObject([
      { actor: 'ana', action: 'booking.read' },
      { actor: null, action: 'booking.cancelled', booking: 'ana-future' },
      { actor: null, action: 'booking.cancelled', booking: 'ana-now' },
      { actor: null, action: 'patient.erased', subject: 'ana' },
    ]);
    const verified = await bench.command('audit', 'verify', '--head', published);
    expect(verified.code).toBe(0);
    expect(verified.out).toContain('1 published head agrees');
  });

  it('is done a second time without harm', async () => {
    bench.fill('ana', 'CANARY');
    await bench.command('erase', 'ana', '--yes');
    expect(await bench.command('erase', 'ana', '--yes')).toMatchObject({
      code: 0,
      out: 'ana is erased, with what 3 bookings held; 0 of them cancelled.',
    });
  });

  it('is of a patient, who exists, and is wanted', async () => {
    bench.fill('ana', 'CANARY');
    expect(await bench.command('erase', 'ana')).toMatchObject({ code: 2, err: saying('--yes') });
    expect(await bench.command('erase', 'nobody', '--yes')).toMatchObject({
      code: 1,
      err: saying('"nobody"'),
    });
    expect(await bench.command('erase', 'lee', '--yes')).toMatchObject({
      code: 1,
      err: saying('a provider'),
    });
    expect(bench.found('CANARY').sort()).toEqual([...CONTENT].sort());
  });

  it('says that remains may be in the files while another process holds on to them', async () => {
    bench.fill('ana', 'CANARY');
    const other = new DatabaseSync(join(bench.dataFolder, 'active-session.db'));
    const reading = other.prepare('select * from bookings').iterate();
    reading.next();
    const ran = await bench.command('erase', 'ana', '--yes');
    expect(ran).toMatchObject({ code: 1, err: saying('Do this again') });
    expect(bench.found('CANARY')).toEqual([]);
    other.close();
    expect((await bench.command('erase', 'ana', '--yes')).code).toBe(0);
    expect(await bench.filesWith('CANARY')).toEqual([]);
  }, 60_000);
});

describe('what the server itself deletes', () => {
  it('is overwritten at once', async () => {
    const payload = JSON.stringify({ text: 'CANARY '.repeat(2_000) });
    const event = { patient: 'ana', provider: null, type: 'note.added', payload, booking: 'b', note: 'n' };
    await bench.store.transaction((view) => view.events.append(event, 0));
    await bench.store.transaction((view) => view.events.purge(1));
    bench.raw((db) => db.exec('pragma wal_checkpoint(truncate)'));
    expect(await bench.filesWith('CANARY')).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openBench, type Bench } from '../test-support/records.js';
import type { PatientExport } from './domain/records.js';
import { DAY, HOUR, NOW } from '../test-support/record-rows.js';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const saying = (text: string): unknown => expect.stringContaining(text);

describe('export', () => {
  it('has everything about the patient that is no copy and no secret, and nothing about another', async () => {
    bench.fill('ana', 'CANARY');
    bench.fill('ben', 'OTHER');
    await bench.store.transaction((view) =>
      view.audit.append({ actor: 'lee', action: 'notes.read', booking: 'ana-past' }, NOW),
    );
    await bench.store.transaction((view) =>
      view.audit.append({ actor: 'lee', action: 'notes.read', booking: 'ben-past' }, NOW),
    );
    await bench.store.transaction((view) => view.audit.append({ actor: 'ana', action: 'bookings.read' }, NOW));
    const { code, out } = await bench.command('export', 'ana');
    expect(code).toBe(0);
    expect(out).not.toContain('OTHER');
    expect(out).not.toContain('ben');
    const document = JSON.parse(out) as unknown;
    const kept = bench.raw((db) => ({
      notes: db.prepare(`select content from notes where booking like 'ana-%' and withdrawn_at is null`).all(),
      rest: db
        .prepare(
          `select notes, cancel_reason, late_message, message, patient_name from bookings
           join admissions on booking = id where patient = 'ana'`,
        )
        .all(),
      devices: db.prepare(`select devices, holder from leases where person = 'ana'`).all(),
    }));
    expect(kept.notes).toHaveLength(57);
    for (const row of Object.values(kept).flat()) {
      for (const text of Object.values(row)) expect(out).toContain(JSON.stringify(text));
    }
    expect(document).toMatchObject({
      exportedAt: '2026-03-02T10:00:00.000Z',
      person: { id: 'ana', active: 1 },
      bookings: [
        { booking: { id: 'ana-past', start: '2026-01-31T10:00:00.000Z' }, attendance: [{ seat: 'patient' }] },
        { booking: { id: 'ana-now' }, seats: [{ state: 'in-call' }] },
        { booking: { id: 'ana-future' } },
      ],
      audit: [
        { action: 'notes.read', actor: 'lee', booking: 'ana-past' },
        { action: 'bookings.read', actor: 'ana' },
        { action: 'patient.exported', subject: 'ana' },
      ],
    });
    // What was in the wrong chart is about somebody else.
    const wrong = (document as PatientExport).bookings
      .flatMap(({ notes }) => notes)
      .filter((note) => note['withdrawn']);
    expect(wrong).toHaveLength(3);
    for (const note of wrong) expect(note).not.toHaveProperty('content');
    expect((document as PatientExport).bookings[0]?.handovers).toMatchObject([{ provider: 'moss', version: 2 }]);
    // Every instant is written as one.
    expect(out).not.toMatch(/: \d{12,}/);
  });

  it('goes into a new file that nobody else can read', async () => {
    const file = join(bench.dataFolder, 'ana.json');
    expect(await bench.command('export', 'ana', '--out', file)).toEqual({ code: 0, out: '', err: '' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ person: { id: 'ana' } });
    const again = await bench.command('export', 'ana', '--out', file);
    expect(again.code).toBe(1);
    expect(again.err).toContain('ana.json');
  });
});

describe('retention', () => {
  const at = (instant: number): string => new Date(instant).toISOString();

  it('removes the content of what ended before, and leaves the rest', async () => {
    bench.fill('ana', 'CANARY');
    const ran = await bench.command('retain', '--before', at(NOW - 7 * DAY), '--yes');
    expect(ran).toEqual({ code: 0, out: 'The content of 1 booking is removed.', err: '' });
    bench.raw((db) => {
      const left = (id: string): unknown =>
        db.prepare(`select count(*) as n from notes where booking = ? and content <> ''`).get(id);
      expect(left('ana-past')).toEqual({ n: 0 });
      expect(left('ana-now')).toEqual({ n: 20 });
      const names = db.prepare(`select id, notes <> '' as said from bookings order by id`).all();
      expect(names).toEqual([
        { id: 'ana-future', said: 1 },
        { id: 'ana-now', said: 1 },
        { id: 'ana-past', said: 0 },
      ]);
      const copies = db
        .prepare(`select count(*) as n from outbox where booking = 'ana-past' and type <> 'reset'`)
        .get();
      expect(copies).toEqual({ n: 0 });
    });
    expect(await bench.store.read((view) => view.people.gone(['ana']))).toEqual([]);
    expect(await bench.store.read((view) => view.audit.after(0, 10))).toMatchObject([
      { action: 'records.expired', booking: 'ana-past' },
    ]);
    // A second time there is nothing left to do.
    expect((await bench.command('retain', '--before', at(NOW - 7 * DAY), '--yes')).out).toContain('0 bookings');
  });

  it('waits for a booking with a younger note', async () => {
    bench.fill('ana', 'CANARY');
    bench.raw((db) => db.prepare(`update notes set timestamp = ? where id = 'ana-past-n5'`).run(NOW - 2 * DAY));
    expect((await bench.command('retain', '--before', at(NOW - 7 * DAY), '--yes')).out).toContain('0 bookings');
    expect((await bench.command('retain', '--before', at(NOW - DAY), '--yes')).out).toContain('1 booking');
  });

  it.each([
    ['a seat is held', `update leases set booking = 'ana-past'`],
    ['somebody is in the call', `update attendance set left_at = null where booking = 'ana-past'`],
  ])('passes over a booking in which %s', async (_, change) => {
    bench.fill('ana', 'CANARY');
    bench.raw((db) => {
      db.exec(change);
    });
    expect((await bench.command('retain', '--before', at(NOW - 7 * DAY), '--yes')).out).toContain('0 bookings');
  });

  it('goes through thousands in many small transactions', async () => {
    bench.raw((db) => {
      db.exec('begin');
      for (let i = 0; i < 1_005; i++) {
        const start = NOW - 400 * DAY + i * HOUR;
        db.prepare(
          `insert into bookings (id, patient, patient_name, provider, provider_name, provider_initials, "start", "end",
             time_zone, session_type, notes, status, booked_at, version)
           values (?, 'ana', 'A', 'lee', 'L', 'L', ?, ?, 'UTC', 'x', 'CANARY', 'completed', 0, 1)`,
        ).run(`b${i}`, start, start + HOUR);
      }
      db.exec('commit');
    });
    expect((await bench.command('retain', '--before', at(NOW - 7 * DAY), '--yes')).out).toContain('1005 bookings');
    expect(bench.found('CANARY')).toEqual([]);
    expect((await bench.command('audit', 'verify')).out).toContain('entries 1 to 1005');
    // Who is connected reads anew once, not a thousand times.
    expect(await bench.store.read((view) => view.events.after(0, 100))).toHaveLength(2);
  });

  it('of the audit trail leaves a chain that is verified from there', async () => {
    for (let day = 10; day > 0; day--) {
      const entry = { actor: 'lee', action: 'notes.read', booking: `b${day}` } as const;
      await bench.store.transaction((view) => view.audit.append(entry, NOW - day * DAY));
    }
    const young = (await bench.command('audit', 'head')).out;
    const old = await bench.store.read((view) => view.audit.after(1, 1));
    const ran = await bench.command('retain', '--audit-before', at(NOW - 5 * DAY), '--yes');
    expect(ran).toMatchObject({ code: 0, out: saying(`up to its entry 5:`) });
    const heads = ['--head', young, '--head', `2:${old[0]!.hash}`];
    expect(await bench.command('audit', 'verify', ...heads)).toEqual({
      code: 0,
      out: [
        `The audit trail is whole: entries 6 to 11. Its head is ${(await bench.command('audit', 'head')).out}.`,
        '1 published head agrees with it.',
        "1 published head is of entries that retention has removed since, and can't be checked any more.",
      ].join('\n'),
      err: '',
    });
    expect((await bench.command('retain', '--audit-before', at(NOW - 5 * DAY), '--yes')).out).toContain('nothing');
  });

  it.each([
    [['retain', '--yes'], '--before, --audit-before or both'],
    [['retain', '--before', '2025-01-01T00:00:00Z'], '--yes'],
    [['retain', '--before', '2025-01-01', '--yes'], 'must be an instant like'],
    [['retain', '--before', '2027-01-01T00:00:00Z', '--yes'], 'in the past'],
    [['retain', '--before', '2026-03-02T09:00:00Z', '--yes'], 'a day ago'],
  ])('%j is not done', async (args, why) => {
    expect(await bench.command(...args)).toMatchObject({ code: 2, err: saying(why) });
  });
});

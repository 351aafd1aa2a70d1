import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { operations } from '@active-session/core/contract';
import { spawnServer, startProcess } from '../test-support/child.js';
import { HOUR, MINUTE, START, startServer, tokenFor, type Answer, type TestServer } from '../test-support/harness.js';
import { people } from '../test-support/people.js';
import { filesWith, run } from '../test-support/records.js';
import { openStream } from '../test-support/streams.js';
import { verifyAudit } from './domain/audit.js';
import { erasePatient } from './domain/records.js';
import type { AuditAction, AuditRecord } from './store/records.js';
import { openSqliteStore } from './store/sqlite/sqlite-store.js';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const trail = (): Promise<readonly AuditRecord[]> => server.store.read((view) => view.audit.after(0, 10_000));

/** A patient's time with two providers, with a text of its own wherever somebody can write one. */
async function wholeVisit(): Promise<string> {
  const say = (where: string): string => `CANARY ${where}: in confidence`;
  const key = { 'Idempotency-Key': 'CANARY-key' };
  const dateTime = new Date(START + HOUR).toISOString();
  const booked = await server.post('ana', '/bookings', { provider: 'lee', dateTime, notes: say('reason') }, key);
  const { id, version } = booked.body;
  await server.post('lee', `/bookings/${id}/late`, { minutes: 5, message: say('late') });
  const { seat } = await server.enter('ana', id);
  await server.enter('lee', id);
  await server.post('lee', `/bookings/${id}/hold`, { message: say('hold') });
  await server.post('lee', `/bookings/${id}/admit`);
  await server.report('ana', id, seat.lease, 'in-call');
  const note = (await server.note('lee', id, say('note'))).body;
  const wrong = (await server.note('lee', id, say('wrong note'))).body;
  await server.post('lee', `/bookings/${id}/notes/${wrong.id}/withdraw`);
  await server.get('ana', `/bookings/${id}/notes`);
  await server.post('ana', `/bookings/${id}/leave`, { lease: seat.lease });
  await server.post('lee', `/bookings/${id}/complete`);
  await server.post('lee', `/bookings/${id}/reopen`);
  await server.get('lee', '/patients/ana/history');
  await server.get('lee', '/me/draft-key');
  await server.get('ana', `/bookings/${id}`);
  await server.get('ana', '/bookings');
  const stream = await openStream(server.url, await tokenFor('ana'));
  await stream.nextOf('hello');
  stream.close();
  await server.get('ben', `/bookings/${id}/notes`);
  await server.get('ben', `/bookings/${encodeURIComponent(say('path'))}/notes`);
  expect([booked.status, version, note.content]).toEqual([201, 1, say('note')]);

  const other = await server.book('ana', START + 3 * HOUR);
  const moved = await server.post(
    'ana',
    `/bookings/${other.id}/reschedule`,
    { dateTime: new Date(START + 4 * HOUR).toISOString() },
    { 'If-Match': '"1"' },
  );
  await server.post(
    'lee',
    `/bookings/${other.id}/reassign`,
    { provider: 'moss' },
    { 'If-Match': `"${moved.body.version}"` },
  );
  await server.post('ana', `/bookings/${other.id}/cancel`, { reason: say('cancel') });
  return id;
}

describe('the audit trail of a whole visit', () => {
  it('says who did and read what, in ids and nothing else', async () => {
    const id = await wholeVisit();
    const entries = await trail();
    const actions: readonly AuditAction[] = [
      'booking.booked',
      'booking.late',
      'seat.taken',
      'ticket.given',
      'patient.held',
      'patient.admitted',
      'call.joined',
      'note.added',
      'note.withdrawn',
      'notes.read',
      'call.left',
      'seat.left',
      'booking.completed',
      'booking.reopened',
      'history.read',
      'draft-key.read',
      'booking.read',
      'bookings.read',
      'events.followed',
      'access.denied',
      'booking.rescheduled',
      'booking.reassigned',
      'booking.cancelled',
    ];
    expect(new Set(entries.map(({ action }) => action))).toEqual(new Set(actions));
    expect(entries).toContainEqual(
      expect.objectContaining({ actor: 'ben', action: 'access.denied', booking: id, subject: 'listNotes' }),
    );

    const text = JSON.stringify(entries);
    for (const word of ['CANARY', 'confidence', ...people.map(({ name }) => name)]) expect(text).not.toContain(word);
    const [bookings, notes] = await server.store.read(async (view) => {
      const own = (await view.bookings.list({ person: 'ana', limit: 100 })).map((booking) => booking.id);
      return [own, (await view.notes.of(own)).map((note) => note.id)];
    });
    const ids = new Set([...people.map((person) => person.id), ...bookings, ...notes, ...Object.keys(operations)]);
    for (const entry of entries) {
      const { actor, booking, subject } = entry;
      for (const value of [actor, booking, subject]) expect(value === null || ids.has(value), String(value)).toBe(true);
    }
    expect((await verifyAudit(server.store)).fault).toBeUndefined();
  });

  it('is one read to one entry, also when many read at once', async () => {
    const { id } = await server.book('ana', START + HOUR);
    await Promise.all(Array.from({ length: 30 }, () => server.get('lee', `/bookings/${id}/notes`)));
    expect((await trail()).filter(({ action }) => action === 'notes.read')).toHaveLength(30);
    expect((await verifyAudit(server.store)).fault).toBeUndefined();
  });

  it('has what is told again when the same is asked for again', async () => {
    const { id } = await server.book('ana', START + HOUR);
    const note = { id: crypto.randomUUID(), content: 'x' };
    const request = { provider: 'lee', dateTime: new Date(START + 2 * HOUR).toISOString(), notes: '' };
    const again: [string, () => Promise<Answer>, AuditAction][] = [
      ['ana', () => server.post('ana', '/bookings', request, { 'Idempotency-Key': 'k' }), 'booking.read'],
      ['lee', () => server.post('lee', `/bookings/${id}/notes`, note, { 'Idempotency-Key': 'k' }), 'notes.read'],
      ['lee', () => server.post('lee', `/bookings/${id}/notes`, note, { 'Idempotency-Key': 'other' }), 'notes.read'],
      ['lee', () => server.post('lee', `/bookings/${id}/notes/${note.id}/withdraw`), 'notes.read'],
      ['lee', () => server.post('lee', `/bookings/${id}/late`, { minutes: 5 }), 'booking.read'],
      ['ana', () => server.post('ana', `/bookings/${id}/cancel`, {}), 'booking.read'],
    ];
    for (const [actor, ask, action] of again) {
      const first = await ask();
      const before = (await trail()).length;
      const second = await ask();
      expect([second.status, second.body]).toEqual([first.status, first.body]);
      expect((await trail()).slice(before)).toMatchObject([{ actor, action }]);
    }
  });

  it('files who asked for what is not theirs under whom it is about', async () => {
    const { id } = await server.book('ana', START + HOUR);
    await server.get('moss', '/patients/ana/history');
    await server.get('moss', '/patients/nobody-here/history');
    await server.get('ana', '/providers/ben/slots');
    await server.get('ben', `/bookings/${id}`);
    expect((await trail()).filter(({ action }) => action === 'access.denied')).toMatchObject([
      { actor: 'moss', subject: 'ana', booking: null },
      { actor: 'moss', subject: 'listHistory', booking: null },
      { actor: 'ana', subject: 'listSlots', booking: null },
      { actor: 'ben', subject: 'getBooking', booking: id },
    ]);
    const exported = await server.store.read((view) => view.records.about('ana'));
    expect(exported?.audit.filter(({ action }) => action === 'access.denied')).toHaveLength(3);
  });

  it('is published while the server runs', async () => {
    await server.book('ana', START + HOUR);
    server.now += MINUTE;
    await server.sweep();
    const [last] = (await trail()).slice(-1);
    expect(server.log.filter(({ event }) => event === 'audit.head').at(-1)).toMatchObject({
      seq: last?.seq,
      hash: last?.hash,
    });
  });
});

describe('erasing a patient while the server runs', () => {
  it('leaves nothing of a whole visit in any file, and the other party their day', async () => {
    const id = await wholeVisit();
    expect(await filesWith(server.dataFolder, 'CANARY')).not.toEqual([]);
    const ran = await run(['erase', 'ana', '--yes'], server.dataFolder);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(await filesWith(server.dataFolder, 'CANARY')).toEqual([]);
    expect(await filesWith(server.dataFolder, 'Ana Ruiz')).toEqual([]);
    expect(await filesWith(server.dataFolder, 'Mina Lee')).not.toEqual([]);

    const { items } = (await server.get('lee', '/bookings')).body;
    expect(items.map((booking) => booking.id)).toEqual([id]);
    const notes = (await server.get('lee', `/bookings/${id}/notes`)).body.items;
    expect(notes).toMatchObject([
      { content: '', withdrawnAt: expect.any(String) as unknown },
      { content: '', withdrawnAt: expect.any(String) as unknown },
    ]);
  });

  it('is heard of by every page that is connected, and by those that come back', async () => {
    const { id } = await server.book('ana', START + HOUR);
    await server.note('lee', id, 'Before.');
    const json = { Accept: 'application/json' };
    const { cursor } = (await server.call('lee', 'GET', '/events', undefined, json)).body;
    const stream = await openStream(server.url, await tokenFor('lee'));
    const { id: lastEventId } = await stream.nextOf('hello');

    const other = await openSqliteStore({ dataFolder: server.dataFolder, mustExist: true });
    await erasePatient({ store: other, clock: { now: () => server.now } }, 'ana');
    await other.close();
    await server.sweep();

    expect((await stream.nextOf('reset')).data).toEqual({});
    stream.close();
    expect((await server.call('lee', 'GET', `/events?after=${cursor}`, undefined, json)).body).toMatchObject({
      events: [],
      reset: true,
    });
    const later = await openStream(server.url, await tokenFor('lee'), lastEventId);
    expect((await later.next()).event).toBe('reset');
    later.close();
    expect((await server.get('lee', `/bookings/${id}`)).body).toMatchObject({ status: 'cancelled' });
  });

  it('ends the call that they are in, and their sign-in', async () => {
    const { id } = await server.book('ana', START + HOUR);
    const { seat } = await server.enter('ana', id);
    await server.enter('lee', id);
    await server.report('ana', id, seat.lease, 'in-call');
    const stream = await openStream(server.url, await tokenFor('ana'));
    await run(['erase', 'ana', '--yes'], server.dataFolder);
    await server.sweep();
    const read = async (): Promise<never> => {
      for (;;) await stream.next();
    };
    await expect(read()).rejects.toThrow('The stream has ended.');
    expect((await server.report('ana', id, seat.lease, 'in-call')).status).toBe(403);
    expect((await server.get('lee', `/bookings/${id}`)).body).toMatchObject({
      status: 'cancelled',
      attendance: [{ seat: 'patient', leftAt: expect.any(String) as unknown }],
    });
  });
});

describe('a command that waited for its turn while its person went', () => {
  /** Lets `before` be done between the sign-in of the next command and its transaction. */
  function amid(before: () => Promise<unknown>): void {
    const transaction = server.store.transaction.bind(server.store);
    vi.spyOn(server.store, 'transaction').mockImplementationOnce(async (work) => {
      await before();
      return transaction(work);
    });
  }
  const erase = (): Promise<unknown> => run(['erase', 'ana', '--yes'], server.dataFolder);
  const dateTime = new Date(START + 9 * HOUR).toISOString();

  it.each<[string, (id: string) => Promise<Answer>]>([
    [
      'books',
      () => server.post('ana', '/bookings', { provider: 'lee', dateTime, notes: 'CANARY' }, { 'Idempotency-Key': 'k' }),
    ],
    ['cancels', (id) => server.post('ana', `/bookings/${id}/cancel`, { reason: 'CANARY' })],
    ['takes a seat', (id) => server.sit('ana', id)],
    ['asks for a key of drafts', () => server.get('ana', '/me/draft-key')],
  ])('is refused to an erased patient who %s', async (_, ask) => {
    const { id } = await server.book('ana', START + HOUR);
    amid(erase);
    expect((await ask(id)).status).toBe(403);
    expect(await filesWith(server.dataFolder, 'CANARY')).toEqual([]);
    expect(await filesWith(server.dataFolder, 'Ana Ruiz')).toEqual([]);
    const left = await server.store.read((view) => view.draftKeys.get('ana'));
    expect(left).toBeUndefined();
    expect(await server.store.read((view) => view.seats.leases())).toEqual([]);
  });

  it('is refused to who has no account any more', async () => {
    const { id } = await server.book('ana', START + HOUR);
    const close = { id: 'lee', role: 'provider', name: 'L', initials: 'L', timeZone: 'UTC', active: false } as const;
    const other = await openSqliteStore({ dataFolder: server.dataFolder, mustExist: true });
    amid(() => other.transaction((view) => view.people.putPerson(close)));
    expect((await server.note('lee', id, 'Too late.')).status).toBe(403);
    await other.close();
    expect((await server.get('ana', `/bookings/${id}/notes`)).body.items).toEqual([]);
  });
});

describe('what a provider sends to a booking that was erased', () => {
  it('is refused, wherever a text can be put', async () => {
    const { id } = await server.book('ana', START + HOUR);
    server.now = START + HOUR + 40 * MINUTE;
    await server.sit('lee', id);
    await run(['erase', 'ana', '--yes'], server.dataFolder);
    const old = await server.put({ id: 'old', start: START - 30 * HOUR });
    await run(['erase', 'ana', '--yes'], server.dataFolder);
    for (const booking of [id, old.id]) {
      const ways = [
        server.post('lee', `/bookings/${booking}/late`, { minutes: 5, message: 'CANARY' }),
        server.post('lee', `/bookings/${booking}/hold`, { message: 'CANARY' }),
        server.post('lee', `/bookings/${booking}/cancel`, { reason: 'CANARY' }),
        server.note('lee', booking, 'CANARY'),
      ];
      for (const answer of await Promise.all(ways)) expect(JSON.stringify(answer.body)).not.toContain('CANARY');
    }
    expect(await filesWith(server.dataFolder, 'CANARY')).toEqual([]);
    // Past its end, it was still open.
    expect((await server.get('lee', `/bookings/${id}`)).body.status).toBe('cancelled');
  });

  it('finds a session that both attended completed, not cancelled', async () => {
    const { id } = await server.book('ana', START + HOUR);
    server.now = START + HOUR;
    const leases = [];
    for (const who of ['ana', 'lee']) leases.push((await server.enter(who, id)).seat.lease);
    for (const [i, who] of ['ana', 'lee'].entries()) await server.report(who, id, leases[i]!, 'in-call');
    server.now += 40 * MINUTE;
    await erasePatient({ store: server.store, clock: { now: () => server.now } }, 'ana');
    expect((await server.get('lee', `/bookings/${id}`)).body).toMatchObject({
      status: 'completed',
      completedAt: new Date(server.now).toISOString(),
    });
    expect((await trail()).map(({ action }) => action)).toContain('booking.completed');
  });
});

describe('a note that a page kept while its patient was erased', () => {
  it('is refused: nothing is put back', async () => {
    const { id } = await server.book('ana', START + HOUR);
    await server.note('lee', id, 'Before.');
    await run(['erase', 'ana', '--yes'], server.dataFolder);
    expect((await server.note('lee', id, 'After.')).status).toBeGreaterThanOrEqual(400);
    const past = await server.put({ id: 'past', start: server.now - 30 * HOUR });
    await run(['erase', 'ana', '--yes'], server.dataFolder);
    expect((await server.note('lee', past.id, 'After.')).body.type).toBe('urn:active-session:problem:forbidden');
    expect((await server.get('lee', `/bookings/${past.id}/notes`)).body.items).toEqual([]);
  });
});

describe('the commands as processes of their own', () => {
  it('work beside a server that runs, which publishes the head into a file', async () => {
    const { dataFolder } = server;
    await wholeVisit();
    const headFile = join(dataFolder, 'heads.jsonl');
    const running = await startProcess(dataFolder, { env: { ACTIVE_SESSION_AUDIT_HEAD_FILE: headFile } });
    const command = async (...args: string[]): Promise<{ code: unknown; output: string }> => {
      const child = spawnServer({ ACTIVE_SESSION_DATA_FOLDER: dataFolder, ACTIVE_SESSION_JWT_SECRET: '' }, { args });
      const [code] = (await once(child.child, 'close')) as unknown[];
      return { code, output: child.output() };
    };
    const verified = await command('audit', 'verify', '--head-file', headFile);
    expect(verified).toMatchObject({ code: 0, output: expect.stringContaining('1 published head agrees') as unknown });
    const exported = await command('export', 'ana');
    expect(JSON.parse(exported.output)).toMatchObject({ person: { name: 'Ana Ruiz' } });
    expect(await command('erase', 'ana', '--yes')).toMatchObject({ code: 0 });
    expect(await filesWith(server.dataFolder, 'CANARY')).toEqual([]);

    const me = await fetch(`${running.url}/me`, { headers: { Authorization: `Bearer ${await tokenFor('ana')}` } });
    expect(me.status).toBe(403);
    expect(await running.kill('SIGTERM')).toBe(0);
    expect(await command('audit', 'verify', '--head-file', headFile)).toMatchObject({
      code: 0,
      output: expect.stringContaining('2 published heads agree') as unknown,
    });
    expect(await command('audit')).toMatchObject({ code: 2 });
  }, 60_000);
});

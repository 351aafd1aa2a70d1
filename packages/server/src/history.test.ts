import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyEntrySchema, parse, type HistoryEntry } from '@active-session/core';
import { HOUR, MINUTE, START, startServer, type Answer, type TestServer } from '../test-support/harness.js';

const DAY = 24 * HOUR;
const iso = (at: number): string => new Date(at).toISOString();

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const read = (who: string, query = '', patient = 'ana'): Promise<Answer> =>
  server.get(who, `/patients/${patient}/history${query}`);
const entries = (answer: Answer): HistoryEntry[] =>
  answer.body.items.map((item) => parse(historyEntrySchema, item, 'entry'));
const ids = (answer: Answer): unknown[] => entries(answer).map(({ booking }) => booking.id);
const kinded = (id: string, kind: string): Promise<Answer> => {
  const note = { id: crypto.randomUUID(), content: kind, kind };
  return server.post('lee', `/bookings/${id}/notes`, note, { 'Idempotency-Key': note.id });
};

describe('a patient’s history', () => {
  it('is of what began before now, newest first, with the notes in order', async () => {
    for (const [id, start] of [
      ['old', -2 * DAY],
      ['new', -DAY],
      ['later', HOUR],
    ] as const) {
      await server.put({ id, start: START + start });
    }
    await server.note('lee', 'old', 'First.');
    await server.note('lee', 'old', 'Second.');
    const answer = await read('lee');
    expect(ids(answer)).toEqual(['new', 'old']);
    expect(entries(answer)[1]!.notes.map(({ content }) => content)).toEqual(['First.', 'Second.']);
    expect(answer.body.cursor).toBeUndefined();
  });

  it('is for who had to do with this patient: for others there is no such patient', async () => {
    await server.put({ id: 'old', start: START - DAY });
    const [foreign, none] = [await read('moss'), await read('lee', '', 'nobody')];
    expect([foreign.status, none.status, (await read('lee', '', 'ben')).status]).toEqual([404, 404, 404]);
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...none.body, requestId: '' });
    expect((await read('ana')).status).toBe(403);
    // One that is still to come is enough to ask, and there is nothing yet.
    await server.book('ben', START + HOUR);
    expect((await read('lee', '', 'ben')).body.items).toEqual([]);
  });

  it('is filtered by time and by kind, and comes in pages that hold together while it grows', async () => {
    for (let day = 1; day <= 5; day++) await server.put({ id: `b${day}`, start: START - day * DAY });
    await kinded('b2', 'diagnosis');
    await kinded('b4', 'diagnosis');
    await kinded('b3', 'resource');
    expect(ids(await read('lee', '?kind=diagnosis'))).toEqual(['b2', 'b4']);
    expect(ids(await read('lee', `?from=${iso(START - 4 * DAY)}&to=${iso(START - 2 * DAY)}`))).toEqual(['b3', 'b4']);
    const first = await read('lee', '?limit=2');
    await server.put({ id: 'b0', start: START - HOUR });
    const second = await read('lee', `?limit=2&cursor=${first.body.cursor}`);
    const third = await read('lee', `?limit=2&cursor=${second.body.cursor}`);
    expect([first, second, third].flatMap(ids)).toEqual(['b1', 'b2', 'b3', 'b4', 'b5']);
    expect(third.body.cursor).toBeUndefined();
    expect((await read('lee', '?cursor=x')).status).toBe(422);
    expect((await read('lee', '?kind=gossip')).status).toBe(422);
  });

  it('of a booking that was handed over has what one wrote, and nothing that came after', async () => {
    await server.put({ id: 'old', start: START - DAY, notes: 'My heart.' });
    await server.put({ id: 'silent', start: START - 2 * DAY });
    await kinded('old', 'diagnosis');
    const handOver = (id: string): Promise<Answer> =>
      server.post('lee', `/bookings/${id}/reassign`, { provider: 'moss' }, { 'If-Match': '"1"' });
    await handOver('old');
    await handOver('silent');
    const note = { id: crypto.randomUUID(), content: 'Of Moss.', kind: 'resource' };
    await server.post('moss', '/bookings/old/notes', note, { 'Idempotency-Key': note.id });
    const mine = entries(await read('lee'));
    expect(mine.map(({ booking }) => booking.id)).toEqual(['old']);
    expect(mine[0]).toMatchObject({ booking: { notes: '' }, handedOverAt: iso(START) });
    expect(mine[0]!.notes.map(({ author }) => author)).toEqual(['lee']);
    expect(ids(await read('lee', '?kind=resource'))).toEqual([]);
    const theirs = entries(await read('moss'));
    expect(theirs.map(({ booking }) => booking.notes)).toEqual(['My heart.', '']);
    expect(theirs.map(({ handedOverAt }) => handedOverAt)).toEqual([undefined, undefined]);
    expect(theirs[0]!.notes).toHaveLength(2);
  });

  it('of a booking that was handed over is what it was then, whatever becomes of it', async () => {
    const { id } = await server.book('ana', START + HOUR);
    await server.note('lee', id, 'Mine.');
    const { version } = (await server.get('ana', `/bookings/${id}`)).body;
    await server.post('lee', `/bookings/${id}/reassign`, { provider: 'moss' }, { 'If-Match': `"${version}"` });
    server.now = START + HOUR + MINUTE;
    const before = entries(await read('lee'));
    expect(before).toMatchObject([{ booking: { id, provider: 'lee', status: 'scheduled', version, attendance: [] } }]);

    for (const who of ['ana', 'moss']) {
      const { seat } = await server.enter(who, id);
      await server.report(who, id, seat.lease, 'in-call');
    }
    await server.post('moss', `/bookings/${id}/late`, { minutes: 5, message: 'Of Moss.' });
    await server.post('moss', `/bookings/${id}/complete`);
    expect(entries(await read('lee'))).toEqual(before);
    const text = JSON.stringify((await read('lee')).body);
    for (const after of ['moss', 'Moss', 'completedAt', 'joinedAt']) expect(text).not.toContain(after);
  });

  it('of a booking that was handed over stays where it was when it is moved', async () => {
    const { id } = await server.book('ana', START + HOUR);
    await server.note('lee', id, 'Mine.');
    await server.post('lee', `/bookings/${id}/reassign`, { provider: 'moss' }, { 'If-Match': '"1"' });
    const { items } = (await server.get('ana', '/providers/moss/slots')).body;
    const dateTime = items.at(-1)!.start;
    expect((await server.post('ana', `/bookings/${id}/reschedule`, { dateTime }, { 'If-Match': '"2"' })).status).toBe(
      200,
    );
    server.now = START + 2 * HOUR;
    const [mine, theirs] = [entries(await read('lee')), entries(await read('moss'))];
    expect(mine.map(({ booking }) => booking.dateTime)).toEqual([iso(START + HOUR)]);
    expect(theirs).toEqual([]);
    expect(ids(await read('lee', `?from=${iso(START)}&to=${iso(START + 2 * HOUR)}`))).toEqual([id]);
  });

  it('has what was completed before its time, too', async () => {
    const { id } = await server.book('ana', START + HOUR);
    expect(ids(await read('lee'))).toEqual([]);
    await server.post('lee', `/bookings/${id}/complete`);
    expect(ids(await read('lee'))).toEqual([id]);
  });

  it('does not get slow with years of it', async () => {
    await server.put({ id: 'first', start: START - HOUR / 2 });
    const template = (await server.get('lee', '/bookings/first')).body;
    await server.store.transaction(async (view) => {
      for (let i = 0; i < 5_000; i++) {
        const dateTime = iso(START - (i + 2) * HOUR);
        await view.bookings.insert({ ...template, id: `x${i}`, dateTime } as never);
      }
    });
    for (let i = 0; i < 30; i++) await server.putNote(`x${i}`, `n${i}`, 'x');
    const started = performance.now();
    let pages = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined && pages < 10; pages++) {
      cursor = (await read('lee', `?limit=200${cursor && `&cursor=${cursor}`}`)).body.cursor;
    }
    expect(pages).toBe(10);
    // Measured: some 10 ms a page. What reads all for each page, or each booking by itself, takes many times that.
    expect((performance.now() - started) / pages).toBeLessThan(150);
  });

  it('puts no more notes on a page than somebody can read', async () => {
    await server.put({ id: 'a', start: START - DAY });
    await server.put({ id: 'b', start: START - 2 * DAY });
    await server.put({ id: 'c', start: START - 3 * DAY });
    await server.store.transaction(async (view) => {
      for (const booking of ['a', 'b']) {
        for (let i = 0; i < 400; i++) {
          const note = { id: `${booking}${i}`, booking, author: 'lee', providerName: 'L', timestamp: START + i };
          await view.notes.insert({ ...note, content: 'x', kind: null, amends: null, withdrawnAt: null });
        }
      }
    });
    const first = await read('lee');
    const second = await read('lee', `?cursor=${first.body.cursor}`);
    expect([ids(first), ids(second), second.body.cursor]).toEqual([['a'], ['b', 'c'], undefined]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, providerNoteSchema } from '@active-session/core';
import { HOUR, START, startServer, type Answer, type TestServer } from '../test-support/harness.js';

let server: TestServer;
let id: string;
beforeEach(async () => {
  server = await startServer();
  ({ id } = await server.book('ana', START + HOUR));
});
afterEach(() => server.stop());

const add = (who: string, note: { id: string; content: string }, key = note.id): Promise<Answer> =>
  server.post(who, `/bookings/${id}/notes`, note, { 'Idempotency-Key': key });
const note = (content: string, more: object = {}): { id: string; content: string } => ({
  id: crypto.randomUUID(),
  content,
  ...more,
});
const contents = async (who: string): Promise<string[]> =>
  (await server.get(who, `/bookings/${id}/notes`)).body.items.map(({ content }) => content);

describe('notes', () => {
  it('are written by the provider and read by both, in the order of their acknowledgement', async () => {
    server.now += HOUR;
    const first = note('Rest for a week.', { kind: 'recommendation' });
    const { status, body } = await add('lee', first);
    expect(status).toBe(201);
    expect(parse(providerNoteSchema, body, 'note')).toEqual(body);
    expect(body).toMatchObject({ ...first, providerName: 'Dr. Mina Lee', author: 'lee', bookingId: id });
    // The clock stepping back changes no order.
    server.now -= 10_000;
    const second = (await add('lee', note('Drink more.'))).body;
    expect(Date.parse(second.timestamp)).toBeGreaterThan(Date.parse(body.timestamp));
    expect(await contents('ana')).toEqual(['Rest for a week.', 'Drink more.']);
    expect(await contents('lee')).toEqual(await contents('ana'));
  });

  it('are refused from the patient', async () => {
    const { status, body } = await add('ana', note('I am fine.'));
    expect([status, body.type]).toEqual([403, 'urn:active-session:problem:forbidden']);
    expect(await contents('ana')).toEqual([]);
  });

  it('wait for the session to open, and go on after it for ever', async () => {
    const later = await server.book('ana', START + 5 * HOUR);
    const early = await server.note('lee', later.id, 'x');
    expect([early.status, early.body.opensAt]).toEqual([403, new Date(START + 4 * HOUR).toISOString()]);
    await server.post('lee', `/bookings/${id}/complete`);
    server.now += 400 * 24 * HOUR;
    expect((await add('lee', note('A year later.'))).status).toBe(201);
  });

  it('are not taken for a cancelled booking, and stay readable there', async () => {
    await add('lee', note('Before.'));
    await server.post('ana', `/bookings/${id}/cancel`);
    const { status, body } = await add('lee', note('After.'));
    expect([status, body.type]).toEqual([409, 'urn:active-session:problem:session-cancelled']);
    expect(await contents('ana')).toEqual(['Before.']);
  });

  it('are added once, however often and in whatever order they are sent', async () => {
    const one = note('Once.');
    const answers = await Promise.all(Array.from({ length: 10 }, () => add('lee', one)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.timestamp}`)).size).toBe(1);
    // Under another key it is still the same note; other words under its id or its key are a mistake.
    expect((await add('lee', one, 'other-key')).body).toEqual(answers[0]!.body);
    expect((await add('lee', { ...one, content: 'Twice.' }, 'third-key')).status).toBe(409);
    expect((await add('lee', { ...one, content: 'Twice.' })).status).toBe(422);
    expect(await contents('ana')).toEqual(['Once.']);
  });

  it.each([
    ['no key', note('x'), undefined, 400],
    ['blank content', note(' \n'), 'k', 422],
    ['too much content', note('x'.repeat(10_001)), 'k', 422],
    ['half a character', note('\udfff'), 'k', 422],
    ['a control character', note('x\u0000'), 'k', 422],
    ['an id that is none', { id: '1', content: 'x' }, 'k', 422],
    ['a kind that is none', note('x', { kind: 'gossip' }), 'k', 422],
    ['an amended note that is none', note('x', { amends: 'nothing' }), 'k', 422],
  ])('are refused with %s', async (_, body, key, status) => {
    const headers = key === undefined ? {} : { 'Idempotency-Key': key };
    expect((await server.post('lee', `/bookings/${id}/notes`, body, headers)).status).toBe(status);
  });

  it('keep every character, and correct an earlier one', async () => {
    const text = 'Line 1\r\nLine 2\t\u202e<b>‮</b> 👩🏽‍⚕️ "quoted" \\ \n\nevent: hack\n';
    const first = await add('lee', note(text));
    const second = await add('lee', note('x'.repeat(10_000), { amends: first.body.id }));
    expect(second.body.amends).toBe(first.body.id);
    expect((await contents('ana'))[0]).toBe(text);
  });

  it('of another booking are not corrected, nor one that was withdrawn', async () => {
    const first = (await add('lee', note('Wrong chart.'))).body;
    await server.post('lee', `/bookings/${id}/notes/${first.id}/withdraw`);
    const answer = await add('lee', note('x', { amends: first.id }));
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ path: 'amends' }]]);
  });

  it('come in pages', async () => {
    for (let i = 0; i < 205; i++) await server.note('lee', id, String(i));
    const found: string[] = [];
    let cursor: string | undefined = '';
    let pages = 0;
    while (cursor !== undefined) {
      const { body }: Answer = await server.get('ana', `/bookings/${id}/notes${cursor && `?cursor=${cursor}`}`);
      found.push(...body.items.map(({ content }) => content));
      cursor = body.cursor;
      pages += 1;
    }
    expect(pages).toBe(5);
    expect(found).toEqual(Array.from({ length: 205 }, (_, i) => String(i)));
  });

  it('leave no trace in the log, and no token does', async () => {
    await server.note('lee', id, 'CANARY-NOTE');
    await server.get('ana', '/bookings?cursor=CANARY-QUERY');
    const { ticket } = await server.enter('ana', id);
    const log = JSON.stringify(server.log);
    expect(log).not.toMatch(/CANARY/);
    expect(log).not.toContain(ticket.engineGrant!.token);
    expect(log).not.toContain('eyJ');
    expect(server.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a note that was withdrawn', () => {
  const withdraw = (who: string, noteId: string): Promise<Answer> =>
    server.post(who, `/bookings/${id}/notes/${noteId}/withdraw`);
  const poll = (who: string, after?: string): Promise<Answer> =>
    server.call(who, 'GET', `/events${after === undefined ? '' : `?after=${after}`}`, undefined, {
      Accept: 'application/json',
    });
  const notesIn = (answer: Answer): object[] =>
    answer.body.events.flatMap(({ event }) => (event.type === 'note.added' ? [event.note] : []));

  it('is for the patient only the fact, and for the provider the note', async () => {
    const { body } = await add('lee', note('CANARY of somebody else.'));
    server.now += HOUR / 2;
    const answer = await withdraw('lee', body.id);
    const withdrawnAt = new Date(server.now).toISOString();
    expect(answer.body).toEqual({ ...body, withdrawnAt });
    server.now += HOUR / 2;
    expect((await withdraw('lee', body.id)).body).toEqual(answer.body);
    expect((await server.get('ana', `/bookings/${id}/notes`)).body.items).toEqual([
      { ...body, content: '', withdrawnAt },
    ]);
    expect((await server.get('lee', `/bookings/${id}/notes`)).body.items).toEqual([answer.body]);
  });

  it('is told to both once, and its content to the patient never again', async () => {
    const cursor = (await poll('ana')).body.cursor;
    const { body } = await add('lee', note('CANARY of somebody else.'));
    const kept = await add('lee', note('Theirs.'));
    await withdraw('lee', body.id);
    await withdraw('lee', body.id);
    const told = await poll('ana', cursor);
    expect(JSON.stringify(told.body)).not.toContain('CANARY');
    const withdrawn = { ...body, content: '', withdrawnAt: new Date(server.now).toISOString() };
    expect(notesIn(told)).toEqual([withdrawn, kept.body, withdrawn]);
    expect(notesIn(await poll('lee', cursor))).toEqual([kept.body, { ...withdrawn, content: body.content }]);
    // Nor is it in what the database would tell after a restart.
    await server.restart();
    expect(JSON.stringify((await poll('ana', cursor)).body)).not.toContain('CANARY');
  });

  it('is withdrawn by its provider, also when the booking is cancelled', async () => {
    const { body } = await add('lee', note('x'));
    expect((await withdraw('ana', body.id)).status).toBe(403);
    expect((await withdraw('moss', body.id)).status).toBe(404);
    expect((await withdraw('lee', 'nothing')).status).toBe(404);
    await server.post('ana', `/bookings/${id}/cancel`, {});
    expect((await withdraw('lee', body.id)).status).toBe(200);
  });
});

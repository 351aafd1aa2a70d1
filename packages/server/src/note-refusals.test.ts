import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR, START, startServer, tokenFor, type Answer, type TestServer } from '../test-support/harness.js';

let server: TestServer;
/** Of Ana with Dr. Lee, and open. */
let id: string;
beforeEach(async () => {
  server = await startServer();
  ({ id } = await server.book('ana', START + HOUR / 2));
});
afterEach(() => server.stop());

const NOTE = { id: '7d3f8a52-5c0e-4c8e-9f57-6a3d2b1c0e4f', content: 'Rest for a week.' };
const KEY = { 'Idempotency-Key': 'k' };
const add = (who: string | null, booking: string, note: unknown = NOTE): Promise<Answer> =>
  server.call(who, 'POST', `/bookings/${booking}/notes`, note, KEY);
const stored = async (booking = id): Promise<string[]> =>
  (await server.get('lee', `/bookings/${booking}/notes`)).body.items.map(({ content }) => content);
const denied = async (): Promise<readonly object[]> =>
  (await server.store.read((view) => view.audit.after(0, 1_000))).filter(({ action }) => action === 'access.denied');

describe('who may not write a note', () => {
  it('the patient: 403, nothing is stored, and it is in the audit trail', async () => {
    const { status, body } = await add('ana', id);
    expect([status, body.type]).toEqual([403, 'urn:active-session:problem:forbidden']);
    expect(await stored()).toEqual([]);
    expect(await denied()).toMatchObject([{ actor: 'ana', subject: 'addNote', booking: id }]);
  });

  it.each(['moss', 'ben'])(
    '%s, who has no part in it: like a booking that does not exist, and in the trail',
    async (who) => {
      const other = await add(who, id);
      const none = await add(who, 'no-such-booking');
      expect([other.status, none.status]).toEqual([404, 404]);
      const { requestId: _own, ...said } = other.body;
      expect(none.body).toMatchObject(said);
      expect(await stored()).toEqual([]);
      expect(await denied()).toMatchObject([{ actor: who, subject: 'addNote', booking: id }, { actor: who }]);
    },
  );

  it('who is not signed in: 401', async () => {
    const { status, body } = await add(null, id);
    expect([status, body.type]).toEqual([401, 'urn:active-session:problem:unauthenticated']);
    expect(await stored()).toEqual([]);
  });

  it('learns nothing of a booking from how something worse than a note is refused', async () => {
    for (const bad of [{}, { ...NOTE, content: '' }, '{', { ...NOTE, content: 'x\u0000' }, 'x'.repeat(100_000)]) {
      const [there, none] = [await add('moss', id, bad), await add('moss', 'no-such-booking', bad)];
      expect([there.status, there.body.type, there.body.detail]).toEqual([
        none.status,
        none.body.type,
        none.body.detail,
      ]);
      expect((await add('ana', id, bad)).status).not.toBe(201);
    }
    expect(await stored()).toEqual([]);
  });
});

describe('when no note is taken', () => {
  it('before the booking opens: it is said when it will', async () => {
    const later = await server.book('ana', START + 5 * HOUR);
    const { status, body } = await add('lee', later.id);
    expect([status, body.type]).toEqual([403, 'urn:active-session:problem:outside-window']);
    expect(body.opensAt).toBe(new Date(START + 4 * HOUR).toISOString());
    expect(await stored(later.id)).toEqual([]);
  });

  it('after it was cancelled: by its own code', async () => {
    await server.post('ana', `/bookings/${id}/cancel`, {});
    const { status, body } = await add('lee', id);
    expect([status, body.type]).toEqual([409, 'urn:active-session:problem:session-cancelled']);
    expect(await stored()).toEqual([]);
  });
});

describe('a note that is far too long', () => {
  it('of 1 MB is 413 and is never parsed', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    const { status, body } = await add('lee', id, { ...NOTE, content: 'x'.repeat(1_000_000) });
    const longest = Math.max(...parse.mock.calls.map(([text]) => text.length));
    parse.mockRestore();
    expect([status, body.type]).toEqual([413, 'urn:active-session:problem:invalid']);
    expect(longest).toBeLessThan(65_536);
    expect(await stored()).toEqual([]);
  });

  it('holds up nothing that is asked for on the same connection', async () => {
    const { port, pathname, host } = new URL(server.url);
    const head = `Host: ${host}\r\nAuthorization: Bearer ${await tokenFor('lee')}`;
    const socket = connect(Number(port), '127.0.0.1');
    let answers = '';
    socket.on('data', (bytes: Buffer) => (answers += bytes.toString()));
    const ended = once(socket, 'close');
    socket.write(`POST ${pathname}/bookings/${id}/notes HTTP/1.1\r\n${head}\r\nContent-Length: 1000000\r\n\r\n`);
    socket.write('x'.repeat(1_000_000));
    socket.write(`GET ${pathname}/me HTTP/1.1\r\n${head}\r\nConnection: close\r\n\r\n`);
    await ended;
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  it.each([
    ['that says so', 'Content-Length: 1000000000', '{"'],
    ['that does not', 'Transfer-Encoding: chunked', `20000\r\n${'x'.repeat(0x20000)}\r\n`],
  ])('of any length, %s, is refused before it has arrived', async (_, length, beginning) => {
    const { port, pathname } = new URL(server.url);
    const authorization = `Authorization: Bearer ${await tokenFor('lee')}`;
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`POST ${pathname}/bookings/${id}/notes HTTP/1.1\r\nHost: x\r\n${authorization}\r\n`);
    socket.write(`Idempotency-Key: k\r\n${length}\r\n\r\n${beginning}`);
    // It waits for what is never sent, if it wants all of it.
    const answer = await new Promise((resolve) => socket.once('data', (bytes: Buffer) => resolve(bytes.toString())));
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['letters', 'x'],
    ['what takes two units each', '\u{1F600}'],
    ['what takes three bytes each', '\u4E2D'],
  ])('counts %s by code points: 10,000 are kept, 10,001 are refused whole', async (_, character) => {
    const refused = await add('lee', id, { ...NOTE, content: character.repeat(10_001) });
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: 'content' }]]);
    const longest = character.repeat(10_000);
    expect((await server.note('lee', id, longest)).status).toBe(201);
    expect(await stored()).toEqual([longest]);
  });
});

describe('the characters of a note', () => {
  it.each([
    ['NUL', '\u0000'],
    ['a bell', '\u0007'],
    ['an escape sequence', '\u001B[2J'],
    ['a form feed', '\f'],
    ['delete', '\u007F'],
    ['a C1 control', '\u0085'],
    ['the first half of a pair', '\uD83D'],
    ['the second half of a pair', '\uDE00'],
    ['two halves in the wrong order', '\uDE00\uD83D'],
  ])('%s is refused by name, and nothing of the note is stored', async (_, character) => {
    const { status, body } = await add('lee', id, { ...NOTE, content: `Before ${character} after` });
    expect([status, body.type]).toEqual([422, 'urn:active-session:problem:invalid']);
    expect(body.errors).toMatchObject([{ path: 'content' }]);
    expect(JSON.stringify(body)).not.toContain('Before');
    expect(await stored()).toEqual([]);
  });

  it('bytes that are no UTF-8 are refused, and become no other text', async () => {
    const headers = { ...KEY, Authorization: `Bearer ${await tokenFor('lee')}` };
    const body = Buffer.concat([
      Buffer.from(`{"id":"${NOTE.id}","content":"`),
      Buffer.from([0xed, 0xa0, 0xbd, 0xff]),
      Buffer.from('"}'),
    ]);
    const { status } = await fetch(`${server.url}/bookings/${id}/notes`, { method: 'POST', headers, body });
    expect(status).toBe(400);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['line breaks of every kind and tabs', 'a\tb\nc\rd\r\ne\u2028f\u2029'],
    ['bidi overrides, embeddings and isolates', '\u202Eevil\u202C \u202Aa\u202B \u2066b\u2069 \u200Fc\u200E'],
    ['what is not to be seen', 'zero\u200Bwidth \u2060 \uFEFF soft\u00ADhyphen \u{E0041}'],
    ['letters that can be written in two ways', 'e\u0301 \u00E9 \uFB01 \u212B'],
    ['what is put together of many', '\u{1F469}\u{1F3FD}\u200D\u2695\uFE0F \u{1F1E9}\u{1F1EA}'],
    ['noncharacters and private ones', '\uFFFE\uFFFF \uE000 \u{10FFFF}'],
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt; ]]> --> \'"`'],
    ['what others take for a template, a query or a path', "{{7*7}} ${7*7} %00 %s '; drop table notes;-- ../../etc"],
    ['what could be a line of a stream', 'data: x\nevent: note.added\nid: 1\n\n'],
  ])('%s come back as they were sent, to both, live and later', async (_, content) => {
    const live = (await server.call('ana', 'GET', '/events', undefined, { Accept: 'application/json' })).body.cursor;
    expect((await add('lee', id, { ...NOTE, content })).body.content).toBe(content);
    for (const who of ['ana', 'lee']) {
      expect((await server.get(who, `/bookings/${id}/notes`)).body.items[0]?.content).toBe(content);
      const told = await server.call(who, 'GET', `/events?after=${live}`, undefined, { Accept: 'application/json' });
      expect(told.body.events).toMatchObject([{ event: { type: 'note.added', note: { content } } }]);
    }
    await server.restart();
    expect(await stored()).toEqual([content]);
  });
});

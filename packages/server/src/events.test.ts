import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse, sessionEventSchema } from '@active-session/core';
import { HOUR, START, startServer, tokenFor, type Answer, type TestServer } from '../test-support/harness.js';
import { openStream, type TestStream } from '../test-support/streams.js';

let server: TestServer;
let id: string;
const open: TestStream[] = [];
beforeEach(async () => {
  server = await startServer({ allowedOrigins: ['https://portal.test'] });
  ({ id } = await server.book('ana', START + HOUR));
});
afterEach(async () => {
  vi.useRealTimers();
  for (const stream of open.splice(0)) stream.close();
  await server.stop();
});

async function listen(person: string, lastEventId?: string): Promise<TestStream> {
  const stream = await openStream(server.url, await tokenFor(person), lastEventId);
  open.push(stream);
  return stream;
}

/** A stream whose reader has stopped reading. */
async function rawStream(
  port: number,
  path: string,
  token: string,
  after?: string,
): Promise<{ socket: Socket; text: () => string }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  const last = after === undefined ? '' : `Last-Event-ID: ${after}\r\n`;
  socket.on('error', () => undefined);
  socket.write(`GET ${path}/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n${last}\r\n`);
  await once(socket, 'readable');
  socket.pause();
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.pause();
  return { socket, text: () => text };
}

const poll = (person: string, after?: string): Promise<Answer> =>
  server.call(person, 'GET', `/events${after === undefined ? '' : `?after=${after}`}`, undefined, {
    Accept: 'application/json',
  });

describe('the event stream', () => {
  it('greets with an id and then tells what happens, to both and to nobody else', async () => {
    const [ana, lee, ben] = await Promise.all(['ana', 'lee', 'ben'].map((person) => listen(person)));
    expect(ana!.response.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
    expect(ana!.response.headers.get('Cache-Control')).toBe('no-store, no-transform');
    expect(ana!.response.headers.get('X-Accel-Buffering')).toBe('no');
    expect(ana!.response.headers.get('Server-Time')).toBe(String(START));
    const hello = await ana!.next();
    expect(hello).toMatchObject({ event: 'hello', data: { serverTime: new Date(START).toISOString(), every: 20_000 } });
    expect(hello.id).toBeTruthy();

    await server.note('lee', id, 'Line 1\n\nevent: hack');
    const told = await ana!.next();
    expect(told.event).toBe('note.added');
    expect(parse(sessionEventSchema, told.data, 'event')).toEqual(told.data);
    expect(told.data).toMatchObject({ bookingId: id, note: { content: 'Line 1\n\nevent: hack' } });
    expect((await lee!.nextOf('note.added')).id).toBe(told.id);
    const other = await server.book('ben', START + 2 * HOUR);
    expect((await ben!.nextOf('booking.changed')).data.booking.id).toBe(other.id);
  });

  it('tells after a lost connection exactly what was missed, in order', async () => {
    const first = await listen('ana');
    await first.nextOf('hello');
    await server.note('lee', id, '0');
    const last = await first.nextOf('note.added');
    first.close();
    for (let i = 1; i <= 5; i++) await server.note('lee', id, String(i));
    await server.book('ben', START + 3 * HOUR);
    const second = await listen('ana', last.id);
    const missed = [];
    for (let event = await second.next(); event.event !== 'hello'; event = await second.next()) missed.push(event);
    expect(missed.map(({ data }) => data.note.content)).toEqual(['1', '2', '3', '4', '5']);
    await server.note('lee', id, '6');
    expect((await second.nextOf('note.added')).data.note.content).toBe('6');
  });

  it('loses and doubles nothing while connections come and go amid writing', async () => {
    const ids: string[] = [];
    const stream = await listen('ana');
    let last = (await stream.nextOf('hello')).id;
    stream.close();
    const writing = (async () => {
      for (let i = 0; i < 60; i++) await server.note('lee', id, String(i));
    })();
    while (ids.length < 60) {
      const again = await listen('ana', last);
      for (let i = 0; i < 7 && ids.length < 60; i++) {
        const event = await again.nextOf('note.added');
        ids.push(event.data.note.content);
        last = event.id;
      }
      again.close();
    }
    await writing;
    expect(ids).toEqual(Array.from({ length: 60 }, (_, i) => String(i)));
  });

  it.each(['garbage', '', '-1', '99999999999999', 'abc-1', '1; drop table', '../../etc', '0'.repeat(3_000)])(
    'answers an id it never gave (%s) with reset, and goes on from there',
    async (lastId) => {
      const stream = await listen('ana', lastId);
      const reset = await stream.next();
      expect(reset.event).toBe('reset');
      expect((await stream.next()).event).toBe('hello');
      await server.note('lee', id, 'after');
      const next = await stream.next();
      expect(next.event).toBe('note.added');
      const resumed = await listen('ana', reset.id);
      expect((await resumed.next()).id).toBe(next.id);
    },
  );

  it('answers an id of the future, and one that is too old, with reset', async () => {
    const hello = await (await listen('ana')).nextOf('hello');
    const [instance] = hello.id!.split('-');
    expect((await (await listen('ana', `${instance}-1000`)).next()).event).toBe('reset');
    server.now += 8 * 24 * HOUR;
    await server.sweep();
    expect((await (await listen('ana', `${instance}-0`)).next()).event).toBe('reset');
    expect((await (await listen('ana', hello.id)).next()).event).toBe('hello');
  });

  it('says the time every 20 s, and every 2 s to whom is in a session', async () => {
    const ana = await listen('ana');
    await ana.nextOf('hello');
    const beats = async (seconds: number): Promise<number> => {
      for (let i = 0; i < seconds; i++) {
        server.now += 1_000;
        await server.sweep();
      }
      await server.note('lee', id, 'mark');
      let count = 0;
      for (let event = await ana.next(); event.event !== 'note.added'; event = await ana.next()) {
        if (event.event === 'heartbeat') count += 1;
      }
      return count;
    };
    expect(await beats(60)).toBe(3);
    const { seat } = await server.enter('ana', id);
    expect(await beats(40)).toBeGreaterThanOrEqual(19);
    // Who was told to expect 2 s must hear of 20 s before they give the stream up.
    await server.post('ana', `/bookings/${id}/leave`, { lease: seat.lease });
    await server.sweep();
    expect((await ana.nextOf('heartbeat')).data.every).toBe(20_000);
  });

  it('can be started after any answer, whose data it then goes on from', async () => {
    const { headers } = await server.get('ana', '/bookings');
    await server.note('lee', id, 'since');
    const stream = await listen('ana', headers.get('Event-Id')!);
    const told = [];
    for (let event = await stream.next(); event.event !== 'hello'; event = await stream.next()) told.push(event.event);
    expect(told.at(-1)).toBe('note.added');
    expect((await server.call(null, 'GET', '/me')).headers.get('Event-Id')).toBeNull();
  });

  it('ends when the token that opened it ends', async () => {
    const exp = Math.floor(START / 1000) + 60;
    const stream = await openStream(server.url, await tokenFor('ana', { exp }));
    await stream.nextOf('hello');
    // Not before the token is refused: a client that still has it would come back with it at once, again and again.
    server.now += 64_000;
    await server.sweep();
    await stream.nextOf('heartbeat');
    server.now += 1_000;
    await server.sweep();
    await expect(stream.next()).rejects.toThrow('ended');
    expect((await openStream(server.url, await tokenFor('ana', { exp }))).response.status).toBe(401);
  });

  it('tells only the person whose seat went elsewhere', async () => {
    const [ana, lee] = await Promise.all(['ana', 'lee'].map((person) => listen(person)));
    await ana!.nextOf('hello');
    await lee!.nextOf('hello');
    await server.sit('ana', id);
    const { lease } = (await server.sit('ana', id, { holder: 'other', takeOver: true })).body;
    await server.note('lee', id, 'mark');
    expect((await ana!.nextOf('seat.taken')).data).toEqual({
      type: 'seat.taken',
      bookingId: id,
      seat: 'patient',
      lease,
    });
    const seen = [];
    for (let event = await lee!.next(); event.event !== 'note.added'; event = await lee!.next()) seen.push(event.event);
    expect(seen).not.toContain('seat.taken');
    expect(seen).toContain('presence.changed');
  });

  it('says the time when the clock steps back, too', async () => {
    const ana = await listen('ana');
    await ana.nextOf('hello');
    server.now -= HOUR;
    await server.sweep();
    expect((await ana.next()).event).toBe('heartbeat');
  });

  it('gives ids in the order of commits, whatever the clock says', async () => {
    const start = (await poll('ana')).body.cursor;
    for (const step of [0, -HOUR, 1, -HOUR]) {
      server.now += step;
      await server.note('lee', id, String(server.now));
    }
    await Promise.all(Array.from({ length: 20 }, (_, i) => server.note('lee', id, String(i))));
    const { events } = (await poll('ana', start)).body;
    const seqs = events.map((event) => Number(event.id.split('-')[1]));
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    const told = events.map(({ event }) => (event.type === 'note.added' ? event.note.content : ''));
    const kept = (await server.get('ana', `/bookings/${id}/notes`)).body.items.map(({ content }) => content);
    expect(told).toEqual(kept);
  });

  it('tells a slow reader all of a long absence: what it missed is more than is kept for it at once', async () => {
    const start = (await poll('ana')).body.cursor;
    const content = 'x'.repeat(10_000);
    const told = { patient: 'ana', provider: null, booking: id, note: null, type: 'note.added' } as const;
    await server.store.transaction(async (view) => {
      for (let i = 0; i < 400; i++) {
        await view.events.append({ ...told, payload: JSON.stringify({ i, content }) }, server.now);
      }
    });
    const { port, pathname } = new URL(server.url);
    const { socket, text } = await rawStream(Number(port), pathname, await tokenFor('ana'), start);
    // Long enough for the server to have filled every buffer on the way.
    await new Promise((done) => setTimeout(done, 300));
    socket.resume();
    while (!text().includes('event: hello')) await once(socket, 'data');
    expect([...text().matchAll(/"i":(\d+)/g)].map(([, i]) => Number(i))).toEqual(
      Array.from({ length: 400 }, (_, i) => i),
    );
    socket.destroy();
  });

  it('does not tell a slow reader the note that was withdrawn before it came to them', async () => {
    const start = (await poll('ana')).body.cursor;
    // More than sockets swallow.
    const payload = JSON.stringify({ content: 'x'.repeat(40_000) });
    const told = { patient: 'ana', provider: null, booking: id, note: null, type: 'note.added' } as const;
    await server.store.transaction(async (view) => {
      for (let i = 0; i < 400; i++) await view.events.append({ ...told, payload }, server.now);
    });
    const wrong = (await server.note('lee', id, 'CANARY')).body;
    const { port, pathname } = new URL(server.url);
    const { socket, text } = await rawStream(Number(port), pathname, await tokenFor('ana'), start);
    expect((await server.post('lee', `/bookings/${id}/notes/${wrong.id}/withdraw`)).status).toBe(200);
    const greeted = new Promise<void>((done) => {
      socket.on('data', (chunk: Buffer) => {
        if (chunk.includes('event: hello')) done();
      });
    });
    socket.resume();
    await greeted;
    expect(text()).toContain(wrong.id);
    expect(text()).not.toContain('CANARY');
    socket.destroy();
  });

  it('cuts a reader that does not read for 20 s', async () => {
    const { port, pathname } = new URL(server.url);
    const { socket } = await rawStream(Number(port), pathname, await tokenFor('ana'));
    const closed = once(socket, 'close');
    const reader = await listen('lee');
    await reader.nextOf('hello');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    // Loopback sockets swallow some megabytes before anything backs up.
    const text = 'x'.repeat(10_000);
    const told = { patient: 'ana', provider: null, booking: id, note: null, type: 'note.added' } as const;
    const event = { ...told, payload: JSON.stringify({ text }) };
    await server.store.transaction(async (view) => {
      for (let i = 0; i < 1_000; i++) await view.events.append(event, server.now);
    });
    await server.note('lee', id, 'kick');
    await reader.nextOf('note.added');
    await vi.advanceTimersByTimeAsync(19_000);
    expect(socket.destroyed).toBe(false);
    // What it takes until then may go on for a moment: each time it stops, it has as long again.
    for (let i = 0; i < 10; i++) await vi.advanceTimersByTimeAsync(21_000);
    vi.useRealTimers();
    socket.resume();
    await closed;
  });
});

describe('polling', () => {
  it('gives what happened since, and where to go on', async () => {
    const start = await poll('ana');
    expect(start.body).toEqual({ events: [], cursor: start.body.cursor });
    await server.note('lee', id, 'a');
    await server.note('lee', id, 'b');
    const { body } = await poll('ana', start.body.cursor);
    expect(body.events.map(({ event }) => event.type)).toEqual(['note.added', 'note.added']);
    expect(body.events[1]!.id).toBe(body.cursor);
    expect((await poll('ana', body.events[0]!.id)).body.events).toHaveLength(1);
    expect((await poll('ben', start.body.cursor)).body.events).toEqual([]);
    expect((await poll('ana', body.cursor)).body.events).toEqual([]);
  });

  it('says reset for an id that it never gave', async () => {
    const { status, body } = await poll('ana', 'garbage');
    expect(status).toBe(200);
    expect(body).toMatchObject({ events: [], reset: true });
    expect((await poll('ana', body.cursor)).body.reset).toBeUndefined();
  });
});

describe('pages of other origins', () => {
  it('are let in where they are named, and told the time', async () => {
    const preflight = await fetch(`${server.url}/me`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://portal.test' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key');
    const { headers } = await server.call('ana', 'GET', '/me', undefined, { Origin: 'https://portal.test' });
    expect(headers.get('Access-Control-Allow-Origin')).toBe('https://portal.test');
    expect(headers.get('Access-Control-Expose-Headers')).toContain('Server-Time');
    const foreign = await server.call('ana', 'GET', '/me', undefined, { Origin: 'https://evil.test' });
    expect(foreign.headers.get('Access-Control-Allow-Origin')).toBeNull();
    const refused = await server.call(null, 'GET', '/me', undefined, { Origin: 'https://portal.test' });
    expect([refused.status, refused.headers.get('Access-Control-Allow-Origin')]).toEqual([401, 'https://portal.test']);
    expect(refused.headers.get('Server-Time')).toBe(String(START));
  });
});

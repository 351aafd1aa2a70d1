import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, START, startServer, tokenFor, type Answer, type TestServer } from '../test-support/harness.js';
import { ticketSocket } from '../test-support/sockets.js';
import { openStream, type TestStream } from '../test-support/streams.js';

let server: TestServer;
let id: string;
const streams: TestStream[] = [];
beforeEach(async () => {
  server = await startServer();
  ({ id } = await server.book('ana', START + HOUR));
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await server.stop();
});

const code = (answer: Answer): string => `${answer.status} ${answer.body.type.split(':').at(-1)}`;
const versionOf = async (): Promise<number> => (await server.get('ana', `/bookings/${id}`)).body.version;
const reassign = async (to: string, version?: number, who = 'lee'): Promise<Answer> =>
  server.post(who, `/bookings/${id}/reassign`, { provider: to }, { 'If-Match': `"${version ?? (await versionOf())}"` });
const note = (who: string, content: string): Promise<Answer> => server.note(who, id, content);
const contents = async (who: string): Promise<string[]> =>
  (await server.get(who, `/bookings/${id}/notes`)).body.items.map(({ content }) => content);
const poll = (who: string, after?: string): Promise<Answer> =>
  server.call(who, 'GET', `/events${after === undefined ? '' : `?after=${after}`}`, undefined, {
    Accept: 'application/json',
  });

async function listen(person: string): Promise<TestStream> {
  const stream = await openStream(server.url, await tokenFor(person));
  streams.push(stream);
  await stream.nextOf('hello');
  return stream;
}

describe('handing a booking over', () => {
  it('gives the new provider all of it, and leaves the former one their own notes to read', async () => {
    await note('lee', 'From Lee.');
    expect((await reassign('moss')).status).toBe(204);
    expect((await note('moss', 'From Moss.')).status).toBe(201);
    expect((await server.get('moss', `/bookings/${id}`)).body).toMatchObject({
      provider: 'moss',
      providerName: 'Dr. Jo Moss',
      providerInitials: 'JM',
      timeZone: 'America/New_York',
    });
    expect(await contents('moss')).toEqual(['From Lee.', 'From Moss.']);
    expect(await contents('ana')).toEqual(['From Lee.', 'From Moss.']);
    expect(await contents('lee')).toEqual(['From Lee.']);
    expect((await note('lee', 'Too late.')).status).toBe(404);
    expect((await server.get('lee', '/bookings')).body.items).toEqual([]);
  });

  it('makes everything else of it, for the former one, like a booking that does not exist', async () => {
    const written = (await note('lee', 'Mine.')).body;
    await reassign('moss');
    const body = { lease: 'x', state: 'waiting', holder: 'x', takeOver: false, minutes: 5, provider: 'lee' };
    const more = { dateTime: new Date(START + 5 * HOUR).toISOString() };
    const routes: [string, string][] = [
      ['GET', ''],
      ...['cancel', 'complete', 'reopen', 'reschedule', 'reassign', 'late', 'no-show', 'admit', 'hold'].map(
        (name): [string, string] => ['POST', `/${name}`],
      ),
      ...['seat', 'join', 'leave', `notes/${written.id}/withdraw`].map((name): [string, string] => [
        'POST',
        `/${name}`,
      ]),
      ['PUT', '/presence'],
    ];
    for (const [method, route] of routes) {
      const payload = method === 'GET' ? undefined : { ...body, ...more };
      const answer = await server.call('lee', method, `/bookings/${id}${route}`, payload, { 'If-Match': '"2"' });
      expect([route, answer.status]).toEqual([route, 404]);
    }
    // Who wrote nothing keeps nothing.
    await reassign('lee', undefined, 'moss');
    expect((await server.get('moss', `/bookings/${id}/notes`)).status).toBe(404);
  });

  it('cuts the call and the writing of the former one at once, and tells all three', async () => {
    const ana = await server.enter('ana', id);
    const lee = await server.enter('lee', id);
    const line = await ticketSocket(lee.ticket);
    await line.next();
    await server.report('lee', id, lee.seat.lease, 'in-call');
    const [forAna, forLee, forMoss] = [await listen('ana'), await listen('lee'), await listen('moss')];
    server.now += MINUTE;
    await reassign('moss');
    expect(await line.closed).toEqual({ code: 4410, reason: 'seat-lost' });
    expect((await server.report('lee', id, lee.seat.lease, 'in-call')).status).toBe(404);
    expect((await forLee.next()).event).toBe('booking.removed');
    await server.book('ben', START + 5 * HOUR);
    expect((await forLee.next()).data.booking.patient).toBe('ben');
    expect((await forMoss.nextOf('booking.changed')).data.booking).toMatchObject({
      id,
      provider: 'moss',
      attendance: [{ seat: 'provider', leftAt: new Date(server.now).toISOString() }],
    });
    for (;;) {
      const { data } = await forAna.nextOf('booking.changed');
      if (data.booking.provider === 'moss') break;
    }
    // The patient's seat is not touched, and the new provider takes the other one.
    expect((await server.report('ana', id, ana.seat.lease, 'waiting')).status).toBe(200);
    expect((await server.enter('moss', id)).ticket.parties).toMatchObject([
      { presence: 'waiting' },
      { name: 'Dr. Jo Moss' },
    ]);
  });

  it('takes back what the former one had not heard yet', async () => {
    const { cursor } = (await poll('lee')).body;
    await note('lee', 'From Lee.');
    await server.enter('ana', id);
    await reassign('moss');
    const { events } = (await poll('lee', cursor)).body;
    expect(events.map(({ event }) => event)).toEqual([{ type: 'booking.removed', bookingId: id }]);
    // And given back, it is theirs again.
    await reassign('lee', undefined, 'moss');
    const later = (await poll('lee', cursor)).body.events.map(({ event }) => event.type);
    expect(later.slice(0, 2)).toEqual(['booking.removed', 'booking.changed']);
  });

  it('is for the version that was seen, to somebody who can take it and has the time', async () => {
    expect(code(await reassign('moss', 7))).toBe('412 conflict');
    for (const nobody of ['ana', 'ben', 'nobody']) expect(code(await reassign(nobody))).toBe('422 invalid');
    expect(code(await reassign('moss', 1, 'ana'))).toBe('403 forbidden');
    expect((await reassign('lee', 1)).status).toBe(204);
    expect(await versionOf()).toBe(1);
    await server.deactivate('moss');
    expect(code(await reassign('moss'))).toBe('422 invalid');
  });

  it('does not give somebody two bookings at once', async () => {
    server.now = Date.parse('2026-03-02T12:00:00Z');
    const own = await server.book('ben', Date.parse('2026-03-09T14:00:00Z'), 'moss');
    const same = await server.book('ana', Date.parse('2026-03-09T14:30:00Z'), 'lee');
    id = same.id;
    expect(code(await reassign('moss'))).toBe('409 slot-taken');
    await server.post('ben', `/bookings/${own.id}/cancel`, {});
    expect((await reassign('moss')).status).toBe(204);
  });
});

describe('rights that end', () => {
  it('with an account: streams end, and the seat with its sockets', async () => {
    const { ticket } = await server.enter('lee', id);
    const line = await ticketSocket(ticket);
    await line.next();
    const [forLee, forAna] = [await listen('lee'), await listen('ana')];
    await server.deactivate('lee');
    await server.sweep();
    expect((await line.closed).reason).toBe('seat-lost');
    await expect(forLee.nextOf('never')).rejects.toThrow('ended');
    expect((await forAna.nextOf('presence.changed')).event).toBe('presence.changed');
    expect((await openStream(server.url, await tokenFor('lee'))).response.status).toBe(403);
    expect((await server.get('ana', '/me')).status).toBe(200);
  });
});

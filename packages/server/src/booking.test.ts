import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bookingSchema, parse } from '@active-session/core';
import { HOUR, MINUTE, START, startServer, type TestServer } from '../test-support/harness.js';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const iso = (at: number): string => new Date(at).toISOString();
const request = (at: number, more: object = {}): object => ({
  provider: 'lee',
  dateTime: iso(at),
  notes: 'Chest pain',
  ...more,
});
const key = (value: string = crypto.randomUUID()): { 'Idempotency-Key': string } => ({ 'Idempotency-Key': value });

describe('booking', () => {
  it('answers 201 with the wire form that core reads', async () => {
    const { status, body, headers } = await server.post('ana', '/bookings', request(START + HOUR), key());
    expect(status).toBe(201);
    expect(headers.get('Server-Time')).toBe(String(START));
    expect(parse(bookingSchema, body, 'booking')).toEqual(body);
    expect(body).toMatchObject({
      patient: 'ana',
      patientName: 'Ana Ruiz',
      providerName: 'Dr. Mina Lee',
      providerInitials: 'ML',
      sessionType: 'Video visit',
      durationMinutes: 30,
      timeZone: 'UTC',
      status: 'scheduled',
      version: 1,
      attendance: [],
    });
    expect(body.id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('gives one slot to exactly one of 100 who ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        server.post(i % 2 ? 'ana' : 'ben', '/bookings', request(START + HOUR), key()),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(99);
    const loser = answers.find(({ status }) => status === 409)!;
    expect(loser.body.type).toBe('urn:active-session:problem:slot-taken');
    expect(loser.headers.get('Content-Type')).toBe('application/problem+json');
  });

  it('does a repeated request once and answers it alike, also 20 times at once', async () => {
    const same = key('once');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => server.post('ana', '/bookings', request(START + HOUR), same)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const other = await server.post('ana', '/bookings', request(START + 2 * HOUR), same);
    expect(other.status).toBe(422);
    // Another person's key of the same name is another key.
    expect((await server.post('ben', '/bookings', request(START + 2 * HOUR), same)).status).toBe(201);
  });

  it.each([
    ['without a key', request(START + HOUR), {}, 400],
    ['in the past', request(START - HOUR), key(), 422],
    ['now', request(START), key(), 422],
    ['off the grid', request(START + HOUR + MINUTE), key(), 422],
    ['with an unknown provider', request(START + HOUR, { provider: 'nobody' }), key(), 422],
    ['with a patient as provider', request(START + HOUR, { provider: 'ben' }), key(), 422],
    ['out of hours', request(START + HOUR, { provider: 'moss' }), key(), 422],
    ['with a type that is not offered', request(START + HOUR, { sessionType: 'Surgery' }), key(), 422],
    ['with a local time', { ...request(START), dateTime: '2026-03-02T12:00:00' }, key(), 422],
    ['with half a character', request(START + HOUR, { notes: 'a\ud800' }), key(), 422],
    ['with no JSON', '{', key(), 400],
    ['with null', 'null', key(), 422],
    ['with deep nesting', '['.repeat(30_000), key(), 400],
  ])('refuses one %s', async (_, body, headers, status) => {
    const answer = await server.post('ana', '/bookings', body, headers);
    expect([answer.status, answer.body.type]).toEqual([status, 'urn:active-session:problem:invalid']);
  });

  it('names the fields that are wrong', async () => {
    const { body } = await server.post('ana', '/bookings', { provider: '', dateTime: 'soon' }, key());
    expect(body.errors.map(({ path }) => path).sort()).toEqual(['dateTime', 'notes', 'provider']);
  });

  it('refuses more than 64 kB, told beforehand or not', async () => {
    const notes = 'x'.repeat(70_000);
    expect((await server.post('ana', '/bookings', request(START + HOUR, { notes }), key())).status).toBe(413);
    const chunked = await fetch(`${server.url}/bookings`, {
      method: 'POST',
      body: new Blob([JSON.stringify({ notes })]).stream(),
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
  });

  it('lets nobody but a patient book', async () => {
    const { status } = await server.post('moss', '/bookings', request(START + HOUR), key());
    expect(status).toBe(403);
  });

  it('shows a free slot until it is booked, and again when it is cancelled', async () => {
    const path = `/providers/lee/slots?from=${iso(START)}&to=${iso(START + 2 * HOUR)}`;
    const starts = async (): Promise<string[]> => (await server.get('ana', path)).body.items.map(({ start }) => start);
    expect(await starts()).toEqual([30, 60, 90].map((minutes) => iso(START + minutes * MINUTE)));
    const { id } = await server.book('ana', START + HOUR);
    expect(await starts()).toEqual([30, 90].map((minutes) => iso(START + minutes * MINUTE)));
    expect((await server.post('ana', `/bookings/${id}/cancel`, { reason: 'Better now' })).body).toMatchObject({
      status: 'cancelled',
      cancelReason: 'Better now',
      version: 2,
    });
    expect(await starts()).toHaveLength(3);
    await server.book('ben', START + HOUR);
  });

  it('caps a range of slots at 35 days', async () => {
    const { body } = await server.get('ana', `/providers/moss/slots?to=${iso(START + 900 * 24 * HOUR)}`);
    const last = Date.parse(body.items.at(-1)!.start);
    expect(last - START).toBeLessThan(35 * 24 * HOUR);
    expect(body.items.length).toBeGreaterThan(10);
    expect((await server.get('ana', '/providers/nobody/slots')).status).toBe(404);
    expect((await server.get('ana', '/providers/lee/slots?from=yesterday')).status).toBe(422);
  });
});

describe('reading bookings', () => {
  it('pages own bookings in order, filtered', async () => {
    const made = [];
    for (let i = 1; i <= 5; i++) made.push((await server.book('ana', START + i * HOUR)).id);
    await server.book('ben', START + 6 * HOUR);
    const first = await server.get('ana', '/bookings?limit=2');
    const second = await server.get('ana', `/bookings?limit=2&cursor=${first.body.cursor}`);
    const third = await server.get('ana', `/bookings?limit=2&cursor=${second.body.cursor}`);
    const ids = [first, second, third].flatMap(({ body }) => body.items.map(({ id }) => id));
    expect(ids).toEqual(made);
    expect(third.body.cursor).toBeUndefined();
    const some = await server.get('lee', `/bookings?from=${iso(START + 2 * HOUR)}&to=${iso(START + 4 * HOUR)}`);
    expect(some.body.items).toHaveLength(2);
    expect((await server.get('lee', '/bookings?status=cancelled')).body.items).toEqual([]);
    expect((await server.get('lee', '/bookings')).body.items).toHaveLength(6);
    expect((await server.get('ana', '/bookings?cursor=garbage')).status).toBe(422);
    expect((await server.get('ana', '/bookings?status=lost')).status).toBe(422);
  });

  it('gives the active booking with the verdict of the rules', async () => {
    expect((await server.get('ana', '/bookings/active')).body).toEqual({ booking: null, verdict: null });
    const { id } = await server.book('ana', START + 2 * HOUR);
    const before = await server.get('ana', '/bookings/active');
    expect(before.body).toMatchObject({ booking: { id }, verdict: { phase: 'upcoming', opensAt: iso(START + HOUR) } });
    server.now = START + HOUR;
    const open = await server.get('lee', '/bookings/active');
    expect(open.body).toMatchObject({ booking: { id }, verdict: { phase: 'open', reason: 'in-window' } });
    server.now = START + 4 * HOUR;
    expect((await server.get('ana', '/bookings/active')).body.booking).toBeNull();
  });
});

describe("somebody else's booking", () => {
  it('is answered exactly like an id that does not exist, on every route', async () => {
    const { id } = await server.book('ana', START + HOUR);
    const { seat } = await server.enter('ana', id);
    const lease = seat.lease;
    const note = { id: crypto.randomUUID(), content: 'x' };
    const routes: [string, string, unknown?][] = [
      ['POST', 'cancel', {}],
      ['POST', 'complete'],
      ['POST', 'seat', {}],
      ['POST', 'join', { lease }],
      ['PUT', 'presence', { lease, state: 'in-call' }],
      ['POST', 'leave', { lease }],
      ['GET', 'notes'],
      ['POST', 'notes', note],
    ];
    for (const person of ['ben', 'moss']) {
      for (const [method, route, body] of routes) {
        const headers = key();
        const foreign = await server.call(person, method, `/bookings/${id}/${route}`, body, headers);
        const random = await server.call(person, method, `/bookings/${'0'.repeat(32)}/${route}`, body, headers);
        expect([route, foreign.status]).toEqual([route, 404]);
        expect({ ...foreign.body, requestId: '' }).toEqual({ ...random.body, requestId: '' });
        expect([...foreign.headers.keys()]).toEqual([...random.headers.keys()]);
      }
    }
  });
});

describe('ending', () => {
  it('completes once, for both, whoever says it, also at the same moment', async () => {
    const { id } = await server.book('ana', START + HOUR);
    const answers = await Promise.all(
      ['ana', 'lee', 'ana', 'lee'].map((who) => server.post(who, `/bookings/${id}/complete`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]!.body).toMatchObject({ status: 'completed', completedAt: iso(START), version: 2 });
    expect((await server.post('ana', `/bookings/${id}/cancel`)).status).toBe(409);
  });

  it('is refused before the window, after it, and for a cancelled booking', async () => {
    const { id } = await server.book('ana', START + 2 * HOUR);
    const early = await server.post('lee', `/bookings/${id}/complete`);
    expect([early.status, early.body.type, early.body.opensAt]).toEqual([
      403,
      'urn:active-session:problem:outside-window',
      iso(START + HOUR),
    ]);
    server.now = START + 4 * HOUR;
    expect((await server.post('lee', `/bookings/${id}/complete`)).status).toBe(403);
    // Missed: the patient can't take it back any more, the provider can say why.
    expect((await server.post('ana', `/bookings/${id}/cancel`)).status).toBe(403);
    expect((await server.post('lee', `/bookings/${id}/no-show`)).status).toBe(200);
    expect((await server.post('lee', `/bookings/${id}/complete`)).status).toBe(409);
  });
});

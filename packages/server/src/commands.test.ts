import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, START, startServer, type Answer, type TestServer } from '../test-support/harness.js';
import { refused, ticketSocket } from '../test-support/sockets.js';

const AT = START + 4 * HOUR;
const OPENS = AT - HOUR;
const CLOSES = AT + 2 * HOUR;
const DAY = 24 * HOUR;
const iso = (at: number): string => new Date(at).toISOString();
const code = (answer: Answer): string => `${answer.status} ${answer.body.type.split(':').at(-1)}`;
const ifMatch = (version: number): Record<string, string> => ({ 'If-Match': `"${version}"` });

let server: TestServer;
let id: string;
beforeEach(async () => {
  server = await startServer();
  ({ id } = await server.book('ana', AT));
});
afterEach(() => server.stop());

const command = (who: string, name: string, body?: object, headers?: Record<string, string>): Promise<Answer> =>
  server.post(who, `/bookings/${id}/${name}`, body, headers);
const reschedule = (who: string, to: number, version: number): Promise<Answer> =>
  command(who, 'reschedule', { dateTime: iso(to) }, ifMatch(version));
const booking = async (): Promise<Answer['body']> => (await server.get('lee', `/bookings/${id}`)).body;

async function inCall(...who: string[]): Promise<string[]> {
  const leases = [];
  for (const person of who) leases.push((await server.sit(person, id)).body.lease);
  for (const [i, person] of who.entries()) await server.report(person, id, leases[i]!, 'in-call');
  return leases;
}

describe('ending', () => {
  it.each([
    ['complete', {}, '409 session-cancelled'],
    ['late', { minutes: 5 }, '409 session-cancelled'],
    ['admit', undefined, '409 session-cancelled'],
    ['no-show', undefined, '409 session-cancelled'],
    ['reopen', undefined, '409 session-cancelled'],
  ])('loses against a cancellation that was first, and says how it stands (%s)', async (name, body, answer) => {
    server.now = OPENS;
    const cancelled = (await command('ana', 'cancel', { reason: 'Better now' })).body;
    const late = await command('lee', name, body);
    expect(code(late)).toBe(answer);
    expect(late.body.booking).toEqual(cancelled);
  });

  it('of two that race is one, and the other one is told', async () => {
    server.now = OPENS;
    const [ended, cancelled] = await Promise.all([command('lee', 'complete'), command('ana', 'cancel', {})]);
    expect([ended.status, code(cancelled)]).toEqual([200, '409 session-ended']);
    expect(cancelled.body.booking).toEqual(ended.body);
  });

  it('can be taken back by the provider while the window is open, and then goes on', async () => {
    server.now = AT;
    await inCall('ana', 'lee');
    const before = (await booking()).attendance;
    await command('ana', 'complete');
    expect(code(await command('ana', 'reopen'))).toBe('403 forbidden');
    const opened = await command('lee', 'reopen');
    expect(opened.body).toMatchObject({ status: 'scheduled', attendance: [{ seat: 'patient' }, { seat: 'provider' }] });
    expect(opened.body).not.toHaveProperty('completedAt');
    expect(opened.body.attendance.map(({ joinedAt }) => joinedAt)).toEqual(before.map(({ joinedAt }) => joinedAt));
    expect((await command('lee', 'reopen')).body).toEqual(opened.body);
    expect((await server.sit('ana', id)).status).toBe(200);
    await command('lee', 'complete');
    server.now = CLOSES;
    expect(code(await command('lee', 'reopen'))).toBe('403 outside-window');
  });
});

describe('moving', () => {
  it('is to no time of a provider whose account is closed', async () => {
    await server.deactivate('lee');
    expect(code(await reschedule('ana', AT + HOUR, 1))).toBe('422 invalid');
    expect((await server.get('ana', `/bookings/${id}`)).body).toMatchObject({ dateTime: iso(AT), version: 1 });
  });
});

describe('running late', () => {
  it('is said to both, and no twice', async () => {
    const said = await command('lee', 'late', { minutes: 10, message: 'An emergency.' });
    expect(said.body).toMatchObject({
      version: 2,
      late: { minutes: 10, message: 'An emergency.', saidAt: iso(START) },
    });
    server.now += MINUTE;
    expect((await command('lee', 'late', { minutes: 10, message: 'An emergency.' })).body).toEqual(said.body);
    expect((await command('lee', 'late', { minutes: 20 })).body.late).toEqual({ minutes: 20, saidAt: iso(server.now) });
    expect((await server.get('ana', `/bookings/${id}`)).body.late?.minutes).toBe(20);
    expect(code(await command('ana', 'late', { minutes: 5 }))).toBe('403 forbidden');
    server.now = CLOSES;
    expect(code(await command('lee', 'late', { minutes: 5 }))).toBe('403 outside-window');
  });
});

describe('a no-show', () => {
  it('is said by the provider, from the time of the booking on', async () => {
    server.now = AT - 1;
    const early = await command('lee', 'no-show');
    expect([code(early), early.body.opensAt]).toEqual(['403 outside-window', iso(AT)]);
    server.now = AT;
    expect(code(await command('ana', 'no-show'))).toBe('403 forbidden');
    const said = await command('lee', 'no-show');
    expect(said.body).toMatchObject({ status: 'cancelled', cancelReason: 'no-show', cancelledAt: iso(AT) });
    expect((await command('lee', 'no-show')).body).toEqual(said.body);
  });

  it('is not said of who was in the call, or sits in the waiting room', async () => {
    server.now = AT;
    const { lease } = (await server.sit('ana', id)).body;
    expect(code(await command('lee', 'no-show'))).toBe('409 conflict');
    await command('ana', 'leave', { lease });
    const [mine] = await inCall('ana', 'lee');
    await command('ana', 'leave', { lease: mine });
    const refusal = await command('lee', 'no-show');
    expect([code(refusal), refusal.body.booking?.status]).toEqual(['409 conflict', 'scheduled']);
    expect((await command('lee', 'cancel', { reason: 'no-show' })).status).toBe(422);
  });
});

describe('rescheduling', () => {
  it('moves it to a free time, for the version that was seen, and frees the former one', async () => {
    const moved = await reschedule('ana', AT + HOUR, 1);
    expect(moved.body).toMatchObject({ dateTime: iso(AT + HOUR), rescheduledFrom: iso(AT), version: 2 });
    expect(moved.headers.get('ETag')).toBe('"2"');
    // The answer was lost on the way: the same request, with the version of then.
    expect((await reschedule('ana', AT + HOUR, 1)).body).toEqual(moved.body);
    await server.book('ben', AT);
    const stale = await reschedule('lee', AT + 2 * HOUR, 1);
    expect([code(stale), stale.body.booking]).toEqual(['412 conflict', moved.body]);
    expect((await command('lee', 'reschedule', { dateTime: iso(AT) })).status).toBe(428);
    expect(code(await reschedule('lee', AT, 2))).toBe('409 slot-taken');
    expect((await reschedule('lee', AT + 2 * HOUR, 2)).body).toMatchObject({ rescheduledFrom: iso(AT + HOUR) });
  });

  it.each([
    ['the past', START - HOUR],
    ['no slot', AT + MINUTE],
    ['more than 400 days ahead', START + 401 * DAY],
  ])('does not move it to %s', async (_, to) => {
    const answer = await reschedule('ana', to, 1);
    expect(code(answer)).toBe('422 invalid');
    expect(answer.body.errors).toMatchObject([{ path: 'dateTime' }]);
  });

  it('does not take a time that overlaps another booking, but one that overlaps itself', async () => {
    await server.book('ben', AT + HOUR);
    const { booking: long } = { booking: await server.put({ id: 'long', start: AT + 5 * HOUR }) };
    expect(code(await reschedule('ana', AT + HOUR, 1))).toBe('409 slot-taken');
    id = long.id;
    expect((await reschedule('ana', AT + 5 * HOUR + 30 * MINUTE, 1)).status).toBe(200);
  });

  it('waits until nobody is in the call, and then begins anew: who attended, was late or was let in counts no more', async () => {
    await server.stop();
    server = await startServer({
      policy: {
        patient: { opensBeforeMinutes: 60, closesAfterMinutes: 120 },
        provider: { opensBeforeMinutes: 60, closesAfterMinutes: 120 },
        returnMinutes: 10,
        admission: 'provider',
      },
    });
    ({ id } = await server.book('ana', AT));
    server.now = OPENS;
    await command('lee', 'admit');
    await command('lee', 'late', { minutes: 5 });
    const [mine, theirs] = await inCall('ana', 'lee');
    const { version } = await booking();
    const running = await reschedule('lee', AT + DAY, version);
    expect([code(running), running.body.booking?.version]).toEqual(['409 conflict', version]);
    await server.report('ana', id, mine!, 'waiting');
    await server.report('lee', id, theirs!, 'waiting');
    const spare = (await command('ana', 'join', { lease: mine })).body;

    const moved = await reschedule('lee', AT + DAY, (await booking()).version);
    expect(moved.body).toMatchObject({ status: 'scheduled', attendance: [] });
    expect(moved.body).not.toHaveProperty('late');
    expect(await refused(ticketSocket(spare))).toBe(403);
    expect(code(await server.report('ana', id, mine!, 'waiting'))).toBe('403 outside-window');
    server.now = CLOSES + 10 * MINUTE;
    await server.sweep();
    expect((await booking()).status).toBe('scheduled');
    server.now = OPENS + DAY;
    const { parties } = (await server.get('ana', `/bookings/${id}`)).body;
    expect(parties).toMatchObject([{ admission: 'asking' }, { admission: 'admitted' }]);
    const [again] = await inCall('ana', 'lee');
    expect((await server.report('ana', id, again!, 'in-call')).body.parties).toMatchObject([
      { presence: 'waiting' },
      { presence: 'waiting' },
    ]);
  });

  it('is for the provider alone once it was missed, and for nobody once it has ended', async () => {
    server.now = CLOSES;
    expect(code(await reschedule('ana', AT + DAY, 1))).toBe('403 outside-window');
    expect((await reschedule('lee', AT + DAY, 1)).status).toBe(200);
    server.now = OPENS + DAY;
    const { version } = (await command('lee', 'complete')).body;
    expect(code(await reschedule('lee', AT + 2 * DAY, version))).toBe('409 session-ended');
  });
});

describe('booking ahead', () => {
  it('ends after 400 days, for slots too', async () => {
    const book = (at: number): Promise<Answer> =>
      server.post(
        'ben',
        '/bookings',
        { provider: 'lee', dateTime: iso(at), notes: '' },
        { 'Idempotency-Key': `${at}` },
      );
    expect((await book(START + 400 * DAY)).status).toBe(201);
    const far = await book(START + 400 * DAY + 30 * MINUTE);
    expect([far.status, far.body.errors]).toMatchObject([422, [{ path: 'dateTime' }]]);
    const range = `from=${iso(START + 399 * DAY)}&to=${iso(START + 450 * DAY)}`;
    const { items } = (await server.get('ana', `/providers/lee/slots?${range}`)).body;
    expect(items.at(-1)?.start).toBe(iso(START + 400 * DAY - 30 * MINUTE));
  });
});

describe('the draft key', () => {
  it('is one for each person, of 32 bytes, and the same after a restart', async () => {
    const { body } = await server.get('lee', '/me/draft-key');
    const { key } = body as unknown as { key: string };
    expect(Buffer.from(key, 'base64url')).toHaveLength(32);
    await server.restart();
    expect((await server.get('lee', '/me/draft-key')).body).toEqual(body);
    expect((await server.get('moss', '/me/draft-key')).body).not.toEqual(body);
    expect((await server.get('ana', '/me/draft-key')).status).toBe(403);
  });
});

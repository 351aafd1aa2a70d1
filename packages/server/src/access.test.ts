import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, presenceAnswerSchema, seatSchema, ticketSchema } from '@active-session/core';
import { HOUR, MINUTE, START, startServer, type TestServer } from '../test-support/harness.js';

let server: TestServer;
beforeEach(async () => {
  server = await startServer({ iceServers: [{ urls: 'stun:stun.test:3478' }] });
});
afterEach(() => server.stop());

const AT = START + 4 * HOUR;
const OPENS = AT - HOUR;
const CLOSES = AT + 2 * HOUR;
const code = (answer: { body: { type?: string } }): string | undefined => answer.body.type?.split(':').at(-1);

describe('the window', () => {
  it.each([
    ['1 ms before it opens', OPENS - 1, 403],
    ['when it opens', OPENS, 200],
    ['1 ms before it closes', CLOSES - 1, 200],
    ['when it closes', CLOSES, 403],
  ])('decides on a seat %s', async (_, now, status) => {
    const { id } = await server.book('ana', AT);
    server.now = now;
    const answer = await server.sit('ana', id);
    expect(answer.status).toBe(status);
    if (status === 403) expect(code(answer)).toBe('outside-window');
    expect(answer.body.opensAt).toBe(now < OPENS ? new Date(OPENS).toISOString() : undefined);
  });

  it('decides on a join with a lease from inside it', async () => {
    const { id } = await server.book('ana', AT);
    server.now = CLOSES - 1;
    const { lease } = (await server.sit('ana', id)).body;
    expect((await server.post('ana', `/bookings/${id}/join`, { lease })).status).toBe(200);
    server.now = CLOSES;
    const late = await server.post('ana', `/bookings/${id}/join`, { lease });
    expect([late.status, code(late)]).toEqual([403, 'outside-window']);
    expect((await server.report('ana', id, lease, 'in-call')).status).toBe(403);
  });

  it('says why a session that is over takes nobody', async () => {
    const { id } = await server.book('ana', AT);
    const cancelled = await server.book('ana', AT + HOUR);
    server.now = OPENS;
    await server.post('lee', `/bookings/${id}/complete`);
    await server.post('lee', `/bookings/${cancelled.id}/cancel`);
    const ended = await server.sit('ana', id);
    expect([ended.status, code(ended)]).toEqual([403, 'session-ended']);
    const gone = await server.sit('ana', cancelled.id);
    expect([gone.status, code(gone)]).toEqual([403, 'session-cancelled']);
  });
});

describe('a seat', () => {
  let id: string;
  beforeEach(async () => {
    ({ id } = await server.book('ana', AT));
    server.now = OPENS;
  });
  const take = (request: { holder?: string; takeOver?: boolean }, who = 'ana') => server.sit(who, id, request);

  it('is a lease with a time to renew', async () => {
    const { body } = await take({});
    expect(parse(seatSchema, body, 'seat')).toEqual({
      seat: 'patient',
      lease: body.lease,
      expiresAt: new Date(OPENS + 80_000).toISOString(),
      renewEvery: 10_000,
    });
  });

  it('is one per person: another page must take it over, the same one gets it again', async () => {
    const first = await take({ holder: 'page-1' });
    const other = await take({ holder: 'page-2' });
    expect([other.status, code(other)]).toEqual([409, 'seat-taken']);
    expect((await take({})).status).toBe(409);
    expect((await take({ holder: 'page-1' })).body.lease).toBe(first.body.lease);
    const over = await take({ holder: 'page-2', takeOver: true });
    expect(over.status).toBe(200);
    const lost = await server.report('ana', id, first.body.lease, 'waiting');
    expect([lost.status, code(lost)]).toEqual([409, 'seat-lost']);
    expect(code(await server.post('ana', `/bookings/${id}/join`, { lease: first.body.lease }))).toBe('seat-lost');
    // What the former page says on its way out does not reach the new one's seat.
    expect((await server.post('ana', `/bookings/${id}/leave`, { lease: first.body.lease })).status).toBe(204);
    expect((await server.report('ana', id, over.body.lease, 'waiting')).status).toBe(200);
  });

  it('belongs to one person: the other party does not take it', async () => {
    const mine = await take({});
    expect((await take({}, 'lee')).body.seat).toBe('provider');
    expect(code(await server.report('lee', id, mine.body.lease, 'waiting'))).toBe('seat-lost');
  });

  it('ends when nobody renews it, and an expired lease never comes back', async () => {
    const { lease } = (await take({})).body;
    server.now += 79_999;
    expect((await server.report('ana', id, lease, 'waiting')).status).toBe(200);
    server.now += 80_000;
    expect(code(await server.report('ana', id, lease, 'waiting'))).toBe('seat-lost');
    expect((await take({ holder: 'elsewhere' })).status).toBe(200);
  });

  it('is free at once after leaving, also told with a text body as the page goes away', async () => {
    const { lease } = (await take({})).body;
    const leave = await server.post('ana', `/bookings/${id}/leave`, { lease }, { 'Content-Type': 'text/plain' });
    expect(leave.status).toBe(204);
    expect((await server.post('ana', `/bookings/${id}/leave`, { lease })).status).toBe(204);
    expect((await take({ holder: 'new' })).status).toBe(200);
  });

  it('gives tickets that name both parties, each with a peer id of its own', async () => {
    const { ticket } = await server.enter('ana', id);
    expect(parse(ticketSchema, ticket, 'ticket')).toEqual(ticket);
    expect(ticket).toMatchObject({
      bookingId: id,
      seat: 'patient',
      engine: 'peerjs',
      iceServers: [{ urls: 'stun:stun.test:3478' }],
      engineGrant: { url: server.socketUrl, expiresAt: new Date(OPENS + MINUTE).toISOString() },
    });
    expect(ticket.peerId).toMatch(/^[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/);
    expect(ticket.parties).toMatchObject([
      { seat: 'patient', name: 'Ana Ruiz', peerId: ticket.peerId, dials: false, presence: 'waiting' },
      { seat: 'provider', name: 'Dr. Mina Lee', peerId: null, dials: true, presence: 'away', since: null },
    ]);
    const lease = (await take({ holder: 'x', takeOver: true })).body.lease;
    const again = await server.post('ana', `/bookings/${id}/join`, { lease });
    expect(again.body.peerId).not.toBe(ticket.peerId);
    expect(again.body.engineGrant!.token).not.toBe(ticket.engineGrant!.token);
  });

  it('answers presence with who is there', async () => {
    const { seat } = await server.enter('lee', id);
    await server.enter('ana', id);
    const { body } = await server.report('lee', id, seat.lease, 'in-call');
    const answer = parse(presenceAnswerSchema, body, 'answer');
    expect(answer.seat).toEqual({ ...seat, expiresAt: new Date(OPENS + 80_000).toISOString() });
    expect(answer.parties.map(({ presence }) => presence)).toEqual(['waiting', 'in-call']);
    expect((await server.report('lee', id, seat.lease, 'away')).status).toBe(422);
  });
});

describe('attendance', () => {
  let id: string;
  const attendance = async () => {
    const { body } = await server.get('ana', '/bookings');
    return body.items.find((booking) => booking.id === id)!;
  };
  const sit = async (who: string): Promise<string> => (await server.sit(who, id)).body.lease;
  const enterCall = async (who: string): Promise<string> => {
    const [lease] = [await sit(who), await sit(who === 'ana' ? 'lee' : 'ana')];
    expect((await server.report(who, id, lease, 'in-call')).status).toBe(200);
    return lease;
  };
  beforeEach(async () => {
    ({ id } = await server.book('ana', AT));
    server.now = OPENS;
  });

  it('opens with the call and closes with it', async () => {
    const lease = await enterCall('ana');
    const version = (await attendance()).version;
    server.now += MINUTE;
    await server.report('ana', id, lease, 'waiting');
    expect(await attendance()).toMatchObject({
      version: version + 1,
      attendance: [
        {
          seat: 'patient',
          role: 'patient',
          joinedAt: new Date(OPENS).toISOString(),
          leftAt: new Date(OPENS + MINUTE).toISOString(),
        },
      ],
    });
  });

  it('is of two: nobody is in a call alone, whatever their page says', async () => {
    const lease = await sit('ana');
    const alone = await server.report('ana', id, lease, 'in-call');
    expect(alone.body.parties.map(({ presence }) => presence)).toEqual(['waiting', 'away']);
    expect((await attendance()).attendance).toEqual([]);
    await sit('lee');
    await server.report('ana', id, lease, 'in-call');
    expect((await attendance()).attendance).toMatchObject([{ seat: 'patient' }]);
  });

  it('is one entry for who comes and goes within seconds, and a new one for who was away', async () => {
    const lease = await enterCall('ana');
    for (let i = 0; i < 10; i++) {
      server.now += 2_000;
      await server.report('ana', id, lease, i % 2 === 0 ? 'waiting' : 'in-call');
    }
    expect((await attendance()).attendance).toEqual([
      { seat: 'patient', role: 'patient', joinedAt: new Date(OPENS).toISOString() },
    ]);
    await server.report('ana', id, lease, 'waiting');
    server.now += 30_000;
    await server.report('ana', id, lease, 'in-call');
    expect((await attendance()).attendance).toMatchObject([
      { leftAt: new Date(server.now - 30_000).toISOString() },
      { joinedAt: new Date(server.now).toISOString() },
    ]);
  });

  it('ends with the last report of somebody who vanished', async () => {
    const lease = await enterCall('ana');
    server.now += 30_000;
    await server.report('ana', id, lease, 'in-call');
    server.now += 200_000;
    await server.sweep();
    expect((await attendance()).attendance[0]!.leftAt).toBe(new Date(OPENS + 30_000).toISOString());
  });

  it('of both began when the second one came, also where the first one vanishes before another report', async () => {
    await enterCall('ana');
    server.now += 500;
    const lease = await enterCall('lee');
    const began = new Date(server.now).toISOString();
    for (let report = 0; report < 12; report += 1) {
      server.now += 10_000;
      await server.report('lee', id, lease, 'in-call');
    }
    await server.sweep();
    const [first, second] = (await attendance()).attendance;
    expect([first?.leftAt, second?.joinedAt, second?.leftAt]).toEqual([began, began, undefined]);
  });

  it('completes a session that both attended, when everybody had time to come back', async () => {
    const mine = await enterCall('ana');
    const theirs = await enterCall('lee');
    await server.post('ana', `/bookings/${id}/leave`, { lease: mine });
    await server.post('lee', `/bookings/${id}/leave`, { lease: theirs });
    server.now = CLOSES + 10 * MINUTE - 1;
    await server.sweep();
    expect((await attendance()).status).toBe('scheduled');
    server.now += 1;
    await server.sweep();
    expect(await attendance()).toMatchObject({
      status: 'completed',
      completedAt: new Date(CLOSES + 10 * MINUTE).toISOString(),
    });
  });

  it('leaves one that only one attended as it is', async () => {
    const lease = await enterCall('lee');
    await server.post('lee', `/bookings/${id}/leave`, { lease });
    server.now = CLOSES + 24 * HOUR;
    await server.sweep();
    expect((await attendance()).status).toBe('scheduled');
  });

  it('does not cut a call that runs when the window closes, and lets who dropped come back', async () => {
    const mine = await enterCall('ana');
    const theirs = await enterCall('lee');
    for (server.now = OPENS; server.now < CLOSES + 30 * MINUTE; server.now += 75_000) {
      expect((await server.report('lee', id, theirs, 'in-call')).status).toBe(200);
      if (server.now < CLOSES) expect((await server.report('ana', id, mine, 'in-call')).status).toBe(200);
      await server.sweep();
    }
    // Ana was last heard of just before the window closed, so her way back was open until 10 minutes after it.
    expect((await server.sit('ana', id)).status).toBe(403);
    expect((await attendance()).status).toBe('scheduled');
    expect((await server.get('lee', '/bookings/active')).body.verdict).toMatchObject({ reason: 'in-call' });
    // Some five hundred requests, each with its own write to the disk.
  }, 40_000);

  it('takes the seat of who only waited when the window closes', async () => {
    server.now = CLOSES - 1000;
    const { lease } = (await server.sit('ana', id)).body;
    server.now = CLOSES;
    await server.sweep();
    expect(code(await server.report('ana', id, lease, 'waiting'))).toBe('outside-window');
    expect(await server.store.read((view) => view.seats.leases())).toEqual([]);
  });

  it('ends with the session', async () => {
    const lease = await enterCall('ana');
    server.now += MINUTE;
    const { body } = await server.post('lee', `/bookings/${id}/complete`);
    expect(body.attendance[0]!.leftAt).toBe(new Date(OPENS + MINUTE).toISOString());
    expect(code(await server.report('ana', id, lease, 'in-call'))).toBe('session-ended');
  });
});

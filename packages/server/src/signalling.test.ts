import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NetworkTest, Seat, Ticket } from '@active-session/core';
import { HOUR, MINUTE, START, startServer, type TestServer } from '../test-support/harness.js';
import { openSocket, peerSocket, refused, settled, ticketSocket, type TestSocket } from '../test-support/sockets.js';

let server: TestServer;
let id: string;
beforeEach(async () => {
  server = await startServer({ allowedOrigins: ['https://portal.test'] });
  ({ id } = await server.book('ana', START + HOUR));
});
afterEach(() => server.stop());

interface Peer {
  seat: Seat;
  ticket: Ticket;
  line: TestSocket;
}

async function connect(person: string, booking = id): Promise<Peer> {
  const { seat, ticket } = await server.enter(person, booking);
  const line = await ticketSocket(ticket);
  expect(await line.next()).toEqual({ type: 'OPEN' });
  return { seat, ticket, line };
}

const offer = (dst: string, type = 'media'): object => ({
  type: 'OFFER',
  src: 'forged',
  dst,
  payload: { type, sdp: { type: 'offer', sdp: 'v=0' }, connectionId: 'mc_1', metadata: { role: 'provider' } },
});

describe('the PeerJS protocol', () => {
  it('passes offers, answers, candidates and leaves between the two of a booking', async () => {
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    lee.line.send({ type: 'HEARTBEAT' });
    lee.line.send(offer(ana.ticket.peerId));
    expect(await ana.line.next()).toEqual({ ...offer(ana.ticket.peerId), src: lee.ticket.peerId });
    for (const type of ['ANSWER', 'CANDIDATE']) {
      const message = { type, payload: { type: 'media', connectionId: 'mc_1' }, dst: lee.ticket.peerId };
      ana.line.send(message);
      expect(await lee.line.next()).toEqual({ ...message, src: ana.ticket.peerId });
    }
    ana.line.send({ type: 'LEAVE', dst: lee.ticket.peerId });
    expect(await lee.line.next()).toEqual({ type: 'LEAVE', src: ana.ticket.peerId, dst: lee.ticket.peerId });
  });

  it('refuses whom no ticket names, alike in every case', async () => {
    const { ticket } = await server.enter('ana', id);
    const other = await server.enter('lee', id);
    const { token } = ticket.engineGrant!;
    const base = server.socketUrl;
    const attempts = {
      unknown: peerSocket(base, { id: '0'.repeat(32), token: '0'.repeat(64) }),
      'unknown token': peerSocket(base, { id: ticket.peerId, token: '0'.repeat(64) }),
      "another's grant": peerSocket(base, { id: ticket.peerId, token: other.ticket.engineGrant!.token }),
      "another's id": peerSocket(base, { id: other.ticket.peerId, token }),
      'the grant of the other channel': peerSocket(base, { id: ticket.peerId, token: ticket.signalling!.token }),
      'no token': peerSocket(base, { id: ticket.peerId, token: '' }),
      'another origin': peerSocket(base, { id: ticket.peerId, token, origin: 'https://evil.test' }),
    };
    for (const [name, attempt] of Object.entries(attempts)) expect([name, await refused(attempt)]).toEqual([name, 403]);
    // None of it used the grant up.
    const line = await peerSocket(base, { id: ticket.peerId, token, origin: 'https://portal.test' });
    expect(await line.next()).toEqual({ type: 'OPEN' });
    expect(await refused(ticketSocket(ticket))).toBe(403);
  });

  it('with no other origin allowed, takes pages of its own only, under whatever name they reached it', async () => {
    const own = await startServer();
    try {
      const booking = await own.book('ana', START + HOUR);
      const { ticket } = await own.enter('ana', booking.id);
      const peer = { id: ticket.peerId, token: ticket.engineGrant!.token };
      expect(await refused(peerSocket(own.socketUrl, { ...peer, origin: 'https://evil.test' }))).toBe(403);
      expect(await refused(peerSocket(own.socketUrl, { ...peer, origin: 'null' }))).toBe(403);
      const { port } = new URL(own.url);
      const named = own.socketUrl.replace('127.0.0.1', 'localhost');
      const line = await peerSocket(named, { ...peer, origin: `http://localhost:${port}` });
      expect(await line.next()).toEqual({ type: 'OPEN' });
    } finally {
      await own.stop();
    }
  });

  it('uses a grant once, also when it is tried ten times at once', async () => {
    const { ticket } = await server.enter('ana', id);
    const statuses = await Promise.all(Array.from({ length: 10 }, () => refused(ticketSocket(ticket))));
    expect(statuses.filter((status) => status === 101)).toHaveLength(1);
  });

  it('refuses a grant that has expired, was replaced by a newer ticket, or lost its seat', async () => {
    const { seat, ticket } = await server.enter('ana', id);
    server.now += MINUTE;
    expect(await refused(ticketSocket(ticket))).toBe(403);
    const join = async (): Promise<Ticket> =>
      (await server.post('ana', `/bookings/${id}/join`, { lease: seat.lease })).body;
    const older = await join();
    const newer = await join();
    expect(await refused(ticketSocket(older))).toBe(403);
    await server.post('ana', `/bookings/${id}/leave`, { lease: seat.lease });
    expect(await refused(ticketSocket(newer))).toBe(403);
  });

  it('passes nothing to another booking, to oneself, to nobody, and no data connection', async () => {
    const other = await server.book('ben', START + 30 * MINUTE);
    const [ana, lee, ben] = [await connect('ana'), await connect('lee'), await connect('ben', other.id)];
    const wrong = [
      offer(ana.ticket.peerId),
      offer(ben.ticket.peerId, 'data'),
      { type: 'CANDIDATE', dst: ana.ticket.peerId, payload: { type: 'media' } },
      { type: 'LEAVE', dst: ana.ticket.peerId },
      offer('constructor'),
      offer('__proto__'),
    ];
    for (const message of wrong) ben.line.send(message);
    for (const message of wrong) {
      expect(await ben.line.next()).toEqual({ type: 'EXPIRE', src: (message as { dst: string }).dst });
    }
    for (const type of ['data', undefined, 'MEDIA', ['media']]) {
      lee.line.send({ ...offer(ana.ticket.peerId), payload: { type } });
      expect(await lee.line.next()).toEqual({ type: 'EXPIRE', src: ana.ticket.peerId });
    }
    lee.line.send({ type: 'OFFER', dst: ana.ticket.peerId });
    expect(await lee.line.next()).toEqual({ type: 'EXPIRE', src: ana.ticket.peerId });
    await settled();
    expect(ana.line.received).toHaveLength(1);
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '7'],
    ['no type', '{}'],
    ['an offer to nobody', '{"type":"OFFER","payload":{"type":"media"}}'],
    ['a destination that is no text', '{"type":"OFFER","dst":{},"payload":{"type":"media"}}'],
  ])('closes on %s and lives on', async (_, text) => {
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    ana.line.send(text);
    expect((await ana.line.closed).code).toBe(1008);
    const again = await server.post('ana', `/bookings/${id}/join`, { lease: ana.seat.lease });
    const line = await ticketSocket(again.body);
    lee.line.send(offer(again.body.peerId));
    expect(await line.next()).toEqual({ type: 'OPEN' });
    expect(await line.next()).toMatchObject({ type: 'OFFER' });
  });

  it.each([
    ['40', 40, 'pass'],
    ['30,000', 30_000, 'pass'],
    ['30,000', 30_000, 'are held'],
  ])('closes on an offer %s levels deep, where offers %s (%s)', async (_, levels, where) => {
    const lee = await connect('lee');
    const { ticket } = await server.enter('ana', id);
    const line = where === 'pass' ? await ticketSocket(ticket) : undefined;
    const nested = '['.repeat(levels) + ']'.repeat(levels);
    lee.line.send(`{"type":"OFFER","dst":"${ticket.peerId}","payload":{"type":"media","sdp":${nested}}}`);
    expect(await lee.line.closed).toEqual({ code: 1008, reason: 'malformed' });
    const other = line ?? (await ticketSocket(ticket));
    expect(await other.next()).toEqual({ type: 'OPEN' });
    await settled();
    expect(other.received).toHaveLength(1);
  });

  it('lives through broken and huge frames, and closes on a flood', async () => {
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    lee.line.socket.send(Buffer.from([1, 2, 3]));
    expect((await lee.line.closed).code).toBe(1008);
    const broken = await openSocket(server.socketUrl);
    // A frame with all reserved bits set.
    (broken.socket as unknown as { _socket: { write(data: Buffer): void } })._socket.write(
      Buffer.from([0xff, 0xff, 0, 0]),
    );
    await broken.closed;
    const huge = await openSocket(server.socketUrl);
    huge.send('x'.repeat(70_000));
    expect((await huge.closed).code).toBe(1009);
    for (let i = 0; i < 400; i++) ana.line.send({ type: 'HEARTBEAT' });
    expect(await ana.line.closed).toEqual({ code: 1008, reason: 'too many messages' });
    expect((await server.get('ana', '/me')).status).toBe(200);
  });

  it('keeps an offer for a peer that has its ticket and is about to connect', async () => {
    const lee = await connect('lee');
    const { ticket } = await server.enter('ana', id);
    lee.line.send(offer(ticket.peerId));
    await settled();
    const line = await ticketSocket(ticket);
    expect(await line.next()).toEqual({ type: 'OPEN' });
    expect(await line.next()).toMatchObject({ type: 'OFFER', src: lee.ticket.peerId });
  });

  it('says that nobody is there when such a peer does not connect', async () => {
    const lee = await connect('lee');
    const { ticket } = await server.enter('ana', id);
    lee.line.send(offer(ticket.peerId));
    await settled();
    server.now += 5_000;
    await server.sweep();
    expect(await lee.line.next()).toEqual({ type: 'EXPIRE', src: ticket.peerId });
  });

  it('makes before it breaks: the older socket works until the newer one is open', async () => {
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    const { body: ticket } = await server.post('ana', `/bookings/${id}/join`, { lease: ana.seat.lease });
    lee.line.send({ type: 'CANDIDATE', dst: ana.ticket.peerId, payload: { type: 'media' } });
    expect(await ana.line.next()).toMatchObject({ type: 'CANDIDATE' });
    const newer = await ticketSocket(ticket);
    expect(await newer.next()).toEqual({ type: 'OPEN' });
    expect((await ana.line.closed).reason).toBe('replaced');
    lee.line.send(offer(ana.ticket.peerId));
    expect(await lee.line.next()).toMatchObject({ type: 'EXPIRE' });
    // Being replaced is not being gone: the lease keeps its time.
    server.now += 40_000;
    expect((await server.report('ana', id, ana.seat.lease, 'waiting')).status).toBe(200);
  });
});

describe('our own channel', () => {
  async function join(person: string): Promise<TestSocket> {
    const { ticket } = await server.enter(person, id);
    const line = await openSocket(ticket.signalling!.url);
    line.send({ type: 'hello', token: ticket.signalling!.token });
    expect(await line.next()).toEqual({ type: 'ready' });
    return line;
  }

  it('passes messages from seat to seat, naming the sender itself', async () => {
    const [ana, lee] = [await join('ana'), await join('lee')];
    lee.send({ seat: 'patient', type: 'ice-restart', payload: { round: 1 } });
    expect(await ana.next()).toEqual({ seat: 'provider', type: 'ice-restart', payload: { round: 1 } });
    ana.send({ seat: 'patient', type: 'to-myself', payload: null });
    ana.send({ seat: 'provider', type: 'answer', payload: null });
    expect(await lee.next()).toEqual({ seat: 'patient', type: 'answer', payload: null });
    expect(ana.received).toHaveLength(2);
  });

  it('takes no grant twice, none of the other channel, and nothing before the grant', async () => {
    const { ticket } = await server.enter('ana', id);
    const hello = async (first: object): Promise<number> => {
      const line = await openSocket(server.socketUrl);
      line.send(first);
      return (await line.closed).code;
    };
    expect(await hello({ type: 'hello', token: ticket.engineGrant!.token })).toBe(4401);
    expect(await hello({ type: 'hello', token: 'x' })).toBe(4401);
    expect(await hello({ type: 'hello' })).toBe(1008);
    expect(await hello({ type: 'offer', seat: 'provider', payload: null })).toBe(1008);
    const line = await openSocket(server.socketUrl);
    line.send({ type: 'hello', token: ticket.signalling!.token });
    expect(await line.next()).toEqual({ type: 'ready' });
    expect(await hello({ type: 'hello', token: ticket.signalling!.token })).toBe(4401);
  });
});

describe('an upgrade that is refused', () => {
  /** A socket that asks for an upgrade at `path`, as it leaves a program that then does as it likes. */
  async function upgradeAt(path: string): Promise<Socket> {
    const { hostname, port } = new URL(server.url);
    const socket = connectTcp({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    return socket;
  }

  it.each(['/elsewhere', '/api/session/v1/signalling', '/api/session/v1/signalling/peerjs?id=a&token=b'])(
    'does not end the server when the other end resets the connection (%s)',
    async (path) => {
      for (let i = 0; i < 40; i++) {
        const socket = await upgradeAt(path);
        if (i % 2 === 0) socket.resetAndDestroy();
        else setImmediate(() => socket.resetAndDestroy());
        await once(socket, 'close');
      }
      await settled();
      expect((await server.get('ana', '/me')).status).toBe(200);
    },
  );

  it('keeps no connection that the other end leaves open', async () => {
    const socket = await upgradeAt('/elsewhere');
    socket.resume();
    await once(socket, 'end');
    // Nobody reads there any more, so that writing fails sooner or later.
    const writing = setInterval(() => socket.write('x'), 10);
    await expect(once(socket, 'close')).rejects.toMatchObject({ syscall: 'write' });
    clearInterval(writing);
  });
});

describe('the check before a call', () => {
  interface Probed {
    readonly line: TestSocket;
    readonly token: string;
  }
  async function probe(person = 'ana'): Promise<Probed> {
    const { probe: grant } = (await server.get(person, '/network-test')).body as unknown as NetworkTest;
    const line = await openSocket(grant.url);
    line.send({ type: 'hello', token: grant.token });
    expect(await line.next()).toEqual({ type: 'ready' });
    return { line, token: grant.token };
  }

  it('is answered with what it sends, without any booking', async () => {
    const { line } = await probe('ben');
    line.send({ type: 'probe', payload: { at: 1, text: 'x' } });
    expect(await line.next()).toEqual({ type: 'probe', payload: { at: 1, text: 'x' } });
    line.send({ type: 'offer', seat: 'provider', payload: 1 });
    expect((await line.closed).code).toBe(1008);
  });

  it('ends alone where what it sends makes the server fail', async () => {
    const { line } = await probe();
    const { line: other } = await probe('ben');
    const stringify = vi.spyOn(JSON, 'stringify').mockImplementation(() => {
      throw new RangeError('Maximum call stack size exceeded');
    });
    line.send('{"type":"probe","payload":1}');
    const closed = await line.closed.finally(() => stringify.mockRestore());
    expect(closed).toEqual({ code: 1008, reason: 'malformed' });
    expect(server.log).toContainEqual(expect.objectContaining({ event: 'signalling.failed', error: 'RangeError' }));
    other.send({ type: 'probe', payload: 2 });
    expect(await other.next()).toMatchObject({ payload: 2 });
  });

  it('is good for one connection, a minute long, and for our own channel only', async () => {
    const { token } = await probe();
    const hello = async (shown: string): Promise<number> => {
      const line = await openSocket(server.socketUrl);
      line.send({ type: 'hello', token: shown });
      return (await line.closed).code;
    };
    expect(await hello(token)).toBe(4401);
    const late = (await server.get('ana', '/network-test')).body as unknown as NetworkTest;
    expect(await refused(peerSocket(server.socketUrl, { id: 'x', token: late.probe.token }))).toBe(403);
    server.now += MINUTE;
    expect(await hello(late.probe.token)).toBe(4401);
  });

  it('ends after 20 messages, and after 30 s', async () => {
    const [many, long] = [await probe(), await probe()];
    for (let i = 0; i < 21; i++) many.line.send({ type: 'probe', payload: i });
    expect(await many.line.closed).toEqual({ code: 1008, reason: 'too many messages' });
    expect(many.line.received).toHaveLength(21);
    server.now += 29_999;
    await server.sweep();
    long.line.send({ type: 'probe', payload: 'still' });
    expect(await long.line.next()).toMatchObject({ payload: 'still' });
    server.now += 1;
    await server.sweep();
    expect(await long.line.closed).toEqual({ code: 1000, reason: 'done' });
  });

  it('comes with credentials that the relay can check by itself, for a while', async () => {
    const own = await startServer({
      iceServers: [{ urls: 'stun:stun.test' }],
      turn: { urls: ['turns:relay.test:443'], secret: 'shared', ttlSeconds: 600 },
      iceTransportPolicy: 'relay',
    });
    try {
      const booked = await own.book('ana', START + HOUR);
      const { ticket } = await own.enter('ana', booked.id);
      const test = (await own.get('ana', '/network-test')).body;
      for (const given of [ticket, test]) {
        expect(given.iceTransportPolicy).toBe('relay');
        const relay = given.iceServers[1]!;
        expect([given.iceServers[0], relay.urls]).toEqual([{ urls: 'stun:stun.test' }, ['turns:relay.test:443']]);
        expect(relay.username).toMatch(new RegExp(`^${START / 1000 + 600}:[0-9a-f]{32}$`));
        expect(relay.credential).toBe(createHmac('sha1', 'shared').update(relay.username!).digest('base64'));
      }
      expect(test.iceServers[1]!.username).not.toBe(ticket.iceServers[1]!.username);
    } finally {
      await own.stop();
    }
  });
});

describe('the audit trail', () => {
  const deniedBy = async (actor: string): Promise<readonly object[]> => {
    const trail = await server.store.read((view) => view.audit.after(0, 1_000));
    return trail
      .filter((entry) => entry.action === 'access.denied' && entry.actor === actor)
      .map(({ booking, subject }) => ({ booking, subject }));
  };
  const openChannel = async (ticket: Ticket): Promise<TestSocket> => {
    const line = await openSocket(ticket.signalling!.url);
    line.send({ type: 'hello', token: ticket.signalling!.token });
    expect(await line.next()).toEqual({ type: 'ready' });
    return line;
  };

  it('has who dials into another booking, under the booking that they meant, once for each connection', async () => {
    const other = await server.book('ben', START + 30 * MINUTE);
    const [ana, ben] = [await connect('ana'), await connect('ben', other.id)];
    const flood = async ({ line }: Pick<Peer, 'line'>): Promise<void> => {
      for (let i = 0; i < 100; i++) line.send(offer(ana.ticket.peerId));
      for (let i = 0; i < 100; i++) expect(await line.next()).toMatchObject({ type: 'EXPIRE' });
    };
    const entry = { booking: id, subject: 'signalling:another-booking' };
    await flood(ben);
    await expect.poll(() => deniedBy('ben')).toEqual([entry]);
    const { body } = await server.post('ben', `/bookings/${other.id}/join`, { lease: ben.seat.lease });
    const line = await ticketSocket(body);
    expect(await line.next()).toEqual({ type: 'OPEN' });
    await flood({ line });
    await expect.poll(() => deniedBy('ben')).toEqual([entry, entry]);
    expect(await deniedBy('ana')).toEqual([]);
  });

  it('has who is not let in and speaks, to whom they may not and to themselves, and nothing of what they say', async () => {
    await connect('lee');
    const lee = await openChannel((await server.enter('lee', id)).ticket);
    const guest = (await server.invite(id)).body.token;
    const line = await openChannel((await server.enter(guest, id)).ticket);
    for (const seat of ['provider', 'guest-1', 'patient', 'CANARY'])
      for (let i = 0; i < 10; i++) line.send({ seat, type: 'offer', payload: 'CANARY' });
    const who = (await server.store.read((view) => view.guests.of(id)))[0]!.id;
    await expect
      .poll(() => deniedBy(who))
      .toEqual(
        ['not-admitted', 'own-seat', 'unknown-seat'].map((what) => ({ booking: id, subject: `signalling:${what}` })),
      );
    const trail = await server.store.read((view) => view.audit.after(0, 1_000));
    expect(JSON.stringify(trail)).not.toContain('CANARY');
    expect(lee.received).toHaveLength(1);
  });

  it('has nothing of a call as it should be', async () => {
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    lee.line.send(offer(ana.ticket.peerId));
    await ana.line.next();
    await server.post('ana', `/bookings/${id}/leave`, { lease: ana.seat.lease });
    for (let i = 0; i < 20; i++) lee.line.send(offer(ana.ticket.peerId));
    for (let i = 0; i < 20; i++) expect(await lee.line.next()).toMatchObject({ type: 'EXPIRE' });
    await settled();
    expect([await deniedBy('ana'), await deniedBy('lee')]).toEqual([[], []]);
  });
});

describe('strangers', () => {
  it('are asked once, in reading: a token that nobody gave out writes nothing', async () => {
    const other = new DatabaseSync(join(server.dataFolder, 'active-session.db'));
    // Whoever wants to write now waits, and is refused with 503 in the end.
    other.exec('begin immediate');
    const bogus = { id: '0'.repeat(32), token: '0'.repeat(64) };
    expect(await refused(peerSocket(server.socketUrl, bogus))).toBe(403);
    const line = await openSocket(server.socketUrl);
    line.send({ type: 'hello', token: '0'.repeat(64) });
    expect((await line.closed).code).toBe(4401);
    other.close();
  });

  it('who show a used grant again are recorded once', async () => {
    const { ticket } = await connect('ana');
    for (let i = 0; i < 3; i++) expect(await refused(ticketSocket(ticket))).toBe(403);
    const trail = await server.store.read((view) => view.audit.after(0, 1_000));
    expect(trail.filter(({ action }) => action === 'access.denied')).toMatchObject([
      { actor: null, booking: id, subject: 'signalling' },
    ]);
  });

  it('who say nothing keep nobody out, and not for long', async () => {
    const { ticket } = await server.enter('ana', id);
    const silent = await Promise.all(Array.from({ length: 60 }, () => openSocket(server.socketUrl)));
    const line = await openSocket(server.socketUrl);
    line.send({ type: 'hello', token: ticket.signalling!.token });
    expect(await line.next()).toEqual({ type: 'ready' });
    // The first ones had to go; the others have 5 s.
    for (const { closed } of silent.slice(0, 10)) expect((await closed).code).toBe(1006);
    expect(silent.at(-1)!.socket.readyState).toBe(line.socket.OPEN);
    server.now += 5_000;
    await server.sweep();
    expect((await silent.at(-1)!.closed).reason).toBe('refused');
    expect(line.socket.readyState).toBe(line.socket.OPEN);
  });
});

describe('an address that asks too much', () => {
  async function upgrade(own: TestServer): Promise<string> {
    const { hostname, port, pathname } = new URL(own.url);
    const socket = connectTcp(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.write(`GET ${pathname}/signalling/peerjs?id=a&token=b HTTP/1.1\r\nHost: x\r\n`);
    socket.write('Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await once(socket, 'close');
    return text;
  }

  it('is refused signalling too, with when to come back', async () => {
    const many = { burst: 1_000, perSecond: 1_000 };
    const own = await startServer({ limits: { person: many, refused: many, address: { burst: 3, perSecond: 0.2 } } });
    try {
      // Requests and connections are counted together.
      expect((await own.get('ana', '/me')).status).toBe(200);
      for (let i = 0; i < 2; i += 1) expect(await upgrade(own)).toMatch(/^HTTP\/1\.1 403 /);
      const refusal = await upgrade(own);
      expect(refusal).toMatch(/^HTTP\/1\.1 429 /);
      expect(refusal).toContain('Retry-After: 5\r\n');
      expect(await refused(openSocket(own.socketUrl))).toBe(429);
      expect((await own.get('ana', '/me')).status).toBe(429);
      own.now += 5_000;
      expect(await upgrade(own)).toMatch(/^HTTP\/1\.1 403 /);
    } finally {
      await own.stop();
    }
  });

  it('waits in line with 500 at most where the database is slow', async () => {
    let answer = (): void => undefined;
    const slow = new Promise<undefined>((done) => (answer = () => done(undefined)));
    const read = vi.spyOn(server.store, 'read').mockImplementation(() => slow);
    const waiting = Array.from({ length: 500 }, () => upgrade(server));
    await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(500), { timeout: 10_000 });
    expect(await upgrade(server)).toMatch(/^HTTP\/1\.1 503 [^]*Retry-After: 1\r\n/);
    answer();
    for (const text of await Promise.all(waiting)) expect(text).toMatch(/^HTTP\/1\.1 403 /);
    read.mockRestore();
    expect(await upgrade(server)).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe('a request that offers to go on in another protocol', () => {
  it('is a request like any other', async () => {
    const answer = await new Promise<string>((done, failed) => {
      const { hostname, port, pathname } = new URL(server.url);
      const socket = connectTcp(Number(port), hostname);
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => done(text));
      socket.on('error', failed);
      const upgrade = 'Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk';
      socket.write(`GET ${pathname}/healthz HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n\r\n`);
      socket.end();
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('"ok"');
  });
});

describe('rights that end', () => {
  it.each(['complete', 'cancel'])('cut the sockets when the booking is ended (%s)', async (how) => {
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    const spare = (await server.post('ana', `/bookings/${id}/join`, { lease: ana.seat.lease })).body;
    await server.post('lee', `/bookings/${id}/${how}`, {});
    expect(await ana.line.closed).toEqual({ code: 4403, reason: 'session-ended' });
    expect(await lee.line.closed).toEqual({ code: 4403, reason: 'session-ended' });
    expect(await refused(ticketSocket(spare))).toBe(403);
  });

  it('cut the former socket when the seat is taken over', async () => {
    const ana = await connect('ana');
    await server.sit('ana', id, { holder: 'other', takeOver: true });
    expect(await ana.line.closed).toEqual({ code: 4409, reason: 'seat-taken' });
  });

  it('follow a socket that closed: 20 s are left, unless the page reports again', async () => {
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    ana.line.socket.close();
    lee.line.socket.close();
    await settled();
    server.now += 10_000;
    expect((await server.report('lee', id, lee.seat.lease, 'waiting')).status).toBe(200);
    server.now += 10_000;
    await server.sweep();
    expect((await server.report('ana', id, ana.seat.lease, 'waiting')).status).toBe(409);
    server.now += 50_000;
    expect((await server.report('lee', id, lee.seat.lease, 'waiting')).status).toBe(200);
  });

  it('cut the socket of a lease that is gone, whoever ended it', async () => {
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    await server.store.transaction((view) => view.seats.drop({ booking: id, seat: 'patient', lease: ana.seat.lease }));
    await server.sweep();
    expect(await ana.line.closed).toEqual({ code: 4410, reason: 'seat-lost' });
    expect(lee.line.socket.readyState).toBe(lee.line.socket.OPEN);
  });

  it('follow a socket that fell silent', async () => {
    const ana = await connect('ana');
    ana.line.socket.pause();
    for (let i = 0; i < 4; i++) {
      server.now += 5_000;
      await server.sweep();
    }
    ana.line.socket.resume();
    expect((await ana.line.closed).code).toBe(1006);
  });
});

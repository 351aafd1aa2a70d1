import { afterEach, describe, expect, it } from 'vitest';
import { parse, ticketSchema, type Party, type Ticket } from '@active-session/core';
import type { ServerConfig } from './config.js';
import { HOUR, START, startServer, type TestServer } from '../test-support/harness.js';
import { POLICY } from '../test-support/people.js';
import { openSocket, type TestSocket } from '../test-support/sockets.js';

let server: TestServer;
let id: string;
afterEach(() => server.stop());

async function start(config: Partial<ServerConfig>): Promise<void> {
  server = await startServer({ policy: { ...POLICY, admission: 'provider' }, ...config });
  ({ id } = await server.book('ana', START + HOUR));
}

interface Peer {
  readonly ticket: Ticket;
  readonly line: TestSocket;
}

async function connect(person: string): Promise<Peer> {
  const { ticket } = await server.enter(person, id);
  const line = await openSocket(server.socketUrl);
  line.send({ type: 'hello', token: ticket.signalling!.token });
  expect(await line.next()).toEqual({ type: 'ready' });
  return { ticket, line };
}

const peerIds = async (person: string): Promise<readonly (string | null)[]> =>
  (await server.get(person, `/bookings/${id}`)).body.parties.map(({ peerId }: Party) => peerId);

describe('the engine that a ticket names', () => {
  it('webrtc has the native channel and nothing else', async () => {
    await start({ engine: 'webrtc' });
    const { ticket } = await server.enter('ana', id);
    expect(parse(ticketSchema, ticket, 'ticket')).toEqual(ticket);
    expect(ticket).toMatchObject({ engine: 'webrtc', signalling: { url: server.socketUrl } });
    expect(Object.keys(ticket)).not.toContain('engineGrant');
    expect(Object.keys(ticket)).not.toContain('preconnect');
    expect(ticket.expiresAt).toBe(ticket.signalling!.expiresAt);
  });

  it('peerjs never connects early, whatever else is set', async () => {
    await start({ engine: 'peerjs', preconnect: 'all' });
    const { ticket } = await server.enter('ana', id);
    await server.enter('lee', id);
    expect(ticket).toMatchObject({ engine: 'peerjs', engineGrant: { url: server.socketUrl } });
    expect(Object.keys(ticket)).not.toContain('preconnect');
    expect(await peerIds('lee')).toEqual([null, expect.any(String)]);
  });
});

describe('with webrtc and no pre-connection', () => {
  it('nothing passes before the patient is let in', async () => {
    await start({ engine: 'webrtc' });
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    lee.line.send({ seat: 'patient', type: 'offer', payload: 'early' });
    lee.line.send({ type: 'ping' });
    expect(await lee.line.next()).toEqual({ type: 'pong' });
    await server.post('lee', `/bookings/${id}/admit`);
    lee.line.send({ seat: 'patient', type: 'offer', payload: 'let in' });
    expect(await ana.line.next()).toEqual({ seat: 'provider', type: 'offer', payload: 'let in' });
    expect(await peerIds('ana')).toEqual([ana.ticket.peerId, lee.ticket.peerId]);
  });
});

describe('with pre-connection', () => {
  it('the ticket says so; both know each other and signal, and the patient is still asking', async () => {
    await start({ engine: 'webrtc', preconnect: 'relay' });
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    expect(ana.ticket).toMatchObject({ engine: 'webrtc', preconnect: 'relay' });
    expect(lee.ticket.parties).toMatchObject([
      { seat: 'patient', admission: 'asking', peerId: ana.ticket.peerId },
      { seat: 'provider', admission: 'admitted', peerId: lee.ticket.peerId },
    ]);
    lee.line.send({ seat: 'patient', type: 'offer', payload: 1 });
    expect(await ana.line.next()).toEqual({ seat: 'provider', type: 'offer', payload: 1 });
    ana.line.send({ seat: 'provider', type: 'answer', payload: 2 });
    expect(await lee.line.next()).toEqual({ seat: 'patient', type: 'answer', payload: 2 });
    expect(await peerIds('ana')).toEqual([ana.ticket.peerId, lee.ticket.peerId]);
  });

  it('who is not let in is in no call, whatever their page says', async () => {
    await start({ engine: 'webrtc', preconnect: 'all' });
    const { seat } = await server.enter('ana', id);
    await server.enter('lee', id);
    const { body } = await server.report('ana', id, seat.lease, 'in-call');
    expect(body.parties.map(({ presence }: Party) => presence)).toEqual(['waiting', 'waiting']);
    expect((await server.get('ana', `/bookings/${id}`)).body.attendance).toEqual([]);
  });
});

describe('a ping on the native channel', () => {
  it('is answered, on a probe too, and counts as a frame', async () => {
    await start({ engine: 'webrtc' });
    const { line } = await connect('ana');
    line.send({ type: 'ping' });
    expect(await line.next()).toEqual({ type: 'pong' });
    for (let count = 0; count < 250; count += 1) line.send({ type: 'ping' });
    expect(await line.closed).toEqual({ code: 1008, reason: 'too many messages' });

    const { body } = await server.get('ana', '/network-test');
    const probe = await openSocket(server.socketUrl);
    probe.send({ type: 'hello', token: body.probe.token });
    expect(await probe.next()).toEqual({ type: 'ready' });
    probe.send({ type: 'ping' });
    probe.send({ type: 'probe', payload: 1 });
    expect([await probe.next(), await probe.next()]).toEqual([{ type: 'pong' }, { type: 'probe', payload: 1 }]);
  });

  it('before the grant was shown it is refused', async () => {
    await start({});
    const line = await openSocket(server.socketUrl);
    line.send({ type: 'ping' });
    expect((await line.closed).code).toBe(1008);
  });

  it('for another seat is a message like any other', async () => {
    await start({ policy: POLICY });
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    lee.line.send({ seat: 'patient', type: 'ping', payload: null });
    expect(await ana.line.next()).toEqual({ seat: 'provider', type: 'ping', payload: null });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Party, Seat, Ticket } from '@active-session/core';
import { HOUR, MINUTE, START, startServer, tokenFor, type Answer, type TestServer } from '../test-support/harness.js';
import { POLICY } from '../test-support/people.js';
import { openSocket, ticketSocket, type TestSocket } from '../test-support/sockets.js';
import { openStream, type TestStream } from '../test-support/streams.js';

let server: TestServer;
let id: string;
const streams: TestStream[] = [];

async function start(admission: 'automatic' | 'provider'): Promise<void> {
  server = await startServer({ policy: { ...POLICY, admission } });
  ({ id } = await server.book('ana', START + HOUR));
}
beforeEach(() => start('provider'));
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await server.stop();
});

const admit = (who = 'lee'): Promise<Answer> => server.post(who, `/bookings/${id}/admit`);
const hold = (message?: string, who = 'lee'): Promise<Answer> =>
  server.post(who, `/bookings/${id}/hold`, message === undefined ? {} : { message });
const partiesFor = async (who: string): Promise<readonly Party[]> =>
  (await server.get(who, `/bookings/${id}`)).body.parties;
const party = (parties: readonly Party[], seat: string): Party => parties.find((one) => one.seat === seat)!;

interface Peer {
  seat: Seat;
  ticket: Ticket;
  line: TestSocket;
}
async function connect(person: string): Promise<Peer> {
  const { seat, ticket } = await server.enter(person, id);
  const line = await ticketSocket(ticket);
  expect(await line.next()).toEqual({ type: 'OPEN' });
  return { seat, ticket, line };
}
const offer = (dst: string): object => ({ type: 'OFFER', dst, payload: { type: 'media', sdp: 'v=0' } });

async function listen(person: string): Promise<TestStream> {
  const stream = await openStream(server.url, await tokenFor(person));
  streams.push(stream);
  await stream.nextOf('hello');
  return stream;
}

describe('the waiting room, where the provider lets people in', () => {
  it('shows who asks to be let in, and tells neither where the other one can be dialled', async () => {
    const lee = await server.enter('lee', id);
    const ana = await server.enter('ana', id);
    expect(ana.ticket.parties).toMatchObject([
      { seat: 'patient', admission: 'asking', peerId: ana.ticket.peerId, presence: 'waiting' },
      { seat: 'provider', admission: 'admitted', peerId: null, presence: 'waiting' },
    ]);
    expect(await partiesFor('lee')).toMatchObject([
      { seat: 'patient', admission: 'asking', peerId: null },
      { seat: 'provider', admission: 'admitted', peerId: lee.ticket.peerId },
    ]);
  });

  it('opens with the decision, for both, which is told once', async () => {
    const [ana, lee] = [await server.enter('ana', id), await server.enter('lee', id)];
    const [forAna, forLee] = [await listen('ana'), await listen('lee')];
    const answer = await admit();
    expect(answer.body.parties).toMatchObject([
      { admission: 'admitted', peerId: ana.ticket.peerId },
      { peerId: lee.ticket.peerId },
    ]);
    const told = (await forAna.nextOf('presence.changed')).data as unknown as { parties: Party[] };
    expect(party(told.parties, 'provider').peerId).toBe(lee.ticket.peerId);
    await admit();
    await server.note('lee', id, 'mark');
    expect((await forLee.next()).event).toBe('presence.changed');
    expect((await forLee.next()).event).toBe('note.added');
  });

  it('keeps the decision over leaving and coming back, and over a restart', async () => {
    const { seat } = await server.enter('ana', id);
    await admit();
    await server.post('ana', `/bookings/${id}/leave`, { lease: seat.lease });
    await server.restart();
    expect(party((await server.enter('ana', id)).ticket.parties, 'patient').admission).toBe('admitted');
    await hold('Two minutes, please.');
    server.now += 2 * MINUTE;
    const again = await server.enter('ana', id);
    expect(party(again.ticket.parties, 'patient')).toMatchObject({
      admission: 'held',
      message: 'Two minutes, please.',
    });
  });

  it('is the provider’s to decide, while the session is open', async () => {
    expect((await admit('ana')).status).toBe(403);
    expect((await hold('No.', 'ana')).status).toBe(403);
    expect((await admit('moss')).status).toBe(404);
    server.now = START - MINUTE;
    expect((await admit()).body.opensAt).toBe(new Date(START).toISOString());
    server.now = START + 3 * HOUR;
    expect((await hold()).status).toBe(403);
  });

  it('is no call: who is not let in is in none, and nobody is in one with them', async () => {
    const [ana, lee] = [await server.enter('ana', id), await server.enter('lee', id)];
    for (const [who, { seat }] of [['ana', ana] as const, ['lee', lee] as const]) {
      const { body } = await server.report(who, id, seat.lease, 'in-call');
      expect(body.parties.map(({ presence }) => presence)).toEqual(['waiting', 'waiting']);
    }
    await admit();
    await server.report('lee', id, lee.seat.lease, 'in-call');
    const { body } = await server.report('ana', id, ana.seat.lease, 'in-call');
    expect(body.parties.map(({ presence }) => presence)).toEqual(['in-call', 'in-call']);
  });

  it('lets nothing pass between the pages until then, on either channel', async () => {
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    lee.line.send(offer(ana.ticket.peerId));
    expect(await lee.line.next()).toEqual({ type: 'EXPIRE', src: ana.ticket.peerId });
    ana.line.send(offer(lee.ticket.peerId));
    expect(await ana.line.next()).toEqual({ type: 'EXPIRE', src: lee.ticket.peerId });
    const [own, theirs] = [await native(ana), await native(lee)];
    theirs.send({ seat: 'patient', type: 'offer', payload: 1 });
    await admit();
    theirs.send({ seat: 'patient', type: 'offer', payload: 2 });
    expect(await own.next()).toEqual({ seat: 'provider', type: 'offer', payload: 2 });
    lee.line.send(offer(ana.ticket.peerId));
    expect(await ana.line.next()).toMatchObject({ type: 'OFFER' });
  });

  async function native({ ticket }: Peer): Promise<TestSocket> {
    const line = await openSocket(ticket.signalling!.url);
    line.send({ type: 'hello', token: ticket.signalling!.token });
    expect(await line.next()).toEqual({ type: 'ready' });
    return line;
  }
});

describe('holding somebody who is in the call', () => {
  it('takes them out of it: presence, attendance, and whatever would still pass', async () => {
    await server.stop();
    await start('automatic');
    const [ana, lee] = [await connect('ana'), await connect('lee')];
    await server.report('ana', id, ana.seat.lease, 'in-call');
    await server.report('lee', id, lee.seat.lease, 'in-call');
    const forAna = await listen('ana');
    server.now += MINUTE;
    const { parties } = (await hold('A colleague came in.')).body;
    expect(parties).toMatchObject([
      { admission: 'held', presence: 'waiting', peerId: null, since: new Date(server.now).toISOString() },
      { presence: 'in-call' },
    ]);
    const { data } = await forAna.nextOf('presence.changed');
    expect((data as unknown as { parties: Party[] }).parties).toMatchObject([
      { admission: 'held', message: 'A colleague came in.', peerId: ana.ticket.peerId },
      { peerId: null },
    ]);
    const { attendance } = (await server.get('lee', `/bookings/${id}`)).body;
    expect(attendance[0]!.leftAt).toBe(new Date(server.now).toISOString());
    // Their page goes on as if nothing were.
    await server.report('ana', id, ana.seat.lease, 'in-call');
    expect(party(await partiesFor('lee'), 'patient').presence).toBe('waiting');
    ana.line.send({ type: 'CANDIDATE', dst: lee.ticket.peerId, payload: { type: 'media' } });
    expect(await ana.line.next()).toEqual({ type: 'EXPIRE', src: lee.ticket.peerId });
    // A new ticket changes nothing about it.
    const again = await connect('ana');
    lee.line.send(offer(again.ticket.peerId));
    expect(await lee.line.next()).toEqual({ type: 'EXPIRE', src: again.ticket.peerId });
    await admit();
    lee.line.send(offer(again.ticket.peerId));
    expect(await again.line.next()).toMatchObject({ type: 'OFFER' });
  });
});

describe('a device check', () => {
  it('is told to the other side, when it changes, and is of the page that did it', async () => {
    const { seat } = await server.enter('ana', id);
    const forLee = await listen('lee');
    const report = (devices?: object): Promise<Answer> =>
      server.call('ana', 'PUT', `/bookings/${id}/presence`, { lease: seat.lease, state: 'waiting', devices });
    await report({ camera: 'works', microphone: 'busy' });
    const { data } = await forLee.nextOf('presence.changed');
    const told = (data as unknown as { parties: Party[] }).parties;
    expect(party(told, 'patient').devices).toEqual({ camera: 'works', microphone: 'busy' });
    await report({ camera: 'works', microphone: 'busy' });
    await report();
    await server.note('lee', id, 'mark');
    expect((await forLee.next()).event).toBe('note.added');
    expect(party(await partiesFor('lee'), 'patient').devices).toEqual({ camera: 'works', microphone: 'busy' });
    await server.sit('ana', id, { holder: 'other', takeOver: true });
    expect(party(await partiesFor('lee'), 'patient').devices).toBeUndefined();
    expect((await report({ camera: 'sure' })).status).toBe(422);
  });
});

import fc from 'fast-check';
import { parse, bookingSchema, providerNoteSchema } from '@active-session/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { framesTo, requests, type FuzzRequest } from '../test-support/fuzz.js';
import { HOUR, MINUTE, startServer, type TestServer } from '../test-support/harness.js';
import { ticketSocket, type TestSocket } from '../test-support/sockets.js';

/** More by `pnpm prove fuzz`. */
const RUNS = Number(process.env['PROVE_RUNS'] ?? 800);
const SEED = Number(process.env['PROVE_SEED'] ?? 20_261_122);
const TIMEOUT = 60_000 + RUNS * 60;
const CANARY = 'canary-of-ana-and-lee';

let server: TestServer;
const bookings: string[] = [];
const notes: string[] = [];

beforeAll(async () => {
  server = await startServer();
  for (const [index, offset] of [-90 * MINUTE, -10 * MINUTE, 20 * MINUTE, 5 * HOUR, 30 * HOUR].entries()) {
    const { id } = await server.put({ id: `booking-${index}`, start: server.now + offset, notes: CANARY });
    bookings.push(id);
    const note = crypto.randomUUID();
    await server.putNote(id, note, `${CANARY} in a note`);
    notes.push(note);
  }
});
afterAll(async () => {
  await server.stop();
});

async function send({ method, path, person, headers, body }: FuzzRequest): Promise<void> {
  const answer = await server.call(person, method, path, body, { ...headers });
  expect(answer.status, `${person} ${method} ${path}`).toBeLessThan(500);
  if (person === 'ana' || person === 'lee') return;
  // A booking that was handed over is the other provider's from then on.
  if (person === 'moss') return;
  expect(JSON.stringify(answer.body)).not.toContain(CANARY);
}

test(
  'no request makes the server fail, hang, or tell what is another’s; what is stored can be read',
  { timeout: TIMEOUT },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(requests({ bookings, notes }), { minLength: 10, maxLength: 10 }), async (batch) => {
        for (const request of batch) await send(request);
      }),
      { numRuns: Math.ceil(RUNS / 10), seed: SEED, endOnFailure: true, interruptAfterTimeLimit: TIMEOUT },
    );
    for (const person of ['ana', 'lee']) {
      const list = await server.get(person, '/bookings?limit=200');
      expect(list.status).toBe(200);
      for (const booking of list.body.items) {
        const { id } = parse(bookingSchema, booking, 'booking');
        const kept = await server.get(person, `/bookings/${String(id)}/notes?limit=200`);
        expect(kept.status).toBe(200);
        for (const note of kept.body.items) parse(providerNoteSchema, note, 'note');
      }
    }
    if (process.env['PROVE_RUNS'] !== undefined) process.stdout.write(`${RUNS} requests, seed ${SEED}\n`);
  },
);

test(
  'no Last-Event-ID makes the server fail: it is known, or everything is read anew (N8)',
  { timeout: TIMEOUT },
  async () => {
    const id = fc.oneof(
      fc.string({ unit: 'grapheme-ascii', maxLength: 80 }),
      fc
        .tuple(fc.constantFrom(server.store.instance, 'deadbeef'), fc.bigInt({ min: -5n, max: 10n ** 20n }))
        .map(([of, seq]) => `${of}-${seq}`),
    );
    await fc.assert(
      fc.asyncProperty(id, async (value) => {
        const after = value.replaceAll(/[^\x21-\x7e ]/g, '').trim();
        const answer = await server.call('ana', 'GET', '/events', undefined, {
          Accept: 'application/json',
          'Last-Event-ID': after,
        });
        expect([after, answer.status]).toEqual([after, 200]);
        const seq = new RegExp(`^${server.store.instance}-(\\d{1,15})$`).exec(after)?.[1];
        const { head } = await server.store.read((view) => view.events.span());
        if (seq === undefined || Number(seq) > head) expect([after, answer.body.reset]).toEqual([after, true]);
      }),
      { numRuns: Math.ceil(RUNS / 20), seed: SEED, endOnFailure: true },
    );
  },
);

test(
  'no frame makes signalling fail or reaches another session, whatever one socket sends',
  { timeout: TIMEOUT },
  async () => {
    const [mine, theirs] = ['signalling-1', 'signalling-2'];
    await server.put({ id: mine, start: server.now + 100 });
    await server.put({ id: theirs, start: server.now + 200 });
    const [lees, anas] = [await server.enter('lee', theirs), await server.enter('ana', theirs)];
    const bystander = await ticketSocket(lees.ticket);
    const caller = await ticketSocket(anas.ticket);
    await bystander.next();
    await caller.next();
    const peer = await server.enter('lee', mine);
    const other = await ticketSocket(peer.ticket);
    await other.next();
    let socket: TestSocket | undefined;

    const open = async (): Promise<TestSocket> => {
      if (socket?.socket.readyState === 1) return socket;
      server.now += 1_000;
      // The others stay, as long as it takes.
      await server.report('lee', theirs, lees.seat.lease, 'waiting');
      await server.report('ana', theirs, anas.seat.lease, 'waiting');
      await server.report('lee', mine, peer.seat.lease, 'waiting');
      const { ticket } = await server.enter('ana', mine);
      socket = await ticketSocket(ticket);
      return socket;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(framesTo(peer.ticket.peerId), { minLength: 1, maxLength: 20 }), async (batch) => {
        const { socket: raw } = await open();
        for (const frame of batch) if (raw.readyState === 1) raw.send(frame);
        // A ping comes back when everything before it was looked at.
        if (raw.readyState === 1) {
          await new Promise<void>((done) => {
            raw.once('pong', () => done());
            raw.once('close', () => done());
            raw.ping();
          });
        }
      }),
      { numRuns: Math.ceil(RUNS / 20), seed: SEED, endOnFailure: true },
    );
    expect(bystander.received).toHaveLength(1);
    // Some of it was well formed, so that what passes on was tried too.
    expect(other.received.length).toBeGreaterThan(1);
    const peerId = (await server.get('lee', `/bookings/${theirs}`)).body.parties.find(
      ({ seat }) => seat === 'provider',
    )?.peerId;
    caller.send({ type: 'OFFER', dst: peerId, payload: { type: 'media', sdp: 'still here' } });
    expect(await bystander.next()).toMatchObject({ type: 'OFFER', payload: { sdp: 'still here' } });
    socket?.socket.terminate();
    for (const one of [bystander, caller, other]) one.socket.terminate();
  },
);

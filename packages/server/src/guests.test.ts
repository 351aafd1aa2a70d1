import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invitationSchema, parse, type Party, type Ticket } from '@active-session/core';
import type { ServerConfig } from './config.js';
import { HOUR, MINUTE, START, startServer, tokenFor, type TestServer } from '../test-support/harness.js';
import { openSocket, refused, ticketSocket, type TestSocket } from '../test-support/sockets.js';
import { openStream, type TestStream } from '../test-support/streams.js';

let server: TestServer;
let id: string;
const streams: TestStream[] = [];
beforeEach(() => start());
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await server.stop();
});

/** At the opening of a booking of Ana with Dr. Lee. */
async function start(config: Partial<ServerConfig> = {}): Promise<void> {
  server = await startServer(config);
  ({ id } = await server.book('ana', START + HOUR));
}

async function invited(name = 'Ines Vogt'): Promise<string> {
  const { status, body } = await server.invite(id, { name });
  expect(status).toBe(201);
  return body.token;
}

const path = (rest: string): string => `/bookings/${id}${rest}`;
const remove = (seat: string, who = 'lee') => server.post(who, path(`/guests/${seat}/remove`));
const admit = (seat?: string) => server.post('lee', path('/admit'), seat === undefined ? {} : { seat });
const hold = (seat: string, message?: string) => server.post('lee', path('/hold'), { seat, message });
const code = ({ body }: { body: { type: string } }): string => body.type.split(':').at(-1)!;
const partiesFor = async (who: string): Promise<readonly Party[]> => (await server.get(who, path(''))).body.parties;
const party = (parties: readonly Party[], seat: string): Party => parties.find((one) => one.seat === seat)!;

async function native(ticket: Ticket): Promise<TestSocket> {
  const line = await openSocket(server.socketUrl);
  line.send({ type: 'hello', token: ticket.signalling!.token });
  expect(await line.next()).toEqual({ type: 'ready' });
  return line;
}

async function listen(who: string): Promise<TestStream> {
  const stream = await openStream(server.url, who.startsWith('guest_') ? who : await tokenFor(who));
  streams.push(stream);
  await stream.nextOf('hello');
  return stream;
}

describe('an invitation', () => {
  it('gives a seat and a link, and everybody is told who is expected', async () => {
    const [forAna, forLee] = [await listen('ana'), await listen('lee')];
    const { status, body } = await server.invite(id, { name: 'Ines Vogt', kind: 'interpreter' });
    expect(status).toBe(201);
    expect(parse(invitationSchema, body, 'invitation')).toEqual(body);
    expect(body.guest).toEqual({
      seat: 'guest-1',
      name: 'Ines Vogt',
      kind: 'interpreter',
      invitedAt: new Date(START).toISOString(),
      expiresAt: new Date(START + 3 * HOUR).toISOString(),
    });
    expect(body.token).toMatch(/^guest_[0-9a-f]{64}$/);
    for (const stream of [forAna, forLee]) {
      const { data } = await stream.nextOf('presence.changed');
      const { parties } = data as unknown as { parties: Party[] };
      expect(parties.map(({ seat }) => seat)).toEqual(['patient', 'provider', 'guest-1']);
      expect(JSON.stringify(data)).not.toContain(body.token);
    }
    expect(party(await partiesFor('ana'), 'guest-1')).toEqual({
      seat: 'guest-1',
      role: 'guest',
      kind: 'interpreter',
      name: 'Ines Vogt',
      dials: false,
      peerId: null,
      presence: 'away',
      since: null,
      admission: 'asking',
    });
  });

  it('is good ahead of the time, and is seen by its provider until then', async () => {
    const later = await server.book('ana', START + 50 * HOUR);
    id = later.id;
    const token = await invited();
    expect((await partiesFor('lee')).map(({ seat }) => seat)).toContain('guest-1');
    const active = (await server.get(token, '/bookings/active')).body;
    expect([active.booking?.id, active.verdict?.phase]).toEqual([id, 'upcoming']);
    expect((await server.sit(token, id)).body.opensAt).toBe(new Date(START + 49 * HOUR).toISOString());
    server.now = START + 49 * HOUR;
    expect((await server.sit(token, id)).status).toBe(200);
  });

  it('again with its key is the same, and nothing that is kept gives the link', async () => {
    const key = 'one-and-the-same-key-of-a-page';
    const first = await server.invite(id, { key });
    const again = await server.invite(id, { key });
    expect(again.body).toEqual(first.body);
    expect((await server.invite(id, { key, name: 'Somebody else' })).status).toBe(422);
    expect((await partiesFor('lee')).filter(({ role }) => role === 'guest')).toHaveLength(1);
    await server.restart();
    expect((await server.invite(id, { key })).body.token).toBe(first.body.token);
    expect((await server.get(first.body.token, '/me')).status).toBe(200);
    const kept = await Promise.all(
      ['active-session.db', 'active-session.db-wal'].map((file) => readFile(join(server.dataFolder, file), 'latin1')),
    );
    for (const text of kept) {
      expect(text).not.toContain(first.body.token.replace('guest_', ''));
      expect(text).not.toContain(key);
    }
    expect(JSON.stringify(server.log)).not.toContain('guest_');
  });

  it('is for two at a time; of two at once for the last seat one gets it', async () => {
    await invited('The first');
    const both = await Promise.all([server.invite(id), server.invite(id)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(code(both.find(({ status }) => status === 409)!)).toBe('conflict');
    expect((await remove('guest-1')).status).toBe(200);
    const next = await server.invite(id, { name: 'The next' });
    expect([next.status, next.body.guest.seat]).toEqual([201, 'guest-1']);
  });

  it('has a name and a kind', async () => {
    for (const wrong of [{ name: '' }, { name: 'a\u0000b' }, { kind: 'friend' }, { name: 'x'.repeat(301) }]) {
      expect([wrong, (await server.invite(id, wrong)).status]).toEqual([wrong, 422]);
    }
    expect((await server.post('lee', path('/guests'), { name: 'I', kind: 'other' })).status).toBe(400);
    expect((await server.invite(id, { name: '<b>Ines</b>' })).body.guest.name).toBe('<b>Ines</b>');
  });

  it('is made by the provider of a booking that is not over', async () => {
    expect((await server.invite(id, { provider: 'ana' })).status).toBe(403);
    expect((await server.invite(id, { provider: 'moss' })).status).toBe(404);
    await server.post('lee', path('/complete'));
    expect(code(await server.invite(id))).toBe('session-ended');
  });

  it('is in the trail by ids only', async () => {
    const token = await invited('Ines Vogt');
    const { id: guest } = (await server.get(token, '/me')).body;
    await remove('guest-1');
    const entries = await server.store.read((view) => view.audit.after(0, 100));
    const about = entries.filter(({ subject }) => subject === guest).map(({ actor, action }) => [actor, action]);
    expect(about).toEqual([
      ['lee', 'guest.invited'],
      ['lee', 'guest.removed'],
    ]);
    expect(JSON.stringify(entries)).not.toContain('Ines');
  });
});

describe('a guest', () => {
  it('is signed in as one, and offered what is for them', async () => {
    const { body } = await server.get(await invited(), '/me');
    expect(body).toMatchObject({ role: 'guest', name: 'Ines Vogt' });
    expect(body.id).toMatch(/^guest:[0-9a-f]{32}$/);
    expect(body.offers).toEqual(expect.arrayContaining(['getActiveBooking', 'takeSeat', 'join', 'followEvents']));
    for (const other of ['listNotes', 'listBookings', 'completeBooking', 'admitPatient', 'inviteGuest']) {
      expect(body.offers).not.toContain(other);
    }
  });

  it('reads of the booking nothing that is about the patient, however it comes', async () => {
    const secret = 'A pain that is nobody else’s';
    await server.put({ id: 'b'.repeat(32), start: START, notes: secret });
    id = 'b'.repeat(32);
    const token = await invited();
    const before = await server.call(token, 'GET', '/events', undefined, { Accept: 'application/json' });
    const stream = await listen(token);
    await server.post('lee', path('/late'), { minutes: 5 });
    await server.note('lee', id, 'Words of the provider for the patient');
    await server.enter('ana', id);
    const answers = [
      await server.get(token, path('')),
      await server.get(token, '/bookings/active'),
      await server.call(token, 'GET', `/events?after=${before.body.cursor}`, undefined, { Accept: 'application/json' }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain('A pain');
      expect(JSON.stringify(body)).not.toContain('Words of');
      expect(JSON.stringify(body)).not.toContain('"ana"');
    }
    expect(answers[2]?.body.events.length).toBeGreaterThan(1);
    expect(answers[0]?.body).toMatchObject({ id, notes: '', patientName: 'Ana Ruiz' });
    const changed = await stream.nextOf('booking.changed');
    expect(changed.data.booking).toMatchObject({ id, notes: '', late: { minutes: 5 } });
    expect(changed.data.booking).not.toHaveProperty('patient');
    const next = await stream.next();
    expect(next.event).toBe('presence.changed');
    expect(JSON.stringify(next.data)).not.toContain('Words of');
  });

  it('does nothing that is the provider’s or the patient’s, and lets nobody in', async () => {
    const token = await invited();
    await server.enter(token, id);
    const refusedTo = async (method: string, rest: string, body: unknown = {}): Promise<string> =>
      code(await server.call(token, method, path(rest), body === null ? undefined : body, { 'Idempotency-Key': 'k' }));
    expect(await refusedTo('POST', '/admit', { seat: 'guest-1' })).toBe('forbidden');
    expect(await refusedTo('POST', '/complete')).toBe('forbidden');
    expect(await refusedTo('POST', '/cancel')).toBe('forbidden');
    expect(await refusedTo('POST', '/guests', { name: 'A', kind: 'other' })).toBe('forbidden');
    expect(await refusedTo('POST', '/notes', { id: crypto.randomUUID(), content: 'Mine' })).toBe('forbidden');
    expect(await refusedTo('GET', '/notes', null)).toBe('forbidden');
    expect((await server.get(token, '/patients/ana/history')).status).toBe(403);
    expect((await server.get(token, '/bookings')).status).toBe(403);
    expect((await server.get('lee', path(''))).body.status).toBe('scheduled');
  });

  it('has no part in another booking, with a seat of their own', async () => {
    const token = await invited();
    const { seat } = await server.enter(token, id);
    const other = await server.book('ben', START + 90 * MINUTE);
    for (const [rest, body] of [
      ['/seat', { holder: 'x', takeOver: true }],
      ['/join', { lease: seat.lease }],
      ['/leave', { lease: seat.lease }],
    ] as const) {
      expect([rest, (await server.post(token, `/bookings/${other.id}${rest}`, body)).status]).toEqual([rest, 404]);
    }
    expect((await server.report(token, other.id, seat.lease, 'waiting')).status).toBe(404);
    expect((await server.report(token, id, seat.lease, 'waiting')).status).toBe(200);
  });

  it('has one seat: a second device takes it over, and the first is told and cut', async () => {
    const token = await invited();
    const { seat, ticket } = await server.enter(token, id);
    const line = await native(ticket);
    const stream = await listen(token);
    expect(code(await server.sit(token, id, { holder: 'phone' }))).toBe('seat-taken');
    const taken = await server.sit(token, id, { holder: 'phone', takeOver: true });
    expect(taken.status).toBe(200);
    expect(await line.closed).toEqual({ code: 4409, reason: 'seat-taken' });
    expect((await stream.nextOf('seat.taken')).data).toMatchObject({ seat: 'guest-1', lease: taken.body.lease });
    expect(code(await server.report(token, id, seat.lease, 'waiting'))).toBe('seat-lost');
  });
});

describe('in the waiting room', () => {
  it('a guest asks to be let in, whatever the policy, and nothing passes until then', async () => {
    const token = await invited();
    const [ana, lee] = [await server.enter('ana', id), await server.enter('lee', id)];
    const ines = await server.enter(token, id);
    expect(ines.ticket.parties.map(({ seat, admission, peerId }) => [seat, admission, peerId !== null])).toEqual([
      ['patient', 'admitted', false],
      ['provider', 'admitted', false],
      ['guest-1', 'asking', true],
    ]);
    const [hers, his, own] = [await native(ana.ticket), await native(lee.ticket), await native(ines.ticket)];
    const [anas, ineses] = [await ticketSocket(ana.ticket), await ticketSocket(ines.ticket)];
    expect([await anas.next(), await ineses.next()]).toEqual([{ type: 'OPEN' }, { type: 'OPEN' }]);
    for (const seat of ['patient', 'provider']) own.send({ seat, type: 'offer', payload: 'early' });
    his.send({ seat: 'guest-1', type: 'offer', payload: 'early' });
    ineses.send({ type: 'OFFER', dst: ana.ticket.peerId, payload: { type: 'media' } });
    expect(await ineses.next()).toEqual({ type: 'EXPIRE', src: ana.ticket.peerId });

    const answer = await admit('guest-1');
    expect(party(answer.body.parties, 'guest-1')).toMatchObject({
      admission: 'admitted',
      peerId: ines.ticket.peerId,
    });
    own.send({ seat: 'patient', type: 'offer', payload: 'let in' });
    expect(await hers.next()).toEqual({ seat: 'guest-1', type: 'offer', payload: 'let in' });
    hers.send({ seat: 'guest-1', type: 'answer', payload: 'yes' });
    expect(await own.next()).toEqual({ seat: 'patient', type: 'answer', payload: 'yes' });
    his.send({ seat: 'guest-1', type: 'offer', payload: 'now' });
    expect(await own.next()).toEqual({ seat: 'provider', type: 'offer', payload: 'now' });
    expect((await partiesFor('ana')).every(({ peerId }) => peerId !== null)).toBe(true);
  });

  it('a guest does not connect early either, where the patient does', async () => {
    await server.stop();
    await start({ engine: 'webrtc', preconnect: 'all' });
    const token = await invited();
    const lee = await server.enter('lee', id);
    const ines = await server.enter(token, id);
    const [his, own] = [await native(lee.ticket), await native(ines.ticket)];
    own.send({ seat: 'provider', type: 'offer', payload: 'early' });
    expect(ines.ticket.parties.map(({ peerId }) => peerId !== null)).toEqual([false, false, true]);
    expect(party(await partiesFor('lee'), 'guest-1').peerId).toBeNull();
    await admit('guest-1');
    own.send({ seat: 'provider', type: 'offer', payload: 'let in' });
    expect(await his.next()).toEqual({ seat: 'guest-1', type: 'offer', payload: 'let in' });
  });

  it('the decision stays over leaving and a restart, until they are held', async () => {
    const token = await invited();
    const { seat } = await server.enter(token, id);
    await admit('guest-1');
    await server.post(token, path('/leave'), { lease: seat.lease });
    await server.restart();
    const again = await server.enter(token, id);
    expect(party(again.ticket.parties, 'guest-1').admission).toBe('admitted');
    await server.enter('lee', id);
    await server.report(token, id, again.seat.lease, 'in-call');
    const held = await hold('guest-1', 'A word with Ana first.');
    expect(party(held.body.parties, 'guest-1')).toMatchObject({
      admission: 'held',
      message: 'A word with Ana first.',
      presence: 'waiting',
    });
    expect(party(await partiesFor('ana'), 'guest-1')).not.toHaveProperty('message');
    const { body } = await server.report(token, id, again.seat.lease, 'in-call');
    expect(party(body.parties, 'guest-1')).toMatchObject({ presence: 'waiting', message: 'A word with Ana first.' });
  });

  it('only who waits can be let in or held', async () => {
    await invited();
    for (const seat of ['guest-2', 'provider', 'nobody']) {
      expect([seat, (await admit(seat)).status, (await hold(seat)).status]).toEqual([seat, 404, 404]);
    }
    expect((await admit('')).status).toBe(422);
  });

  it('what a device check of the others found is not theirs to know', async () => {
    const token = await invited();
    const { seat } = await server.enter('ana', id);
    const devices = { microphone: 'denied', camera: 'works' };
    await server.call('ana', 'PUT', path('/presence'), { lease: seat.lease, state: 'waiting', devices });
    expect(party(await partiesFor('lee'), 'patient').devices).toEqual(devices);
    expect(party(await partiesFor(token), 'patient')).not.toHaveProperty('devices');
  });
});

describe('a session with a guest', () => {
  it('of patient and guest alone is not attended, and is completed by nobody', async () => {
    const token = await invited();
    const [ana, ines] = [await server.enter('ana', id), await server.enter(token, id)];
    await admit('guest-1');
    await server.report('ana', id, ana.seat.lease, 'in-call');
    const { body } = await server.report(token, id, ines.seat.lease, 'in-call');
    expect(body.parties.map(({ presence }) => presence)).toEqual(['in-call', 'away', 'in-call']);
    const { attendance } = (await server.get('lee', path(''))).body;
    expect(attendance.map(({ role }) => role)).toEqual(['patient']);
    await server.post('ana', path('/leave'), { lease: ana.seat.lease });
    await server.post(token, path('/leave'), { lease: ines.seat.lease });
    server.now = START + 5 * HOUR;
    await server.sweep();
    const after = (await server.get('lee', path(''))).body;
    expect([after.status, after.attendance.length]).toEqual(['scheduled', 1]);
  });

  it('goes on after the window for who is in; nobody new comes in, and it ends with the two', async () => {
    id = 'c'.repeat(32);
    await server.put({ id, start: START - 2 * HOUR + 2 * MINUTE });
    const [first, second] = [await invited('The first'), await invited('The second')];
    const [ana, lee, ines] = [
      await server.enter('ana', id),
      await server.enter('lee', id),
      await server.enter(first, id),
    ];
    await admit('guest-1');
    const inCall = async (): Promise<number[]> => {
      const all = [['ana', ana] as const, ['lee', lee] as const, [first, ines] as const];
      const answers = all.map(async ([who, { seat }]) => server.report(who, id, seat.lease, 'in-call'));
      return (await Promise.all(answers)).map(({ status }) => status);
    };
    await inCall();
    for (let passed = 0; passed < 15 * MINUTE; passed += MINUTE) {
      server.now += MINUTE;
      expect([passed, ...(await inCall())]).toEqual([passed, 200, 200, 200]);
    }
    await server.sweep();
    expect(code(await server.sit(second, id))).toBe('outside-window');
    const line = await native((await server.post(first, path('/join'), { lease: ines.seat.lease })).body);
    await server.post('lee', path('/complete'));
    expect(await line.closed).toEqual({ code: 4403, reason: 'session-ended' });
    expect(code(await server.get(first, '/me'))).toBe('session-ended');
  });

  it('a guest who is in the call alone with nobody is in none', async () => {
    const token = await invited();
    const { seat } = await server.enter(token, id);
    await admit('guest-1');
    const { body } = await server.report(token, id, seat.lease, 'in-call');
    expect(party(body.parties, 'guest-1').presence).toBe('waiting');
  });

  it('loses a guest who is silent, as anybody', async () => {
    const token = await invited();
    const { ticket } = await server.enter(token, id);
    const line = await native(ticket);
    server.now += 2 * MINUTE;
    await server.sweep();
    expect((await line.closed).code).toBe(4410);
    expect(party(await partiesFor('lee'), 'guest-1').presence).toBe('away');
  });
});

describe('a link that is void', () => {
  async function inCall(token: string): Promise<{ lines: TestSocket[]; stream: TestStream; ticket: Ticket }> {
    await server.enter('lee', id);
    const { seat, ticket } = await server.enter(token, id);
    await admit('guest-1');
    await server.report(token, id, seat.lease, 'in-call');
    const lines = [await native(ticket), await ticketSocket(ticket)];
    const next = (await server.post(token, path('/join'), { lease: seat.lease })).body as Ticket;
    return { lines, stream: await listen(token), ticket: next };
  }

  it('by removal: out of the call, with every connection, and the ticket that was not used', async () => {
    const token = await invited();
    const { lines, stream, ticket } = await inCall(token);
    const { status, body } = await remove('guest-1');
    expect([status, body.parties.map(({ seat }) => seat)]).toEqual([200, ['patient', 'provider']]);
    for (const line of lines) expect((await line.closed).code).toBe(4410);
    expect((await stream.nextOf('booking.removed')).data).toMatchObject({ bookingId: id });
    await expect(stream.nextOf('heartbeat')).rejects.toThrow('ended');
    expect(await refused(ticketSocket(ticket))).toBe(403);
    expect(code(await server.get(token, '/me'))).toBe('forbidden');
    expect(code(await server.get(token, path('')))).toBe('forbidden');
    // Not by a new guest in the same seat either.
    expect((await server.invite(id, { name: 'The next' })).body.guest.seat).toBe('guest-1');
    expect(code(await server.sit(token, id))).toBe('forbidden');
    expect((await remove('guest-2')).status).toBe(200);
  });

  it('by the end of the session, which is told first, and for ever', async () => {
    const token = await invited();
    const { lines, stream } = await inCall(token);
    await server.post('lee', path('/complete'));
    for (const line of lines) expect((await line.closed).code).toBe(4403);
    const changed = await stream.nextOf('booking.changed');
    expect(changed.data.booking).toMatchObject({ status: 'completed', notes: '' });
    await expect(stream.nextOf('heartbeat')).rejects.toThrow('ended');
    expect(code(await server.get(token, '/bookings/active'))).toBe('session-ended');
    await server.post('lee', path('/reopen'));
    expect(code(await server.get(token, '/me'))).toBe('forbidden');
    expect(await partiesFor('lee')).toHaveLength(2);
  });

  it('by cancellation', async () => {
    const token = await invited();
    const { lines } = await inCall(token);
    await server.post('ana', path('/cancel'), { reason: 'I am ill.' });
    for (const line of lines) expect((await line.closed).code).toBe(4403);
    expect(code(await server.get(token, '/me'))).toBe('session-cancelled');
  });

  it('by time, for its stream too', async () => {
    const token = await invited();
    const stream = await listen(token);
    server.now = START + 3 * HOUR;
    await server.sweep();
    await expect(stream.nextOf('nothing')).rejects.toThrow('ended');
    expect(code(await server.get(token, '/me'))).toBe('outside-window');
  });

  it('stays good when the booking moves, and they are asked in anew', async () => {
    const token = await invited();
    await server.enter(token, id);
    await admit('guest-1');
    const { version } = (await server.get('lee', path(''))).body;
    const to = new Date(START + 30 * HOUR).toISOString();
    expect(
      (await server.post('lee', path('/reschedule'), { dateTime: to }, { 'If-Match': `"${version}"` })).status,
    ).toBe(200);
    expect((await server.get(token, '/bookings/active')).body.verdict?.phase).toBe('upcoming');
    expect(party(await partiesFor('lee'), 'guest-1')).toMatchObject({ admission: 'asking', presence: 'away' });
  });

  it('stays good when the booking goes to another provider, who may take it away', async () => {
    const token = await invited();
    const { version } = (await server.get('lee', path(''))).body;
    await server.post('lee', path('/reassign'), { provider: 'moss' }, { 'If-Match': `"${version}"` });
    expect((await server.get(token, path(''))).body).toMatchObject({ providerName: 'Dr. Jo Moss', notes: '' });
    expect((await remove('guest-1', 'lee')).status).toBe(404);
    expect((await remove('guest-1', 'moss')).status).toBe(200);
    expect(code(await server.get(token, '/me'))).toBe('forbidden');
  });
});

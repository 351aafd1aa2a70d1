import { toIso } from '@active-session/core';
import { operations, type Access, type Operation, type OperationId } from '@active-session/core/contract';
import { describe, expect, test } from 'vitest';
import { digest } from './random.js';
import { HOUR, MINUTE, START, startServer, tokenFor, type TestServer } from '../test-support/harness.js';
import { peerSocket, refused, ticketSocket } from '../test-support/sockets.js';
import { openStream, type TestStream } from '../test-support/streams.js';

/** Where a booking stands when somebody asks. */
const STATES = ['soon', 'open', 'ended', 'cancelled', 'missed'] as const;
type State = (typeof STATES)[number];

/** What the booking's two parties get, in the order of the states. Everybody else's answer follows from `who`. */
interface Row {
  readonly patient: string;
  readonly provider: string;
  readonly body?: (at: Place) => unknown;
  readonly headers?: (at: Place) => Record<string, string>;
  readonly path?: (at: Place) => string;
  /** Strangers: `none` get 404 as for no booking; `own`: the same answer, about what is theirs. */
  readonly strangers: 'none' | 'own' | 'by-role';
}

/** One booking to try an operation on. */
interface Place {
  readonly server: TestServer;
  readonly id: string;
  readonly version: number;
  readonly lease: string;
  readonly note: string;
  readonly turn: number;
}

const everyState = (status: number): string => Array<number>(STATES.length).fill(status).join(' ');
const key = (): Record<string, string> => ({ 'Idempotency-Key': crypto.randomUUID() });
const ifMatch = ({ version }: Place): Record<string, string> => ({ 'If-Match': `"${version}"` });
const all = (status: number): Pick<Row, 'patient' | 'provider'> => ({
  patient: everyState(status),
  provider: everyState(status),
});

/** The authorisation table. A new operation without a row does not compile. */
const rows: Record<OperationId, Row> = {
  getMe: { ...all(200), strangers: 'own' },
  getDraftKey: { patient: everyState(403), provider: everyState(200), strangers: 'by-role' },
  listProviders: { ...all(200), strangers: 'own' },
  listSlots: { ...all(200), strangers: 'own', path: () => '/providers/lee/slots' },
  listBookings: { ...all(200), strangers: 'own' },
  getActiveBooking: { ...all(200), strangers: 'own' },
  testNetwork: { ...all(200), strangers: 'own' },
  followEvents: { ...all(200), strangers: 'own', headers: () => ({ Accept: 'application/json' }) },
  getOpenApi: { ...all(200), strangers: 'own' },
  getHealth: { ...all(200), strangers: 'own' },
  getReadiness: { ...all(200), strangers: 'own' },
  book: {
    patient: everyState(201),
    provider: everyState(403),
    strangers: 'by-role',
    headers: key,
    body: (at) => ({ provider: 'lee', dateTime: later(at), notes: '' }),
  },
  getBooking: { ...all(200), strangers: 'none' },
  cancelBooking: {
    patient: '200 200 409 200 403',
    provider: '200 200 409 200 200',
    body: () => ({}),
    strangers: 'none',
  },
  rescheduleBooking: {
    patient: '200 200 409 409 403',
    provider: '200 200 409 409 200',
    headers: ifMatch,
    body: (at) => ({ dateTime: later(at) }),
    strangers: 'none',
  },
  completeBooking: { patient: '403 200 200 409 403', provider: '403 200 200 409 403', strangers: 'none' },
  reopenBooking: { patient: everyState(403), provider: '403 200 200 409 403', strangers: 'none' },
  admitPatient: { patient: everyState(403), provider: '403 200 409 409 403', strangers: 'none' },
  holdPatient: { patient: everyState(403), provider: '403 200 409 409 403', body: () => ({}), strangers: 'none' },
  inviteGuest: {
    patient: everyState(403),
    provider: '201 201 409 409 403',
    body: () => ({ name: 'Ines Vogt', kind: 'interpreter' }),
    headers: key,
    strangers: 'none',
  },
  removeGuest: {
    patient: everyState(403),
    provider: '200 200 409 409 403',
    path: ({ id }) => `/bookings/${id}/guests/guest-1/remove`,
    strangers: 'none',
  },
  announceLate: {
    patient: everyState(403),
    provider: '200 200 409 409 403',
    body: () => ({ minutes: 10 }),
    strangers: 'none',
  },
  reportNoShow: { patient: everyState(403), provider: '403 200 409 409 200', strangers: 'none' },
  reassignBooking: {
    patient: everyState(403),
    provider: '204 204 204 409 204',
    headers: ifMatch,
    body: () => ({ provider: 'moss' }),
    strangers: 'none',
  },
  takeSeat: {
    ...{ patient: '403 200 403 403 403', provider: '403 200 403 403 403' },
    body: () => ({ holder: 'a-page', takeOver: false }),
    strangers: 'none',
  },
  join: {
    ...{ patient: '403 200 403 403 403', provider: '403 200 403 403 403' },
    body: ({ lease }) => ({ lease }),
    strangers: 'none',
  },
  reportPresence: {
    ...{ patient: '403 200 403 403 403', provider: '403 200 403 403 403' },
    body: ({ lease }) => ({ lease, state: 'waiting' }),
    strangers: 'none',
  },
  leave: { ...all(204), body: ({ lease }) => ({ lease }), strangers: 'none' },
  listNotes: { ...all(200), strangers: 'none' },
  addNote: {
    patient: everyState(403),
    provider: '403 201 201 409 201',
    headers: key,
    body: () => ({ id: crypto.randomUUID(), content: 'Drink water.' }),
    strangers: 'none',
  },
  withdrawNote: {
    patient: everyState(403),
    provider: everyState(200),
    path: ({ id, note }) => `/bookings/${id}/notes/${note}/withdraw`,
    strangers: 'none',
  },
  listHistory: {
    patient: everyState(403),
    provider: everyState(200),
    path: () => '/patients/ana/history',
    strangers: 'by-role',
  },
};

const OFFSETS: Record<State, number> = {
  soon: 3 * HOUR,
  open: -5 * MINUTE,
  ended: -5 * MINUTE,
  cancelled: -5 * MINUTE,
  missed: -2 * HOUR - MINUTE,
};

let turns = 0;

/** A booking of Ana with Dr. Lee in this state, with a note in it, and a seat of `person` where one can be had. */
async function place(server: TestServer, state: State, person: string): Promise<Place> {
  turns += 1;
  const id = crypto.randomUUID().replaceAll('-', '');
  const note = crypto.randomUUID();
  await server.put({ id, start: server.now + OFFSETS[state] + turns });
  await server.putNote(id, note, 'A word that nobody else may read.');
  if (state === 'ended') await server.post('lee', `/bookings/${id}/complete`);
  if (state === 'cancelled') await server.post('lee', `/bookings/${id}/cancel`, {});
  const isParty = person === 'ana' || person === 'lee';
  const wants = state === 'open' && isParty ? await server.post(person, `/bookings/${id}/seat`, SEAT) : undefined;
  const { version } = (await server.get('ana', `/bookings/${id}`)).body;
  return { server, id, version, note, lease: wants?.body.lease ?? 'no-such-lease', turn: turns };
}

const SEAT = { holder: 'a-page', takeOver: false };

/** A free time of its own. */
function later({ server, turn }: Place): string {
  return toIso(START + 20 * 24 * HOUR + Math.floor((server.now - START) / HOUR) + turn * 30 * MINUTE);
}

async function ask(
  id: OperationId,
  row: Row,
  at: Place,
  authorization: string | null,
): Promise<{ status: number; body: string }> {
  const operation: Operation = operations[id];
  const path = row.path?.(at) ?? operation.path.replace('{id}', at.id);
  const body = row.body?.(at);
  const response = await fetch(at.server.url + path, {
    method: operation.method,
    headers: { ...row.headers?.(at), ...(authorization === null ? {} : { Authorization: `Bearer ${authorization}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.text()).replace(/"requestId":"\w+"/, '') };
}

const ids = Object.keys(rows) as OperationId[];
const withStrangers = (strangers: Row['strangers']): OperationId[] =>
  ids.filter((id) => rows[id].strangers === strangers);
const accessOf = (id: OperationId): Access => operations[id].access;

describe('its two parties', () => {
  test.each(ids)('are allowed or refused, whatever state the booking is in: %s', async (id) => {
    const row = rows[id];
    const seen: Record<string, string> = {};
    for (const [person, expected] of Object.entries({ ana: row.patient, lee: row.provider })) {
      const statuses: number[] = [];
      for (const state of STATES) {
        const server = await startServer();
        const at = await place(server, state, person);
        statuses.push((await ask(id, row, at, await tokenFor(person))).status);
        await server.stop();
      }
      seen[person] = statuses.join(' ');
      expect(seen[person], `${person}, in the states ${STATES.join(', ')}`).toBe(expected);
    }
  });
});

/** What a guest of the booking gets, in the order of the states; all else is 403 while the link is good. */
const OF_GUESTS: Partial<Record<OperationId, string>> = {
  getMe: '200 200 403 403 403',
  getActiveBooking: '200 200 403 403 403',
  getBooking: '200 200 403 403 403',
  testNetwork: '200 200 403 403 403',
  followEvents: '200 200 403 403 403',
  takeSeat: '403 200 403 403 403',
  join: '403 200 403 403 403',
  reportPresence: '403 200 403 403 403',
  leave: '204 204 403 403 403',
  getOpenApi: everyState(200),
  getHealth: everyState(200),
  getReadiness: everyState(200),
};

/** A booking in this state, of which somebody was made a guest while it was not over. */
async function placeOfGuest(server: TestServer, state: State): Promise<{ at: Place; token: string }> {
  const token = `guest_${crypto.randomUUID()}`;
  const begun = state === 'ended' || state === 'cancelled' ? 'open' : state;
  const at = await place(server, begun, 'nobody');
  await server.store.transaction((view) =>
    view.guests.insert({
      id: `guest:${crypto.randomUUID()}`,
      booking: at.id,
      seat: 'guest-1',
      name: 'Ines Vogt',
      kind: 'interpreter',
      invitedAt: START,
      removedAt: null,
      tokenHash: digest(token),
      admission: 'asking',
      message: null,
      joinedAt: null,
      leftAt: null,
    }),
  );
  const seat = state === 'open' ? (await server.post(token, `/bookings/${at.id}/seat`, SEAT)).body : undefined;
  if (state === 'ended') await server.post('lee', `/bookings/${at.id}/complete`);
  if (state === 'cancelled') await server.post('lee', `/bookings/${at.id}/cancel`, {});
  return { at: { ...at, lease: seat?.lease ?? 'no-such-lease' }, token };
}

describe('a guest of it', () => {
  test.each(ids)('may take part and nothing else, whatever state the booking is in: %s', async (id) => {
    const statuses: number[] = [];
    for (const state of STATES) {
      const server = await startServer();
      const { at, token } = await placeOfGuest(server, state);
      const answer = await ask(id, rows[id], at, token);
      expect(answer.body).not.toContain('nobody else may read');
      statuses.push(answer.status);
      await server.stop();
    }
    expect(statuses.join(' '), `in the states ${STATES.join(', ')}`).toBe(OF_GUESTS[id] ?? everyState(403));
  });

  test.each(withStrangers('none'))('learns nothing of another one: %s', async (id) => {
    const server = await startServer();
    const { at, token } = await placeOfGuest(server, 'open');
    const other = await place(server, 'open', 'ana');
    const row = rows[id];
    const theirs = await ask(id, row, { ...other, lease: at.lease }, token);
    const none = await ask(id, row, { ...other, id: 'no-such-booking' }, token);
    expect([theirs.status, theirs.body]).toEqual([404, none.body]);
    await server.stop();
  });
});

describe('no sign-in, or one that is not good here', () => {
  test.each(ids.filter((id) => accessOf(id) !== 'everybody'))('is 401 and says nothing more: %s', async (id) => {
    const row = rows[id];
    const server = await startServer();
    const at = await place(server, 'open', 'ana');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"ana"}').toString('base64url')}.x`;
    const tokens = {
      none: null,
      expired: await tokenFor('ana', { exp: Math.floor(START / 1000) - 60 }),
      'another audience': await tokenFor('ana', { aud: 'another' }),
      'another issuer': await tokenFor('ana', { iss: 'https://elsewhere.test' }),
      'another key': await tokenFor('ana', {}, new TextEncoder().encode('a key that is not the one of this server')),
      unsigned,
      'a guessed link': `guest_${'0'.repeat(64)}`,
      'an empty link': 'guest_',
      'no token at all': 'x',
    };
    const answers = new Set<string>();
    for (const [name, token] of Object.entries(tokens)) {
      const answer = await ask(id, row, at, token);
      expect(answer.status, name).toBe(401);
      answers.add(answer.body);
    }
    expect(answers.size).toBe(1);
    await server.stop();
  });
});

describe('somebody else’s booking', () => {
  test.each(withStrangers('none'))('answers like one that does not exist: %s', async (id) => {
    const row = rows[id];
    const server = await startServer();
    for (const person of ['ben', 'moss']) {
      const token = await tokenFor(person);
      for (const state of STATES) {
        const theirs = await ask(id, row, await place(server, state, person), token);
        const none = await ask(id, row, { ...(await place(server, state, person)), id: crypto.randomUUID() }, token);
        expect([person, state, theirs.status, theirs.body]).toEqual([person, state, 404, none.body]);
      }
    }
    await server.stop();
  });
});

describe('who is not a party', () => {
  test.each(withStrangers('own'))('gets what is theirs, and nothing of this booking: %s', async (id) => {
    const row = rows[id];
    const server = await startServer();
    for (const person of ['ben', 'moss']) {
      const at = await place(server, 'open', person);
      const answer = await ask(id, row, at, await tokenFor(person));
      expect([person, answer.status]).toEqual([person, 200]);
      for (const secret of [at.id, 'Ana', 'nobody else may read']) expect(answer.body).not.toContain(secret);
    }
    await server.stop();
  });
});

describe('a role that may not', () => {
  test.each(withStrangers('by-role'))('is refused, and nobody gets what is another’s: %s', async (id) => {
    const row = rows[id];
    const server = await startServer();
    const at = await place(server, 'open', 'ben');
    const [patient, provider] = [row.patient, row.provider].map((statuses) => Number(statuses.split(' ')[0]));
    expect((await ask(id, row, at, await tokenFor('ben'))).status).toBe(patient);
    const other = await ask(id, row, await place(server, 'open', 'moss'), await tokenFor('moss'));
    expect(other.status).toBe(accessOf(id) === 'their-provider' ? 404 : provider);
    expect(other.body).not.toContain('nobody else may read');
    await server.stop();
  });
});

describe('an account', () => {
  test('that was closed is refused everywhere, at once', async () => {
    const server = await startServer();
    const at = await place(server, 'open', 'ana');
    await server.deactivate('ana');
    for (const [id, { access }] of Object.entries<Operation>(operations)) {
      if (access === 'everybody') continue;
      const { status } = await ask(id as OperationId, rows[id as OperationId], at, await tokenFor('ana'));
      expect([id, status]).toEqual([id, 403]);
    }
    await server.stop();
  });

  test('a role comes from the sign-in, the part in a booking from the booking', async () => {
    const server = await startServer();
    const at = await place(server, 'open', 'lee');
    // Signed in as a patient somewhere else, but this booking's provider all the same.
    const token = await tokenFor('lee', { role: 'patient' });
    expect((await ask('admitPatient', rows.admitPatient, at, token)).status).toBe(200);
    expect((await ask('getDraftKey', rows.getDraftKey, at, token)).status).toBe(403);
    await server.stop();
  });
});

describe('the stream of events', () => {
  test('tells the two parties of a booking, and neither who has none nor who is not signed in', async () => {
    const server = await startServer();
    const at = await place(server, 'open', 'ana');
    for (const token of [null, await tokenFor('ana', { exp: Math.floor(START / 1000) - 60 })]) {
      const headers = { Accept: 'text/event-stream', ...(token === null ? {} : { Authorization: `Bearer ${token}` }) };
      expect((await fetch(`${server.url}/events`, { headers })).status).toBe(401);
    }
    const streams = new Map<string, TestStream>();
    for (const person of ['ana', 'lee', 'ben', 'moss']) {
      const stream = await openStream(server.url, await tokenFor(person));
      streams.set(person, stream);
      await stream.nextOf('hello');
    }
    await server.note('lee', at.id, 'For the two of them.');
    // What comes after it in the order of all events is something of everybody's own.
    for (const [index, person] of ['ana', 'ben'].entries()) {
      await server.book(person, START + (40 + index) * HOUR, 'lee');
    }
    await server.book('ben', START + (7 * 24 + 3) * HOUR, 'moss');
    const next = async (person: string): Promise<string> => (await streams.get(person)?.next())?.event ?? 'nothing';
    expect([await next('ana'), await next('lee')]).toEqual(['note.added', 'note.added']);
    expect([await next('ben'), await next('moss')]).toEqual(['booking.changed', 'booking.changed']);
    for (const stream of streams.values()) stream.close();
    await server.stop();
  });
});

describe('a signalling socket', () => {
  const NO_SUCH = 'f'.repeat(64);

  test.each(STATES)('opens for a grant of one’s own, of a booking that is %s, or not at all', async (state) => {
    const server = await startServer();
    const { id } = await place(server, state, 'nobody');
    for (const person of ['ana', 'lee', 'ben', 'moss']) {
      const seat = await server.post(person, `/bookings/${id}/seat`, SEAT);
      const ticket = await server.post(person, `/bookings/${id}/join`, {
        lease: seat.status === 200 ? seat.body.lease : 'none',
      });
      const may = state === 'open' && (person === 'ana' || person === 'lee');
      expect([person, ticket.status === 200]).toEqual([person, may]);
      if (!may) continue;
      expect(await refused(ticketSocket(ticket.body))).toBe(101);
      // Used, of another peer id, expired, and nobody's.
      expect(await refused(ticketSocket(ticket.body))).toBe(403);
      const again = (await server.post(person, `/bookings/${id}/join`, { lease: seat.body.lease })).body;
      expect(await refused(ticketSocket({ ...again, peerId: ticket.body.peerId }))).toBe(403);
      expect(await refused(peerSocket(server.socketUrl, { id: again.peerId, token: NO_SUCH }))).toBe(403);
      server.now += 61_000;
      expect(await refused(ticketSocket(again))).toBe(403);
    }
    await server.stop();
  });
});

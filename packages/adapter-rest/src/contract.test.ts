import { operations, type Operation, type OperationId } from '@active-session/core/contract';
import { verdictFromWire, type VerdictWire } from '@active-session/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRestBackend, type RestBackend } from './rest-backend.js';
import { booking, me, note, party, seat } from './test-support/samples.js';
import { answer, startScriptedServer, type ScriptedServer } from './test-support/scripted-server.js';

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  await server.stop();
});

const { signal } = new AbortController();
const { id } = booking;
const dateTime = '2026-01-08T10:00:00.000Z';
const range = { from: Date.parse(dateTime), to: Date.parse(dateTime) + 86_400_000 };
const once = { idempotencyKey: 'key-1', signal };
const grant = { url: 'wss://video.example/signalling', token: 'secret', expiresAt: dateTime };
const verdict: VerdictWire = {
  phase: 'open',
  reason: 'in-window',
  opensAt: dateTime,
  closesAt: dateTime,
  nextChangeAt: null,
};
const ticket = {
  bookingId: id,
  seat: 'b1:patient',
  engine: 'peerjs',
  peerId: 'peer-1',
  parties: [party],
  engineGrant: grant,
  iceServers: [],
  expiresAt: dateTime,
};
const invitation = {
  guest: { seat: 'guest-1', name: 'Ines Vogt', kind: 'interpreter', invitedAt: dateTime, expiresAt: dateTime },
  token: 'guest_secret',
};
const networkTest = { iceServers: [], probe: grant, expiresAt: dateTime };
const draftKey = { id: 'k1', key: 'A'.repeat(43) };
const provider = { id: 'dr/smith', name: 'Dr. Smith', initials: 'DS' };
const slot = { start: dateTime, durationMinutes: 30 };
const noteRequest = { id: '8f14e45f-ceea-4672-a8a5-8f14e45fceea', content: 'Rest.', amends: 'n0' };
const report = { lease: 'l', state: 'waiting', devices: { microphone: 'works', camera: 'missing' } } as const;
const entry = { booking, notes: [note] };

/** What the contract describes for people, not for a page. */
type Said = Exclude<OperationId, 'followEvents' | 'getOpenApi' | 'getHealth' | 'getReadiness'>;
interface Conversation {
  readonly say: (backend: RestBackend) => Promise<unknown>;
  readonly of?: readonly string[];
  readonly answer?: unknown;
  readonly heard: unknown;
}

const conversations: Record<Said, Conversation> = {
  getMe: { say: ({ access }) => access.me({ signal }), answer: me, heard: me },
  getDraftKey: { say: ({ access }) => access.draftKey({ signal }), answer: draftKey, heard: draftKey },
  listProviders: {
    say: ({ bookings }) => bookings.providers({ signal }),
    answer: { items: [provider] },
    heard: [provider],
  },
  listSlots: {
    say: ({ bookings }) => bookings.slots('dr/smith', range, { signal }),
    of: ['dr/smith'],
    answer: { items: [slot] },
    heard: [slot],
  },
  listBookings: {
    say: ({ bookings }) => bookings.list({ status: 'scheduled', ...range, cursor: 'c1' }, { signal }),
    answer: { items: [booking], cursor: 'c2' },
    heard: { items: [booking], problems: [], cursor: 'c2' },
  },
  getActiveBooking: {
    say: ({ bookings }) => bookings.active({ signal }),
    answer: { booking, verdict },
    heard: { booking, verdict: verdictFromWire(verdict) },
  },
  book: {
    say: ({ bookings }) => bookings.book({ provider: 'dr/smith', dateTime, notes: 'Hip' }, once),
    answer: booking,
    heard: booking,
  },
  getBooking: { say: ({ bookings }) => bookings.get(id, { signal }), answer: booking, heard: booking },
  cancelBooking: {
    say: ({ bookings }) => bookings.cancel(id, 'I am well again.', { signal }),
    answer: booking,
    heard: booking,
  },
  rescheduleBooking: {
    say: ({ bookings }) => bookings.reschedule(id, { dateTime }, { version: 3, signal }),
    answer: booking,
    heard: booking,
  },
  completeBooking: { say: ({ bookings }) => bookings.complete(id, { signal }), answer: booking, heard: booking },
  reopenBooking: { say: ({ bookings }) => bookings.reopen(id, { signal }), answer: booking, heard: booking },
  announceLate: {
    say: ({ bookings }) => bookings.late(id, { minutes: 10, message: 'Sorry.' }, { signal }),
    answer: booking,
    heard: booking,
  },
  reportNoShow: { say: ({ bookings }) => bookings.noShow(id, { signal }), answer: booking, heard: booking },
  reassignBooking: {
    say: ({ bookings }) => bookings.reassign(id, { provider: 'dr-jones' }, { version: 3, signal }),
    heard: undefined,
  },
  admitPatient: {
    say: ({ access }) => access.admit(id, { seat: 'guest-1' }, { signal }),
    answer: { parties: [party] },
    heard: [party],
  },
  holdPatient: {
    say: ({ access }) => access.hold(id, { message: 'Two minutes, please.' }, { signal }),
    answer: { parties: [party] },
    heard: [party],
  },
  inviteGuest: {
    say: ({ access }) => access.inviteGuest(id, { name: 'Ines Vogt', kind: 'interpreter' }, once),
    answer: invitation,
    heard: invitation,
  },
  removeGuest: {
    say: ({ access }) => access.removeGuest(id, 'guest/1', { signal }),
    of: [String(id), 'guest/1'],
    answer: { parties: [party] },
    heard: [party],
  },
  takeSeat: {
    say: ({ access }) => access.takeSeat(id, { holder: 'tab-1', takeOver: true }, { signal }),
    answer: seat,
    heard: seat,
  },
  join: { say: ({ access }) => access.join(id, seat, { signal }), answer: ticket, heard: ticket },
  reportPresence: {
    say: ({ access }) => access.presence(id, report, { signal }),
    answer: { seat, parties: [party] },
    heard: { seat, parties: [party] },
  },
  leave: { say: ({ access }) => access.leave(id, seat, { signal }), heard: undefined },
  listNotes: {
    say: ({ notes }) => notes.list(id, 'c1', { signal }),
    answer: { items: [note], cursor: 'c2' },
    heard: { items: [note], problems: [], cursor: 'c2' },
  },
  addNote: { say: ({ notes }) => notes.add(id, noteRequest, once), answer: note, heard: note },
  withdrawNote: {
    say: ({ notes }) => notes.withdraw(id, 'n?1', { signal }),
    of: [String(id), 'n?1'],
    answer: note,
    heard: note,
  },
  listHistory: {
    say: ({ notes }) => notes.history('ann/1', { ...range, kind: 'diagnosis', cursor: 'c1', limit: 200 }, { signal }),
    of: ['ann/1'],
    answer: { items: [entry], cursor: 'c2' },
    heard: { items: [entry], problems: [], cursor: 'c2' },
  },
  testNetwork: { say: ({ access }) => access.testNetwork({ signal }), answer: networkTest, heard: networkTest },
};

test.each(Object.keys(conversations) as Said[])('%s is said as the contract has it', async (name) => {
  const operation: Operation = operations[name];
  const { say, of = [String(id)], answer: body, heard } = conversations[name];
  if (operation.answer !== null) expect(operation.answer.safeParse(body).error, 'the sample').toBeUndefined();
  const values = [...of];
  const path = operation.path.replace(/\{\w+\}/g, () => encodeURIComponent(values.shift()!));
  const route = `${operation.method} ${path}`;
  server.on(route, (_, response) => {
    answer(response, operation.status, body);
  });

  expect(await say(createRestBackend({ endpoint: server.url }))).toEqual(heard);

  expect(server.seen.map((request) => request.route)).toEqual([route]);
  const [request] = server.seen;
  expect(operation.query?.safeParse(request!.query).error, 'query').toBeUndefined();
  const known = Object.keys(operation.query?.shape ?? {});
  expect(Object.keys(request!.query).filter((key) => !known.includes(key))).toEqual([]);
  if (operation.body === undefined) expect(request!.body ?? {}).toEqual({});
  else expect(operation.body.parse(request!.body)).toEqual(request!.body);
  expect(request!.headers['idempotency-key']).toBe(operation.once === true ? 'key-1' : undefined);
  expect(request!.headers['if-match']).toBe(operation.ifMatch === true ? '"3"' : undefined);
});

test('a page that goes away gives its seat back with a request that outlives it', async () => {
  const sent = new Promise<RequestInit>((resolve) => {
    const backend = createRestBackend({
      endpoint: server.url,
      fetch: async (_, init = {}) => {
        resolve(init);
        return new Response(null, { status: 204 });
      },
    });
    backend.access.leaveNow(id, seat);
  });
  const { method, keepalive, body } = await sent;
  expect({ method, keepalive, body }).toEqual({
    method: 'POST',
    keepalive: true,
    body: JSON.stringify({ lease: seat.lease }),
  });
});

test.each(['.', '..'])(
  'an id that would climb to another route (%s) is found nowhere, and not asked for',
  async (climbing) => {
    const backend = createRestBackend({ endpoint: server.url });
    await expect(backend.bookings.complete(climbing, { signal })).rejects.toMatchObject({ code: 'not-found' });
    expect(server.seen).toEqual([]);
  },
);

import { createSessionClient, type SessionClient } from '@active-session/core';
import { createFakePlatform, createSystemClock } from '@active-session/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRestBackend, type RestBackend } from './rest-backend.js';
import { errorOf } from './test-support/error-of.js';
import { me, seat, seedBooking, seedNote } from './test-support/samples.js';
import { answer, startScriptedServer, type ScriptedServer } from './test-support/scripted-server.js';

/** A backend with what the seed names: active bookings, notes, and adding a note. What else there is, is not there. */
let server: ScriptedServer;
let backend: RestBackend;
const { signal } = new AbortController();

beforeEach(async () => {
  server = await startScriptedServer();
  server.otherwise(({ route }, response) => {
    response.writeHead(404, { 'Content-Type': 'text/html' }).end(`<pre>Cannot ${route}</pre>`);
  });
  backend = createRestBackend({ endpoint: server.url });
});
afterEach(async () => {
  await server.stop();
});

describe('the active booking', () => {
  test.each([
    ['in the contract’s form', { booking: seedBooking }],
    ['as it is', seedBooking],
    ['in a list', [seedBooking]],
  ])('comes %s', async (_, body) => {
    server.on('GET /bookings/active', (_request, response) => {
      answer(response, 200, body);
    });
    expect(await backend.bookings.active({ signal })).toEqual({ booking: seedBooking, verdict: null });
  });

  test.each([
    ['nothing, and says so', 204, undefined],
    ['nothing at all', 200, undefined],
    ['null', 200, null],
    ['a booking that is null', 200, { booking: null }],
    ['a booking that has no value', 200, {}],
    ['an empty list', 200, []],
  ])('is none where there is %s', async (_, status, body) => {
    server.on('GET /bookings/active', (_request, response) => {
      answer(response, status, body);
    });
    expect(await backend.bookings.active({ signal })).toEqual({ booking: null, verdict: null });
  });

  test.each([
    ['one that can’t be read', { ...seedBooking, dateTime: 'tomorrow' }],
    ['one that can’t be read, in a list', [{ ...seedBooking, status: 'maybe' }]],
    ['something else', { message: 'Sign in first' }],
    ['a word', 'none'],
  ])('is never half-read: %s', async (_, body) => {
    server.on('GET /bookings/active', (_request, response) => {
      answer(response, 200, body);
    });
    expect((await errorOf(backend.bookings.active({ signal }))).code).toBe('malformed');
  });
});

describe('notes', () => {
  test('come in a bare list, in the seed’s own form', async () => {
    server.on('GET /bookings/123456789/notes', (_, response) => {
      answer(response, 200, [seedNote]);
    });
    const page = await backend.notes.list(123456789, undefined, { signal });
    expect(page).toEqual({ items: [seedNote], problems: [], cursor: undefined });
  });

  test.each([200, 201])('are added, and come back with %d', async (status) => {
    server.on('POST /bookings/123456789/notes', (_, response) => {
      answer(response, status, seedNote);
    });
    const note = { id: 'n1', content: seedNote.content };
    expect(await backend.notes.add(123456789, note, { idempotencyKey: 'n1', signal })).toEqual(seedNote);
  });
});

describe('a route that is not there', () => {
  const id = 123456789;
  const missing: [string, (backend: RestBackend) => Promise<unknown>][] = [
    ['me', ({ access }) => access.me({ signal })],
    ['providers', ({ bookings }) => bookings.providers({ signal })],
    ['slots', ({ bookings }) => bookings.slots('dr-smith', { from: 0, to: 1 }, { signal })],
    ['list', ({ bookings }) => bookings.list({}, { signal })],
    [
      'book',
      ({ bookings }) => bookings.book({ provider: 'x', dateTime: 'y', notes: '' }, { idempotencyKey: 'k', signal }),
    ],
    ['cancel', ({ bookings }) => bookings.cancel(id, undefined, { signal })],
    ['complete', ({ bookings }) => bookings.complete(id, { signal })],
    ['reschedule', ({ bookings }) => bookings.reschedule(id, { dateTime: 'y' }, { version: 1, signal })],
    ['reopen', ({ bookings }) => bookings.reopen(id, { signal })],
    ['late', ({ bookings }) => bookings.late(id, { minutes: 5 }, { signal })],
    ['no-show', ({ bookings }) => bookings.noShow(id, { signal })],
    ['reassign', ({ bookings }) => bookings.reassign(id, { provider: 'x' }, { version: 1, signal })],
    ['seat', ({ access }) => access.takeSeat(id, { holder: 'h', takeOver: false }, { signal })],
    ['join', ({ access }) => access.join(id, seat, { signal })],
    ['presence', ({ access }) => access.presence(id, { lease: 'l', state: 'waiting' }, { signal })],
    ['leave', ({ access }) => access.leave(id, seat, { signal })],
    ['admit', ({ access }) => access.admit(id, {}, { signal })],
    ['hold', ({ access }) => access.hold(id, {}, { signal })],
    ['guests', ({ access }) => access.inviteGuest(id, { name: 'I', kind: 'other' }, { idempotencyKey: 'k', signal })],
    ['removing guests', ({ access }) => access.removeGuest(id, 'guest-1', { signal })],
    ['network test', ({ access }) => access.testNetwork({ signal })],
    ['draft key', ({ access }) => access.draftKey({ signal })],
    ['withdraw', ({ notes }) => notes.withdraw(id, 'n1', { signal })],
    ['history', ({ notes }) => notes.history('ann', {}, { signal })],
  ];
  test.each(missing)('is said to be not supported: %s', async (_, ask) => {
    for (const status of [404, 405, 501]) {
      server.otherwise((_request, response) => {
        response.writeHead(status).end();
      });
      expect((await errorOf(ask(backend))).code, `HTTP ${status}`).toBe('not-supported');
    }
    server.otherwise((_request, response) => {
      answer(response, 404, { type: 'urn:active-session:problem:not-found' });
    });
    expect((await errorOf(ask(backend))).code, 'our own 404').toBe('not-found');
  });

  const seeds: [string, (backend: RestBackend) => Promise<unknown>][] = [
    ['the active booking', ({ bookings }) => bookings.active({ signal })],
    ['notes', ({ notes }) => notes.list(id, undefined, { signal })],
    ['a new note', ({ notes }) => notes.add(id, { id: 'n1', content: 'x' }, { idempotencyKey: 'n1', signal })],
    ['one booking', ({ bookings }) => bookings.get(id, { signal })],
  ];
  test.each(seeds)('is something not found, where every backend has the route: %s', async (_, ask) => {
    expect((await errorOf(ask(backend))).code).toBe('not-found');
  });

  test('is one that is away, where it has answered before', async () => {
    server.on('GET /me', (_, response) => {
      answer(response, 200, me);
    });
    await backend.access.me({ signal });
    server.on('GET /me', (_, response) => {
      response.writeHead(404).end();
    });
    expect((await errorOf(backend.access.me({ signal }))).code).toBe('unavailable');
  });

  test('is there for another booking, where it has answered for one', async () => {
    server.on('POST /bookings/1/complete', (_, response) => {
      answer(response, 200, seedBooking);
    });
    await backend.bookings.complete(1, { signal });
    expect((await errorOf(backend.bookings.complete(2, { signal }))).code).toBe('not-found');
  });
});

describe('a page on it', () => {
  let client: SessionClient | undefined;
  afterEach(() => client?.close());

  function until(done: (client: SessionClient) => boolean): Promise<SessionClient> {
    const { signalling, ...ports } = backend;
    const platform = createFakePlatform({ clock: createSystemClock() });
    const made = createSessionClient({ backend: ports, signalling, platform });
    client = made;
    return new Promise((resolve) => {
      const check = (): void => {
        if (done(made)) resolve(made);
      };
      made.subscribe(check);
      check();
    });
  }

  test('shows the booking and its notes, and says what it can not do', async () => {
    const booking = { ...seedBooking, dateTime: new Date().toISOString() };
    server.on('GET /bookings/active', (_, response) => {
      answer(response, 200, booking);
    });
    server.on(`GET /bookings/${booking.id}/notes`, (_, response) => {
      answer(response, 200, [seedNote]);
    });
    const page = await until(({ active }) => active !== null);
    expect(page.active).toMatchObject({ booking, role: 'patient', verdict: { phase: 'open' } });
    const { can } = page.getSnapshot();
    expect(Object.entries(can).filter(([, able]) => able)).toEqual([['writeNotes', true]]);

    const session = page.session(booking.id);
    const notes = await new Promise((resolve) => {
      session.subscribe(({ notes: view }) => {
        if (view.notes.length > 0) resolve(view.notes);
      });
    });
    expect(notes).toEqual([seedNote]);
  });

  test('asks for events twice and never again, and reads now and then instead', async () => {
    server.on('GET /bookings/active', (_, response) => {
      answer(response, 200, null);
    });
    const page = await until((made) => made.getSnapshot().connection === 'polling');
    expect(page.getSnapshot()).toMatchObject({ state: 'ready', error: null, bookings: [] });
    expect(server.seen.filter(({ route }) => route === 'GET /events')).toHaveLength(2);
  });
});

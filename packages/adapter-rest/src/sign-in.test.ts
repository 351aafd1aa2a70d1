import { isRetryable, SessionError } from '@active-session/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRestBackend, type RestBackend } from './rest-backend.js';
import { deferred } from './test-support/deferred.js';
import { errorOf } from './test-support/error-of.js';
import { booking, me, seat } from './test-support/samples.js';
import {
  answer,
  sendEvent,
  startEvents,
  startScriptedServer,
  type Handler,
  type ScriptedServer,
} from './test-support/scripted-server.js';
import { createTokenSource } from './tokens.js';

let server: ScriptedServer;
let page: AbortController;

beforeEach(async () => {
  server = await startScriptedServer();
  page = new AbortController();
});
afterEach(async () => {
  page.abort();
  await server.stop();
});

const giveBookings: Handler = (_, response) => {
  answer(response, 200, { items: [booking] });
};
const givePresence: Handler = (_, response) => {
  answer(response, 200, { seat, parties: [] });
};
const giveEvents: Handler = (_, response) => {
  startEvents(response);
  sendEvent(response, 'hello', '1', { every: 20_000 });
};
const refuse: Handler = (_, response) => {
  answer(response, 401, { type: 'urn:active-session:problem:unauthenticated' });
};
/** Lets in who shows this token, and refuses everybody else. */
function only(token: string, handler: Handler): Handler {
  return (request, response) =>
    (request.headers.authorization === `Bearer ${token}` ? handler : refuse)(request, response);
}

function list(backend: RestBackend): Promise<unknown> {
  return backend.bookings.list({}, { signal: page.signal });
}

function isLive(backend: RestBackend): Promise<void> {
  return new Promise((resolve) => {
    backend.events.subscribe(
      (message) => {
        if (message.type === 'connection' && message.state === 'live') resolve();
      },
      { signal: page.signal },
    );
  });
}

const tokensSeen = (): unknown[] => server.seen.map(({ headers }) => headers.authorization);

describe('by tokens', () => {
  test('one refresh serves every request and stream that was refused, and each is sent again', async () => {
    const asked: boolean[] = [];
    const backend = createRestBackend({
      endpoint: server.url,
      getToken: async ({ refresh }) => {
        asked.push(refresh);
        return refresh ? 'new' : 'old';
      },
    });
    server.on('GET /bookings', only('new', giveBookings));
    server.on('PUT /bookings/b1/presence', only('new', givePresence));
    server.on('GET /events', only('new', giveEvents));

    const report = { lease: 'l', state: 'waiting' } as const;
    await Promise.all([
      isLive(backend),
      backend.access.presence('b1', report, { signal: page.signal }),
      ...Array.from({ length: 8 }, () => list(backend)),
    ]);
    expect(asked).toEqual([false, true]);
  });

  test('two that were refused in the same moment have one refresh', async () => {
    let refreshes = 0;
    const tokens = createTokenSource(({ refresh }) => (refresh ? `new-${(refreshes += 1)}` : 'old'));
    await tokens.get();
    expect(await Promise.all([tokens.renew('old'), tokens.renew('old')])).toEqual(['new-1', 'new-1']);
  });

  test('what is asked for while a token is renewed waits for it', async () => {
    const renewing = deferred();
    const renewed = deferred<string>();
    server.on('GET /bookings', only('new', giveBookings));
    const backend = createRestBackend({
      endpoint: server.url,
      getToken: ({ refresh }) => {
        if (!refresh) return 'old';
        renewing.resolve();
        return renewed.promise;
      },
    });
    const before = list(backend);
    await renewing.promise;
    const meanwhile = list(backend);
    renewed.resolve('new');
    await Promise.all([before, meanwhile]);
    expect(tokensSeen()).toEqual(['Bearer old', 'Bearer new', 'Bearer new']);
  });

  test('who is refused late, with a token that was renewed since, takes the new one', async () => {
    let asked = 0;
    const held = deferred();
    const backend = createRestBackend({ endpoint: server.url, getToken: () => `token-${(asked += 1)}` });
    server.on('GET /bookings', only('token-2', giveBookings));
    server.on('GET /providers', async (request, response) => {
      if (request.headers.authorization === 'Bearer token-1') await held.promise;
      await only('token-2', (_, ok) => {
        answer(ok, 200, []);
      })(request, response);
    });
    const late = backend.bookings.providers({ signal: page.signal });
    await server.next('GET /providers');
    await list(backend);
    held.resolve();
    await late;
    expect(asked).toBe(2);
  });

  test('one that is refused again is said to be so, and is not asked for again and again', async () => {
    let asked = 0;
    const backend = createRestBackend({ endpoint: server.url, getToken: () => `token-${(asked += 1)}` });
    server.on('GET /bookings', refuse);
    expect((await errorOf(list(backend))).code).toBe('unauthenticated');
    expect(asked).toBe(2);
    expect(server.seen).toHaveLength(2);
  });

  test('a refresh that fails is a sign-in that has expired; after the next sign-in it goes on', async () => {
    let signedIn = false;
    const backend = createRestBackend({
      endpoint: server.url,
      getToken: ({ refresh }) => {
        if (signedIn) return 'new';
        if (refresh) throw new Error('The session of the portal has ended.');
        return 'old';
      },
    });
    server.on('GET /bookings', only('new', giveBookings));
    const errors = await Promise.all([errorOf(list(backend)), errorOf(list(backend))]);
    expect(errors.map((error) => [error.code, isRetryable(error)])).toEqual([
      ['unauthenticated', true],
      ['unauthenticated', true],
    ]);
    signedIn = true;
    await expect(list(backend)).resolves.toBeDefined();
  });

  test('nobody signed in yet is no answer for ever', async () => {
    let token: string | null = null;
    const backend = createRestBackend({ endpoint: server.url, getToken: () => token });
    server.on('GET /bookings', only('new', giveBookings));
    expect((await errorOf(list(backend))).code).toBe('unauthenticated');
    expect(server.seen).toEqual([]);
    token = 'new';
    await expect(list(backend)).resolves.toBeDefined();
  });

  test('who knows that there is no network, and not no sign-in, can say so', async () => {
    const backend = createRestBackend({
      endpoint: server.url,
      getToken: () => {
        throw new SessionError('network', 'The sign-in can’t be reached.');
      },
    });
    expect((await errorOf(list(backend))).code).toBe('network');
  });

  test('a request can be given up while its token is waited for', async () => {
    const asked = deferred();
    const backend = createRestBackend({
      endpoint: server.url,
      getToken: () => {
        asked.resolve();
        return new Promise(() => undefined);
      },
    });
    const error = errorOf(list(backend));
    await asked.promise;
    page.abort();
    expect((await error).code).toBe('aborted');
  });

  test('a token stands in no address, no error and in no request of another kind of sign-in', async () => {
    const backend = createRestBackend({ endpoint: server.url, getToken: () => 'secret-token' });
    server.on('GET /bookings', (_, response) => {
      answer(response, 500, {});
    });
    const error = await errorOf(
      backend.bookings.list({ status: 'scheduled', from: 0, cursor: 'secret-cursor' }, { signal: page.signal }),
    );
    expect(server.seen.map(({ route, query }) => ({ route, query }))).toEqual([
      {
        route: 'GET /bookings',
        query: { status: 'scheduled', cursor: 'secret-cursor', from: '1970-01-01T00:00:00.000Z' },
      },
    ]);
    expect(server.seen[0]!.headers['active-session-csrf']).toBeUndefined();
    expect(`${error.stack ?? ''} ${String(error.cause)}`).not.toContain('secret');
  });
});

describe('by cookies', () => {
  test('every request and the stream carry a header that no form of another site can send, and no token', async () => {
    const sent: RequestInit[] = [];
    const backend = createRestBackend({
      endpoint: server.url,
      fetch: (input, init = {}) => {
        sent.push(init);
        return fetch(input, init);
      },
    });
    server.on('GET /me', (_, response) => {
      answer(response, 200, me, { 'Event-Id': '1' });
    });
    server.on('GET /bookings', giveBookings);
    server.on('PUT /bookings/b1/presence', givePresence);
    server.on('GET /events', giveEvents);
    const live = isLive(backend);
    await backend.access.me({ signal: page.signal });
    await list(backend);
    await backend.access.presence('b1', { lease: 'l', state: 'waiting' }, { signal: page.signal });
    await live;
    expect(server.seen.map(({ headers }) => headers['active-session-csrf'])).toEqual(['1', '1', '1', '1']);
    expect(tokensSeen()).toEqual([undefined, undefined, undefined, undefined]);
    expect(sent.map(({ credentials }) => credentials)).toEqual(Array.from({ length: 4 }, () => 'same-origin'));
  });

  test('an expired one is said to be so', async () => {
    server.on('GET /bookings', refuse);
    expect((await errorOf(list(createRestBackend({ endpoint: server.url })))).code).toBe('unauthenticated');
    expect(server.seen).toHaveLength(1);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isRetryable, SessionError } from '@active-session/core';
import { createHttp } from './http.js';
import { createRestBackend } from './rest-backend.js';
import { createTokenSource } from './tokens.js';
import { answer, startScriptedServer, type ScriptedServer } from './test-support/scripted-server.js';

let server: ScriptedServer;
const { signal } = new AbortController();

const booking = {
  id: 'b1',
  provider: 'dr-smith',
  providerName: 'Dr. Smith',
  providerInitials: 'DS',
  dateTime: '2026-01-07T10:00:00.000Z',
  sessionType: 'Video Consultation',
  notes: '',
  status: 'scheduled',
  bookedAt: '2026-01-06T12:00:00.000Z',
};

beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  await server.close();
});

async function errorOf(promise: Promise<unknown>): Promise<SessionError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SessionError) return error;
    throw error;
  }
  throw new Error('It was expected to fail.');
}

describe('sign-in', () => {
  test('one refresh serves every request that was refused, and each is sent again', async () => {
    let token = 'old';
    let refreshes = 0;
    const backend = createRestBackend({
      endpoint: server.url,
      getToken: async ({ refresh }) => {
        if (refresh) {
          refreshes += 1;
          await Promise.resolve();
          token = 'new';
        }
        return token;
      },
    });
    server.on('GET /bookings', ({ headers }, response) => {
      if (headers.authorization === 'Bearer new') answer(response, 200, { items: [booking] });
      else answer(response, 401, {});
    });
    const pages = await Promise.all(Array.from({ length: 8 }, () => backend.bookings.list({}, { signal })));
    expect(pages.map(({ items }) => items.length)).toEqual(Array.from({ length: 8 }, () => 1));
    expect(refreshes).toBe(1);
  });

  test('a token that is refused twice is said to be so, and is not asked for again and again', async () => {
    let asked = 0;
    const backend = createRestBackend({
      endpoint: server.url,
      getToken: () => {
        asked += 1;
        return `token-${String(asked)}`;
      },
    });
    server.on('GET /me', (_, response) => {
      answer(response, 401, {});
    });
    expect((await errorOf(backend.access.me({ signal }))).code).toBe('unauthenticated');
    expect(asked).toBe(2);
  });

  test('no token ever stands in an address', async () => {
    const seen: string[] = [];
    const backend = createRestBackend({ endpoint: server.url, getToken: () => 'secret-token' });
    server.on('GET /bookings', ({ url = '' }, response) => {
      seen.push(url);
      answer(response, 200, []);
    });
    await backend.bookings.list({ status: 'scheduled', from: 0, cursor: 'c' }, { signal });
    expect(seen).toEqual(['/bookings?status=scheduled&cursor=c&from=1970-01-01T00%3A00%3A00.000Z']);
  });
});

describe('answers that are no answers', () => {
  const cases: [string, number, Record<string, string>, string, string][] = [
    ['a captive portal', 200, { 'Content-Type': 'text/html' }, '<html>Sign in to the Wi-Fi</html>', 'network'],
    ['half of a JSON text', 200, { 'Content-Type': 'application/json' }, '{"items": [', 'malformed'],
    ['a booking without its fields', 200, { 'Content-Type': 'application/json' }, '{"booking": {}}', 'malformed'],
    ['a gateway that is down', 502, { 'Content-Type': 'text/html' }, 'Bad Gateway', 'unavailable'],
    ['a firewall', 403, { 'Content-Type': 'text/html' }, 'Blocked', 'forbidden'],
  ];
  test.each(cases)('%s', async (_, status, headers, body, code) => {
    const backend = createRestBackend({ endpoint: server.url });
    server.on('GET /bookings/active', (_request, response) => {
      response.writeHead(status, headers);
      response.end(body);
    });
    expect((await errorOf(backend.bookings.active({ signal }))).code).toBe(code);
  });

  test('one that breaks off can be asked for again', async () => {
    const backend = createRestBackend({ endpoint: server.url });
    server.on('GET /bookings/active', (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"booking": ', () => response.destroy());
    });
    const error = await errorOf(backend.bookings.active({ signal }));
    expect([error.code, isRetryable(error)]).toEqual(['network', true]);
  });

  test('one that stops half-way is given up', async () => {
    const http = createHttp({
      endpoint: server.url,
      tokens: createTokenSource(undefined),
      fetch: globalThis.fetch,
      monotonic: () => performance.now(),
      onSample: () => undefined,
      onEventId: () => undefined,
    });
    server.on('GET /me', (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"id": ');
    });
    expect((await errorOf(http.json({ path: '/me', signal, timeout: 200 }))).code).toBe('timeout');
  });

  test('nobody there at all', async () => {
    const backend = createRestBackend({ endpoint: 'http://127.0.0.1:9' });
    expect((await errorOf(backend.bookings.active({ signal }))).code).toBe('network');
  });

  test('an aborted request says so', async () => {
    const controller = new AbortController();
    const backend = createRestBackend({ endpoint: server.url });
    server.on('GET /me', () => {
      controller.abort();
    });
    expect((await errorOf(backend.access.me({ signal: controller.signal }))).code).toBe('aborted');
  });

  test('an endpoint that is no address is refused at once, by name', () => {
    expect(() => createRestBackend({ endpoint: 'http://' })).toThrow('"http://"');
  });
});

test('problem details become core’s error: code, fields, when it opens, how long to wait', async () => {
  const backend = createRestBackend({ endpoint: server.url });
  server.on('POST /bookings/b1/seat', (_, response) => {
    const body = {
      type: 'urn:active-session:problem:outside-window',
      detail: 'The session is not open yet.',
      opensAt: '2026-01-07T09:00:00.000Z',
      errors: [{ path: 'dateTime', message: 'too early' }],
    };
    answer(response, 403, body, { 'Retry-After': '7' });
  });
  const error = await errorOf(backend.access.takeSeat('b1', { holder: 'h', takeOver: false }, { signal }));
  expect(error).toMatchObject({
    code: 'outside-window',
    opensAt: Date.parse('2026-01-07T09:00:00.000Z'),
    retryAfter: 7_000,
    problems: [{ path: 'dateTime', message: 'too early' }],
  });
});

test('a server that failed without knowing why is asked again, rather than that a call is hung up', async () => {
  const backend = createRestBackend({ endpoint: server.url });
  server.on('PUT /bookings/b1/presence', (_, response) => {
    answer(response, 500, { type: 'urn:active-session:problem:unknown', title: 'Something went wrong', status: 500 });
  });
  const error = await errorOf(backend.access.presence('b1', { lease: 'l', state: 'in-call' }, { signal }));
  expect([error.code, isRetryable(error)]).toEqual(['unavailable', true]);
});

test('the good bookings of a page come with a word about the bad one', async () => {
  const backend = createRestBackend({ endpoint: server.url });
  server.on('GET /bookings', (_, response) => {
    answer(response, 200, { items: [booking, { ...booking, dateTime: 'tomorrow' }], cursor: 'next' });
  });
  const page = await backend.bookings.list({}, { signal });
  expect(page.items).toEqual([booking]);
  expect(page.problems.map(({ path }) => path)).toEqual(['1.dateTime']);
  expect(page.cursor).toBe('next');
});

test('every answer shows the server’s clock, with the round trip around it', async () => {
  const backend = createRestBackend({ endpoint: server.url });
  const samples: { serverTime: number; sentAt: number; receivedAt: number }[] = [];
  backend.time.subscribe((sample) => samples.push(sample));
  server.on('GET /bookings', (_, response) => {
    answer(response, 200, [], { 'Server-Time': '1767780000123' });
  });
  await backend.bookings.list({}, { signal });
  expect(samples).toHaveLength(1);
  expect(samples[0]?.serverTime).toBe(1767780000123);
  expect(samples[0]?.receivedAt).toBeGreaterThanOrEqual(samples[0]?.sentAt ?? NaN);
});

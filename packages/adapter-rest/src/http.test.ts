import { isRetryable, type SessionErrorCode } from '@active-session/core';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHttp, type Http } from './http.js';
import { createRestBackend, type RestBackend } from './rest-backend.js';
import { errorOf } from './test-support/error-of.js';
import { booking, note, seat } from './test-support/samples.js';
import { answer, startScriptedServer, type ScriptedServer } from './test-support/scripted-server.js';
import { createTokenSource } from './tokens.js';

let server: ScriptedServer;
let backend: RestBackend;
const { signal } = new AbortController();

beforeEach(async () => {
  server = await startScriptedServer();
  backend = createRestBackend({ endpoint: server.url });
});
afterEach(async () => {
  await server.stop();
});

const PROBLEM = 'urn:active-session:problem:';
const HTML = { 'Content-Type': 'text/html' };
const JSON_TYPE = { 'Content-Type': 'application/json' };

function httpWith(fetch: typeof globalThis.fetch, endpoint = server.url): Http {
  return createHttp({
    endpoint,
    tokens: createTokenSource(undefined),
    fetch,
    monotonic: () => performance.now(),
    onSample: () => undefined,
    onEventId: () => undefined,
  });
}

describe('answers that are no answers', () => {
  const cases: [string, number, Record<string, string>, string, SessionErrorCode][] = [
    ['the page of a captive portal', 200, HTML, '<html>Sign in to the Wi-Fi</html>', 'network'],
    ['a redirect to one', 302, { Location: '/portal' }, '', 'network'],
    ['a network that asks for a sign-in', 511, HTML, '<html>Sign in</html>', 'network'],
    ['a picture', 200, { 'Content-Type': 'image/png' }, 'x', 'network'],
    ['half of a JSON text', 200, JSON_TYPE, '{"items": [', 'malformed'],
    ['a booking without its fields', 200, JSON_TYPE, '{"items": {}}', 'malformed'],
    ['nothing', 204, {}, '', 'network'],
    ['no JSON at all', 200, JSON_TYPE, '', 'network'],
    ['a gateway that is down', 502, HTML, 'Bad Gateway', 'unavailable'],
    ['a server that is too busy', 503, HTML, 'Busy', 'unavailable'],
    ['a firewall', 403, HTML, 'Blocked', 'forbidden'],
  ];
  test.each(cases)('%s', async (_, status, headers, body, code) => {
    server.on('GET /portal', (_request, response) => {
      response.writeHead(200, HTML).end('<html>');
    });
    server.on('GET /bookings/b1/notes', (_request, response) => {
      response.writeHead(status, headers).end(body);
    });
    expect((await errorOf(backend.notes.list('b1', undefined, { signal }))).code).toBe(code);
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    ['nothing', {}, ''],
    ['something else', { 'Content-Type': 'text/plain' }, 'OK'],
  ])('a note that was answered with %s is not sent again by itself: it may be there', async (_, headers, body) => {
    server.on('POST /bookings/b1/notes', (_request, response) => {
      response.writeHead(201, { ...headers, 'Content-Length': String(body.length) }).end(body);
    });
    const error = await errorOf(
      backend.notes.add('b1', { id: 'n1', content: 'Rest.' }, { idempotencyKey: 'n1', signal }),
    );
    expect([error.code, isRetryable(error)]).toEqual(['malformed', false]);
  });

  test('JSON that can’t be read is not quoted: it may be about somebody', async () => {
    server.on('GET /bookings/b1/notes', (_, response) => {
      response.writeHead(200, JSON_TYPE).end('Ann has gout');
    });
    const error = await errorOf(backend.notes.list('b1', undefined, { signal }));
    expect(`${error.stack ?? ''} ${String(error.cause)}`).not.toContain('gout');
  });

  test('nobody there at all', async () => {
    await server.stop();
    expect((await errorOf(backend.bookings.active({ signal }))).code).toBe('network');
  });

  test('an aborted request says so', async () => {
    const controller = new AbortController();
    server.on('GET /me', () => {
      controller.abort();
    });
    expect((await errorOf(backend.access.me({ signal: controller.signal }))).code).toBe('aborted');
    expect((await errorOf(backend.access.me({ signal: controller.signal }))).code).toBe('aborted');
    expect(server.seen).toHaveLength(1);
  });

  test('an endpoint that is no address is refused at once, by name', () => {
    expect(() => createRestBackend({ endpoint: 'http://' })).toThrow('"http://"');
  });
});

describe('a slow server', () => {
  const slow: [string, (response: ServerResponse) => void][] = [
    ['no headers', () => undefined],
    ['headers and no body', (response) => response.writeHead(200, JSON_TYPE).flushHeaders()],
    ['a body that stops half-way', (response) => response.writeHead(200, JSON_TYPE).write('{"id": ')],
    ['a body that trickles', (response) => trickle(response.writeHead(200, JSON_TYPE))],
    ['a body that never ends', (response) => pour(response.writeHead(200, JSON_TYPE))],
  ];
  test.each(slow)('is given up at the deadline, to be asked again: %s', async (_, respond) => {
    server.on('GET /me', (_request, response) => {
      respond(response);
    });
    const error = await errorOf(httpWith(fetch).json('GET /me', { signal, timeout: 100 }));
    expect([error.code, isRetryable(error)]).toEqual(['timeout', true]);
  });

  test('a refusal that never comes to its end is a refusal', async () => {
    server.on('GET /me', (_, response) => {
      trickle(response.writeHead(503, { 'Content-Type': 'application/problem+json' }));
    });
    const error = await errorOf(httpWith(fetch).json('GET /me', { signal, timeout: 100 }));
    expect(error.code).toBe('unavailable');
  });

  test('an answer that breaks off can be asked for again', async () => {
    server.on('GET /me', (_, response) => {
      response.writeHead(200, JSON_TYPE);
      response.write('{"id": ', () => response.destroy());
    });
    const error = await errorOf(backend.access.me({ signal }));
    expect([error.code, isRetryable(error)]).toEqual(['network', true]);
  });

  test('has 15 seconds for its headers, and 15 more for the rest', async () => {
    vi.useFakeTimers();
    try {
      let aborted = false;
      const fetch: typeof globalThis.fetch = async (_, init) => {
        const body = new ReadableStream({
          start(controller) {
            init?.signal?.addEventListener('abort', () => {
              aborted = true;
              controller.error(new DOMException('Aborted', 'AbortError'));
            });
          },
        });
        await new Promise((resolve) => setTimeout(resolve, 14_000));
        return new Response(body, { headers: JSON_TYPE });
      };
      const error = errorOf(httpWith(fetch, 'http://clinic').json('GET /me', { signal }));
      await vi.advanceTimersByTimeAsync(28_999);
      expect(aborted).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect((await error).code).toBe('timeout');
    } finally {
      vi.useRealTimers();
    }
  });
});

function trickle(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => {
    clearInterval(timer);
  });
}

function pour(response: ServerResponse): void {
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(1_000)));
  };
  response.on('drain', more);
  more();
}

describe('refusals', () => {
  test('problem details become core’s error: code, fields, when it opens, how long to wait', async () => {
    server.on('POST /bookings/b1/seat', (_, response) => {
      const body = {
        type: `${PROBLEM}outside-window`,
        detail: 'The session is not open yet.',
        opensAt: '2026-01-07T09:00:00.000Z',
        errors: [{ path: 'dateTime', message: 'too early' }],
      };
      answer(response, 403, body, { 'Retry-After': '7' });
    });
    const error = await errorOf(backend.access.takeSeat('b1', { holder: 'h', takeOver: false }, { signal }));
    expect(error).toMatchObject({
      code: 'outside-window',
      message: 'POST /bookings/{id}/seat: The session is not open yet.',
      opensAt: Date.parse('2026-01-07T09:00:00.000Z'),
      retryAfter: 7_000,
      problems: [{ path: 'dateTime', message: 'too early' }],
    });
  });

  test('what another one than our backend writes is not passed on', async () => {
    server.on('POST /bookings/b1/complete', (_, response) => {
      answer(response, 409, { type: 'about:blank', detail: 'Ann has gout', errors: [{ path: 'x', message: 'gout' }] });
    });
    const error = await errorOf(backend.bookings.complete('b1', { signal }));
    expect([error.code, error.message, error.problems]).toEqual([
      'conflict',
      'POST /bookings/{id}/complete: HTTP 409',
      [],
    ]);
  });

  const statuses: [number, SessionErrorCode][] = [
    [400, 'invalid'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [409, 'conflict'],
    [412, 'conflict'],
    [413, 'invalid'],
    [422, 'invalid'],
    [428, 'invalid'],
    [429, 'rate-limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ];
  test.each(statuses)('a status with no word to it: %d is %s', async (status, code) => {
    server.on('POST /bookings/b1/complete', (_, response) => {
      response.writeHead(status, HTML).end();
    });
    expect((await errorOf(backend.bookings.complete('b1', { signal }))).code).toBe(code);
  });

  test('a server that failed without knowing why is asked again, rather than that a call is hung up', async () => {
    server.on('PUT /bookings/b1/presence', (_, response) => {
      answer(response, 500, { type: `${PROBLEM}unknown`, title: 'Something went wrong', status: 500 });
    });
    const error = await errorOf(backend.access.presence('b1', { lease: 'l', state: 'in-call' }, { signal }));
    expect([error.code, isRetryable(error)]).toEqual(['unavailable', true]);
  });
});

describe('how long to wait', () => {
  const now = Date.parse('2026-01-07T10:00:00.000Z');
  const at = (ms: number): string => new Date(now + ms).toUTCString();
  const waits: [string, string, number | undefined][] = [
    ['seconds', '7', 7_000],
    ['no time', '0', undefined],
    ['more than a minute', '3600', 60_000],
    ['absurdly long', '9'.repeat(400), 60_000],
    ['absurd', 'when it is done', undefined],
    ['below zero', '-5', undefined],
    ['a date', at(20_000), 20_000],
    ['a date that is past', at(-20_000), undefined],
    ['a date that is far away', at(86_400_000), 60_000],
  ];
  test.each(waits)('%s', async (_, header, wait) => {
    server.on('GET /bookings', (_request, response) => {
      answer(response, 429, { type: `${PROBLEM}rate-limited` }, { 'Retry-After': header, 'Server-Time': String(now) });
    });
    expect(await errorOf(backend.bookings.list({}, { signal }))).toMatchObject({
      code: 'rate-limited',
      retryAfter: wait,
    });
  });

  test('a date is one of the server’s, whatever time it is here', async () => {
    server.on('GET /bookings', (_, response) => {
      const headers = { ...HTML, Date: at(0), 'Retry-After': at(20_000) };
      response.writeHead(503, headers).end();
    });
    expect((await errorOf(backend.bookings.list({}, { signal }))).retryAfter).toBe(20_000);
  });
});

test('a note whose acknowledgement was lost is sent again under the same key, and is one note', async () => {
  const kept = new Map<unknown, unknown>();
  server.on('POST /bookings/b1/notes', ({ headers, body }, response) => {
    const key = headers['idempotency-key'];
    const isNew = !kept.has(key);
    if (isNew) kept.set(key, { ...note, ...(body as object) });
    if (isNew) response.destroy();
    else answer(response, 200, kept.get(key));
  });
  const request = { id: 'n1', content: 'Rest.' };
  const options = { idempotencyKey: 'n1', signal };
  expect(isRetryable(await errorOf(backend.notes.add('b1', request, options)))).toBe(true);
  expect((await backend.notes.add('b1', request, options)).content).toBe('Rest.');
  expect(kept.size).toBe(1);
});

test('the good bookings of a page come with a word about the bad one', async () => {
  server.on('GET /bookings', (_, response) => {
    answer(response, 200, { items: [booking, { ...booking, dateTime: 'tomorrow' }], cursor: 'next' });
  });
  const page = await backend.bookings.list({}, { signal });
  expect(page.items).toEqual([booking]);
  expect(page.problems.map(({ path }) => path)).toEqual(['1.dateTime']);
  expect(page.cursor).toBe('next');
});

test('every answer shows the server’s clock, with the round trip around it', async () => {
  const samples: { serverTime: number; sentAt: number; receivedAt: number }[] = [];
  backend.time.subscribe((sample) => samples.push(sample));
  server.on('POST /bookings/b1/seat', (_, response) => {
    answer(response, 200, seat, { 'Server-Time': '1767780000123' });
  });
  await backend.access.takeSeat('b1', { holder: 'h', takeOver: false }, { signal });
  expect(samples).toHaveLength(1);
  expect(samples[0]?.serverTime).toBe(1767780000123);
  expect(samples[0]?.receivedAt).toBeGreaterThanOrEqual(samples[0]?.sentAt ?? NaN);
});

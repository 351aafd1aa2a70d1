import { connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AUTH, MINUTE, startServer, tokenFor, type TestServer } from '../test-support/harness.js';
import type { ServerConfig } from './config.js';
import type { LogEntry } from './log.js';

let server: TestServer;
afterEach(async () => {
  await server.stop();
});

async function start(overrides: Partial<ServerConfig> = {}): Promise<void> {
  server = await startServer(overrides);
}

async function send(
  path: string,
  { headers = {}, ...init }: RequestInit & { headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(server.url + path, { ...init, headers });
}

const bearer = async (person: string): Promise<{ Authorization: string }> => ({
  Authorization: `Bearer ${await tokenFor(person)}`,
});

describe('a sign-in by cookie', () => {
  const withCookie = async (): Promise<void> => {
    await start({ auth: { ...AUTH, cookie: 'portal' } });
  };
  const cookie = async (): Promise<{ Cookie: string }> => ({ Cookie: `portal=${await tokenFor('ana')}` });
  const OWN = { 'Active-Session-Csrf': '1' };

  test('counts beside the header that no other site can send', async () => {
    await withCookie();
    expect((await send('/me', { headers: { ...(await cookie()), ...OWN } })).status).toBe(200);
    const seen = await send('/me', { headers: { ...(await cookie()), ...OWN, 'Sec-Fetch-Site': 'same-origin' } });
    expect(await seen.json()).toMatchObject({ id: 'ana' });
  });

  test.each([
    ['a form of another site', {}],
    ['a script of another site that guessed the header', { ...OWN, 'Sec-Fetch-Site': 'cross-site' }],
    ['a neighbour on the same domain', { ...OWN, 'Sec-Fetch-Site': 'same-site' }],
    ['a page of another origin', { ...OWN, Origin: 'https://evil.test' }],
  ])('is nothing to %s', async (_, headers) => {
    await withCookie();
    for (const [method, path] of [
      ['GET', '/me'],
      ['GET', '/events'],
      ['POST', '/bookings'],
    ] as const) {
      const answer = await send(path, { method, headers: { ...(await cookie()), ...headers } });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
  });

  test('is not looked at where the server was not told of it', async () => {
    await start();
    expect((await send('/me', { headers: { ...(await cookie()), ...OWN } })).status).toBe(401);
  });
});

describe('what one can ask', () => {
  const few = { burst: 3, perSecond: 1 };
  const many = { burst: 1_000, perSecond: 1_000 };

  test('is limited by person: 429 says when to come back, and others are not held up', async () => {
    await start({ limits: { person: few, address: many, refused: many } });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await server.get('ana', '/me')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await server.get('ana', '/me');
    expect(refused.headers.get('Retry-After')).toBe('1');
    expect(refused.body.type).toBe('urn:active-session:problem:rate-limited');
    expect((await server.get('ben', '/me')).status).toBe(200);
    server.now += 2_000;
    expect((await server.get('ana', '/me')).status).toBe(200);
  });

  test('is limited by address before anybody is known', async () => {
    await start({ limits: { person: many, address: few, refused: many } });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await send('/me')).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
  });

  test('guesses at a sign-in are limited more', async () => {
    await start({ limits: { person: many, address: many, refused: few } });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      statuses.push((await send('/me', { headers: { Authorization: 'Bearer a.b.c' } })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    // Somebody else behind the same address, with a good sign-in, goes on.
    expect((await server.get('ana', '/me')).status).toBe(200);
  });

  test('a sign-in that has merely expired is told so, however many others are guessed at that address', async () => {
    await start({ limits: { person: many, address: many, refused: few } });
    const expired = await tokenFor('ana', { exp: Math.floor(server.now / 1000) - 60 });
    const guess = async (token: string): Promise<number> =>
      (await send('/me', { headers: { Authorization: `Bearer ${token}` } })).status;
    for (let i = 0; i < 5; i += 1) expect(await guess(expired)).toBe(401);
    expect(await guess('a.b.c')).toBe(401);
    for (let i = 0; i < 5; i += 1) await guess('a.b.c');
    expect([await guess('a.b.c'), await guess(expired)]).toEqual([429, 401]);
    // One that was never good here is a guess, expired or not.
    expect(await guess(await tokenFor('ana', { exp: 1, aud: 'elsewhere' }))).toBe(429);
  });

  test('who asks a little more than the rate gets the rate', async () => {
    await start({ limits: { person: { burst: 3, perSecond: 1 }, address: many, refused: many } });
    let passed = 0;
    for (let i = 0; i < 40; i += 1) {
      server.now += 500;
      if ((await server.get('ana', '/me')).status === 200) passed += 1;
    }
    expect(passed).toBeGreaterThanOrEqual(20);
    expect(passed).toBeLessThanOrEqual(23);
  });

  test('the app itself can be asked, where no HTTP server is before it', async () => {
    await start();
    const answer = await server.session.app.request('/me', { headers: await bearer('ana') });
    expect(answer.status).toBe(200);
  });

  test('whether it is ready is looked up once a second at most', async () => {
    await start();
    // What the start looks up is over by then.
    await server.get('ana', '/me');
    const read = vi.spyOn(server.store, 'read');
    const ready = async (): Promise<number> => (await send('/readyz')).status;
    expect(new Set(await Promise.all(Array.from({ length: 20 }, ready)))).toEqual(new Set([200]));
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRejectedValue(new Error('gone'));
    server.now += 1_000;
    expect([await ready(), await ready()]).toEqual([503, 503]);
    expect(read).toHaveBeenCalledTimes(2);
    read.mockRestore();
    server.now += 1_000;
    expect(await ready()).toBe(200);
  });

  test('an address from a header counts only where a proxy is known to have written it', async () => {
    await start({ limits: { person: many, address: few, refused: many }, proxies: 1 });
    const from = async (forwarded: string): Promise<number> =>
      (await send('/me', { headers: { 'X-Forwarded-For': forwarded } })).status;
    for (let i = 0; i < 3; i += 1) expect(await from(`10.0.0.${i}, 203.0.113.7`)).toBe(401);
    expect(await from('10.0.0.9, 203.0.113.7')).toBe(429);
    expect(await from('10.0.0.9, 203.0.113.8')).toBe(401);
  });
});

describe('bad input (I1)', () => {
  const bad: [string, string | Uint8Array<ArrayBuffer>, number][] = [
    ['half of a JSON', '{"reason":', 400],
    ['no JSON', 'reason=late', 400],
    ['null', 'null', 422],
    ['a list', '[]', 422],
    ['a number for a text', '{"reason":7}', 422],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400],
    ['ten thousand levels', `{"reason":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 422],
    ['a NUL', '{"reason":"a\\u0000b"}', 422],
    ['half of a surrogate pair', '{"reason":"\\ud800"}', 422],
    ['more than 64 kB', JSON.stringify({ reason: 'x'.repeat(70_000) }), 413],
  ];
  test.each(bad)('%s is refused with a stable code', async (_, body, status) => {
    await start();
    const { id } = await server.put({ id: 'one', start: server.now + 30 * MINUTE });
    const answer = await send(`/bookings/${id}/cancel`, { method: 'POST', body, headers: await bearer('ana') });
    expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
      status,
      'urn:active-session:problem:invalid',
    ]);
    expect((await server.get('ana', `/bookings/${id}`)).body.status).toBe('scheduled');
  });

  test.each([
    ['a control character', 'a\u0000b'],
    ['a line break', 'a\nb'],
    ['half of a surrogate pair', '\ud800'],
    ['nothing', ''],
  ])('a name of a page with %s is refused, and takes no seat', async (_, holder) => {
    await start();
    const { id } = await server.put({ id: 'one', start: server.now });
    expect((await server.sit('ana', id, { holder })).body.errors).toMatchObject([{ path: 'holder' }]);
    expect((await server.sit('ana', id, { holder: 'Zoë\u2019s \u{1F469}\u200D\u2695\uFE0F' })).status).toBe(200);
  });

  test.each([
    ['of a known length', 'Content-Length: 100\r\n\r\n{"a"'],
    ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n'],
  ])('an upload %s that is broken off is no failure of the server', async (_, rest) => {
    await start();
    const { port, pathname } = new URL(server.url);
    const authorization = `Authorization: Bearer ${await tokenFor('ana')}`;
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`POST ${pathname}/bookings HTTP/1.1\r\nHost: x\r\n${authorization}\r\nIdempotency-Key: a\r\n${rest}`);
    // What was sent before this answer has been taken up.
    await server.get('ana', '/me');
    socket.destroy();
    const isUpload = ({ method }: LogEntry): boolean => method === 'POST';
    await vi.waitFor(() => expect(server.log.filter(isUpload)).toMatchObject([{ level: 'info', status: 400 }]));
    expect(server.log.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('a byte order mark, a key twice and keys of objects are harmless', async () => {
    await start();
    const { id } = await server.put({ id: 'one', start: server.now + 30 * MINUTE });
    const body = '\uFEFF{"reason":"first","reason":"second","__proto__":{"x":1},"constructor":{},"toString":1}';
    const answer = await send(`/bookings/${id}/cancel`, { method: 'POST', body, headers: await bearer('ana') });
    expect(await answer.json()).toMatchObject({ status: 'cancelled', cancelReason: 'second' });
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test('ids that are names of objects are just ids that do not exist (I9)', async () => {
    await start();
    for (const id of [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '%2e%2e',
      '%00',
      "'; drop table notes; --",
    ]) {
      expect([id, (await server.get('ana', `/bookings/${encodeURIComponent(id)}`)).status]).toEqual([id, 404]);
    }
  });

  test('a text of the longest and one longer: kept whole, refused whole (I2)', async () => {
    await start();
    const { id } = await server.put({ id: 'one', start: server.now });
    const longest = '\u{1F600}'.repeat(10_000);
    expect((await server.note('lee', id, longest)).status).toBe(201);
    expect((await server.get('ana', `/bookings/${id}/notes`)).body.items[0]?.content).toBe(longest);
    expect((await server.note('lee', id, `${longest}x`)).body.errors).toMatchObject([{ path: 'content' }]);
    expect((await server.note('lee', id, '')).status).toBe(422);
    expect((await server.note('lee', id, ' \n ')).status).toBe(422);
    expect((await server.note('lee', id, 'x'.repeat(10_000_000))).status).toBe(413);
    expect((await server.get('ana', `/bookings/${id}/notes`)).body.items).toHaveLength(1);
  });

  test('tabs, line breaks of every kind, bidi controls and zero width come back as they were sent (I3, I4)', async () => {
    await start();
    const { id } = await server.put({ id: 'one', start: server.now });
    const text =
      'a\tb\r\nc\nd\re \u202Eevil\u202C \u2066iso\u2069 zero\u200Bwidth e\u0301 \u{1F469}\u200D\u2695\uFE0F \u2028 \uFEFF';
    expect((await server.note('lee', id, text)).status).toBe(201);
    expect((await server.get('ana', `/bookings/${id}/notes`)).body.items[0]?.content).toBe(text);
  });

  test('a method that is not there is 405, and says which are (A9)', async () => {
    await start();
    for (const method of ['DELETE', 'PUT', 'PATCH']) {
      const answer = await send('/bookings/some/notes', { method, headers: await bearer('ana') });
      expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, POST']);
    }
  });
});

describe('pages of other origins', () => {
  const headers = { Origin: 'https://portal.test' };

  test('of the list may read; others are not told that they may', async () => {
    await start({ allowedOrigins: ['https://portal.test'] });
    const listed = await send('/me', { headers: { ...headers, ...(await bearer('ana')) } });
    expect(listed.headers.get('Access-Control-Allow-Origin')).toBe('https://portal.test');
    expect(listed.headers.get('Access-Control-Expose-Headers')).toContain('ETag');
    expect(listed.headers.get('Vary')).toBe('Origin');
    const other = await send('/me', { headers: { Origin: 'https://evil.test', ...(await bearer('ana')) } });
    expect(other.headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect(other.headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
  });

  test('a preflight is answered for them alone, with the headers of the contract', async () => {
    await start({ allowedOrigins: ['https://portal.test'] });
    const ask = (origin: string): Promise<Response> =>
      send('/bookings', { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' } });
    const listed = await ask('https://portal.test');
    expect(listed.headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key');
    expect((await ask('https://evil.test')).headers.get('Access-Control-Allow-Methods')).toBeNull();
  });
});

test('every answer carries the security headers and the time, a refusal too', async () => {
  await start({ publicUrl: 'https://portal.test/api/session/v1' });
  for (const answer of [
    await send('/healthz'),
    await send('/me'),
    await send('/nothing'),
    await send('/openapi.json'),
  ]) {
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'server-time': String(server.now),
    });
  }
});

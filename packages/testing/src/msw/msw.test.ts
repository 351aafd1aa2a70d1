import { createRestBackend, type RestBackend } from '@active-session/adapter-rest';
import { DEFAULT_WINDOW_POLICY, SessionError, type EventMessage } from '@active-session/core';
import { PROBLEM_TYPE, problemSchema } from '@active-session/core/contract';
import { describe, expect, it, vi } from 'vitest';
import { backendContract, type BackendPair } from '../contracts.js';
import type { MemoryBackend } from '../index.js';
import { ENDPOINT, serve } from '../test-support/served.js';

const { signal } = new AbortController();

function reach(person: string): RestBackend {
  return createRestBackend({ endpoint: ENDPOINT, getToken: () => person });
}

interface Asked {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

function ask(person: string | null, path: string, { headers = {}, ...asked }: Asked = {}): Promise<Response> {
  const authorization = person === null ? {} : { Authorization: `Bearer ${person}` };
  return fetch(`${ENDPOINT}${path}`, { ...asked, headers: { ...authorization, ...headers } });
}

function book(backend: MemoryBackend, startsIn: number) {
  return backend.putBooking({ patient: 'ann', provider: 'dr-smith', start: backend.now() + startsIn });
}

describe.each([
  ['automatic', DEFAULT_WINDOW_POLICY],
  ['by the provider', { ...DEFAULT_WINDOW_POLICY, admission: 'provider' }],
] as const)('the handlers keep the contract, over adapter-rest, admission %s', (_, policy) => {
  const setUp = async (): Promise<BackendPair> => {
    const { backend, clock } = serve({ policy, pageSize: 2 });
    let made = 0;
    return {
      patient: reach('ann'),
      provider: reach('dr-smith'),
      stranger: reach('bob'),
      providerId: 'dr-smith',
      otherProvider: { id: 'dr-jones', backend: reach('dr-jones') },
      asGuest: reach,
      now: backend.now,
      makeBooking: async ({ startsIn }) => book(backend, startsIn + (made += 1)),
      pause: () => new Promise((resolve) => setTimeout(resolve, 10)),
      advance: (ms) => clock.advance(ms),
      cutEvents: () => backend.disconnectEvents('ann'),
    };
  };
  for (const { name, run } of backendContract({ setUp })) it(name, run);
});

describe('the wire of the handlers', () => {
  it('tells the time, the newest event and the version of a booking', async () => {
    const { backend } = serve();
    const { id } = book(backend, 0);
    const response = await ask('ann', `/bookings/${String(id)}`);
    expect(Number(response.headers.get('Server-Time'))).toBe(backend.now());
    expect(response.headers.get('Event-Id')).toBe(backend.feed('ann').newest());
    expect(response.headers.get('ETag')).toBe('"1"');
  });

  it.each([
    ['no sign-in', null, 'GET', '/me', {}, 401, 'unauthenticated'],
    ['nobody of here', 'eve', 'GET', '/me', {}, 401, 'unauthenticated'],
    ['no such route', 'ann', 'GET', '/elsewhere', {}, 404, 'not-found'],
    [
      'no key',
      'ann',
      'POST',
      '/bookings',
      { body: '{"provider":"dr-smith","dateTime":"2026-02-01T10:00:00Z","notes":""}' },
      400,
      'invalid',
    ],
    ['no JSON', 'ann', 'POST', '/bookings', { body: '{', headers: { 'Idempotency-Key': 'k' } }, 400, 'invalid'],
    [
      'no version',
      'ann',
      'POST',
      '/bookings/{id}/reschedule',
      { body: '{"dateTime":"2026-02-01T10:00:00Z"}' },
      428,
      'invalid',
    ],
    [
      'another version',
      'ann',
      'POST',
      '/bookings/{id}/reschedule',
      { body: '{"dateTime":"2026-02-01T10:00:00Z"}', headers: { 'If-Match': '"7"' } },
      412,
      'conflict',
    ],
    [
      'no note',
      'dr-smith',
      'POST',
      '/bookings/{id}/notes',
      { body: '{"content":""}', headers: { 'Idempotency-Key': 'k' } },
      422,
      'invalid',
    ],
    ['a late command', 'ann', 'POST', '/bookings/{ended}/cancel', {}, 409, 'session-ended'],
    [
      'a late entrance',
      'ann',
      'POST',
      '/bookings/{ended}/seat',
      { body: '{"holder":"tab","takeOver":false}' },
      403,
      'session-ended',
    ],
  ] as const)('%s is refused as problem details', async (_, person, method, path, init, status, code) => {
    const { backend } = serve();
    const open = String(book(backend, 0).id);
    const ended = String(book(backend, 60_000).id);
    await backend.for('ann').bookings.complete(ended, { signal });
    const response = await ask(person, path.replace('{id}', open).replace('{ended}', ended), { method, ...init });
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    const problem = problemSchema.parse(await response.json());
    expect([response.status, problem.status, problem.type]).toEqual([status, status, `${PROBLEM_TYPE}${code}`]);
    expect(problem.booking?.status).toBe(status === 409 ? 'completed' : status === 412 ? 'scheduled' : undefined);
  });

  it('gives pages as small as they are asked for', async () => {
    const { backend } = serve({ pageSize: 2 });
    for (const startsIn of [1, 2, 3]) book(backend, startsIn);
    const page = (await (await ask('ann', '/bookings?limit=1')).json()) as { items: unknown[]; cursor?: string };
    expect([page.items.length, page.cursor]).toEqual([1, '1']);
  });

  it('is polled where no stream is asked for, and says when something was missed', async () => {
    const { backend } = serve();
    const { id } = book(backend, 0);
    const after = backend.feed('ann').newest();
    await backend.for('dr-smith').bookings.complete(id, { signal });
    const poll = async (from: string): Promise<unknown> =>
      (await ask('ann', `/events?after=${from}`, { headers: { Accept: 'application/json' } })).json();
    expect(await poll(after)).toMatchObject({ events: [{ event: { type: 'booking.changed' } }] });
    backend.disconnectEvents('ann')({ reset: true });
    expect(await poll(after)).toMatchObject({ events: [], reset: true });
  });

  it('a script’s faults reach the page as a network would bring them', async () => {
    const { backend } = serve();
    const ann = reach('ann');
    backend.fail('bookings.active', new SessionError('network', 'cut'));
    await expect(ann.bookings.active({ signal })).rejects.toMatchObject({ code: 'network' });
    backend.fail('bookings.active', new SessionError('rate-limited', 'slow down', { retryAfter: 3_000 }));
    await expect(ann.bookings.active({ signal })).rejects.toMatchObject({ code: 'rate-limited', retryAfter: 3_000 });
    const restore = backend.goOffline('ann');
    await expect(ann.bookings.active({ signal })).rejects.toMatchObject({ code: 'network' });
    restore();
    await expect(ann.bookings.active({ signal })).resolves.toMatchObject({ booking: null });
  });

  it('a stream that was lost for good begins anew', async () => {
    const { backend } = serve();
    const heard: EventMessage[] = [];
    const ended = new AbortController();
    reach('ann').events.subscribe((message) => void heard.push(message), { signal: ended.signal });
    const types = (): string[] =>
      heard.map((message) => (message.type === 'connection' ? message.state : message.type));
    await vi.waitFor(() => expect(types()).toContain('live'), { timeout: 5_000 });
    const restore = backend.disconnectEvents('ann');
    book(backend, 0);
    restore({ reset: true });
    await vi.waitFor(() => expect(types().slice(-2)).toEqual(['reset', 'live']), { timeout: 5_000 });
    ended.abort();
  });

  it('beats, so that a silent cut is noticed', async () => {
    const { clock } = serve();
    const response = await ask('ann', '/events', { headers: { Accept: 'text/event-stream' } });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toContain('event: hello');
    await clock.advance(20_000);
    expect((await reader.read()).value).toContain('event: heartbeat');
    await reader.cancel();
  });
});

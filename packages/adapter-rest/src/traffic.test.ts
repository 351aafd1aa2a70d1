import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { doorAt } from './door.js';
import { createRestBackend } from './rest-backend.js';
import { errorOf } from './test-support/error-of.js';
import { seat } from './test-support/samples.js';
import { createTraffic, type Door, type Knock, type Traffic } from './traffic.js';

/** What a browser was given to send, in order; each is answered by the test, or given up. */
let sent: { readonly name: string; readonly answer: () => void }[];
/** How the next knocks end; `silent` once there are no more. Null: there is no way to knock. */
/** How the next knocks end; `silent` once there are no more. Null: there is no door. */
let knocks: Knock[] | null;
let knocked: number;
let found: number;
let traffic: Traffic;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  knocks = [];
  knocked = 0;
  found = 0;
  const door: Door = (within) => {
    knocked += 1;
    const end = knocks?.shift() ?? 'silent';
    return new Promise((resolve) => {
      setTimeout(resolve, end === 'silent' ? within : 10, end);
    });
  };
  const onFound = (): void => {
    found += 1;
  };
  traffic = createTraffic({ door: () => (knocks === null ? null : door), onFound });
});
afterEach(() => {
  vi.useRealTimers();
});

const HANGS = 1_000;
const KNOCK = 2_500;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** Resolves with how it ended. */
function send(name: string, given = new AbortController()): Promise<string> {
  const request = (): Promise<Response> =>
    new Promise((resolve, reject) => {
      const answer = (): void => {
        resolve(new Response(name));
      };
      sent.push({ name, answer });
      given.signal.addEventListener('abort', () => {
        reject(new DOMException('Given up.', 'AbortError'));
      });
    });
  return traffic.send(request, given.signal).then(
    (response) => response.text(),
    (error: unknown) => (error as Error).name,
  );
}
const names = (): string[] => sent.map(({ name }) => name);

describe('requests', () => {
  test('are all sent at once while none hangs', async () => {
    for (const name of 'abcdefgh') void send(name);
    await pass(HANGS - 1);
    expect(names().join('')).toBe('abcdefgh');
    expect(knocked).toBe(0);
  });

  test('wait while nobody answers, and all go, in order, with the first knock that is heard', async () => {
    void send('a');
    await pass(HANGS);
    for (const name of 'bcd') void send(name);
    await pass(3 * KNOCK - 1);
    expect(names()).toEqual(['a']);
    knocks = ['open'];
    await pass(1 + 10);
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
    expect([knocked, found]).toEqual([4, 1]);
  });

  test('go as soon as one is answered', async () => {
    void send('a');
    await pass(HANGS);
    const late = send('b');
    sent[0]?.answer();
    await pass(0);
    expect(names()).toEqual(['a', 'b']);
    sent[1]?.answer();
    expect(await late).toBe('b');
    await pass(60_000);
    expect([knocked, found]).toEqual([1, 1]);
  });

  test('are not sent where they are given up while they wait', async () => {
    void send('a');
    await pass(HANGS);
    const given = new AbortController();
    const end = send('late', given);
    given.abort();
    expect(await end).toBe('AbortError');
    expect(await send('later', given)).toBe('AbortError');
    sent[0]?.answer();
    await pass(0);
    expect(names()).toEqual(['a']);
  });

  test('go one by one, now and then, where it is the door that does not answer', async () => {
    const given = new AbortController();
    void send('a', given);
    await pass(HANGS);
    given.abort();
    for (const name of 'bc') void send(name);
    await pass(4 * KNOCK - 1);
    expect(names()).toEqual(['a']);
    await pass(1);
    expect(names()).toEqual(['a', 'b']);
    await pass(20 * KNOCK);
    expect(names()).toEqual(['a', 'b']);
    sent[1]?.answer();
    await pass(0);
    expect(names()).toEqual(['a', 'b', 'c']);
  });

  test('hang only when they take much longer than others lately', async () => {
    void send('slow');
    await pass(900);
    sent[0]?.answer();
    await pass(0);
    void send('a');
    await pass(2_699);
    expect(knocked).toBe(0);
    await pass(1);
    expect(knocked).toBe(1);
    sent[1]?.answer();
    for (let quick = 2; quick < 10; quick += 1) {
      void send('quick');
      await pass(10);
      sent[quick]?.answer();
      await pass(0);
    }
    await pass(10_000);
    const before = knocked;
    void send('b');
    await pass(2_000);
    expect(knocked).toBe(before + 1);
  });

  test('go one after the other where there is no door', async () => {
    knocks = null;
    void send('a');
    await pass(HANGS);
    const given = new AbortController();
    for (const name of 'bc') void send(name, given);
    await pass(10_000);
    expect(names()).toEqual(['a']);
    sent[0]?.answer();
    await pass(0);
    expect(names()).toEqual(['a', 'b', 'c']);
  });
});

describe('a backend that does not answer', () => {
  test.each(['open', 'refused'] as const)('but can be reached (%s) is slow, and gets what there is', async (how) => {
    knocks = [how];
    void send('a');
    await pass(HANGS);
    void send('b');
    expect(names()).toEqual(['a']);
    await pass(10);
    expect(names()).toEqual(['a', 'b']);
    expect([knocked, found]).toEqual([1, 0]);
  });

  test('is not knocked at any more once nobody wants anything of it, and again when somebody does', async () => {
    const given = new AbortController();
    void send('a', given);
    await pass(HANGS + KNOCK);
    given.abort();
    await pass(60_000);
    expect(knocked).toBe(1 + 5);
    void send('b');
    await pass(HANGS);
    expect(names()).toEqual(['a', 'b']);
    expect(knocked).toBe(1 + 5 + 1);
  });

  test('is knocked at less often after a minute', async () => {
    void send('a');
    await pass(HANGS + 24 * KNOCK);
    expect(knocked).toBe(25);
    await pass(4 * (KNOCK + 3_000));
    expect(knocked).toBe(29);
  });
});

describe('with a door of the backend', () => {
  class Socket extends EventTarget {
    static last: Socket;
    isClosed = false;
    constructor(readonly url: string) {
      super();
      Socket.last = this;
    }
    close(): void {
      this.isClosed = true;
    }
  }
  const expiresAt = '2099-01-01T00:00:00.000Z';
  const url = 'wss://clinic.example/signalling';
  const ticket = {
    ...{ bookingId: 'b1', seat: 'patient', engine: 'webrtc', peerId: 'p1', parties: [], iceServers: [], expiresAt },
    signalling: { url, token: 'secret', expiresAt },
  };
  const knock = (): Promise<Knock> => doorAt(Socket as unknown as typeof WebSocket, url)(500);

  test.each([
    ['open', 'open'],
    ['error', 'refused'],
  ] as const)('hears %s, and goes', async (event, end) => {
    const answer = knock();
    Socket.last.dispatchEvent(new Event(event));
    expect(await answer).toBe(end);
    expect([Socket.last.url, Socket.last.isClosed]).toEqual([url, true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('requests into a cut wait for it, once a ticket has named it', async () => {
    let isCut = false;
    const asked: string[] = [];
    const backend = createRestBackend({
      endpoint: 'https://clinic.example',
      WebSocket: Socket as unknown as typeof WebSocket,
      fetch: async (input, init) => {
        asked.push(new URL(input instanceof Request ? input.url : input).pathname);
        if (!isCut) return Response.json(asked.at(-1)?.endsWith('/join') ? ticket : { items: [] });
        return new Promise((_, reject) => {
          init?.signal?.addEventListener('abort', () => {
            reject(new DOMException('Given up.', 'AbortError'));
          });
        });
      },
    });
    const { signal } = new AbortController();
    await backend.access.join('b1', seat, { signal });
    isCut = true;
    const first = errorOf(backend.notes.list('b1', undefined, { signal }));
    await pass(HANGS);
    expect(Socket.last.url).toBe(url);
    const next = backend.notes.list('b1', undefined, { signal });
    await pass(3 * KNOCK);
    expect(asked).toHaveLength(2);
    isCut = false;
    Socket.last.dispatchEvent(new Event('open'));
    expect((await next).items).toEqual([]);
    await pass(15_000);
    expect((await first).code).toBe('timeout');
  });

  test('hears nothing, and goes', async () => {
    const answer = knock();
    await pass(500);
    expect(await answer).toBe('silent');
    expect(Socket.last.isClosed).toBe(true);
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { followEvents, type Following } from './test-support/follow-events.js';
import { eventText } from './test-support/scripted-server.js';

/** One stream of a backend that lives in simulated time. */
interface Line {
  readonly say: (type: string, id: string | null, data: unknown) => void;
  readonly cut: () => void;
}

/** When (ms) the backend was asked for a stream, and for what has happened since. */
let streams: number[];
let polls: number[];
let line: Line;
/** Nothing that is sent is answered. */
let isAway: boolean;
let following: Following;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  streams = [];
  polls = [];
  isAway = false;
});
afterEach(() => {
  following.stop();
  vi.useRealTimers();
});

/** The slowest that the spread of reconnects may be. */
const slowest = (): number => 1 - Number.EPSILON;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function followWith(answerStream: (signal: AbortSignal) => Response, random = slowest): Promise<void> {
  const start = performance.now();
  following = followEvents({
    url: 'http://clinic.example',
    after: '1',
    random,
    fetch: async (_, { headers, signal } = {}) => {
      const isStream = new Headers(headers).get('Accept') === 'text/event-stream';
      (isStream ? streams : polls).push(performance.now() - start);
      if (isAway) return endOf(signal);
      if (isStream && signal) return answerStream(signal);
      return Response.json({ events: [], cursor: '1' });
    },
  });
  await pass(0);
}

/** A stream that says nothing by itself. */
function open(signal: AbortSignal): Response {
  const text = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      line = {
        say: (...event) => {
          controller.enqueue(text.encode(eventText(...event)));
        },
        cut: () => {
          controller.error(new TypeError('terminated'));
        },
      };
      signal.addEventListener('abort', () => {
        controller.error(signal.reason);
      });
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
}

function endOf(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(new DOMException('Aborted', 'AbortError'));
    });
  });
}

function greeting(signal: AbortSignal): Response {
  const response = open(signal);
  line.say('hello', '1', { every: 2_000 });
  return response;
}

function refusing(status: number, headers: Record<string, string> = {}): () => Response {
  return () => new Response(null, { status, headers });
}

describe('a stream that has died without a word', () => {
  test('is noticed within 5 seconds in a session, and asked for anew', async () => {
    await followWith(greeting);
    await pass(2_000);
    line.say('heartbeat', null, { every: 2_000 });
    await pass(4_400);
    expect(following.states()).toEqual(['live']);
    await pass(600);
    expect(following.states()).toEqual(['live', 'connecting', 'live']);
    expect(streams).toHaveLength(2);
  });

  test('is noticed so from the moment on at which the session begins', async () => {
    await followWith(open);
    line.say('hello', '1', { every: 20_000 });
    await pass(40_000);
    line.say('heartbeat', null, { every: 2_000 });
    await pass(5_000);
    expect(following.states()).toEqual(['live', 'connecting']);
  });

  test('is left alone for as long as a heartbeat may take outside of a session', async () => {
    await followWith(open);
    line.say('hello', '1', { every: 20_000 });
    await pass(44_900);
    expect(following.states()).toEqual(['live']);
    await pass(200);
    expect(following.states()).toEqual(['live', 'connecting']);
  });

  test('is noticed too where the backend says that it beats once in a thousand years', async () => {
    await followWith(open);
    line.say('hello', '1', { every: 3e13 });
    await pass(60_000);
    expect(following.states()).toEqual(['live']);
    await pass(75_500);
    expect(following.states()).toEqual(['live', 'connecting']);
  });

  test('is not one whose heartbeats come late', async () => {
    await followWith(greeting);
    for (let beat = 0; beat < 20; beat += 1) {
      await pass(4_400);
      line.say('heartbeat', null, { every: 2_000 });
    }
    expect(following.states()).toEqual(['live']);
    expect(streams).toHaveLength(1);
  });
});

describe('a stream that was cut', () => {
  test('is there again within half a second', async () => {
    await followWith(greeting);
    await pass(1_000);
    line.cut();
    await pass(500);
    expect(following.states()).toEqual(['live', 'connecting', 'live']);
  });

  test('at once, each time, is asked for after growing waits; one that held is quick again', async () => {
    let holds = false;
    await followWith((signal) => {
      const response = greeting(signal);
      const { say, cut } = line;
      if (!holds) setTimeout(cut, 10);
      else setTimeout(say, 2_000, 'heartbeat', null, { every: 20_000 });
      return response;
    });
    await pass(60_000);
    expect(streams.length).toBeLessThan(15);
    holds = true;
    await pass(20_000);
    const before = streams.length;
    line.cut();
    await pass(500);
    expect(streams).toHaveLength(before + 1);
  });
});

test.each([3, 10, 17, 25, 31, 38, 45])('after %d seconds of silence the stream is there in 6', async (seconds) => {
  await followWith(greeting);
  isAway = true;
  await pass(seconds * 1_000);
  isAway = false;
  const before = following.states().length;
  await pass(6_000);
  expect(following.states().slice(before)).toContain('live');
});

test('a page that comes back waits for nothing', async () => {
  await followWith((signal) => {
    const response = greeting(signal);
    setTimeout(line.cut, 10);
    return response;
  });
  await pass(20_000);
  const before = streams.length;
  following.port.wake?.();
  await pass(1);
  expect(streams).toHaveLength(before + 1);
});

describe('a stream that is held back', () => {
  test('is polled for after 5 seconds, and tried again after a minute, then after two', async () => {
    await followWith(open);
    await pass(4_900);
    expect(polls).toEqual([]);
    await pass(200);
    expect(polls).toEqual([5_000]);
    expect(following.states()).toEqual(['polling']);
    await pass(200_000);
    expect(streams).toEqual([0, 63_000, 186_000]);
    // Every two seconds, but for the 5 that a stream is given.
    expect(polls.slice(0, 3)).toEqual([5_000, 7_000, 9_000]);
    expect(polls.slice(29, 31)).toEqual([63_000, 68_000]);
  });
});

describe('a server that asks for time', () => {
  test.each([
    ['7', 7_000],
    ['3600', 60_000],
  ])('gets it (Retry-After: %s)', async (header, wait) => {
    await followWith(refusing(503, { 'Retry-After': header }));
    await pass(wait * 2 + 10);
    expect(streams).toEqual([0, wait, wait * 2]);
  });

  test('gets some where it says nothing', async () => {
    await followWith(refusing(503), () => 0);
    await pass(20_000);
    expect(streams).toEqual([0, 200, 600, 1_400, 3_000, 6_200, 10_200, 14_200, 18_200]);
  });

  test('is asked once a minute where no try will help by itself', async () => {
    await followWith(refusing(403));
    await pass(180_010);
    expect(streams).toEqual([0, 60_000, 120_000, 180_000]);
  });
});

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { followEvents } from './test-support/follow-events.js';
import { noteAdded } from './test-support/samples.js';
import { answer, eventText, startEvents, startScriptedServer, type Seen } from './test-support/scripted-server.js';

/** So many events happen while the network does its worst. */
const EVENTS = 150;
const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
/** Every wait of the adapter is as long as in life, and time runs so many times as fast. */
const FASTER = 100;

beforeAll(() => {
  const { setTimeout } = globalThis;
  vi.stubGlobal('setTimeout', (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
    setTimeout(callback, ms / FASTER, ...args),
  );
});
afterAll(() => {
  vi.unstubAllGlobals();
});

/** mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** Characters of more than one byte, so that a cut can go through one. */
const content = (id: number): string => `n${id} – Größe 1.80 m 👍`;
const event = (id: number): unknown => noteAdded(content(id));
const idsFrom = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

/** A server that has all events, and a network that breaks what it sends wherever it likes. */
function hostile(random: (below: number) => number): (request: Seen, response: ServerResponse) => Promise<void> {
  let happened = 0;
  /** Behind `after`, and now and then once more what was told before. */
  const behind = (after: number): number[] => idsFrom(Math.max(1, after + 1 - random(4)), happened);

  const breakOff = async (response: ServerResponse, bytes: Buffer, length: number): Promise<void> => {
    for (let at = 0; at < length && !response.destroyed;) {
      const next = Math.min(length, at + 1 + random(400));
      if (!response.write(bytes.subarray(at, next)))
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
      at = next;
      await new Promise(setImmediate);
    }
  };

  const stream = async (after: number, response: ServerResponse): Promise<void> => {
    const fate = random(8);
    if (fate === 0) answer(response, 503, {});
    else if (fate === 1) response.destroy();
    else startEvents(response);
    if (fate < 2) return;
    response.flushHeaders();
    if (fate === 2) return;
    const greeting = eventText('hello', String(happened), { every: 1_000 });
    const replay = behind(after).map((id) => eventText('note.added', String(id), event(id)));
    const before = happened;
    happened = Math.min(EVENTS, happened + random(6));
    const live = idsFrom(before + 1, happened).map((id) => eventText('note.added', String(id), event(id)));
    const bytes = Buffer.from([...replay, greeting, ...live].join(''));
    await breakOff(response, bytes, fate < 6 ? random(bytes.length) : bytes.length);
    // Or it stays open and nothing comes any more.
    if (fate < 6) response.destroy();
    else if (fate === 6) response.end();
  };

  const poll = async (after: number, response: ServerResponse): Promise<void> => {
    const fate = random(4);
    const events = behind(after)
      .slice(0, 5)
      .map((id) => ({ id: String(id), event: event(id) }));
    const cursor = String(Math.max(after, Number(events.at(-1)?.id ?? 0)));
    const bytes = Buffer.from(JSON.stringify({ events, cursor }));
    if (fate === 0) {
      answer(response, 502, {});
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': String(bytes.length) });
    await breakOff(response, bytes, fate === 1 ? random(bytes.length) : bytes.length);
    if (fate === 1) response.destroy();
    else response.end();
  };

  return (request, response) => {
    happened = Math.min(EVENTS, happened + random(6));
    const { headers, query } = request;
    return headers.accept === 'text/event-stream'
      ? stream(Number(headers['last-event-id']), response)
      : poll(Number(query['after']), response);
  };
}

test.concurrent.each(SEEDS)(
  'however a network breaks the stream, each event is told once and in order (seed %d)',
  async (seed) => {
    const server = await startScriptedServer();
    server.on('GET /events', hostile(randomFrom(seed)));
    const { until, notes, states, stop } = followEvents({ url: server.url, after: '0' });
    await until(() => notes().length >= EVENTS);
    stop();
    await server.stop();
    expect(notes()).toEqual(idsFrom(1, EVENTS).map(content));
    expect(states()).not.toContain('reset');
    // It was no easy way.
    expect(server.seen.length).toBeGreaterThan(15);
  },
);

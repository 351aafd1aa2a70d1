import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SignallingChannel } from '@active-session/core';
import { createSignalling } from './signalling.js';

const grant = { url: 'wss://clinic.example/signalling', token: 'secret', expiresAt: '2026-01-08T10:00:00.000Z' };

/** A socket whose other end is the test. */
class TestSocket extends EventTarget {
  static last: TestSocket;
  readonly url: string;
  readonly sent: unknown[] = [];
  isClosed = false;
  /** Whether the other end answers pings. */
  answers = true;

  constructor(url: string) {
    super();
    this.url = url;
    TestSocket.last = this;
  }
  send(text: string): void {
    const message = JSON.parse(text) as { type: string };
    this.sent.push(message);
    if (message.type === 'ping' && this.answers) queueMicrotask(() => this.say({ type: 'pong' }));
  }
  say(message: object): void {
    if (!this.isClosed) this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
  close(): void {
    this.isClosed = true;
  }
  pings(): number {
    return this.sent.filter((message) => (message as { type: string }).type === 'ping').length;
  }
}

let socket: TestSocket;
let channel: SignallingChannel;
let heard: unknown[];

async function open({ answers }: { answers: boolean }): Promise<void> {
  const signalling = createSignalling(TestSocket as unknown as typeof WebSocket);
  const opening = signalling.open(grant, { signal: new AbortController().signal });
  socket = TestSocket.last;
  socket.answers = answers;
  socket.dispatchEvent(new Event('open'));
  socket.say({ type: 'ready' });
  channel = await opening;
  heard = [];
  channel.subscribe((message) => void heard.push(message));
}

const later = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** The page sleeps: its clock goes on, none of its timers runs, and nothing that arrives is read. */
async function sleep(ms: number): Promise<void> {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + ms);
  await vi.advanceTimersToNextTimerAsync();
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('the grant goes in the first frame, and no address', async () => {
  await open({ answers: true });
  expect([socket.url, socket.sent[0]]).toEqual([grant.url, { type: 'hello', token: 'secret' }]);
});

test('a channel that carries is asked every 2 s, stays open, and says nothing of it', async () => {
  await open({ answers: true });
  const before = socket.pings();
  await later(60_000);
  expect(socket.pings() - before).toBe(30);
  expect([socket.isClosed, heard]).toEqual([false, []]);
});

test('one that falls silent closes after 5 s, and not sooner', async () => {
  await open({ answers: true });
  await later(1);
  socket.answers = false;
  await later(4_900);
  expect(socket.isClosed).toBe(false);
  await later(200);
  expect([socket.isClosed, heard]).toEqual([true, [{ type: 'closed' }]]);
  const pings = socket.pings();
  await later(60_000);
  expect(socket.pings()).toBe(pings);
});

test('what the other side says is an answer too', async () => {
  await open({ answers: true });
  await later(1);
  socket.answers = false;
  for (let second = 0; second < 30; second += 1) {
    await later(1_000);
    socket.say({ seat: 'provider', type: 'candidate', payload: second });
  }
  expect([socket.isClosed, heard.length]).toEqual([false, 30]);
});

test('a backend that has never answered a ping is not judged, also when it is asked for', async () => {
  await open({ answers: false });
  await later(60_000);
  channel.check?.();
  await later(60_000);
  expect(socket.isClosed).toBe(false);
  socket.say({ seat: 'provider', type: 'offer', payload: null });
  await later(60_000);
  expect([socket.isClosed, heard.length]).toEqual([false, 1]);
});

test('who asks knows within 1.5 s', async () => {
  await open({ answers: true });
  await later(1_000);
  socket.answers = false;
  channel.check?.();
  await later(1_000);
  channel.check?.();
  expect(socket.isClosed).toBe(false);
  await later(500);
  expect(socket.isClosed).toBe(true);
});

test('a channel that carries outlives being asked, however often', async () => {
  await open({ answers: true });
  for (let round = 0; round < 20; round += 1) {
    channel.check?.();
    await later(300);
  }
  expect(socket.isClosed).toBe(false);
});

test('a page that slept asks anew before it gives a channel up', async () => {
  await open({ answers: true });
  await later(1);
  socket.answers = false;
  await later(4_500);
  // The next timer is the one that would give it up.
  await sleep(60_000);
  expect(socket.isClosed).toBe(false);
  socket.answers = true;
  await later(2_100);
  await later(30_000);
  expect(socket.isClosed).toBe(false);
});

test('and gives it up where nobody answers then', async () => {
  await open({ answers: true });
  await later(1);
  socket.answers = false;
  await later(4_500);
  await sleep(60_000);
  await later(6_000);
  expect(socket.isClosed).toBe(true);
});

test('nothing goes on after it was closed', async () => {
  await open({ answers: true });
  channel.close();
  const pings = socket.pings();
  channel.check?.();
  await later(60_000);
  expect([socket.pings(), heard]).toEqual([pings, [{ type: 'closed' }]]);
});

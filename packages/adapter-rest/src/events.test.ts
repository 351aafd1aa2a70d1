import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventMessage } from '@active-session/core';
import { createEvents, type Events } from './events.js';
import { createHttp } from './http.js';
import {
  answer,
  sendEvent,
  startEvents,
  startScriptedServer,
  type ScriptedServer,
} from './test-support/scripted-server.js';
import { createTokenSource } from './tokens.js';

let server: ScriptedServer;
let stop: AbortController;
let events: Events;
let heard: EventMessage[];
let onHeard: () => void;

beforeEach(async () => {
  server = await startScriptedServer();
  stop = new AbortController();
  heard = [];
  onHeard = () => undefined;
  const http = createHttp({
    endpoint: server.url,
    tokens: createTokenSource(undefined),
    fetch,
    monotonic: () => performance.now(),
    onSample: () => undefined,
    onEventId: () => undefined,
  });
  events = createEvents(http, () => 0, { startWithin: 20, greetingWithin: 300, pollEvery: 10 });
});
afterEach(async () => {
  stop.abort();
  await server.close();
});

function subscribe(): void {
  events.port.subscribe(
    (message) => {
      heard.push(message);
      onHeard();
    },
    { signal: stop.signal },
  );
}

function until(done: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    onHeard = () => {
      if (done()) resolve();
    };
    onHeard();
  });
}

const note = (id: string) => ({
  type: 'note.added' as const,
  bookingId: 'b1',
  note: { id, providerName: 'Dr. Smith', timestamp: '2026-01-07T10:30:00.000Z', content: id },
});
const ids = (): string[] =>
  heard.flatMap((message) =>
    message.type === 'event' && message.event.type === 'note.added' ? [message.event.note.content] : [],
  );

test('after a cut the stream goes on behind the last id: nothing missed, nothing twice', async () => {
  const asked: (string | undefined)[] = [];
  server.on('GET /events', ({ headers }, response) => {
    const lastId = headers['last-event-id'] as string | undefined;
    asked.push(lastId);
    startEvents(response);
    sendEvent(response, 'hello', lastId ?? '10', { every: 20_000 });
    for (let id = Number(lastId ?? 10) + 1; id <= Number(lastId ?? 10) + 2; id += 1) {
      sendEvent(response, 'note.added', String(id), note(`n${String(id)}`));
    }
    if (asked.length < 3) response.end();
  });
  events.startAfter('10');
  subscribe();
  await until(() => ids().length === 6);
  expect(ids()).toEqual(['n11', 'n12', 'n13', 'n14', 'n15', 'n16']);
  expect(asked).toEqual(['10', '12', '14']);
});

test('a stream that starts without an id says that something may have been missed', async () => {
  server.on('GET /events', (_, response) => {
    startEvents(response);
    sendEvent(response, 'hello', '7', { every: 20_000 });
  });
  subscribe();
  await until(() => heard.some((message) => message.type === 'connection' && message.state === 'live'));
  expect(heard.map(({ type }) => type)).toEqual(['reset', 'connection']);
});

test('a half-open stream is noticed by its missing heartbeat, and opened anew', async () => {
  let connections = 0;
  server.on('GET /events', (_, response) => {
    connections += 1;
    startEvents(response);
    sendEvent(response, 'hello', '1', { every: 20 });
    if (connections === 2) sendEvent(response, 'note.added', '2', note('after'));
  });
  events.startAfter('1');
  subscribe();
  await until(() => ids().includes('after'));
  expect(connections).toBe(2);
});

test('where nothing comes through a stream, it polls', async () => {
  server.on('GET /events', ({ url = '', headers }, response) => {
    if (headers.accept === 'text/event-stream') {
      startEvents(response);
      response.flushHeaders();
      return;
    }
    const after = new URL(url, server.url).searchParams.get('after');
    const body =
      after === '1' ? { events: [{ id: '2', event: note('polled') }], cursor: '2' } : { events: [], cursor: after };
    answer(response, 200, body);
  });
  events.startAfter('1');
  subscribe();
  await until(() => ids().includes('polled'));
  await until(() => heard.at(-1)?.type === 'connection');
  expect(heard.at(-1)).toEqual({ type: 'connection', state: 'polling' });
  expect(ids()).toEqual(['polled']);
});

test('a newer backend’s event is passed over; a known one that can’t be read asks for everything anew', async () => {
  server.on('GET /events', (_, response) => {
    startEvents(response);
    sendEvent(response, 'hello', '1', { every: 20_000 });
    sendEvent(response, 'party.hat', '2', { type: 'party.hat' });
    sendEvent(response, 'note.added', '3', { type: 'note.added', bookingId: 'b1', note: { content: 7 } });
    sendEvent(response, 'note.added', '4', note('fine'));
  });
  events.startAfter('1');
  subscribe();
  await until(() => ids().includes('fine'));
  expect(heard.map(({ type }) => type)).toEqual(['connection', 'reset', 'event']);
});

test('a server that is away is said to be so, and found again', async () => {
  let connections = 0;
  server.on('GET /events', (_, response) => {
    connections += 1;
    if (connections < 3) {
      answer(response, 503, {});
      return;
    }
    startEvents(response);
    sendEvent(response, 'hello', '1', { every: 20_000 });
  });
  events.startAfter('1');
  subscribe();
  await until(() => heard.some((message) => message.type === 'connection' && message.state === 'live'));
  expect(heard.map((message) => (message.type === 'connection' ? message.state : message.type))).toEqual([
    'down',
    'down',
    'live',
  ]);
});

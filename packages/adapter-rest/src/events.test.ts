import type { EventMessage } from '@active-session/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deferred } from './test-support/deferred.js';
import { followEvents, SOON, type Following, type FollowingOptions } from './test-support/follow-events.js';
import { noteAdded } from './test-support/samples.js';
import {
  answer,
  sendEvent,
  startEvents,
  startScriptedServer,
  type ScriptedServer,
} from './test-support/scripted-server.js';

let server: ScriptedServer;
let following: Following | undefined;

beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  following?.stop();
  following = undefined;
  await server.stop();
});

function follow(options: Partial<FollowingOptions> = {}): Following {
  following = followEvents({ url: server.url, timing: SOON, ...options });
  return following;
}

const HELLO = { every: 20_000 };
const idsAsked = (): unknown[] => server.seen.map(({ headers }) => headers['last-event-id']);

describe('a stream', () => {
  test('goes on behind the last id after a cut: nothing missed, nothing twice', async () => {
    server.on('GET /events', ({ headers }, response) => {
      const after = Number(headers['last-event-id']);
      startEvents(response);
      sendEvent(response, 'hello', String(after), HELLO);
      for (const id of [after + 1, after + 2]) sendEvent(response, 'note.added', String(id), noteAdded(`n${id}`));
      if (server.seen.length < 3) response.end();
    });
    const { until, notes } = follow({ after: '10' });
    await until(() => notes().length === 6);
    expect(notes()).toEqual(['n11', 'n12', 'n13', 'n14', 'n15', 'n16']);
    expect(idsAsked()).toEqual(['10', '12', '14']);
  });

  test('that starts without an id says that something may have been missed', async () => {
    server.on('GET /events', (_, response) => {
      startEvents(response);
      sendEvent(response, 'hello', '7', HELLO);
    });
    const { untilState, states } = follow();
    await untilState('live');
    expect(states()).toEqual(['reset', 'live']);
  });

  test('that started before the first reading was done says so too: what fell between is in nobody’s hands', async () => {
    const asked = deferred();
    const read = deferred();
    server.on('GET /events', async (_, response) => {
      asked.resolve();
      await read.promise;
      startEvents(response);
      sendEvent(response, 'hello', '9', HELLO);
    });
    const { untilState, states, startAfter } = follow();
    await asked.promise;
    startAfter('7');
    read.resolve();
    await untilState('live');
    expect(states()).toEqual(['reset', 'live']);
  });

  test('that sends an event again, or later than it should, tells it once', async () => {
    server.on('GET /events', (_, response) => {
      startEvents(response);
      sendEvent(response, 'hello', '1', HELLO);
      for (const id of ['2', '4', '3', '3', '2', '4', '5']) sendEvent(response, 'note.added', id, noteAdded(id));
      if (server.seen.length === 1) response.end();
      else sendEvent(response, 'note.added', '6', noteAdded('6'));
    });
    const { until, notes } = follow({ after: '1' });
    await until(() => notes().includes('6'));
    expect(notes()).toEqual(['2', '4', '3', '5', '6']);
    expect(idsAsked()).toEqual(['1', '5']);
  });

  test('whose id the backend does not know any more starts anew, and says so', async () => {
    server.on('GET /events', ({ headers }, response) => {
      startEvents(response);
      const isFirst = headers['last-event-id'] === 'other-99';
      if (isFirst) sendEvent(response, 'reset', 'this-3', {});
      sendEvent(response, 'hello', isFirst ? 'this-3' : 'this-4', HELLO);
      sendEvent(response, 'note.added', isFirst ? 'this-4' : 'this-5', noteAdded(isFirst ? 'four' : 'five'));
      if (isFirst) response.end();
    });
    const { until, notes, states } = follow({ after: 'other-99' });
    await until(() => notes().includes('five'));
    expect(states()).toEqual(['reset', 'live', 'connecting', 'live']);
    expect(notes()).toEqual(['four', 'five']);
    expect(idsAsked()).toEqual(['other-99', 'this-4']);
  });

  test.each([
    ['in the words of the contract', 422, { type: 'urn:active-session:problem:invalid' }],
    ['in others', 400, { error: 'bad id' }],
  ])('whose id is refused %s starts anew, and says so', async (_, status, problem) => {
    server.on('GET /events', ({ headers }, response) => {
      if (headers['last-event-id'] !== undefined) {
        answer(response, status, problem);
        return;
      }
      startEvents(response);
      sendEvent(response, 'hello', '3', HELLO);
    });
    const { untilState, states } = follow({ after: 'garbage' });
    await untilState('live');
    expect(states()).toEqual(['reset', 'live']);
  });

  test('of a backend that was restored from a copy gives old ids to new events, and they are told', async () => {
    server.on('GET /events', (_, response) => {
      startEvents(response);
      if (server.seen.length > 1) sendEvent(response, 'reset', '1', {});
      sendEvent(response, 'hello', '1', HELLO);
      sendEvent(response, 'note.added', '2', noteAdded(server.seen.length > 1 ? 'after' : 'before'));
      if (server.seen.length === 1) response.end();
    });
    const { until, notes } = follow({ after: '1' });
    await until(() => notes().length === 2);
    expect(notes()).toEqual(['before', 'after']);
  });

  test('whose id no header can carry starts without one, and says so', async () => {
    server.on('GET /events', (_, response) => {
      startEvents(response);
      sendEvent(response, 'hello', '№1', HELLO);
      if (server.seen.length === 1) response.end();
    });
    const { until, states } = follow({ after: '1' });
    await until(() => states().length === 4);
    expect(states()).toEqual(['live', 'connecting', 'reset', 'live']);
  });

  test('that is half-open is noticed by its missing heartbeat, and opened anew', async () => {
    server.on('GET /events', (_, response) => {
      startEvents(response);
      sendEvent(response, 'hello', '1', { every: 20 });
      if (server.seen.length === 2) sendEvent(response, 'note.added', '2', noteAdded('after'));
    });
    const { until, notes } = follow({ after: '1' });
    await until(() => notes().includes('after'));
    expect(server.seen).toHaveLength(2);
  });

  test('passes over a newer backend’s event; a known one that can’t be read asks for everything anew', async () => {
    server.on('GET /events', (_, response) => {
      startEvents(response);
      sendEvent(response, 'hello', '1', HELLO);
      sendEvent(response, 'party.hat', '2', { type: 'party.hat' });
      sendEvent(response, 'note.added', '3', { type: 'note.added', bookingId: 'b1', note: { content: 7 } });
      response.write('event: note.added\nid: 4\ndata: {"type":"note.ad\n\n');
      sendEvent(response, 'note.added', '5', noteAdded('fine'));
    });
    const { until, notes, heard } = follow({ after: '1' });
    await until(() => notes().includes('fine'));
    expect(heard.map(({ type }) => type)).toEqual(['connection', 'reset', 'reset', 'event']);
  });

  test('tells every listener everything', async () => {
    server.on('GET /events', (_, response) => {
      startEvents(response);
      sendEvent(response, 'hello', '1', HELLO);
      sendEvent(response, 'note.added', '2', noteAdded('both'));
    });
    const { port, until, notes } = follow({ after: '1' });
    const other: EventMessage[] = [];
    const stop = new AbortController();
    const heardByOther = new Promise<void>((resolve) => {
      const listener = (message: EventMessage): void => {
        other.push(message);
        if (message.type === 'event') resolve();
      };
      port.subscribe(listener, { signal: stop.signal });
    });
    await Promise.all([until(() => notes().length === 1), heardByOther]);
    stop.abort();
    expect(other.filter(({ type }) => type === 'event')).toHaveLength(1);
  });
});

describe('a server', () => {
  test('that is away is said to be so, and found again', async () => {
    server.on('GET /events', (_, response) => {
      if (server.seen.length < 3) {
        answer(response, 503, {});
        return;
      }
      startEvents(response);
      sendEvent(response, 'hello', '1', HELLO);
    });
    const { untilState, states } = follow({ after: '1' });
    await untilState('live');
    expect(states()).toEqual(['down', 'down', 'live']);
  });

  test('that restarts in the middle is found again, and nothing is missed or told twice', async () => {
    server.on('GET /events', ({ headers }, response) => {
      startEvents(response);
      for (let id = Number(headers['last-event-id']) + 1; id <= server.seen.length + 1; id += 1) {
        sendEvent(response, 'note.added', String(id), noteAdded(`n${id}`));
      }
      sendEvent(response, 'hello', null, HELLO);
    });
    const { until, untilState, notes } = follow({ after: '1' });
    await until(() => notes().includes('n2'));
    await server.stop();
    await untilState('down');
    await server.start();
    await until(() => notes().includes('n3'));
    expect(notes()).toEqual(['n2', 'n3']);
  });

  test('behind a captive portal is away, and comes back', async () => {
    server.on('GET /events', (_, response) => {
      if (server.seen.length === 1) {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Sign in to the Wi-Fi</html>');
        return;
      }
      startEvents(response);
      sendEvent(response, 'hello', '1', HELLO);
    });
    const { untilState, heard } = follow({ after: '1' });
    await untilState('live');
    expect(heard[0]).toMatchObject({ type: 'connection', state: 'down', error: { code: 'network' } });
  });
});

describe('when the page comes back', () => {
  test('what has not begun is given up and tried anew at once', async () => {
    server.on('GET /events', (_, response) => {
      if (server.seen.length === 1) return;
      startEvents(response);
      sendEvent(response, 'hello', '1', HELLO);
    });
    const { port, untilState } = follow({ after: '1', timing: { ...SOON, greetingWithin: 60_000 } });
    await server.next('GET /events');
    port.wake?.();
    await untilState('live');
    expect(server.seen).toHaveLength(2);
  });

  test('a stream that says nothing any more is opened anew, long before its heartbeat is missed', async () => {
    server.on('GET /events', (_, response) => {
      startEvents(response);
      sendEvent(response, 'hello', '1', HELLO);
    });
    const { port, until, untilState, states } = follow({ after: '1', timing: { ...SOON, greetingWithin: 50 } });
    await untilState('live');
    port.wake?.();
    await until(() => states().length === 3);
    expect(states()).toEqual(['live', 'connecting', 'live']);
  });

  test('a wait for the next try is over', async () => {
    server.on('GET /events', (_, response) => {
      if (server.seen.length === 1) {
        answer(response, 503, {}, { 'Retry-After': '60' });
        return;
      }
      startEvents(response);
      sendEvent(response, 'hello', '1', HELLO);
    });
    const { port, untilState } = follow({ after: '1' });
    await untilState('down');
    port.wake?.();
    await untilState('live');
    expect(server.seen).toHaveLength(2);
  });
});

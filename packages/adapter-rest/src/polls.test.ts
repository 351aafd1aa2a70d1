import type { EventMessage } from '@active-session/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRestBackend } from './rest-backend.js';
import { followEvents, SOON, type Following, type FollowingOptions } from './test-support/follow-events.js';
import { me, noteAdded } from './test-support/samples.js';
import {
  answer,
  sendEvent,
  startEvents,
  startScriptedServer,
  type Handler,
  type ScriptedServer,
  type Seen,
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
const isStream = ({ headers }: Seen): boolean => headers.accept === 'text/event-stream';
const bare404: Handler = (_, response) => {
  response.writeHead(404, { 'Content-Type': 'text/html' }).end('Cannot GET /events');
};

describe('where no stream passes', () => {
  const answerPoll = (request: Seen): unknown => {
    const after = Number(request.query['after']);
    const events = [after + 1].map((id) => ({ id: String(id), event: noteAdded(`n${id}`) }));
    return { events, cursor: String(after + 1) };
  };
  const holdsBack: [string, Handler][] = [
    [
      'a proxy holds its events back',
      (_, response) => {
        startEvents(response);
        response.flushHeaders();
      },
    ],
    ['a proxy holds everything back', () => undefined],
    [
      'the server can’t stream',
      (_, response) => {
        answer(response, 501, { type: 'urn:active-session:problem:not-supported' });
      },
    ],
    [
      'the server knows only JSON',
      (_, response) => {
        answer(response, 406, {});
      },
    ],
    [
      'the server answers as it would a poll',
      (request, response) => {
        answer(response, 200, answerPoll(request));
      },
    ],
  ];
  test.each(holdsBack)('because %s, it polls by itself', async (_, streaming) => {
    server.on('GET /events', (request, response) => {
      if (isStream(request)) return streaming(request, response);
      answer(response, 200, answerPoll(request));
      return undefined;
    });
    const { until, notes, states } = follow({ after: '1' });
    await until(() => notes().length === 3);
    expect(notes()).toEqual(['n2', 'n3', 'n4']);
    expect(states()).toEqual(['polling']);
  });

  test('it comes back to a stream that passes later, and nothing is missed or told twice', async () => {
    let polls = 0;
    server.on('GET /events', (request, response) => {
      if (!isStream(request)) {
        polls += 1;
        answer(response, 200, answerPoll(request));
        return;
      }
      startEvents(response);
      response.flushHeaders();
      if (polls === 0) return;
      const last = Number(request.headers['last-event-id']);
      sendEvent(response, 'note.added', String(last), noteAdded(`n${last}`));
      sendEvent(response, 'note.added', String(last + 1), noteAdded(`n${last + 1}`));
      sendEvent(response, 'hello', null, HELLO);
    });
    const { untilState, notes, states } = follow({ after: '1' });
    await untilState('live');
    expect(states()).toEqual(['polling', 'live']);
    expect(notes()).toEqual(Array.from({ length: polls + 1 }, (_, index) => `n${index + 2}`));
  });

  test('a poll that says reset is passed on, and one without an id too', async () => {
    server.on('GET /events', (request, response) => {
      const { after } = request.query;
      if (isStream(request)) answer(response, 406, {});
      else if (after === undefined) answer(response, 200, { events: [], cursor: '5' });
      else if (after === '5') answer(response, 200, { events: [], cursor: '9', reset: true });
      else answer(response, 200, answerPoll(request));
    });
    const { until, notes, states } = follow();
    await until(() => notes().length > 0);
    expect(states()).toEqual(['reset', 'polling', 'reset']);
    expect(notes()[0]).toBe('n10');
  });

  test.each([
    ['a list', []],
    ['no cursor', { events: [] }],
    ['no ids', { events: [{ event: noteAdded('x') }], cursor: '2' }],
    ['null', null],
  ])('an answer that is none (%s) is no news', async (_, body) => {
    server.on('GET /events', (request, response) => {
      answer(response, isStream(request) ? 406 : 200, isStream(request) ? {} : body);
    });
    const { untilState, heard } = follow({ after: '1' });
    await untilState('down');
    expect(heard).toMatchObject([{ type: 'connection', state: 'down', error: { code: 'malformed' } }]);
  });
});

describe('where there are no events', () => {
  test.each([404, 405, 501])('it says so once and stops asking (%d)', async (status) => {
    server.on('GET /events', (_, response) => {
      response.writeHead(status).end();
    });
    const { untilState, heard, port } = follow({ after: '1' });
    await untilState('down');
    port.wake?.();
    expect(heard).toMatchObject([{ type: 'connection', state: 'down', error: { code: 'not-supported' } }]);
    expect(server.seen).toHaveLength(2);
  });

  test('a backend that says so is not asked at all', async () => {
    server.on('GET /me', (_, response) => {
      answer(response, 200, { ...me, offers: ['getActiveBooking', 'listNotes'] }, { 'Event-Id': '1' });
    });
    const backend = createRestBackend({ endpoint: server.url });
    const page = new AbortController();
    const heard = new Promise<EventMessage>((resolve) => {
      backend.events.subscribe(resolve, { signal: page.signal });
    });
    await backend.access.me({ signal: page.signal });
    expect(await heard).toMatchObject({ type: 'connection', state: 'down', error: { code: 'not-supported' } });
    expect(server.seen.map(({ route }) => route)).toEqual(['GET /me']);
    page.abort();
  });

  test('for a moment, because what stands before the server has lost it, it goes on trying', async () => {
    server.on('GET /events', (request, response) => {
      if (server.seen.length === 2) return bare404(request, response);
      startEvents(response);
      sendEvent(response, 'hello', '1', HELLO);
      if (server.seen.length === 1) response.end();
      return undefined;
    });
    const { until, states } = follow({ after: '1' });
    await until(() => states().filter((state) => state === 'live').length === 2);
    expect(states()).toEqual(['live', 'connecting', 'down', 'live']);
  });
});

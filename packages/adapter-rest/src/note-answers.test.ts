import { isRetryable, type SessionErrorCode } from '@active-session/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRestBackend, type RestBackend } from './rest-backend.js';
import { errorOf } from './test-support/error-of.js';
import { note } from './test-support/samples.js';
import { answer, startScriptedServer, type ScriptedServer } from './test-support/scripted-server.js';

let server: ScriptedServer;
let backend: RestBackend;
const { signal } = new AbortController();
const ROUTE = 'POST /bookings/b1/notes';
const REQUEST = { id: 'n1', content: 'Rest.' };
const OPTIONS = { idempotencyKey: 'n1', signal };

beforeEach(async () => {
  server = await startScriptedServer();
  backend = createRestBackend({ endpoint: server.url });
});
afterEach(() => server.stop());

const HTML = { 'Content-Type': 'text/html' };
const NOT_OURS: readonly [string, number, Record<string, string>, string, SessionErrorCode][] = [
  ['the page of a captive portal', 200, HTML, '<html>Sign in to the Wi-Fi</html>', 'network'],
  ['the page of a captive portal that says that it has made something', 201, HTML, '<html>', 'network'],
  ['a redirect to one', 302, { Location: '/portal' }, '', 'network'],
  ['a redirect that would send it there again', 307, { Location: '/portal' }, '', 'network'],
  ['a network that asks for a sign-in', 511, HTML, '<html>', 'network'],
  ['nothing', 204, {}, '', 'malformed'],
  ['a text', 200, { 'Content-Type': 'text/plain' }, 'OK', 'malformed'],
  ['a list', 200, { 'Content-Type': 'application/json' }, '[]', 'malformed'],
  ['half of a note', 201, { 'Content-Type': 'application/json' }, '{"content":"Re', 'malformed'],
];

test.each(NOT_OURS)(
  'a note is not taken for shared because of %s, and goes nowhere else',
  async (_, status, headers, body, code) => {
    server.on('POST /portal', (_request, response) => {
      answer(response, 201, note);
    });
    server.on(ROUTE, (_request, response) => {
      response.writeHead(status, headers).end(body);
    });
    const error = await errorOf(backend.notes.add('b1', REQUEST, OPTIONS));
    expect([error.code, isRetryable(error)]).toEqual([code, code === 'network']);
    expect(server.seen).toHaveLength(1);

    // The network lets one through now: the same request, under the same key.
    server.on(ROUTE, ({ headers: sent, body: given }, response) => {
      answer(response, 201, { ...note, ...(given as object), id: sent['idempotency-key'] });
    });
    expect(await backend.notes.add('b1', REQUEST, OPTIONS)).toMatchObject(REQUEST);
  },
);

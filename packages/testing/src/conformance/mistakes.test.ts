import { describe, expect, it } from 'vitest';
import { checkBackend } from '../conformance.js';
import { ENDPOINT, FIXTURES, serve, TOKENS, type Alter } from '../test-support/served.js';

/** The answer with another body. */
async function changed(response: Response, change: (body: Body) => unknown): Promise<Response> {
  const { status, headers } = response;
  if (!/json/.test(headers.get('Content-Type') ?? '')) return response;
  return new Response(JSON.stringify(change((await response.json()) as Body)), { status, headers });
}

type Body = Record<string, unknown>;
const isTo = (request: Request, end: string): boolean => new URL(request.url).pathname.endsWith(end);
const asks = (request: Request, person: string): boolean => request.headers.get('Authorization') === `Bearer ${person}`;
let completions = 0;

/** What somebody's own backend could do wrong, the promises to ask about, and the rule that is found broken. */
const MISTAKES: readonly (readonly [string, Alter, only: string, rule: number])[] = [
  [
    'answers somebody else’s booking with 403',
    (request, response) =>
      response.status === 404 && asks(request, 'bob')
        ? changed(new Response(response.body, { status: 403, headers: response.headers }), (body) => ({
            ...body,
            type: 'urn:active-session:problem:forbidden',
            status: 403,
          }))
        : response,
    'a seat of somebody else',
    1,
  ],
  [
    'completes twice',
    (request, response) =>
      isTo(request, '/complete') && response.status === 200
        ? changed(response, (body) => ({ ...body, version: 100 + (completions += 1) }))
        : response,
    'is one completion',
    6,
  ],
  [
    'takes a verdict of its own for the active booking',
    (request, response) =>
      isTo(request, '/active')
        ? changed(response, (body) => ({
            ...body,
            verdict: body['verdict'] && { ...body['verdict'], phase: 'upcoming' },
          }))
        : response,
    'the verdict',
    2,
  ],
  [
    'leaves a withdrawn note to the patient',
    (request, response) =>
      isTo(request, '/notes') && request.method === 'GET' && asks(request, 'ann')
        ? changed(response, ({ items }) => ({
            items: (items as Body[]).map((note) => (note['withdrawnAt'] ? { ...note, content: 'still here' } : note)),
          }))
        : response,
    'a withdrawn note is out',
    10,
  ],
  [
    'gives notes in the order in which it found them',
    (request, response) =>
      isTo(request, '/notes') && request.method === 'GET'
        ? changed(response, ({ items }) => ({ items: (items as Body[]).toReversed() }))
        : response,
    'in the order of sharing',
    10,
  ],
  [
    'tells a held patient where the provider is',
    (_, response) =>
      changed(response, ({ parties, ...body }) =>
        parties === undefined
          ? body
          : {
              ...body,
              parties: (parties as Body[]).map((party) => ({ ...party, peerId: party['peerId'] ?? 'peer-0' })),
            },
      ),
    'who is held is told why',
    9,
  ],
  [
    'says of a session that is not open no more than that',
    (_, response) => (response.status === 403 ? changed(response, ({ opensAt: _opensAt, ...body }) => body) : response),
    'says when it opens',
    5,
  ],
  [
    'keeps telling a former provider of the call',
    (request, response) =>
      isTo(request, '/presence') && asks(request, 'dr-smith') && response.status === 404
        ? changed(new Response(response.body, { status: 403, headers: response.headers }), (body) => ({
            ...body,
            type: 'urn:active-session:problem:outside-window',
            status: 403,
          }))
        : response,
    'out of the call at once',
    14,
  ],
];

describe('a backend with a mistake', () => {
  it.each(MISTAKES)('that %s is found', async (_, alter, only, rule) => {
    serve({ alter });
    const report = await checkBackend({ endpoint: ENDPOINT, tokens: TOKENS, fixtures: FIXTURES, only });
    expect(report.passed).toBe(false);
    expect(report.rules.filter(({ state }) => state === 'broken').map((found) => found.rule)).toEqual([rule]);
  });

  it('whose answers lack a field, or the time now and then, is found', async () => {
    let answers = 0;
    serve({
      alter: async (request, response) => {
        const headers = new Headers(response.headers);
        if ((answers += 1) % 2 === 0) headers.delete('Server-Time');
        const other = new Response(response.body, { status: response.status, headers });
        return isTo(request, '/me') ? changed(other, ({ name: _name, ...body }) => body) : other;
      },
    });
    const report = await checkBackend({ endpoint: ENDPOINT, tokens: TOKENS, providerId: 'dr-smith', only: 'me: ' });
    expect(report.passed).toBe(false);
    expect(report.form.faults).toEqual(['getMe: its answer is not as the contract says: name: expected string']);
    expect(report.answers.serverTime).toBe('partly');
  });
});

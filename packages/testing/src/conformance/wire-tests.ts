import { problemSchema, operations } from '@active-session/core/contract';
import type { Booking } from '@active-session/core';
import { assert, equal } from '../contracts/assert.js';
import type { BackendPair, ContractTest, Promised } from '../contracts/harness.js';
import type { Tokens } from './options.js';
import type { Raw, RawAnswer } from './raw.js';

export interface WireContext {
  readonly raw: Raw;
  readonly tokens: Tokens;
  readonly setUp: () => Promise<BackendPair>;
}

type Run = (context: WireContext & { readonly book: BackendPair['makeBooking'] }) => Promise<void>;

const FAR = 26 * 60 * 60_000;

/** What only the answers themselves show: what an adapter would do for a page, nobody does for a stranger. */
export function wireTests(context: WireContext): readonly ContractTest[] {
  const test = (name: string, promised: Promised, run: Run): ContractTest => ({
    name: `wire: ${name}`,
    ...promised,
    async run() {
      const pair = await context.setUp();
      try {
        await run({ ...context, book: pair.makeBooking });
      } finally {
        await pair.dispose?.();
      }
    },
  });
  return [
    test('without a sign-in nothing is told', { rule: 1, needs: ['getActiveBooking', 'listNotes'] }, async (given) => {
      const { id } = await given.book({ startsIn: 0, shared: true });
      for (const token of [undefined, 'a-token-that-nobody-gave']) {
        for (const path of ['/bookings/active', pathOf(id, '/notes')]) {
          equal((await given.raw(path, { token })).status, 401, `${path} with ${token ?? 'no token'}`);
        }
      }
    }),
    test(
      'somebody else’s booking is answered word for word as none',
      { rule: 1, needs: ['listNotes'] },
      async ({ raw, tokens, book }) => {
        const { id } = await book({ startsIn: 0, shared: true });
        const theirs = await raw(pathOf(id, '/notes'), { token: tokens.stranger });
        const none = await raw(pathOf('no-such-booking', '/notes'), { token: tokens.stranger });
        equal([theirs.status, wordsOf(theirs)], [none.status, wordsOf(none)], 'the answer');
      },
    ),
    test('a booking says its version as ETag', { needs: ['getBooking'] }, async ({ raw, tokens, book }) => {
      const { id } = await book({ startsIn: 0, shared: true });
      const answer = await raw(pathOf(id), { token: tokens.patient });
      const { version } = operations.getBooking.answer.parse(answer.body);
      equal(answer.headers.get('ETag'), `"${String(version)}"`, 'ETag');
    }),
    test(
      'moving takes the version that the asker knows',
      { rule: 8, needs: ['rescheduleBooking'] },
      async ({ raw, tokens, book }) => {
        const { id, dateTime, version = 0 } = await book({ startsIn: FAR });
        const body = { dateTime: new Date(Date.parse(dateTime) + FAR).toISOString() };
        const ask = (headers: Record<string, string>): Promise<RawAnswer> =>
          raw(pathOf(id, '/reschedule'), { method: 'POST', token: tokens.patient, body, headers });
        equal((await ask({})).status, 428, 'without If-Match');
        equal((await ask({ 'If-Match': `"${String(version + 1)}"` })).status, 412, 'with another version');
      },
    ),
    test('a field that is wrong is named', { needs: ['addNote'] }, async ({ raw, tokens, book }) => {
      const { id } = await book({ startsIn: 0, shared: true });
      const body = { id: crypto.randomUUID(), content: '' };
      const headers = { 'Idempotency-Key': body.id };
      const answer = await raw(pathOf(id, '/notes'), { method: 'POST', token: tokens.provider, body, headers });
      equal(answer.status, 422, 'status of a note of nothing');
      if (!/problem\+json/.test(answer.headers.get('Content-Type') ?? '')) return;
      const { errors = [] } = problemSchema.parse(answer.body);
      assert(
        errors.some(({ path }) => path === 'content'),
        'content is named in the problem',
      );
    }),
    test('what is done once takes a key', { rule: 11, needs: ['book'] }, async ({ raw, tokens }) => {
      const body = { provider: 'somebody', dateTime: '2030-01-07T10:00:00.000Z', notes: '' };
      const { status } = await raw('/bookings', { method: 'POST', token: tokens.patient, body });
      assert(
        status === 400 || status === 422,
        `a request with no Idempotency-Key is refused as invalid, not ${status}`,
      );
    }),
    test(
      'who lost a race is told how the booking now stands',
      { rule: 8, needs: ['cancelBooking', 'completeBooking'] },
      async ({ raw, tokens, book }) => {
        const { id } = await book({ startsIn: FAR });
        await raw(pathOf(id, '/cancel'), { method: 'POST', token: tokens.patient, body: {} });
        const late = await raw(pathOf(id, '/complete'), { method: 'POST', token: tokens.provider, body: {} });
        equal(late.status, 409, 'status');
        equal(problemSchema.parse(late.body).booking?.status, 'cancelled', 'the booking in the problem');
      },
    ),
    test('who polls gets what happened, and where to go on', { rule: 9, needs: ['followEvents'] }, async (given) => {
      const answer = await given.raw('/events', { token: given.tokens.patient });
      // A backend that only streams says so.
      if (answer.status === 501) return;
      const { cursor } = operations.followEvents.answer.parse(answer.body);
      const next = await given.raw(`/events?after=${encodeURIComponent(cursor)}`, { token: given.tokens.patient });
      assert(operations.followEvents.answer.parse(next.body).reset === undefined, 'nothing was missed since');
      const foreign = await given.raw('/events?after=of-another-life', { token: given.tokens.patient });
      const wasReset = foreign.status === 200 && operations.followEvents.answer.parse(foreign.body).reset === true;
      assert(wasReset || foreign.status === 422, 'after an id that it never gave it says that something was missed');
    }),
  ];
}

function pathOf(id: Booking['id'], rest = ''): string {
  return `/bookings/${encodeURIComponent(id)}${rest}`;
}

/** Without what names this one request. */
function wordsOf({ body }: RawAnswer): unknown {
  const { requestId: _, instance: __, ...words } = Object(body) as Record<string, unknown>;
  return words;
}

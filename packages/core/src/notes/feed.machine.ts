import { assign, fromPromise, setup } from 'xstate';
import type { BookingId } from '../booking/booking.schema.js';
import { retryDelay } from '../call/retry.rules.js';
import { isRetryable, toSessionError, type FieldProblem, type SessionError } from '../errors.js';
import type { ParsedList } from '../booking/parse.rules.js';
import { allPages, type NotesPort } from '../ports/backend.port.js';
import { mergeNotes } from './note.rules.js';
import type { ProviderNote } from './note.schema.js';

export interface FeedInput {
  readonly bookingId: BookingId;
  readonly notes: NotesPort;
  readonly random: () => number;
}

export interface FeedContext {
  readonly input: FeedInput;
  readonly notes: readonly ProviderNote[];
  readonly problems: readonly FieldProblem[];
  readonly error: SessionError | null;
  readonly attempt: number;
}

export type FeedEvent =
  { type: 'note.arrived'; note: ProviderNote } | { type: 'feed.refresh' } | { type: 'feed.reset' };

const loadActor = fromPromise<ParsedList<ProviderNote>, FeedInput>(({ input, signal }) =>
  allPages((cursor) => input.notes.list(input.bookingId, cursor, { signal })),
);

/** The notes of one booking: read once, then live, read anew when something may have been missed. */
export const feedMachine = setup({
  types: { input: {} as FeedInput, context: {} as FeedContext, events: {} as FeedEvent },
  actors: { load: loadActor },
  guards: { canRetry: (_, params: { error: unknown }) => isRetryable(toSessionError(params.error)) },
  actions: {
    addNote: assign({
      notes: ({ context, event }) =>
        event.type === 'note.arrived' ? mergeNotes(context.notes, [event.note]) : context.notes,
    }),
    keepError: assign({ error: (_, params: { error: unknown }) => toSessionError(params.error) }),
  },
  delays: {
    retryDelay: ({ context }) => retryDelay(context.attempt, context.input.random(), context.error?.retryAfter),
  },
}).createMachine({
  id: 'notes',
  context: ({ input }) => ({ input, notes: [], problems: [], error: null, attempt: 0 }),
  on: {
    'note.arrived': { actions: 'addNote' },
    'feed.refresh': { target: '.loading', reenter: true },
    // Other notes than before may be this person's to read.
    'feed.reset': { target: '.loading', reenter: true, actions: assign({ notes: [], problems: [] }) },
  },
  initial: 'loading',
  states: {
    loading: {
      invoke: {
        src: 'load',
        input: ({ context }) => context.input,
        onDone: {
          target: 'ready',
          actions: assign({
            notes: ({ context, event }) => mergeNotes(context.notes, event.output.items),
            problems: ({ event }) => event.output.problems,
            error: null,
            attempt: 0,
          }),
        },
        onError: [
          {
            guard: { type: 'canRetry', params: ({ event }) => ({ error: event.error }) },
            target: 'retrying',
            actions: { type: 'keepError', params: ({ event }) => ({ error: event.error }) },
          },
          { target: 'failed', actions: { type: 'keepError', params: ({ event }) => ({ error: event.error }) } },
        ],
      },
    },
    retrying: {
      after: { retryDelay: { target: 'loading', actions: assign({ attempt: ({ context }) => context.attempt + 1 }) } },
    },
    ready: {},
    failed: {},
  },
});

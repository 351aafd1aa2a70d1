import { assign, fromPromise, sendParent, setup } from 'xstate';
import type { BookingId } from '../booking/booking.schema.js';
import { retryDelay } from '../call/retry.rules.js';
import { isRetryable, SessionError, toSessionError } from '../errors.js';
import type { NotesPort } from '../ports/backend.port.js';
import type { NoteKind, NoteRequest, ProviderNote } from './note.schema.js';

/** A note on its way. `refused` stays until its writer sends it again or takes it back. */
export interface OutboxItem {
  readonly id: string;
  readonly content: string;
  readonly kind: NoteKind | undefined;
  readonly state: 'waiting' | 'sending' | 'refused';
  readonly error: SessionError | null;
}

export interface OutboxInput {
  readonly bookingId: BookingId;
  readonly notes: NotesPort;
  readonly random: () => number;
}

export interface OutboxContext {
  readonly input: OutboxInput;
  readonly items: readonly OutboxItem[];
  readonly attempt: number;
}

export type OutboxEvent =
  | { type: 'note.share'; id: string; content: string; kind: NoteKind | undefined }
  | { type: 'note.retry'; id: string }
  | { type: 'note.discard'; id: string }
  /** The backend has it: it told everybody. */
  | { type: 'note.arrived'; note: ProviderNote }
  | { type: 'outbox.wake' };

const sendActor = fromPromise<ProviderNote, { outbox: OutboxInput; item: OutboxItem }>(({ input, signal }) => {
  const { outbox, item } = input;
  if (outbox.notes.add === undefined) throw new SessionError('not-supported', 'This backend takes no notes.');
  const note: NoteRequest = {
    id: item.id,
    content: item.content,
    ...(item.kind === undefined ? {} : { kind: item.kind }),
  };
  return outbox.notes.add(outbox.bookingId, note, { idempotencyKey: item.id, signal });
});

/** Sends notes one after the other, in the order they were shared, each until it is acknowledged or refused for good. */
export const outboxMachine = setup({
  types: { input: {} as OutboxInput, context: {} as OutboxContext, events: {} as OutboxEvent },
  actors: { send: sendActor },
  guards: {
    isRefused: ({ context, event }) =>
      (event.type === 'note.retry' || event.type === 'note.discard') &&
      context.items.some(({ id, state }) => id === event.id && state === 'refused'),
    isBeingSent: ({ context, event }) => event.type === 'note.arrived' && current(context).id === event.note.id,
    hasWaiting: ({ context }) => next(context) !== undefined,
    canRetry: (_, params: { error: unknown }) => isRetryable(toSessionError(params.error)),
  },
  actions: {
    enqueue: assign({
      items: ({ context, event }) =>
        event.type === 'note.share' && !context.items.some(({ id }) => id === event.id)
          ? [
              ...context.items,
              { id: event.id, content: event.content, kind: event.kind, state: 'waiting' as const, error: null },
            ]
          : context.items,
    }),
    mark: assign({
      items: ({ context }, params: { id: string; state: OutboxItem['state']; error: unknown }) =>
        context.items.map((item) =>
          item.id === params.id
            ? { ...item, state: params.state, error: params.error === null ? null : toSessionError(params.error) }
            : item,
        ),
    }),
    remove: assign({
      items: ({ context }, params: { id: string }) => context.items.filter(({ id }) => id !== params.id),
    }),
  },
  delays: {
    retryDelay: ({ context }) => retryDelay(context.attempt, context.input.random(), next(context)?.error?.retryAfter),
  },
}).createMachine({
  id: 'outbox',
  context: ({ input }) => ({ input, items: [], attempt: 0 }),
  on: {
    'note.share': { actions: 'enqueue' },
    'note.retry': {
      guard: 'isRefused',
      actions: { type: 'mark', params: ({ event }) => ({ id: event.id, state: 'waiting' as const, error: null }) },
    },
    'note.discard': {
      guard: 'isRefused',
      actions: { type: 'remove', params: ({ event }) => ({ id: event.id }) },
    },
    // Its answer was lost, and what came after may have refused it: it is there all the same.
    'note.arrived': { actions: { type: 'remove', params: ({ event }) => ({ id: event.note.id ?? '' }) } },
  },
  initial: 'idle',
  states: {
    idle: { always: { guard: 'hasWaiting', target: 'sending' } },
    sending: {
      entry: {
        type: 'mark',
        params: ({ context }) => ({ id: nextOf(context).id, state: 'sending' as const, error: null }),
      },
      on: {
        'note.arrived': {
          guard: 'isBeingSent',
          target: 'idle',
          actions: [{ type: 'remove', params: ({ context }) => ({ id: current(context).id }) }, assign({ attempt: 0 })],
        },
      },
      invoke: {
        src: 'send',
        input: ({ context }) => ({ outbox: context.input, item: current(context) }),
        onDone: {
          target: 'idle',
          actions: [
            sendParent(({ event }) => ({ type: 'note.arrived', note: event.output })),
            { type: 'remove', params: ({ context }) => ({ id: current(context).id }) },
            assign({ attempt: 0 }),
          ],
        },
        onError: [
          {
            guard: { type: 'canRetry', params: ({ event }) => ({ error: event.error }) },
            target: 'backing-off',
            actions: {
              type: 'mark',
              params: ({ context, event }) => ({
                id: current(context).id,
                state: 'waiting' as const,
                error: event.error,
              }),
            },
          },
          {
            target: 'idle',
            actions: {
              type: 'mark',
              params: ({ context, event }) => ({
                id: current(context).id,
                state: 'refused' as const,
                error: event.error,
              }),
            },
          },
        ],
      },
    },
    'backing-off': {
      after: { retryDelay: { target: 'idle', actions: assign({ attempt: ({ context }) => context.attempt + 1 }) } },
      on: { 'outbox.wake': 'idle' },
    },
  },
});

function next(context: OutboxContext): OutboxItem | undefined {
  return context.items.find(({ state }) => state === 'waiting');
}

function nextOf(context: OutboxContext): OutboxItem {
  const item = next(context);
  if (item === undefined) throw new Error('There is something to send.');
  return item;
}

function current(context: OutboxContext): OutboxItem {
  const item = context.items.find(({ state }) => state === 'sending');
  if (item === undefined) throw new Error('One note is being sent.');
  return item;
}

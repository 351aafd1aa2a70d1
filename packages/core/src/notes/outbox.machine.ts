import { assign, fromPromise, sendParent, setup } from 'xstate';
import type { BookingId } from '../booking/booking.schema.js';
import { retryDelay } from '../call/retry.rules.js';
import { isRetryable, SessionError, toSessionError } from '../errors.js';
import type { Instant } from '../booking/instant.schema.js';
import type { NotesPort } from '../ports/backend.port.js';
import type { NoteKind, NoteRequest, ProviderNote } from './note.schema.js';

/** What its writer has made of a note so far. */
export interface NoteDraft {
  readonly content: string;
  readonly kind?: NoteKind | undefined;
  /** Id of the shared note that this one corrects. */
  readonly amends?: string | undefined;
}

/**
 * A note that the backend does not have. `draft`: its writer has not shared it. `refused`: it stays until its writer
 * sends it again, changes it or takes it back.
 */
export interface OutboxItem {
  /** Made with the first stroke; the note's own id later, by which a repeated request is known as one. */
  readonly id: string;
  readonly content: string;
  readonly kind: NoteKind | undefined;
  readonly amends: string | undefined;
  readonly state: 'draft' | 'waiting' | 'sending' | 'refused';
  readonly error: SessionError | null;
  /** When it was begun or, once shared, shared. Orders them. */
  readonly at: Instant;
}

export interface OutboxInput {
  readonly bookingId: BookingId;
  readonly notes: NotesPort;
  readonly now: () => Instant;
  readonly random: () => number;
}

export interface OutboxContext {
  readonly input: OutboxInput;
  /** Drafts and what was shared, each in the order of `at`. */
  readonly items: readonly OutboxItem[];
  readonly attempt: number;
}

/** What a writer does with notes that the backend does not have. */
export type OutboxCommand =
  /** A stroke on a draft; one that is not there begins. */
  | { type: 'note.write'; id: string; change: Partial<NoteDraft> }
  | { type: 'note.share'; id: string }
  | { type: 'note.retry'; id: string }
  /**
   * A refused note, or one that waits, is a draft again, under another id: the backend may have the old one, or have taken
   * it for done. Should it be there after all, it stands among the notes and can be withdrawn.
   */
  | { type: 'note.revise'; id: string; as: string }
  | { type: 'note.discard'; id: string }
  /** What a page that is gone has left on this device. */
  | { type: 'notes.found'; items: readonly OutboxItem[] };

export type OutboxEvent =
  | OutboxCommand
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
    ...(item.amends === undefined ? {} : { amends: item.amends }),
  };
  return outbox.notes.add(outbox.bookingId, note, { idempotencyKey: item.id, signal });
});

/** Sends notes one after the other, in the order they were shared, each until it is acknowledged or refused for good. */
export const outboxMachine = setup({
  types: { input: {} as OutboxInput, context: {} as OutboxContext, events: {} as OutboxEvent },
  actors: { send: sendActor },
  guards: {
    isRefused: ({ context, event }) => event.type === 'note.retry' && stateOf(context, event.id) === 'refused',
    isStopped: ({ context, event }) =>
      event.type === 'note.revise' && ['refused', 'waiting'].includes(stateOf(context, event.id) ?? ''),
    isAtHand: ({ context, event }) =>
      event.type === 'note.discard' && ['draft', 'refused'].includes(stateOf(context, event.id) ?? ''),
    isDraft: ({ context, event }) =>
      event.type === 'note.share' &&
      context.items.some(({ id, state, content }) => id === event.id && state === 'draft' && content.trim() !== ''),
    isOpen: ({ context, event }) => event.type === 'note.write' && (stateOf(context, event.id) ?? 'draft') === 'draft',
    isBeingSent: ({ context, event }) => event.type === 'note.arrived' && current(context).id === event.note.id,
    hasWaiting: ({ context }) => next(context) !== undefined,
    canRetry: (_, params: { error: unknown }) => isRetryable(toSessionError(params.error)),
  },
  actions: {
    write: assign({
      items: ({ context, event }) => (event.type === 'note.write' ? written(context, event) : context.items),
    }),
    share: assign({
      items: ({ context, event }) => {
        if (event.type !== 'note.share') return context.items;
        const at = later(context);
        return context.items
          .toSorted((a, b) => Number(a.id === event.id) - Number(b.id === event.id))
          .map((item) => (item.id === event.id ? { ...item, state: 'waiting' as const, at } : item));
      },
    }),
    revise: assign({
      items: ({ context, event }) =>
        event.type === 'note.revise'
          ? context.items.map((item) =>
              item.id === event.id ? { ...item, id: event.as, state: 'draft' as const, error: null } : item,
            )
          : context.items,
    }),
    take: assign({
      items: ({ context, event }) => {
        if (event.type !== 'notes.found') return context.items;
        const found = event.items.filter(({ id }) => stateOf(context, id) === undefined);
        return [...context.items, ...found].sort((a, b) => a.at - b.at);
      },
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
    'note.write': { guard: 'isOpen', actions: 'write' },
    'note.share': { guard: 'isDraft', actions: 'share' },
    'note.revise': { guard: 'isStopped', actions: 'revise' },
    'notes.found': { actions: 'take' },
    'note.retry': {
      guard: 'isRefused',
      actions: { type: 'mark', params: ({ event }) => ({ id: event.id, state: 'waiting' as const, error: null }) },
    },
    'note.discard': {
      guard: 'isAtHand',
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

function stateOf({ items }: OutboxContext, wanted: string): OutboxItem['state'] | undefined {
  return items.find(({ id }) => id === wanted)?.state;
}

/** Now, and after all that is there, so that two of one millisecond keep their order. */
function later({ input, items }: OutboxContext): Instant {
  return Math.max(input.now(), ...items.map(({ at }) => at + 1));
}

function written(
  context: OutboxContext,
  { id, change }: Extract<OutboxEvent, { type: 'note.write' }>,
): readonly OutboxItem[] {
  const blank = { id, content: '', kind: undefined, amends: undefined, error: null, at: later(context) };
  const before = context.items.find((item) => item.id === id);
  const next = { ...(before ?? blank), ...change, state: 'draft' as const };
  return before === undefined ? [...context.items, next] : context.items.map((item) => (item === before ? next : item));
}

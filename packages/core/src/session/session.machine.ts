import { assign, enqueueActions, fromPromise, sendTo, setup } from 'xstate';
import type { Booking, BookingId } from '../booking/booking.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import type { Phase, Verdict } from '../booking/verdict.schema.js';
import type { CallPorts } from '../call/call.actors.js';
import { callMachine, isTalking, type CallOutcome } from '../call/call.machine.js';
import { retryDelay } from '../call/retry.rules.js';
import type { Party, PartyRole } from '../booking/party.schema.js';
import { isRetryable, SessionError, toSessionError } from '../errors.js';
import { feedMachine } from '../notes/feed.machine.js';
import type { ProviderNote } from '../notes/note.schema.js';
import { outboxMachine, type OutboxCommand } from '../notes/outbox.machine.js';
import type { BookingsPort, NotesPort } from '../ports/backend.port.js';
import type { DeviceCheck } from '../booking/device-check.schema.js';
import type { DeviceSettings } from '../devices/device-settings.js';
import type { Capabilities } from '../ports/capabilities.js';
import type { MediaRequest } from '../ports/devices.port.js';
import type { Me } from './me.schema.js';
import { judgeFor, roleOf } from './part.rules.js';

/** What a session needs of the world. Without `call` it has its booking and notes, and no video. */
export interface SessionPorts {
  readonly bookings: BookingsPort;
  readonly notes: NotesPort;
  readonly call: CallPorts | null;
}

export interface SessionInput {
  readonly bookingId: BookingId;
  /** Who is signed in, and the policy that the backend gave them. */
  readonly me: () => Pick<Me, 'id' | 'role' | 'seat' | 'policy'>;
  /** What the backend offers, as far as it is known. */
  readonly can: () => Pick<Capabilities, 'call' | 'end' | 'writeNotes'>;
  readonly ports: SessionPorts;
  readonly settings: DeviceSettings;
  /** What a device check on this page found. */
  readonly checked: () => DeviceCheck;
  /** The server's clock. */
  readonly now: () => Instant;
  /** Whether it is known: not after sleep, or after the device's own was set, until the server was asked. */
  readonly isTimeSure: () => boolean;
  /** The backend's verdict of a booking when it was last read; null where it gave none. */
  readonly told: (id: BookingId) => Verdict | null;
  readonly random: () => number;
}

export interface SessionContext extends SessionInput {
  readonly booking: Booking | null;
  readonly role: PartyRole;
  readonly verdict: Verdict | null;
  readonly parties: readonly Party[];
  readonly request: MediaRequest;
  readonly takeOver: boolean;
  /** There is a call on this page. */
  readonly hasCall: boolean;
  /** This person talks with the other in it. */
  readonly inCall: boolean;
  /** When they last did, by the server's clock. */
  readonly lastIn: Instant | null;
  readonly lastCall: CallOutcome | null;
  readonly endError: SessionError | null;
  readonly attempt: number;
  readonly error: SessionError | null;
}

export type SessionMachineEvent =
  /** Time has passed: judge anew. Sent at the verdict's `nextChangeAt`, on wake and at least every minute. */
  | { type: 'tick' }
  | { type: 'booking.changed'; booking: Booking }
  | { type: 'booking.failed'; error: SessionError }
  /** It is not this person's any more. */
  | { type: 'booking.removed' }
  | { type: 'session.start'; request: MediaRequest; takeOver: boolean }
  | { type: 'session.end' }
  | { type: 'call.leave' }
  | { type: 'call.turn'; device: 'microphone' | 'camera'; on: boolean }
  | { type: 'call.share'; on: boolean }
  | { type: 'call.wake' }
  | { type: 'parties.changed'; parties: readonly Party[] }
  | { type: 'seat.taken'; seat: string; lease: string }
  | { type: 'note.arrived'; note: ProviderNote }
  | { type: 'notes.refresh' }
  /** What the writer does with a note that the backend does not have yet. */
  | { type: 'note.command'; command: OutboxCommand };

const PHASES = ['upcoming', 'open', 'completed', 'cancelled', 'expired'] as const;

const completeActor = fromPromise<Booking, { bookings: BookingsPort; bookingId: BookingId }>(({ input, signal }) => {
  if (input.bookings.complete === undefined) {
    throw new SessionError('not-supported', 'This backend can not end a session.');
  }
  return input.bookings.complete(input.bookingId, { signal });
});

/**
 * The life of one booking for one person. `access` follows the booking rules and nothing else; a call can only be in
 * `open`, so whatever closes the booking ends the call and frees camera and microphone. Notes live beside it, always.
 */
export const sessionMachine = setup({
  types: {
    input: {} as SessionInput,
    context: {} as SessionContext,
    events: {} as SessionMachineEvent,
    children: {} as { call: 'call'; feed: 'feed'; outbox: 'outbox' },
  },
  actors: { call: callMachine, feed: feedMachine, outbox: outboxMachine, complete: completeActor },
  guards: {
    phaseIs: ({ context }, params: { phase: Phase }) => context.verdict?.phase === params.phase,
    canCall: ({ context }) => context.ports.call !== null && context.can().call,
    canRetry: (_, params: { error: unknown }) => isRetryable(toSessionError(params.error)),
    isNewer: ({ context, event }) =>
      event.type === 'booking.changed' &&
      (context.booking?.version === undefined ||
        event.booking.version === undefined ||
        event.booking.version >= context.booking.version),
  },
  actions: {
    keepBooking: assign(({ context }, params: { booking: Booking }) => {
      const { booking } = params;
      const role = roleOf(booking, context.me());
      const verdict = judgeNow({ ...context, booking, role });
      // However it came to be completed: what went wrong on the way is of no more interest.
      return { booking, role, error: null, verdict, ...(booking.status === 'completed' ? { endError: null } : {}) };
    }),
    /** What could not be read while the booking was not here can be read now. */
    catchUp: enqueueActions(({ context, enqueue }) => {
      if (context.error !== null) enqueue.sendTo('feed', { type: 'feed.refresh' });
    }),
    forgetBooking: assign({
      booking: null,
      verdict: null,
      parties: [],
      lastIn: null,
      endError: null,
      error: () => new SessionError('not-found', 'This booking is not yours any more.'),
    }),
    judge: assign({ verdict: ({ context }) => judgeNow(context) }),
    keepParties: assign({
      parties: ({ context, event }) => (event.type === 'parties.changed' ? event.parties : context.parties),
    }),
    keepEndError: assign({ endError: (_, params: { error: unknown }) => toSessionError(params.error) }),
    forgetEndError: assign({ endError: null, attempt: 0 }),
  },
  delays: { retryDelay: ({ context }) => retryDelay(context.attempt, context.random(), context.endError?.retryAfter) },
}).createMachine({
  id: 'session',
  context: ({ input }) => ({
    ...input,
    booking: null,
    role: 'patient',
    verdict: null,
    parties: [],
    request: { microphone: true, camera: true },
    takeOver: false,
    hasCall: false,
    inCall: false,
    lastIn: null,
    lastCall: null,
    endError: null,
    attempt: 0,
    error: null,
  }),
  invoke: [
    {
      id: 'feed',
      src: 'feed',
      input: ({ context }) => ({ bookingId: context.bookingId, notes: context.ports.notes, random: context.random }),
      onSnapshot: {},
    },
    {
      id: 'outbox',
      src: 'outbox',
      input: ({ context: { bookingId, ports, now, random } }) => ({ bookingId, notes: ports.notes, now, random }),
      onSnapshot: {},
    },
  ],
  on: {
    tick: { actions: 'judge' },
    'booking.changed': {
      guard: 'isNewer',
      actions: ['catchUp', { type: 'keepBooking', params: ({ event }) => ({ booking: event.booking }) }],
    },
    'booking.failed': { actions: assign({ error: ({ event }) => event.error }) },
    'booking.removed': { target: '.loading', actions: ['forgetBooking', sendTo('feed', { type: 'feed.reset' })] },
    'parties.changed': { actions: 'keepParties' },
    'note.arrived': { actions: [sendTo('feed', ({ event }) => event), sendTo('outbox', ({ event }) => event)] },
    'notes.refresh': { actions: sendTo('feed', { type: 'feed.refresh' }) },
    'note.command': { actions: sendTo('outbox', ({ event }) => event.command) },
    'call.wake': { actions: sendTo('outbox', { type: 'outbox.wake' }) },
  },
  initial: 'loading',
  states: {
    loading: { always: follow('loading') },
    upcoming: { always: follow('upcoming') },
    open: {
      always: follow('open'),
      initial: 'out',
      states: {
        out: {
          on: {
            'session.start': {
              guard: 'canCall',
              target: 'inCall',
              actions: assign({
                request: ({ event }) => event.request,
                takeOver: ({ event }) => event.takeOver,
                lastCall: null,
                endError: null,
              }),
            },
            'session.end': { target: 'ending', actions: 'forgetEndError' },
          },
        },
        inCall: {
          entry: assign({ hasCall: true }),
          exit: assign({ hasCall: false, inCall: false, lastIn }),
          invoke: {
            id: 'call',
            src: 'call',
            input: ({ context }) => {
              if (context.ports.call === null) throw new Error('A call starts where there is video.');
              return {
                bookingId: context.bookingId,
                request: context.request,
                takeOver: context.takeOver,
                ports: context.ports.call,
                settings: context.settings,
                checked: context.checked,
                now: context.now,
                random: context.random,
              };
            },
            onSnapshot: { actions: assign({ inCall: ({ event }) => isTalking(event.snapshot), lastIn }) },
            onDone: { target: 'out', actions: assign({ lastCall: ({ event }) => event.output }) },
            onError: {
              target: 'out',
              actions: assign({
                lastCall: ({ event }) => ({ outcome: 'failed' as const, error: toSessionError(event.error) }),
              }),
            },
          },
          on: {
            'call.leave': { actions: sendTo('call', ({ event }) => event) },
            'call.turn': { actions: sendTo('call', ({ event }) => event) },
            'call.share': { actions: sendTo('call', ({ event }) => event) },
            'call.wake': { actions: [sendTo('call', ({ event }) => event), sendTo('outbox', { type: 'outbox.wake' })] },
            'seat.taken': { actions: sendTo('call', ({ event }) => event) },
            'parties.changed': { actions: ['keepParties', sendTo('call', ({ event }) => event)] },
            'session.end': { target: 'ending', actions: 'forgetEndError' },
          },
        },
        ending: {
          invoke: {
            src: 'complete',
            input: ({ context }) => ({ bookings: context.ports.bookings, bookingId: context.bookingId }),
            onDone: {
              target: 'out',
              actions: ['forgetEndError', { type: 'keepBooking', params: ({ event }) => ({ booking: event.output }) }],
            },
            onError: [
              {
                guard: { type: 'canRetry', params: ({ event }) => ({ error: event.error }) },
                target: 'ending-later',
                actions: { type: 'keepEndError', params: ({ event }) => ({ error: event.error }) },
              },
              {
                target: 'out',
                actions: { type: 'keepEndError', params: ({ event }) => ({ error: event.error }) },
              },
            ],
          },
        },
        'ending-later': {
          after: {
            retryDelay: { target: 'ending', actions: assign({ attempt: ({ context }) => context.attempt + 1 }) },
          },
          on: { 'call.wake': 'ending' },
        },
      },
    },
    completed: { always: follow('completed') },
    cancelled: { always: follow('cancelled') },
    expired: { always: follow('expired') },
  },
});

/** From any state to the one that the verdict names. The server may open, close or reopen a booking in any order. */
function follow(from: Phase | 'loading'): {
  guard: { type: 'phaseIs'; params: { phase: Phase } };
  target: `#session.${Phase}`;
}[] {
  return PHASES.filter((phase) => phase !== from).map((phase) => ({
    guard: { type: 'phaseIs', params: { phase } },
    target: `#session.${phase}`,
  }));
}

/** As long as they were in it until now, it is now. */
function lastIn({ context }: { context: Pick<SessionContext, 'inCall' | 'lastIn' | 'now'> }): Instant | null {
  return context.inCall ? context.now() : context.lastIn;
}

type ToJudge = Pick<
  SessionContext,
  'booking' | 'role' | 'verdict' | 'me' | 'now' | 'isTimeSure' | 'told' | 'hasCall' | 'inCall' | 'lastIn'
>;

/**
 * A call that runs on this page is attendance, whether the backend's record of it has come yet or not; and a clock that
 * may be wrong ends none.
 */
function judgeNow(context: ToJudge): Verdict | null {
  const { booking, role, verdict, me, now, isTimeSure, told, hasCall, inCall, lastIn } = context;
  if (booking === null) return null;
  if (hasCall && booking.status === 'scheduled' && !isTimeSure()) return verdict;
  const { attendance = [] } = booking;
  const input = { booking, attendance, now: now(), policy: me().policy, role };
  return judgeFor({ ...input, inCall, lastIn, told: told(booking.id) });
}

import { assign, sendTo, setup, type SnapshotFrom } from 'xstate';
import { isRetryable, SessionError, toSessionError } from '../errors.js';
import { guards } from './call.guards.js';
import { devicesActor } from '../devices/media.actor.js';
import {
  connectionActor,
  holderActor,
  leaveSeatActor,
  presenceActor,
  requestTicketActor,
  takeSeatActor,
} from './call.actors.js';
import {
  failure,
  lost,
  partiesToMeet,
  planOf,
  presenceOf,
  renewal,
  seatOf,
  seatRequest,
  ticketRequest,
  troubleOf,
  type CallContext,
  type CallEvent,
  type CallInput,
  type CallOutcome,
} from './call.context.js';

export type { CallOutcome } from './call.context.js';

const REFUSED = new SessionError('unknown', 'The call was refused.');

const concludeFailed = {
  type: 'concludeFailed',
  params: ({ event }: { event: { error: unknown } }) => ({ error: event.error }),
} as const;
const FAILED = { target: '#call.leaving', actions: concludeFailed } as const;
/** There is no seat to give back. */
const WITHOUT_SEAT = { target: '#call.done', actions: concludeFailed } as const;

/** Media that can't be had for so long are given up, whether they were there before or not. */
const GIVE_UP = {
  recoveryTime: { target: '#call.leaving', actions: { type: 'concludeFailed', params: { error: lost() } } },
} as const;

/**
 * One person's call on one page, from the request for camera and seat to hanging up. `inCall` has two concerns side by
 * side: what the media does, and whether this side can be reached for another attempt.
 */
export const callMachine = setup({
  types: {
    input: {} as CallInput,
    context: {} as CallContext,
    events: {} as CallEvent,
    output: {} as CallOutcome,
  },
  actors: {
    devices: devicesActor,
    holder: holderActor,
    connection: connectionActor,
    presence: presenceActor,
    takeSeat: takeSeatActor,
    requestTicket: requestTicketActor,
    leaveSeat: leaveSeatActor,
  },
  guards,
  actions: {
    markTime: assign({ since: ({ context }) => context.now() }),
    keepParties: assign({
      parties: ({ context, event }) =>
        event.type === 'parties.changed'
          ? event.parties
          : event.type === 'presence.answered'
            ? event.answer.parties
            : context.parties,
      seat: ({ context, event }) =>
        event.type === 'presence.answered' && event.answer.seat.lease === context.seat?.lease
          ? event.answer.seat
          : context.seat,
    }),
    meetParties: sendTo('connection', ({ context }) => ({ type: 'meet' as const, parties: partiesToMeet(context) })),
    restartConnection: sendTo('connection', ({ context }) => {
      if (context.ticket === null) throw new Error('A connection is restarted with a ticket.');
      return { type: 'restart' as const, ticket: context.ticket, parties: partiesToMeet(context) };
    }),
    reportPresence: sendTo('presence', ({ context }) => ({ type: 'report' as const, report: presenceOf(context) })),
    countAttempt: assign({
      attempt: ({ context }) => context.attempt + 1,
      recovery: ({ context }) => troubleOf(context) ?? context.recovery,
    }),
    noteSeatLost: assign({ recovery: 'seat' }),
    noteRefusal: assign({
      retryAfter: (_, params: { error: unknown }) => toSessionError(params.error).retryAfter,
    }),
    forgetAttempts: assign({ attempt: 0, recovery: null, retryAfter: undefined }),
    forgetDevicesError: assign({ devicesError: null }),
    concludeLeft: assign({ result: { outcome: 'left', error: null } }),
    concludeDisplaced: assign({ result: { outcome: 'displaced', error: null } }),
    concludeFailed: assign({
      result: (_, params: { error: unknown }): CallOutcome => failure(toSessionError(params.error)),
    }),
  },
  delays: {
    retryDelay: ({ context }) => planOf(context).wait,
    settleTime: 8_000,
    recoveryTime: 5 * 60_000,
    leaveTime: 3_000,
  },
}).createMachine({
  id: 'call',
  context: ({ input }) => ({
    ...input,
    media: null,
    refused: {},
    devicesError: null,
    holder: null,
    seat: null,
    ticket: null,
    parties: [],
    video: null,
    arrival: { quality: null, measured: null, trouble: null },
    attempt: 0,
    recovery: null,
    retryAfter: undefined,
    loss: null,
    since: input.now(),
    result: null,
  }),
  invoke: {
    src: 'holder',
    input: ({ context: { ports, bookingId, takeOver } }) => ({ ports, bookingId, takeOver }),
  },
  initial: 'active',
  states: {
    active: {
      invoke: {
        id: 'devices',
        src: 'devices',
        input: ({ context: { ports, settings, request } }) => ({ devices: ports.devices, settings, request }),
      },
      on: {
        'call.leave': { target: 'leaving', actions: 'concludeLeft' },
        'call.turn': {
          actions: [
            'forgetDevicesError',
            sendTo('devices', ({ event }) => ({ type: 'turn' as const, device: event.device, on: event.on })),
          ],
        },
        'call.share': {
          actions: ['forgetDevicesError', sendTo('devices', ({ event }) => ({ type: 'share' as const, on: event.on }))],
        },
        'devices.opened': {
          actions: assign(({ event: { media, refused } }) => ({
            media,
            refused,
            devicesError: refused.camera ?? refused.microphone ?? null,
          })),
        },
        'devices.changed': {},
        'devices.refused': { actions: assign({ devicesError: ({ event }) => event.error }) },
        'devices.failed': FAILED,
        'seat.taken': { guard: 'isOurSeatTaken', target: 'done', actions: 'concludeDisplaced' },
        'holder.lost': { target: 'done', actions: 'concludeDisplaced' },
        'parties.changed': { actions: 'keepParties' },
      },
      initial: 'preparing',
      states: {
        preparing: {
          type: 'parallel',
          states: {
            devices: {
              initial: 'asking',
              states: { asking: { always: { guard: 'hasMedia', target: 'ready' } }, ready: { type: 'final' } },
            },
            access: {
              initial: 'holding',
              states: {
                holding: {
                  on: {
                    'holder.known': { target: 'seating', actions: assign({ holder: ({ event }) => event.holder }) },
                    'holder.refused': WITHOUT_SEAT,
                  },
                },
                seating: {
                  invoke: { src: 'takeSeat', input: ({ context }) => seatRequest(context, context.takeOver) },
                  on: {
                    'seat.given': {
                      target: 'ticketing',
                      // Taken over once: a seat that is lost again from here on went to who asked later.
                      actions: assign({ seat: ({ event }) => event.seat, takeOver: false }),
                    },
                    'seat.refused': WITHOUT_SEAT,
                  },
                },
                ticketing: {
                  invoke: {
                    src: 'requestTicket',
                    input: ({ context }) => ticketRequest(context),
                    onDone: {
                      target: 'ready',
                      actions: assign({
                        ticket: ({ event }) => event.output,
                        parties: ({ event }) => event.output.parties,
                      }),
                    },
                    onError: [
                      { guard: ({ event }) => toSessionError(event.error).code === 'seat-lost', target: 'seating' },
                      FAILED,
                    ],
                  },
                },
                ready: { type: 'final' },
              },
            },
          },
          onDone: 'inCall',
        },
        inCall: {
          invoke: [
            {
              id: 'connection',
              src: 'connection',
              input: ({ context }) => {
                if (context.ticket === null || context.media === null) throw new Error('Preparing came first.');
                const { ports, ticket, media } = context;
                return { ports, ticket, media, parties: partiesToMeet(context) };
              },
            },
            {
              id: 'presence',
              src: 'presence',
              input: ({ context }) => ({
                ports: context.ports,
                bookingId: context.bookingId,
                report: presenceOf(context),
                every: seatOf(context).renewEvery,
              }),
            },
          ],
          on: {
            'video.changed': [
              {
                guard: 'isClosed',
                target: '#call.leaving',
                actions: { type: 'concludeFailed', params: ({ event }) => ({ error: event.video.error ?? lost() }) },
              },
              {
                guard: 'isCarriedAnew',
                actions: [assign({ video: ({ event }) => event.video }), 'reportPresence'],
              },
              { actions: assign({ video: ({ event }) => event.video }) },
            ],
            'video.arrives': { actions: assign({ arrival: ({ event }) => event.arrival }) },
            // The other sees what arrives from here; whether it should, only this side knows.
            'devices.changed': { actions: 'reportPresence' },
            'video.failed': FAILED,
            'parties.changed': {
              actions: ['keepParties', 'meetParties', sendTo('presence', { type: 'overtaken' as const })],
            },
            'presence.answered': { actions: ['keepParties', 'meetParties'] },
            // A page that slept may have lost its seat, or the session may be over.
            'call.wake': { actions: ['reportPresence', sendTo('devices', { type: 'recover' as const })] },
          },
          type: 'parallel',
          states: {
            media: {
              initial: 'waiting',
              on: {
                'presence.refused': { guard: 'isRefusedForGood', ...FAILED },
              },
              states: {
                waiting: {
                  entry: ['markTime', 'reportPresence'],
                  always: [
                    { guard: 'isConnected', target: 'connected' },
                    { guard: 'isOtherHere', target: 'connecting' },
                  ],
                },
                connecting: {
                  entry: 'markTime',
                  always: [
                    { guard: 'isConnected', target: 'connected' },
                    { guard: 'isAlone', target: 'waiting' },
                  ],
                  after: GIVE_UP,
                },
                connected: {
                  entry: ['markTime', 'reportPresence'],
                  always: [
                    { guard: 'isAlone', target: 'waiting' },
                    { guard: 'isInterrupted', target: 'reconnecting' },
                  ],
                },
                reconnecting: {
                  entry: 'markTime',
                  always: [
                    { guard: 'isConnected', target: 'connected' },
                    { guard: 'isAlone', target: 'waiting' },
                  ],
                  after: GIVE_UP,
                },
              },
            },
            reach: {
              initial: 'open',
              on: { 'presence.refused': { guard: 'isSeatLost', target: '.reseating' } },
              states: {
                open: { always: { guard: 'needsTicket', target: 'renewing' } },
                renewing: {
                  entry: 'countAttempt',
                  invoke: {
                    src: 'requestTicket',
                    input: ({ context }) => renewal(context),
                    onDone: {
                      target: 'settling',
                      actions: [
                        assign({
                          ticket: ({ event }) => event.output,
                          parties: ({ event }) => event.output.parties,
                          loss: ({ context }) => context.video?.error ?? null,
                        }),
                        'restartConnection',
                        // The ticket may have been overtaken by an event; the answer to this can't be.
                        'reportPresence',
                      ],
                    },
                    onError: [
                      { guard: ({ event }) => toSessionError(event.error).code === 'seat-lost', target: 'reseating' },
                      {
                        guard: ({ event }) => isRetryable(toSessionError(event.error)),
                        target: 'backing-off',
                        actions: { type: 'noteRefusal', params: ({ event }) => ({ error: event.error }) },
                      },
                      FAILED,
                    ],
                  },
                  // The network may just have come back: a request that hangs since before is not waited for.
                  on: { 'call.wake': { guard: 'isSilence', target: 'renewing', reenter: true } },
                },
                settling: {
                  always: [
                    { guard: 'isSettled', target: 'open', actions: 'forgetAttempts' },
                    { guard: 'isLostAgain', target: 'backing-off' },
                  ],
                  after: { settleTime: 'open' },
                },
                'backing-off': { after: { retryDelay: 'renewing' }, on: { 'call.wake': 'renewing' } },
                reseating: {
                  entry: ['countAttempt', 'noteSeatLost'],
                  invoke: { src: 'takeSeat', input: ({ context }) => seatRequest(context, false) },
                  on: {
                    // Reports of the lost lease go on being refused until there is a new one.
                    'presence.refused': { guard: 'isSeatLost' },
                    'seat.given': {
                      target: 'renewing',
                      actions: [assign({ seat: ({ event }) => event.seat }), 'reportPresence'],
                    },
                    'seat.refused': [
                      { guard: ({ event }) => isRetryable(event.error), target: 'reseating-later' },
                      WITHOUT_SEAT,
                    ],
                  },
                },
                'reseating-later': {
                  after: { retryDelay: 'reseating' },
                  on: { 'call.wake': 'reseating', 'presence.refused': { guard: 'isSeatLost' } },
                },
              },
            },
          },
        },
      },
    },
    leaving: {
      entry: 'markTime',
      invoke: {
        src: 'leaveSeat',
        input: ({ context }) => ({ ports: context.ports, bookingId: context.bookingId, seat: context.seat }),
        onDone: 'done',
        onError: 'done',
      },
      after: { leaveTime: 'done' },
    },
    done: { type: 'final' },
  },
  output: ({ context }) => context.result ?? failure(REFUSED),
});

/** Whether this person has the other's media, or had it a moment ago. */
export function isTalking(snapshot: SnapshotFrom<typeof callMachine>): boolean {
  return (
    snapshot.matches({ active: { inCall: { media: 'connected' } } }) ||
    snapshot.matches({ active: { inCall: { media: 'reconnecting' } } })
  );
}

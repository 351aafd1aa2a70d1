import { isRetryable, toSessionError } from '../errors.js';
import { mediaState, othersHere, troubleOf, type CallContext, type CallEvent } from './call.context.js';

interface Asked {
  readonly context: CallContext;
  readonly event: CallEvent;
}

/** The questions that the call machine asks. */
export const guards = {
  hasMedia: ({ context }: Asked): boolean => context.media !== null,
  isConnected: ({ context }: Asked): boolean => mediaState(context) === 'connected',
  isOtherHere: ({ context }: Asked): boolean => othersHere(context).length > 0,
  isAlone: ({ context }: Asked): boolean => mediaState(context) !== 'connected' && othersHere(context).length === 0,
  isInterrupted: ({ context }: Asked): boolean => mediaState(context) !== 'connected' && othersHere(context).length > 0,
  needsTicket: ({ context }: Asked): boolean => troubleOf(context) !== null,
  isSilence: ({ context }: Asked): boolean => troubleOf(context) === 'silence',
  isSettled: ({ context }: Asked): boolean =>
    troubleOf(context) === null && ['connected', 'waiting'].includes(mediaState(context) ?? ''),
  isLostAgain: ({ context }: Asked): boolean =>
    context.video?.signalling === 'lost' && (context.video.error ?? null) !== context.loss,
  isClosed: ({ event }: Asked): boolean => event.type === 'video.changed' && event.video.state === 'closed',
  // The network carries more or less of what this side sends: the other is told why they see no picture.
  isCarriedAnew: ({ context, event }: Asked): boolean =>
    event.type === 'video.changed' && (event.video.carries ?? 'all') !== (context.video?.carries ?? 'all'),
  isOurSeatTaken: ({ context, event }: Asked): boolean =>
    event.type === 'seat.taken' && context.seat?.seat === event.seat && context.seat.lease !== event.lease,
  // A report under a lease that was replaced meanwhile says nothing about the present one.
  isSeatLost: ({ context, event }: Asked): boolean =>
    event.type === 'presence.refused' && event.error.code === 'seat-lost' && event.lease === context.seat?.lease,
  isRefusedForGood: ({ event }: Asked): boolean =>
    event.type === 'presence.refused' && event.error.code !== 'seat-lost' && !isRetryable(toSessionError(event.error)),
};

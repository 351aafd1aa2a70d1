import { fromCallback, fromPromise, type EventObject } from 'xstate';
import type { BookingId } from '../booking/booking.schema.js';
import { SessionError, toSessionError } from '../errors.js';
import type { AccessPort } from '../ports/backend.port.js';
import type { DevicesPort, LocalMedia } from '../ports/devices.port.js';
import type { Clock } from '../ports/platform.port.js';
import type { SignallingPort, VideoConnection, VideoPort, VideoSnapshot } from '../ports/video.port.js';
import type { Party } from '../booking/party.schema.js';
import { expectedFrom, isSameArrival, qualityStep, READ_EVERY, unmeasured, type Arrival } from './quality.rules.js';
import type { SeatHolding } from './seat-holding.js';
import type { PresenceAnswer, PresenceReport, Seat, SeatRequest, Ticket } from './ticket.schema.js';

/** What a call needs of the world. */
export interface CallPorts {
  readonly access: AccessPort;
  readonly holding: SeatHolding;
  readonly video: VideoPort;
  readonly devices: DevicesPort;
  readonly signalling: SignallingPort | undefined;
  readonly clock: Clock;
}

export type ConnectionCommand =
  { type: 'meet'; parties: readonly Party[] } | { type: 'restart'; ticket: Ticket; parties: readonly Party[] };
export type ConnectionReport =
  | { type: 'video.changed'; video: VideoSnapshot }
  /** How the other arrives has changed. */
  | { type: 'video.arrives'; arrival: Arrival }
  | { type: 'video.failed'; error: SessionError };

export interface ConnectionInput {
  readonly ports: CallPorts;
  readonly ticket: Ticket;
  readonly parties: readonly Party[];
  readonly media: LocalMedia;
}

/** The video engine's connection, over all its attempts. */
export const connectionActor = fromCallback<ConnectionCommand, ConnectionInput>(({ input, sendBack, receive }) => {
  const ended = new AbortController();
  let connection: VideoConnection;
  try {
    connection = input.ports.video.connect(input.ticket, {
      media: input.media,
      signalling: input.ports.signalling,
      signal: ended.signal,
    });
  } catch (error) {
    sendBack({ type: 'video.failed', error: toSessionError(error) } satisfies ConnectionReport);
    return undefined;
  }
  let expected = expectedFrom(input.parties, input.ticket.seat);
  let memory = unmeasured;
  let timer: unknown;
  const { clock } = input.ports;
  const remember = (next: typeof memory): void => {
    const before = memory;
    memory = next;
    if (isSameArrival(before, next)) return;
    const { quality, measured, trouble } = next;
    sendBack({ type: 'video.arrives', arrival: { quality, measured, trouble } } satisfies ConnectionReport);
  };
  /** One reading after the other while something arrives; what can't be read says nothing. */
  const measure = (): void => {
    timer = clock.setTimeout(measure, READ_EVERY);
    connection.stats().then(
      (stats) => {
        if (timer !== undefined) remember(qualityStep(memory, stats, expected));
      },
      () => undefined,
    );
  };
  const onVideo = (video: VideoSnapshot): void => {
    sendBack({ type: 'video.changed', video } satisfies ConnectionReport);
    const isThere = video.state === 'connected';
    if (isThere && timer === undefined) timer = clock.setTimeout(measure, READ_EVERY);
    if (isThere) return;
    clock.clearTimeout(timer);
    timer = undefined;
    remember(unmeasured);
  };
  const unsubscribe = connection.subscribe(onVideo);
  connection.meet(input.parties);
  onVideo(connection.getSnapshot());

  receive((command) => {
    if (command.type === 'restart') connection.restart(command.ticket);
    expected = expectedFrom(command.parties, input.ticket.seat);
    connection.meet(command.parties);
  });

  return () => {
    unsubscribe();
    ended.abort();
    clock.clearTimeout(timer);
    timer = undefined;
    connection.close();
  };
});

export type PresenceCommand =
  | { type: 'report'; report: PresenceReport }
  /** Who is there was told in the meantime: an answer that is on its way may be older than that. */
  | { type: 'overtaken' };
export type PresenceOutcome =
  | { type: 'presence.answered'; answer: PresenceAnswer }
  | { type: 'presence.refused'; error: SessionError; lease: string };

export interface PresenceInput {
  readonly ports: CallPorts;
  readonly bookingId: BookingId;
  readonly report: PresenceReport;
  /** ms between two reports. */
  readonly every: number;
}

const PRESENCE_RETRY = 2_000;

/** Renews the lease on the seat, at once after each change and then regularly. A report that fails is sent again. */
export const presenceActor = fromCallback<PresenceCommand, PresenceInput>(({ input, sendBack, receive }) => {
  const ended = new AbortController();
  const { access, clock } = input.ports;
  let report = input.report;
  let timer: unknown;
  let running = false;
  /** How many answers were wanted; one that was wanted while another was under way takes its place. */
  let wanted = 0;

  const send = async (): Promise<void> => {
    clock.clearTimeout(timer);
    wanted += 1;
    if (running) return;
    running = true;
    const answering = wanted;
    let wait = input.every;
    const { lease } = report;
    try {
      const answer = await access.presence(input.bookingId, report, { signal: ended.signal });
      const isLatest = wanted === answering && !ended.signal.aborted;
      if (isLatest) sendBack({ type: 'presence.answered', answer } satisfies PresenceOutcome);
    } catch (error) {
      wait = PRESENCE_RETRY;
      const reason = toSessionError(error);
      if (!ended.signal.aborted) sendBack({ type: 'presence.refused', error: reason, lease } satisfies PresenceOutcome);
    }
    running = false;
    if (ended.signal.aborted) return;
    timer = clock.setTimeout(() => void send(), wanted === answering ? wait : 0);
  };

  receive((command) => {
    if (command.type === 'overtaken') {
      if (running) wanted += 1;
      return;
    }
    report = command.report;
    void send();
  });
  void send();

  return () => {
    ended.abort();
    clock.clearTimeout(timer);
  };
});

export interface SeatInput {
  readonly ports: CallPorts;
  readonly bookingId: BookingId;
}

export interface HolderInput extends SeatInput {
  readonly takeOver: boolean;
}

export type HolderReport =
  | { type: 'holder.known'; holder: string }
  | { type: 'holder.refused'; error: SessionError }
  /** Another tab of this browser took over. */
  | { type: 'holder.lost' };

/** This page's right to speak for its person, among the tabs of this browser: for as long as the call is there. */
export const holderActor = fromCallback<EventObject, HolderInput>(({ input, sendBack }) => {
  const { ports, bookingId, takeOver } = input;
  const ended = new AbortController();
  const { signal } = ended;
  const report = (what: HolderReport): void => {
    if (!signal.aborted) sendBack(what);
  };
  const onLost = (): void => {
    report({ type: 'holder.lost' });
  };
  ports.holding.hold(bookingId, { takeOver, onLost, signal }).then(
    (holder) => {
      if (holder !== null) report({ type: 'holder.known', holder });
      else report({ type: 'holder.refused', error: new SessionError('seat-taken', 'Another tab is in this session.') });
    },
    (error: unknown) => {
      report({ type: 'holder.refused', error: toSessionError(error) });
    },
  );
  return () => {
    ended.abort();
  };
});

export interface TakeSeatInput extends SeatInput {
  readonly request: SeatRequest;
}

export type SeatOutcome = { type: 'seat.given'; seat: Seat } | { type: 'seat.refused'; error: SessionError };

/**
 * A seat can be given by the backend while nobody waits for it any more. So the request goes on when the call has
 * ended, and a seat that comes too late is given back. A callback, not a promise: between the answer and its `done` event
 * the call could end, and nobody would have the seat to give back.
 */
export const takeSeatActor = fromCallback<EventObject, TakeSeatInput>(({ input, sendBack }) => {
  const { ports, bookingId, request } = input;
  const { signal } = new AbortController();
  let stopped = false;
  const report = (outcome: SeatOutcome): void => {
    if (!stopped) sendBack(outcome);
  };
  const ask = async (): Promise<Seat> => ports.access.takeSeat(bookingId, request, { signal });
  ask().then(
    (seat) => {
      if (stopped) ports.access.leave(bookingId, seat, { signal }).catch(() => undefined);
      report({ type: 'seat.given', seat });
    },
    (error: unknown) => {
      report({ type: 'seat.refused', error: toSessionError(error) });
    },
  );
  return () => {
    stopped = true;
  };
});

export interface TicketInput extends SeatInput {
  readonly seat: Seat;
  /** ms that it may take; the port's own time where it is left out. */
  readonly deadline?: number;
}

export const requestTicketActor = fromPromise<Ticket, TicketInput>(async ({ input, signal }) => {
  const { ports, bookingId, seat, deadline } = input;
  if (deadline === undefined) return ports.access.join(bookingId, seat, { signal });
  const late = new AbortController();
  let timer: unknown;
  const tooLate = new Promise<never>((_, reject) => {
    timer = ports.clock.setTimeout(() => {
      reject(new SessionError('timeout', 'The ticket did not come in time.'));
      late.abort();
    }, deadline);
  });
  try {
    const asking = ports.access.join(bookingId, seat, { signal: AbortSignal.any([signal, late.signal]) });
    return await Promise.race([asking, tooLate]);
  } finally {
    ports.clock.clearTimeout(timer);
  }
});

/** Best effort: a seat that can't be given back expires by itself. */
export const leaveSeatActor = fromPromise<undefined, SeatInput & { readonly seat: Seat | null }>(
  async ({ input, signal }) => {
    if (input.seat === null) return undefined;
    await input.ports.access.leave(input.bookingId, input.seat, { signal }).catch(() => undefined);
    return undefined;
  },
);

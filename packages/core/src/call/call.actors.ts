import { fromCallback, fromPromise } from 'xstate';
import type { BookingId } from '../booking/booking.schema.js';
import { toSessionError, type SessionError } from '../errors.js';
import type { AccessPort } from '../ports/backend.port.js';
import type { DevicesPort, LocalMedia, MediaRequest } from '../ports/devices.port.js';
import type { Clock } from '../ports/platform.port.js';
import type { SignallingPort, VideoConnection, VideoPort, VideoSnapshot } from '../ports/video.port.js';
import type { Party } from '../booking/party.schema.js';
import type { PresenceAnswer, PresenceReport, Seat, SeatRequest, Ticket } from './ticket.schema.js';

/** What a call needs of the world. */
export interface CallPorts {
  readonly access: AccessPort;
  readonly video: VideoPort;
  readonly devices: DevicesPort;
  readonly signalling: SignallingPort | undefined;
  readonly clock: Clock;
}

export type DevicesCommand = { type: 'turn'; device: 'microphone' | 'camera'; on: boolean };
export type DevicesReport =
  | { type: 'devices.opened'; media: LocalMedia }
  | { type: 'devices.failed'; error: SessionError }
  | { type: 'devices.changed' }
  | { type: 'devices.refused'; error: SessionError };

/** Holds camera and microphone for as long as the call lives. However the call ends, its end stops the tracks. */
export const devicesActor = fromCallback<DevicesCommand, { devices: DevicesPort; request: MediaRequest }>(
  ({ input, sendBack, receive }) => {
    const ended = new AbortController();
    let media: LocalMedia | null = null;
    let unsubscribe = (): void => undefined;
    const report = (event: DevicesReport): void => {
      if (!ended.signal.aborted) sendBack(event);
    };

    input.devices.open(input.request, { signal: ended.signal }).then(
      (opened) => {
        if (ended.signal.aborted) {
          opened.close();
          return;
        }
        media = opened;
        unsubscribe = opened.subscribe(() => {
          report({ type: 'devices.changed' });
        });
        report({ type: 'devices.opened', media: opened });
      },
      (error: unknown) => {
        report({ type: 'devices.failed', error: toSessionError(error) });
      },
    );

    receive(({ device, on }) => {
      media?.turn(device, on, { signal: ended.signal }).then(
        () => {
          report({ type: 'devices.changed' });
        },
        (thrown: unknown) => {
          const error = toSessionError(thrown);
          // Overtaken by a later turn of the same device, which is nothing to tell anybody.
          report(error.code === 'aborted' ? { type: 'devices.changed' } : { type: 'devices.refused', error });
        },
      );
    });

    return () => {
      ended.abort();
      unsubscribe();
      media?.close();
    };
  },
);

export type ConnectionCommand =
  { type: 'meet'; parties: readonly Party[] } | { type: 'restart'; ticket: Ticket; parties: readonly Party[] };
export type ConnectionReport =
  { type: 'video.changed'; video: VideoSnapshot } | { type: 'video.failed'; error: SessionError };

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
  const unsubscribe = connection.subscribe((video) => {
    sendBack({ type: 'video.changed', video } satisfies ConnectionReport);
  });
  connection.meet(input.parties);
  sendBack({ type: 'video.changed', video: connection.getSnapshot() } satisfies ConnectionReport);

  receive((command) => {
    if (command.type === 'restart') connection.restart(command.ticket);
    connection.meet(command.parties);
  });

  return () => {
    unsubscribe();
    ended.abort();
    connection.close();
  };
});

export type PresenceCommand =
  | { type: 'report'; report: PresenceReport }
  /** Who is there was told in the meantime: an answer that is on its way may be older than that. */
  | { type: 'overtaken' };
export type PresenceOutcome =
  { type: 'presence.answered'; answer: PresenceAnswer } | { type: 'presence.refused'; error: SessionError };

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
    try {
      const answer = await access.presence(input.bookingId, report, { signal: ended.signal });
      const isLatest = wanted === answering && !ended.signal.aborted;
      if (isLatest) sendBack({ type: 'presence.answered', answer } satisfies PresenceOutcome);
    } catch (error) {
      wait = PRESENCE_RETRY;
      const reason = toSessionError(error);
      if (!ended.signal.aborted) sendBack({ type: 'presence.refused', error: reason } satisfies PresenceOutcome);
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

export interface TakeSeatInput extends SeatInput {
  readonly request: SeatRequest;
}

/**
 * A seat can be given by the backend while nobody waits for it any more. So the request goes on when the call has
 * ended, and a seat that comes too late is given back.
 */
export const takeSeatActor = fromPromise<Seat, TakeSeatInput>(async ({ input, signal }) => {
  const { ports, bookingId, request } = input;
  const own = new AbortController();
  const seat = await ports.access.takeSeat(bookingId, request, { signal: own.signal });
  if (signal.aborted) await ports.access.leave(bookingId, seat, { signal: own.signal }).catch(() => undefined);
  return seat;
});

export const requestTicketActor = fromPromise<Ticket, SeatInput & { readonly seat: Seat }>(({ input, signal }) =>
  input.ports.access.join(input.bookingId, input.seat, { signal }),
);

/** Best effort: a seat that can't be given back expires by itself. */
export const leaveSeatActor = fromPromise<undefined, SeatInput & { readonly seat: Seat | null }>(
  async ({ input, signal }) => {
    if (input.seat === null) return undefined;
    await input.ports.access.leave(input.bookingId, input.seat, { signal }).catch(() => undefined);
    return undefined;
  },
);

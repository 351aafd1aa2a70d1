import type { BookingId } from '../booking/booking.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import { SessionError } from '../errors.js';
import { checkResult } from '../devices/check.rules.js';
import type { DeviceSettings } from '../devices/device-settings.js';
import type { DevicesReport } from '../devices/media.actor.js';
import type { Refused } from '../devices/open-media.js';
import type { DeviceCheck } from '../booking/device-check.schema.js';
import type { LocalMedia, MediaRequest } from '../ports/devices.port.js';
import type { VideoSnapshot, VideoState } from '../ports/video.port.js';
import type {
  CallPorts,
  ConnectionReport,
  HolderReport,
  PresenceOutcome,
  SeatOutcome,
  TakeSeatInput,
  TicketInput,
} from './call.actors.js';
import { isAdmitted } from '../booking/party.rules.js';
import type { Party, Sending } from '../booking/party.schema.js';
import type { Arrival } from './quality.rules.js';
import { recoveryPlan, type RecoveryPlan, type RecoveryReason } from './recovery.rules.js';
import type { PresenceReport, Seat, Ticket } from './ticket.schema.js';

/**
 * How a call on this page ended. `left`: hung up, can come back. `displaced`: another tab or device of this person has
 * it now. `elsewhere`: could not start because another one has it. `failed`: `error` says why.
 */
export interface CallOutcome {
  readonly outcome: 'left' | 'displaced' | 'elsewhere' | 'failed';
  readonly error: SessionError | null;
}

export interface CallInput {
  readonly bookingId: BookingId;
  readonly request: MediaRequest;
  readonly takeOver: boolean;
  readonly ports: CallPorts;
  readonly settings: DeviceSettings;
  /** What a device check on this page found before. */
  readonly checked: () => DeviceCheck;
  readonly now: () => Instant;
  /** In [0, 1); spreads the retries of many clients. */
  readonly random: () => number;
}

export interface CallContext extends CallInput {
  readonly media: LocalMedia | null;
  /** What was asked for and could not be had when the devices were opened. */
  readonly refused: Refused;
  readonly devicesError: SessionError | null;
  /** By which name the seat is asked for, so that this page's own lost answer does not look like another tab. */
  readonly holder: string | null;
  readonly seat: Seat | null;
  readonly ticket: Ticket | null;
  readonly parties: readonly Party[];
  readonly video: VideoSnapshot | null;
  /** How the other arrives. */
  readonly arrival: Arrival;
  /** Attempts in a row to bring the call back. */
  readonly attempt: number;
  /** What the present attempts are for; null when none is under way. */
  readonly recovery: RecoveryReason | null;
  /** ms that the backend asked to wait when it refused the last attempt. */
  readonly retryAfter: number | undefined;
  /** Why signalling was lost when the present ticket was asked for. Another reason since then: lost again. */
  readonly loss: SessionError | null;
  readonly since: Instant;
  readonly result: CallOutcome | null;
}

export type CallEvent =
  | { type: 'call.leave' }
  | { type: 'call.turn'; device: 'microphone' | 'camera'; on: boolean }
  | { type: 'call.share'; on: boolean }
  | { type: 'parties.changed'; parties: readonly Party[] }
  | { type: 'seat.taken'; seat: string; lease: string }
  | { type: 'call.wake' }
  | HolderReport
  | DevicesReport
  | ConnectionReport
  | PresenceOutcome
  | SeatOutcome;

/** Who is here beside this person and may be talked to: who is let in, where this person is too. */
export function othersHere(context: CallContext): readonly Party[] {
  return letIn(context).filter(
    (party) => party.seat !== context.seat?.seat && party.presence !== 'away' && party.peerId !== null,
  );
}

/**
 * Whom this side may be connected with. Who is not admitted has media with nobody, also such as flow already; only where
 * the backend wants it may an engine connect with them before.
 */
export function partiesToMeet(context: CallContext): readonly Party[] {
  return context.ticket?.preconnect === undefined ? letIn(context) : context.parties;
}

function letIn({ parties, seat }: CallContext): readonly Party[] {
  const own = parties.find((party) => party.seat === seat?.seat);
  return own === undefined || isAdmitted(own) ? parties.filter(isAdmitted) : [own];
}

/**
 * How media stand with whom this call is about: the patient or the provider, while they are here. A guest who is well
 * connected does not hide that they are not.
 */
export function mediaState(context: CallContext): VideoState | null {
  const { video } = context;
  const here = othersHere(context);
  const principal = here.find(({ role }) => role !== 'guest');
  if (video === null || principal === undefined || here.length === 1 || video.state === 'closed') {
    return video?.state ?? null;
  }
  return video.remote.find(({ seat }) => seat === principal.seat)?.state ?? 'connecting';
}

/** Why this call has to be brought back; null where it need not. */
export function troubleOf(context: CallContext): RecoveryReason | null {
  const { video } = context;
  const here = othersHere(context);
  const isSilent = video?.remote.some(
    ({ seat, state }) => state === 'interrupted' && here.some((party) => party.seat === seat),
  );
  if (isSilent === true || (video?.state === 'interrupted' && here.length > 0)) return 'silence';
  return video?.signalling === 'lost' ? 'signalling' : null;
}

export function seatOf(context: CallContext): Seat {
  if (context.seat === null) throw new Error('A ticket is asked for with a seat.');
  return context.seat;
}

export function seatRequest(context: CallContext, takeOver: boolean): TakeSeatInput {
  const { ports, bookingId, holder } = context;
  if (holder === null) throw new Error('A seat is asked for by a holder.');
  return { ports, bookingId, request: { holder, takeOver } };
}

export function ticketRequest(context: CallContext): TicketInput {
  const { ports, bookingId } = context;
  return { ports, bookingId, seat: seatOf(context) };
}

/** A ticket to bring the call back with, or the next attempt. */
export function renewal(context: CallContext): TicketInput {
  return { ...ticketRequest(context), deadline: planOf(context).deadline };
}

export function planOf({ recovery, attempt, random, retryAfter }: CallContext): RecoveryPlan {
  return recoveryPlan(recovery ?? 'signalling', Math.max(0, attempt - 1), random(), retryAfter);
}

/** In the call is who gets the other's media, or got it a moment ago and is being reconnected. */
export function presenceOf(context: CallContext): PresenceReport {
  const state = mediaState(context);
  const inCall = state === 'connected' || (state === 'interrupted' && othersHere(context).length > 0);
  const devices = devicesOf(context);
  const sending = sendingOf(context);
  return {
    lease: seatOf(context).lease,
    state: inCall ? 'in-call' : 'waiting',
    ...(Object.keys(devices).length === 0 ? {} : { devices }),
    ...(sending === null ? {} : { sending }),
  };
}

/** What the check before the call found, and over it what opening the devices for the call did. */
function devicesOf({ checked, media, refused }: CallContext): DeviceCheck {
  return { ...checked(), ...checkResult({ opened: media, refused, error: null, heard: null, network: null }) };
}

function sendingOf({ media, video }: CallContext): Sending | null {
  if (media === null) return null;
  const { microphone, camera, sharing } = media;
  const { carries = 'all' } = video ?? {};
  return {
    microphone,
    camera,
    ...(sharing ? { screen: true } : {}),
    ...(carries === 'all' ? {} : { limited: carries }),
  };
}

export function failure(error: SessionError): CallOutcome {
  if (error.code === 'seat-taken') return { outcome: 'elsewhere', error };
  return { outcome: 'failed', error };
}

export function lost(): SessionError {
  return new SessionError('video-lost', 'The call could not be brought back within five minutes.');
}

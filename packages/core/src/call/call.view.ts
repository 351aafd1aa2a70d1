import type { SnapshotFrom } from 'xstate';
import type { Instant } from '../booking/instant.schema.js';
import type { SessionError } from '../errors.js';
import type { Refused } from '../devices/open-media.js';
import type { DeviceChoice, StreamHandle } from '../ports/devices.port.js';
import type { Carries } from '../ports/video.port.js';
import { partiesToMeet, type CallContext } from './call.context.js';
import type { callMachine } from './call.machine.js';
import type { RecoveryReason } from './recovery.rules.js';
import type { Measured, Quality, Trouble } from './quality.rules.js';
import type { Party, TrackState } from '../booking/party.schema.js';

/**
 * Where a running call stands.
 *
 * - `preparing`: camera, microphone, seat and ticket are being got
 * - `waiting`: this side is ready, the other is not there
 * - `connecting`: both are there, media is on its way
 * - `connected` ⇄ `reconnecting`
 * - `leaving`: hung up, the seat is being given back
 */
export type CallState = 'preparing' | 'waiting' | 'connecting' | 'connected' | 'reconnecting' | 'leaving';

/** Somebody else in this session, as they arrive here. */
export interface OtherView {
  readonly party: Party;
  /** Null until the first of it has arrived. */
  readonly stream: StreamHandle | null;
  /** `waiting`: they are there and not let in, or this person is not. */
  readonly state: 'away' | 'waiting' | 'connecting' | 'connected' | 'interrupted';
}

/** All that a view needs to show a call, and nothing that it would have to work out. */
export interface CallView {
  readonly state: CallState;
  /** Since when it is in this state, server's clock. */
  readonly since: Instant;
  readonly local: StreamHandle | null;
  readonly remote: StreamHandle | null;
  readonly microphone: TrackState;
  readonly camera: TrackState;
  /** Whether the screen goes out in place of the camera. */
  readonly sharing: boolean;
  /** The devices in use, by id. */
  readonly using: DeviceChoice;
  /** What was asked for and could not be had when the call began. */
  readonly refused: Refused;
  /** The other party as the server names them; null until a ticket came. */
  readonly other: Party | null;
  /** All who have a seat beside this person: first the patient or the provider, then guests. */
  readonly others: readonly OtherView[];
  /** How often somebody tried to get into this call whom the backend did not name. They were dropped; a portal may want to know. */
  readonly strangers: number;
  /** How much of what this person sends their network carries. */
  readonly carries: Carries;
  /** This person's own part as the server has it: whether they are admitted, and what the provider says to them. */
  readonly own: Party | null;
  /** How well the other arrives; null while they do not, or it is not known yet. */
  readonly quality: Quality | null;
  /** The same in numbers, for whoever helps them; null with it. */
  readonly measured: Measured | null;
  /** The other says that they send it, and it does not arrive. */
  readonly trouble: Trouble | null;
  /** What is being done to bring the call back, and how often it was tried; null when nothing is. */
  readonly recovery: { readonly reason: RecoveryReason; readonly attempt: number } | null;
  /** Why turning a device on did not work, until it does. */
  readonly devicesError: SessionError | null;
}

/** A running call's snapshot as a view shows it. `snapshot` is one of an actor that has not ended. */
export function callView(snapshot: SnapshotFrom<typeof callMachine>): CallView {
  const { context } = snapshot;
  const others = othersOf(context);
  return {
    state: stateOf(snapshot),
    since: context.since,
    local: context.media?.stream ?? null,
    remote: others[0]?.stream ?? null,
    microphone: context.media?.microphone ?? 'missing',
    camera: context.media?.camera ?? 'missing',
    sharing: context.media?.sharing ?? false,
    using: context.media?.using ?? {},
    refused: context.refused,
    other: others[0]?.party ?? null,
    others,
    carries: context.video?.carries ?? 'all',
    strangers: context.video?.strangers ?? 0,
    own: context.parties.find((party) => party.seat === context.seat?.seat) ?? null,
    ...context.arrival,
    recovery: context.recovery && { reason: context.recovery, attempt: context.attempt },
    devicesError: context.devicesError,
  };
}

/** To a guest the provider comes first: it is they who let them in. */
const RANK = { provider: 0, patient: 1, guest: 2 } as const;

function othersOf(context: CallContext): readonly OtherView[] {
  const met = new Set(partiesToMeet(context).map(({ seat }) => seat));
  return context.parties
    .filter(({ seat }) => seat !== context.seat?.seat)
    .sort((a, b) => RANK[a.role] - RANK[b.role])
    .map((party) => {
      const media = context.video?.remote.find(({ seat }) => seat === party.seat);
      if (media !== undefined) return { party, stream: media.stream, state: media.state };
      const state = party.presence === 'away' ? 'away' : met.has(party.seat) ? 'connecting' : 'waiting';
      return { party, stream: null, state };
    });
}

function stateOf(snapshot: SnapshotFrom<typeof callMachine>): CallState {
  if (!snapshot.matches('active')) return 'leaving';
  if (snapshot.matches({ active: 'preparing' })) return 'preparing';
  const states = ['connected', 'reconnecting', 'connecting'] as const;
  return states.find((media) => snapshot.matches({ active: { inCall: { media } } })) ?? 'waiting';
}

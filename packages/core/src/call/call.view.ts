import type { SnapshotFrom } from 'xstate';
import type { Instant } from '../booking/instant.schema.js';
import type { SessionError } from '../errors.js';
import type { StreamHandle, TrackState } from '../ports/devices.port.js';
import type { callMachine } from './call.machine.js';
import type { Party } from '../booking/party.schema.js';

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

/** All that a view needs to show a call, and nothing that it would have to work out. */
export interface CallView {
  readonly state: CallState;
  /** Since when it is in this state, server's clock. */
  readonly since: Instant;
  readonly local: StreamHandle | null;
  readonly remote: StreamHandle | null;
  readonly microphone: TrackState;
  readonly camera: TrackState;
  /** The other party as the server names them; null until a ticket came. */
  readonly other: Party | null;
  /** Why turning a device on did not work, until it does. */
  readonly devicesError: SessionError | null;
}

/** A running call's snapshot as a view shows it. `snapshot` is one of an actor that has not ended. */
export function callView(snapshot: SnapshotFrom<typeof callMachine>): CallView {
  const { context } = snapshot;
  return {
    state: stateOf(snapshot),
    since: context.since,
    local: context.media?.stream ?? null,
    remote: context.video?.remote[0]?.stream ?? null,
    microphone: context.media?.microphone ?? 'missing',
    camera: context.media?.camera ?? 'missing',
    other: context.parties.find((party) => party.seat !== context.seat?.seat) ?? null,
    devicesError: context.devicesError,
  };
}

function stateOf(snapshot: SnapshotFrom<typeof callMachine>): CallState {
  if (!snapshot.matches('active')) return 'leaving';
  if (snapshot.matches({ active: 'preparing' })) return 'preparing';
  const states = ['connected', 'reconnecting', 'connecting'] as const;
  return states.find((media) => snapshot.matches({ active: { inCall: { media } } })) ?? 'waiting';
}

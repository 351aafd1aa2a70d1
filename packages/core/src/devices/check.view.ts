import type { SnapshotFrom } from 'xstate';
import type { DeviceCheck } from '../booking/device-check.schema.js';
import type { TrackState } from '../booking/party.schema.js';
import type { SessionError } from '../errors.js';
import type { DeviceChoice, MediaRequest, StreamHandle } from '../ports/devices.port.js';
import type { NetworkReport } from '../ports/video.port.js';
import type { checkMachine } from './check.machine.js';
import { checkResult, withLost } from './check.rules.js';
import type { Refused } from './open-media.js';

/** All that a view needs to show a device check. */
export interface DeviceCheckView {
  /** `asking`: the browser may be asking the person. `refused`: nothing could be opened, `error` says why. */
  readonly state: 'closed' | 'asking' | 'open' | 'refused';
  /** What the last start asked for. */
  readonly asked: MediaRequest;
  readonly local: StreamHandle | null;
  readonly microphone: TrackState;
  readonly camera: TrackState;
  /** The devices in use. */
  readonly using: DeviceChoice;
  /** Devices that were asked for and can't be had, or not any more, while the others can. */
  readonly refused: Refused;
  readonly error: SessionError | null;
  /** Why a change of device did not work. */
  readonly changeError: SessionError | null;
  /** Whether the test sound was heard; null: not said. */
  readonly heard: boolean | null;
  readonly network: 'untested' | 'testing' | 'works' | 'failed';
  readonly networkReport: NetworkReport | null;
  readonly networkError: SessionError | null;
  /** What the other side is told. */
  readonly result: DeviceCheck;
}

export function checkView(snapshot: SnapshotFrom<typeof checkMachine>): DeviceCheckView {
  const { context } = snapshot;
  const { media, request: asked, error, changeError, heard, report, networkError } = context;
  const network = networkOf(snapshot);
  const opened = media ?? context.opened;
  const refused = withLost(asked, opened, context.refused);
  return {
    state: stateOf(snapshot),
    asked,
    local: media?.stream ?? null,
    microphone: media?.microphone ?? 'missing',
    camera: media?.camera ?? 'missing',
    using: media?.using ?? {},
    refused,
    error,
    changeError,
    heard,
    network,
    networkReport: report,
    networkError,
    result: checkResult({ asked, opened, refused, error, heard, network: isKnown(network) ? network : null }),
  };
}

function stateOf(snapshot: SnapshotFrom<typeof checkMachine>): DeviceCheckView['state'] {
  if (snapshot.matches({ media: { open: 'asking' } })) return 'asking';
  if (snapshot.matches({ media: 'open' })) return 'open';
  return snapshot.matches({ media: 'refused' }) ? 'refused' : 'closed';
}

function networkOf(snapshot: SnapshotFrom<typeof checkMachine>): DeviceCheckView['network'] {
  const { report, networkError } = snapshot.context;
  if (snapshot.matches({ network: 'testing' })) return 'testing';
  if (report !== null) return 'works';
  // Where nobody offers a test, or the backend can't be reached, nothing is known about video.
  return networkError?.code === 'video-failed' ? 'failed' : 'untested';
}

function isKnown(network: DeviceCheckView['network']): network is 'works' | 'failed' {
  return network === 'works' || network === 'failed';
}

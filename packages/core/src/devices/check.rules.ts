import type { CheckOutcome, DeviceCheck } from '../booking/device-check.schema.js';
import type { TrackState } from '../booking/party.schema.js';
import { SessionError } from '../errors.js';
import type { Refused } from './open-media.js';

/** Which of the two are meant. */
export type Asked = Readonly<Record<'microphone' | 'camera', boolean>>;

export interface Opened {
  readonly microphone: TrackState;
  readonly camera: TrackState;
}

/** What a check, or a call's own opening of devices, found out so far. */
export interface Found {
  /** What was asked for; where it is left out, both. */
  readonly asked?: Asked;
  /** What was opened; null: nothing. */
  readonly opened: Opened | null;
  readonly refused: Refused;
  /** Why nothing could be opened. */
  readonly error: SessionError | null;
  /** Whether the person heard the test sound; null: not asked. */
  readonly heard: boolean | null;
  /** Null: not tested. */
  readonly network: 'works' | 'failed' | null;
}

/** As it is told to the other side. What was not checked is left out. */
export function checkResult({ asked, opened, refused, error, heard, network }: Found): DeviceCheck {
  const of = (kind: 'microphone' | 'camera'): CheckOutcome | undefined => {
    const reason = refused[kind] ?? (opened === null && asked?.[kind] !== false ? error : null);
    if (reason !== null) return outcomeOf(reason);
    const state = opened?.[kind];
    return state === undefined || state === 'missing' ? undefined : 'works';
  };
  const [microphone, camera] = [of('microphone'), of('camera')];
  return {
    ...(microphone === undefined ? {} : { microphone }),
    ...(camera === undefined ? {} : { camera }),
    ...(heard === null ? {} : { speaker: heard ? 'works' : 'failed' }),
    ...(network === null ? {} : { network }),
  };
}

/** What can't be had: what could not be opened, and what was opened and is gone. */
export function withLost(asked: Asked, opened: Opened | null, refused: Refused): Refused {
  const isLost = (kind: keyof typeof LOST): boolean =>
    asked[kind] && opened?.[kind] === 'missing' && refused[kind] === undefined;
  return {
    ...refused,
    ...(isLost('microphone') ? { microphone: LOST.microphone } : {}),
    ...(isLost('camera') ? { camera: LOST.camera } : {}),
  };
}

const LOST = { microphone: lost('microphone'), camera: lost('camera') };

function lost(path: 'microphone' | 'camera'): SessionError {
  const message = 'It was unplugged, or the system took it.';
  return new SessionError('devices-lost', message, { problems: [{ path, message }] });
}

function outcomeOf({ code }: SessionError): CheckOutcome {
  switch (code) {
    case 'devices-denied':
    case 'devices-dismissed':
    case 'devices-system':
      return 'denied';
    case 'devices-missing':
    case 'devices-lost':
      return 'missing';
    case 'devices-busy':
      return 'busy';
    case 'devices-blocked':
    case 'devices-insecure':
      return 'blocked';
    default:
      return 'failed';
  }
}

import { SessionError, type CheckOutcome, type DeviceCheckView, type SessionErrorCode } from '@active-session/core';
import { CLOSED_CHECK } from './fixtures.js';

/** A check that runs, and finds that both devices work. */
export function checkView(change: Partial<DeviceCheckView> = {}): DeviceCheckView {
  return {
    ...CLOSED_CHECK,
    state: 'open',
    camera: 'on',
    microphone: 'on',
    using: { camera: 'camera-1', microphone: 'microphone-1' },
    result: { camera: 'works', microphone: 'works' },
    ...change,
  };
}

const OUTCOMES: Partial<Record<SessionErrorCode, CheckOutcome>> = {
  'devices-denied': 'denied',
  'devices-dismissed': 'denied',
  'devices-system': 'denied',
  'devices-missing': 'missing',
  'devices-busy': 'busy',
  'devices-blocked': 'blocked',
  'devices-insecure': 'blocked',
};

/** A check that could open nothing; the error names one device, or none. */
export function refusedView(code: SessionErrorCode, kind?: 'camera' | 'microphone'): DeviceCheckView {
  const problems = kind === undefined ? [] : [{ path: kind, message: 'for developers' }];
  const outcome = OUTCOMES[code] ?? 'failed';
  return {
    ...CLOSED_CHECK,
    state: 'refused',
    error: new SessionError(code, 'for developers', { problems }),
    result: { camera: outcome, microphone: outcome },
  };
}

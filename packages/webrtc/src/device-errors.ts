import { SessionError } from '@active-session/core';
import type { MediaRequest, SessionErrorCode } from '@active-session/core';

type Wanted = 'camera' | 'microphone';

/** What the page knows about being allowed to use a device. */
export interface Permissions {
  /** Whether the page, or the frame that it stands in, may ask at all. */
  policyAllows(kind: Wanted): boolean;
  /** What the person said before, where the browser tells. */
  state(kind: Wanted): Promise<PermissionState | undefined>;
}

const simpleCodes: Readonly<Record<string, SessionErrorCode>> = {
  NotFoundError: 'devices-missing',
  OverconstrainedError: 'devices-missing',
  NotReadableError: 'devices-busy',
  AbortError: 'devices-busy',
  SecurityError: 'devices-blocked',
};

const messages: Partial<Record<SessionErrorCode, string>> = {
  'devices-missing': 'There is no such camera or microphone.',
  'devices-busy': 'The camera or microphone is in use, or does not start.',
  'devices-blocked': 'This page, or the frame it stands in, may not use the camera or microphone (Permissions-Policy).',
  'devices-denied': 'The person does not allow the camera or microphone.',
  'devices-dismissed': 'The person closed the question without an answer; asking again can help.',
  'devices-system': 'The system keeps the camera or microphone from this browser.',
  'devices-failed': 'The camera or microphone could not be opened.',
};

/** What `getUserMedia` threw, as one code for each thing that a person can do about it. */
export async function toDevicesError(
  cause: unknown,
  request: MediaRequest,
  permissions: Permissions = pagePermissions,
): Promise<SessionError> {
  const name = cause instanceof Error ? cause.name : '';
  const wanted = (['camera', 'microphone'] as const).filter((kind) => request[kind]);
  const { code, kinds }: Refusal =
    name === 'NotAllowedError'
      ? await refusal(wanted, permissions, isOfSystem(cause))
      : { code: simpleCodes[name] ?? 'devices-failed', kinds: wanted };
  const message = messages[code] ?? code;
  // Of two devices, the one that is known to be the reason.
  const problems = kinds.length === 1 ? kinds.map((path) => ({ path, message })) : [];
  return new SessionError(code, message, { cause, problems });
}

interface Refusal {
  readonly code: SessionErrorCode;
  /** Which devices are refused. */
  readonly kinds: readonly Wanted[];
}

async function refusal(wanted: readonly Wanted[], permissions: Permissions, isSystem: boolean): Promise<Refusal> {
  const blocked = wanted.filter((kind) => !permissions.policyAllows(kind));
  if (blocked.length > 0) return { code: 'devices-blocked', kinds: blocked };
  if (isSystem) return { code: 'devices-system', kinds: wanted };
  const states = await Promise.all(wanted.map((kind) => permissions.state(kind)));
  const denied = wanted.filter((_, index) => states[index] === 'denied');
  if (denied.length > 0) return { code: 'devices-denied', kinds: denied };
  // Where it still says "prompt", the question was closed. Where it says "granted", the system refused.
  if (states.includes('prompt')) return { code: 'devices-dismissed', kinds: wanted };
  return { code: states.every((state) => state === 'granted') ? 'devices-system' : 'devices-denied', kinds: wanted };
}

/** Chromium says so in the error's own words: "Permission denied by system". */
function isOfSystem(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes('by system');
}

/** Chromium only; elsewhere a blocked frame looks like a denial. */
interface PolicyDocument {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
  readonly permissionsPolicy?: { allowsFeature(feature: string): boolean };
}

const pagePermissions: Permissions = {
  policyAllows(kind) {
    const { permissionsPolicy, featurePolicy } = document as Document & PolicyDocument;
    return (permissionsPolicy ?? featurePolicy)?.allowsFeature(kind) ?? true;
  },
  async state(kind) {
    try {
      return (await navigator.permissions.query({ name: kind })).state;
    } catch {
      return undefined; // a browser that can't be asked about this one
    }
  },
};

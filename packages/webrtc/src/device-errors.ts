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
  'devices-denied': 'The person, or the system, does not allow the camera or microphone.',
  'devices-dismissed': 'The person closed the question without an answer; asking again can help.',
  'devices-failed': 'The camera or microphone could not be opened.',
};

/** What `getUserMedia` threw, as one code for each thing that a person can do about it. */
export async function toDevicesError(
  cause: unknown,
  request: MediaRequest,
  permissions: Permissions = pagePermissions,
): Promise<SessionError> {
  const name = cause instanceof Error ? cause.name : '';
  const code =
    name === 'NotAllowedError' ? await refusal(request, permissions) : (simpleCodes[name] ?? 'devices-failed');
  return new SessionError(code, messages[code] ?? code, { cause });
}

async function refusal(request: MediaRequest, permissions: Permissions): Promise<SessionErrorCode> {
  const wanted = (['camera', 'microphone'] as const).filter((kind) => request[kind]);
  if (!wanted.every((kind) => permissions.policyAllows(kind))) return 'devices-blocked';
  const states = await Promise.all(wanted.map((kind) => permissions.state(kind)));
  // Where it still says "prompt", the question was closed. Where it says "granted", the system refused.
  return !states.includes('denied') && states.includes('prompt') ? 'devices-dismissed' : 'devices-denied';
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

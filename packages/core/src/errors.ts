/**
 * What went wrong, as data. A view turns a code into words; nothing in core speaks to a person.
 *
 * - `network` `timeout` `unavailable` `rate-limited`: try again, after `retryAfter` ms where it is given
 * - `unauthenticated`: the sign-in has expired; `forbidden` `not-found`: not for this person
 * - `outside-window` `session-ended` `session-cancelled`: refused by the booking rules, `opensAt` says when it will open
 * - `slot-taken` `conflict` `seat-taken` `seat-lost`: somebody, or another tab, was faster
 * - `invalid`: what was sent is wrong, `problems` names the fields; `malformed`: what came back can't be read
 * - `not-supported`: the backend or the browser does not offer this
 * - `devices-…`: camera and microphone, one code for each thing that a person can do about it
 * - `video-…`: the call itself
 */
export type SessionErrorCode =
  | 'network'
  | 'timeout'
  | 'unavailable'
  | 'rate-limited'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'outside-window'
  | 'session-ended'
  | 'session-cancelled'
  | 'slot-taken'
  | 'conflict'
  | 'seat-taken'
  | 'seat-lost'
  | 'invalid'
  | 'malformed'
  | 'not-supported'
  | 'aborted'
  | 'devices-denied'
  | 'devices-dismissed'
  | 'devices-system'
  | 'devices-missing'
  | 'devices-lost'
  | 'devices-busy'
  | 'devices-insecure'
  | 'devices-blocked'
  | 'devices-failed'
  | 'video-unconfigured'
  | 'video-failed'
  | 'video-lost'
  | 'unknown';

export const SESSION_ERROR_CODES: readonly SessionErrorCode[] = [
  'network',
  'timeout',
  'unavailable',
  'rate-limited',
  'unauthenticated',
  'forbidden',
  'not-found',
  'outside-window',
  'session-ended',
  'session-cancelled',
  'slot-taken',
  'conflict',
  'seat-taken',
  'seat-lost',
  'invalid',
  'malformed',
  'not-supported',
  'aborted',
  'devices-denied',
  'devices-dismissed',
  'devices-system',
  'devices-missing',
  'devices-lost',
  'devices-busy',
  'devices-insecure',
  'devices-blocked',
  'devices-failed',
  'video-unconfigured',
  'video-failed',
  'video-lost',
  'unknown',
];

/** One field that does not parse, named as it stands on the wire (`dateTime`, `items.3.status`). */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

export interface SessionErrorDetails {
  readonly cause?: unknown;
  /** ms to wait before the same request can help. */
  readonly retryAfter?: number | undefined;
  /** Epoch ms at which the booking opens, where the window was the reason. */
  readonly opensAt?: number | undefined;
  readonly problems?: readonly FieldProblem[];
}

/** The one error class of the SDK. `message` is for developers, `code` is for programs. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: SessionErrorCode;
  readonly retryAfter: number | undefined;
  readonly opensAt: number | undefined;
  readonly problems: readonly FieldProblem[];

  constructor(code: SessionErrorCode, message: string, details: SessionErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryAfter = details.retryAfter;
    this.opensAt = details.opensAt;
    this.problems = details.problems ?? [];
  }
}

/** Any thrown value as a `SessionError`; one that is already is returned as it is. */
export function toSessionError(value: unknown): SessionError {
  if (value instanceof SessionError) return value;
  if (value instanceof Error && value.name === 'AbortError') {
    return new SessionError('aborted', 'The request was aborted.', { cause: value });
  }
  const message = value instanceof Error ? value.message : 'Something that is not an Error was thrown.';
  return new SessionError('unknown', message, { cause: value });
}

/** Whether the same request can succeed later without anybody changing anything. */
export function isTransient(error: SessionError): boolean {
  return (
    error.code === 'network' ||
    error.code === 'timeout' ||
    error.code === 'unavailable' ||
    error.code === 'rate-limited'
  );
}

/** Whether to keep it and send it again: transient, or good once this person has signed in again. */
export function isRetryable(error: SessionError): boolean {
  return isTransient(error) || error.code === 'unauthenticated';
}

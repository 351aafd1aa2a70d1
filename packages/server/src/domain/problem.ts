import { SessionError, type FieldProblem, type Instant } from '@active-session/core';
import { PROBLEM_STATUS, type ProblemCode } from '@active-session/core/contract';
import type { BookingRecord } from '../store/records.js';

const TITLES: Record<ProblemCode, string> = {
  invalid: 'The request is not valid',
  unauthenticated: 'Sign in first',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  'outside-window': 'The session is not open',
  'session-ended': 'The session has ended',
  'session-cancelled': 'The booking is cancelled',
  'slot-taken': 'The time is taken',
  conflict: 'Somebody else was faster',
  'seat-taken': 'The seat is taken',
  'seat-lost': 'The seat is no longer held',
  'rate-limited': 'Too many requests',
  unavailable: 'Not available now',
  'not-supported': 'Not supported',
  unknown: 'Something went wrong',
};

export interface ProblemDetails {
  readonly status?: number;
  readonly fields?: readonly FieldProblem[];
  readonly opensAt?: Instant;
  /** Seconds. */
  readonly retryAfter?: number;
  /** How the booking stands now, where somebody was faster. For one of its parties only. */
  readonly booking?: BookingRecord;
  readonly cause?: unknown;
}

/** A request that is refused. The message goes to the client: it never quotes data of anybody. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly fields: readonly FieldProblem[];
  readonly opensAt: Instant | undefined;
  readonly retryAfter: number | undefined;
  readonly booking: BookingRecord | undefined;

  constructor(code: ProblemCode, message: string, details: ProblemDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? PROBLEM_STATUS[code];
    this.fields = details.fields ?? [];
    this.opensAt = details.opensAt;
    this.retryAfter = details.retryAfter;
    this.booking = details.booking;
  }

  get title(): string {
    return TITLES[this.code];
  }
}

/** Like for an id that does not exist, so that nobody learns which ids do. */
export function notFound(): Problem {
  return new Problem('not-found', 'There is nothing here for you.');
}

export function invalidField(path: string, message: string): Problem {
  return new Problem('invalid', 'Some fields are not valid.', { fields: [{ path, message }] });
}

/** What core's `parse` throws, as a refusal. */
export function asInvalid(error: unknown): unknown {
  if (!(error instanceof SessionError) || error.code !== 'malformed') return error;
  return new Problem('invalid', 'Some fields are not valid.', { fields: error.problems });
}

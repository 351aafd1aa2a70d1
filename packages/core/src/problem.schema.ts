import * as z from 'zod/mini';
import { bookingSchema } from './booking/booking.schema.js';
import { instantSchema } from './booking/instant.schema.js';
import type { SessionErrorCode } from './errors.js';

/** The `type` of a problem is this and a `ProblemCode`. */
export const PROBLEM_TYPE = 'urn:active-session:problem:';

/** The codes that a backend refuses with, and the status of each. Who was too late to change a booking gets 409 or 412. */
export const PROBLEM_STATUS = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'outside-window': 403,
  'session-ended': 403,
  'session-cancelled': 403,
  'slot-taken': 409,
  conflict: 409,
  'seat-taken': 409,
  'seat-lost': 409,
  'rate-limited': 429,
  unavailable: 503,
  'not-supported': 501,
  unknown: 500,
} as const satisfies Partial<Record<SessionErrorCode, number>>;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEM_STATUS, code);
}

const PROBLEM_CODES = Object.keys(PROBLEM_STATUS).filter(isProblemCode);

/** What a refused request is answered with: RFC 9457, as `application/problem+json`. */
export const problemSchema = z.object({
  type: z.enum(PROBLEM_CODES.map((code) => `${PROBLEM_TYPE}${code}` as const)),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** The fields that are wrong, named as they stand in the request. */
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  /** When the session opens, where that is why. */
  opensAt: z.optional(instantSchema),
  /** How the booking stands now, where somebody was faster. */
  booking: z.optional(bookingSchema),
  /** Names this request in the server's log. */
  requestId: z.optional(z.string()),
});

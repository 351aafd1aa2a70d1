import * as z from 'zod/mini';
import { bookingSchema } from './booking/booking.schema.js';
import { instantSchema } from './booking/instant.schema.js';
import { SESSION_ERROR_CODES } from './errors.js';

/** The `type` of a problem is this and a `SessionErrorCode`. */
export const PROBLEM_TYPE = 'urn:active-session:problem:';

/** What a refused request is answered with: RFC 9457, as `application/problem+json`. */
export const problemSchema = z.object({
  type: z.enum(SESSION_ERROR_CODES.map((code) => `${PROBLEM_TYPE}${code}` as const)),
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

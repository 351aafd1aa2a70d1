import * as z from 'zod/mini';
import { bookingSchema } from './booking.schema.js';
import { instantSchema, toInstant, toIso, type Instant } from './instant.schema.js';

/** Where a booking stands for one person now. */
export const phaseSchema = z.enum(['upcoming', 'open', 'completed', 'cancelled', 'expired']);
export type Phase = z.infer<typeof phaseSchema>;

/**
 * Why. `in-call` and `may-return` hold a booking open after its window; `attended` is a session whose window closed
 * after both were in; `missed` one where somebody never came.
 */
export const verdictReasonSchema = z.enum([
  'before-window',
  'in-window',
  'in-call',
  'may-return',
  'ended',
  'attended',
  'cancelled',
  'no-show',
  'missed',
]);
export type VerdictReason = z.infer<typeof verdictReasonSchema>;

/** What the booking rules say for one booking, one role and one moment. */
export interface Verdict {
  readonly phase: Phase;
  readonly reason: VerdictReason;
  readonly opensAt: Instant;
  /** First moment at which it is no longer open by the window alone. */
  readonly closesAt: Instant;
  /** When the verdict changes by itself if nothing else happens; null: it stays. */
  readonly nextChangeAt: Instant | null;
}

const verdictWireSchema = z.object({
  phase: phaseSchema,
  reason: verdictReasonSchema,
  opensAt: instantSchema,
  closesAt: instantSchema,
  nextChangeAt: z.nullable(instantSchema),
});
export type VerdictWire = Readonly<z.infer<typeof verdictWireSchema>>;

/** Answer of `GET /bookings/active`. The seed's own backend may send no verdict; the rules then give it. */
export const activeBookingSchema = z.object({
  booking: z.nullable(bookingSchema),
  verdict: z.optional(z.nullable(verdictWireSchema)),
});

export function verdictFromWire(wire: VerdictWire): Verdict {
  return {
    phase: wire.phase,
    reason: wire.reason,
    opensAt: toInstant(wire.opensAt),
    closesAt: toInstant(wire.closesAt),
    nextChangeAt: wire.nextChangeAt === null ? null : toInstant(wire.nextChangeAt),
  };
}

export function verdictToWire(verdict: Verdict): VerdictWire {
  return {
    phase: verdict.phase,
    reason: verdict.reason,
    opensAt: toIso(verdict.opensAt),
    closesAt: toIso(verdict.closesAt),
    nextChangeAt: verdict.nextChangeAt === null ? null : toIso(verdict.nextChangeAt),
  };
}

import * as z from 'zod/mini';

/** How a check before the call went, for one thing that a call needs. */
export const checkOutcomeSchema = z.enum(['works', 'denied', 'missing', 'busy', 'blocked', 'failed']);
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;

/** What somebody's device check found, as it is told to the other side. Left out: not checked. */
export const deviceCheckSchema = z.object({
  microphone: z.optional(checkOutcomeSchema),
  camera: z.optional(checkOutcomeSchema),
  speaker: z.optional(checkOutcomeSchema),
  network: z.optional(checkOutcomeSchema),
});
export type DeviceCheck = Readonly<z.infer<typeof deviceCheckSchema>>;

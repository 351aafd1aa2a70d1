import * as z from 'zod/mini';

/** Who somebody is in one booking. A doctor can be a patient elsewhere. */
export const roleSchema = z.enum(['patient', 'provider']);
export type Role = z.infer<typeof roleSchema>;

const minutes = z.number().check(z.minimum(0), z.maximum(60 * 24 * 31));

const windowSchema = z.object({
  opensBeforeMinutes: minutes,
  closesAfterMinutes: minutes.check(z.positive()),
});

/** When a booking gives access, for each role, in minutes around its `dateTime`. Data from the backend, never a constant of a page. */
export const windowPolicySchema = z.object({
  patient: windowSchema,
  provider: windowSchema,
  /** For how long somebody who was in the call may come back after the window, or after they dropped. */
  returnMinutes: minutes,
  /** Whether a patient gets from the waiting room into the call by themselves. Left out: they do. */
  admission: z.optional(z.enum(['automatic', 'provider'])),
});
export type WindowPolicy = Readonly<z.infer<typeof windowPolicySchema>>;

/** The seed's own window: 1 hour before to 2 hours after the scheduled time. */
export const DEFAULT_WINDOW_POLICY: WindowPolicy = {
  patient: { opensBeforeMinutes: 60, closesAfterMinutes: 120 },
  provider: { opensBeforeMinutes: 60, closesAfterMinutes: 120 },
  returnMinutes: 10,
};

import * as z from 'zod/mini';
import { instantSchema } from '../booking/instant.schema.js';
import { DEFAULT_WINDOW_POLICY, roleSchema, windowPolicySchema } from '../booking/policy.schema.js';

/** Who is signed in, by the backend. `role` is the one they mostly have; in a booking, `roleIn` decides. */
export const meSchema = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(300)),
  role: roleSchema,
  name: z.string().check(z.minLength(1), z.maxLength(300)),
  serverTime: instantSchema,
  policy: z._default(windowPolicySchema, DEFAULT_WINDOW_POLICY),
});
export type Me = Readonly<z.infer<typeof meSchema>>;

import * as z from 'zod/mini';
import { instantSchema } from '../booking/instant.schema.js';
import { labelSchema } from '../booking/label.schema.js';
import { DEFAULT_WINDOW_POLICY, roleSchema, windowPolicySchema } from '../booking/policy.schema.js';

/** Who is signed in, by the backend. `role` is the one they mostly have; in a booking, `roleIn` decides. */
export const meSchema = z.object({
  id: labelSchema,
  role: roleSchema,
  name: labelSchema,
  serverTime: instantSchema,
  policy: z._default(windowPolicySchema, DEFAULT_WINDOW_POLICY),
});
export type Me = Readonly<z.infer<typeof meSchema>>;

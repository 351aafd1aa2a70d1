import * as z from 'zod/mini';
import { instantSchema } from '../booking/instant.schema.js';
import { labelSchema } from '../booking/label.schema.js';
import { partyRoleSchema } from '../booking/party.schema.js';
import { DEFAULT_WINDOW_POLICY, windowPolicySchema } from '../booking/policy.schema.js';

/** What the portal offers where video can't be had: a number to call, a page of its own. */
export const contactSchema = z.object({
  phone: z.optional(labelSchema),
  url: z.optional(z.url({ protocol: /^https?$/ })),
  label: z.optional(labelSchema),
});
export type Contact = Readonly<z.infer<typeof contactSchema>>;

/** Who is signed in, by the backend. `role` is the one they mostly have; in a booking, `roleIn` decides. */
export const meSchema = z.object({
  id: labelSchema,
  /** `guest`: in one session, by a link. */
  role: partyRoleSchema,
  name: labelSchema,
  /** Of a guest: where they sit. */
  seat: z.optional(labelSchema),
  serverTime: instantSchema,
  /** Names of the contract's operations that this backend has for this person. Left out: all of them. */
  offers: z.optional(z.array(z.string().check(z.maxLength(100)))),
  /** Whom to turn to where video can't be had. */
  contact: z.optional(contactSchema),
  policy: z._default(windowPolicySchema, DEFAULT_WINDOW_POLICY),
});
export type Me = Readonly<z.infer<typeof meSchema>>;

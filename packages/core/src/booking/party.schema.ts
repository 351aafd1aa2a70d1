import * as z from 'zod/mini';
import { instantSchema } from './instant.schema.js';
import { labelSchema } from './label.schema.js';
import { roleSchema } from './policy.schema.js';

/** What somebody does in a session now. `waiting` holds a seat, `in-call` sends and gets media. */
export const presenceStateSchema = z.enum(['away', 'waiting', 'in-call']);
export type PresenceState = z.infer<typeof presenceStateSchema>;

/**
 * One who may be in the call, as the server says it at this moment. `peerId` is where they can be dialled; it changes
 * with every new ticket and is null while they are away. Of two parties the one that `dials` calls the other.
 */
export const partySchema = z.object({
  seat: labelSchema,
  role: roleSchema,
  name: labelSchema,
  peerId: z.nullable(labelSchema),
  dials: z.boolean(),
  presence: presenceStateSchema,
  /** Since when they are waiting or in the call. */
  since: z.nullable(instantSchema),
});
export type Party = Readonly<z.infer<typeof partySchema>>;

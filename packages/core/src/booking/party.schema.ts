import * as z from 'zod/mini';
import { deviceCheckSchema } from './device-check.schema.js';
import { guestKindSchema } from './guest.schema.js';
import { instantSchema } from './instant.schema.js';
import { labelSchema } from './label.schema.js';
import { roleSchema } from './policy.schema.js';

/** What somebody does in a session now. `waiting` holds a seat, `in-call` sends and gets media. */
export const presenceStateSchema = z.enum(['away', 'waiting', 'in-call']);
export type PresenceState = z.infer<typeof presenceStateSchema>;

/**
 * Whether somebody may get from the waiting room into the call: `asking` until the provider decides where the policy
 * wants a decision, `held` when the provider asked them to wait.
 */
export const admissionSchema = z.enum(['admitted', 'asking', 'held']);
export type Admission = z.infer<typeof admissionSchema>;

/**
 * What a source sends now. `paused`: the system silences it, as for a phone call. `missing`: none was asked for, or none
 * is there.
 */
export const trackStateSchema = z.enum(['on', 'off', 'paused', 'missing']);
export type TrackState = z.infer<typeof trackStateSchema>;

/** What somebody sends into the call. */
export const sendingSchema = z.object({
  microphone: trackStateSchema,
  camera: trackStateSchema,
  /** Their screen goes out in place of their camera. */
  screen: z.optional(z.boolean()),
  /** Their network carries less than that: a small picture, or sound only. Left out: it carries all. */
  limited: z.optional(z.enum(['small-video', 'audio'])),
});
export type Sending = Readonly<z.infer<typeof sendingSchema>>;

/** What somebody is in a session. */
export const partyRoleSchema = z.enum([...roleSchema.options, 'guest']);
export type PartyRole = z.infer<typeof partyRoleSchema>;

/**
 * One who may be in the call, as the server says it at this moment to one reader. `peerId` is where they can be
 * dialled; it changes with every new ticket and is null while they are away, and for as long as they or the reader are
 * not admitted. Of two parties the one that `dials` calls the other.
 */
export const partySchema = z.object({
  seat: labelSchema,
  role: partyRoleSchema,
  /** Of a guest. */
  kind: z.optional(guestKindSchema),
  name: labelSchema,
  peerId: z.nullable(labelSchema),
  dials: z.boolean(),
  presence: presenceStateSchema,
  /** Since when they are waiting or in the call. */
  since: z.nullable(instantSchema),
  /** Left out: admitted. */
  admission: z.optional(admissionSchema),
  /** What the provider says to who is held. */
  message: z.optional(z.string().check(z.maxLength(500))),
  devices: z.optional(deviceCheckSchema),
  sending: z.optional(sendingSchema),
});
export type Party = Readonly<z.infer<typeof partySchema>>;

import * as z from 'zod/mini';
import { instantSchema } from './instant.schema.js';
import { labelSchema, sentLabelSchema } from './label.schema.js';

/** Why somebody beside patient and provider is in a session. */
export const guestKindSchema = z.enum(['interpreter', 'family', 'other']);
export type GuestKind = z.infer<typeof guestKindSchema>;

/** Whom a provider asks for a link for. */
export const guestRequestSchema = z.object({
  /** As the others will see it. */
  name: sentLabelSchema,
  kind: guestKindSchema,
});
export type GuestRequest = Readonly<z.infer<typeof guestRequestSchema>>;

/** Somebody with a seat in one session and no account. */
export const guestSchema = z.object({
  seat: labelSchema,
  name: labelSchema,
  kind: guestKindSchema,
  invitedAt: instantSchema,
  /** The link is good until then. */
  expiresAt: instantSchema,
});
export type Guest = Readonly<z.infer<typeof guestSchema>>;

/** The answer to a provider who invites: shown once, and not to be had again. */
export const invitationSchema = z.object({
  guest: guestSchema,
  /** Opaque and secret; the guest signs in with it. It belongs into the fragment of a link, which reaches no log. */
  token: labelSchema,
});
export type Invitation = Readonly<z.infer<typeof invitationSchema>>;

/** Patient, provider and two more: everybody sends to everybody, and a phone can't send to more. */
export const MOST_GUESTS = 2;

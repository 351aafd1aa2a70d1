import * as z from 'zod/mini';
import { bookingSchema, idSchema } from '../booking/booking.schema.js';
import { instantSchema } from '../booking/instant.schema.js';
import { labelSchema } from '../booking/label.schema.js';
import { writtenSchema } from '../booking/text.schema.js';

/** Labels from the seed's examples of what a provider shares. */
export const noteKindSchema = z.enum(['diagnosis', 'recommendation', 'follow-up', 'resource', 'prescription']);
export type NoteKind = z.infer<typeof noteKindSchema>;

/** Most characters (code points) in one note. */
export const NOTE_MAX_LENGTH = 10_000;

/** The seed's provider note, field for field; below the line what we add, all of it optional on the way in. */
export const providerNoteSchema = z.object({
  providerName: labelSchema,
  timestamp: instantSchema,
  content: z.string().check(z.maxLength(NOTE_MAX_LENGTH)),
  // ---
  id: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  bookingId: z.optional(idSchema),
  /** Id of the provider who wrote it. */
  author: z.optional(labelSchema),
  /** A kind that a newer backend knows and we do not is dropped, the note stays. */
  kind: z.catch(z.optional(noteKindSchema), undefined),
  /** Id of the note that this one corrects. */
  amends: z.optional(z.string()),
  /** Set when it was put in the wrong chart: the content is gone for the patient, the fact stays. */
  withdrawnAt: z.optional(instantSchema),
});
export type ProviderNote = Readonly<z.infer<typeof providerNoteSchema>>;

/** What a provider sends to share a note. The id is the sender's own, so that a repeated request is known as one. */
export const noteRequestSchema = z.object({
  id: z.uuid(),
  content: writtenSchema(NOTE_MAX_LENGTH).check(z.regex(/\S/)),
  kind: z.optional(noteKindSchema),
  amends: z.optional(z.string().check(z.maxLength(200))),
});
export type NoteRequest = Readonly<z.infer<typeof noteRequestSchema>>;

/** One of a patient's earlier bookings with the provider who reads it, and the notes of it that they may read. */
export const historyEntrySchema = z.object({
  booking: bookingSchema,
  notes: z.array(providerNoteSchema),
  /** When they handed it over: the booking is as it stood then. */
  handedOverAt: z.optional(instantSchema),
});
type HistoryEntryWire = z.infer<typeof historyEntrySchema>;
export type HistoryEntry = Readonly<Omit<HistoryEntryWire, 'notes'>> & { readonly notes: readonly ProviderNote[] };

/** The secret that a provider's drafts on a device are encrypted with. It is kept in memory only. */
export const draftKeySchema = z.object({
  /** Names the key, so that what an older one locked is known as such. */
  id: labelSchema,
  /** 32 bytes in base64url. */
  key: z.string().check(z.regex(/^[\w-]{43}$/)),
});
export type DraftKey = Readonly<z.infer<typeof draftKeySchema>>;

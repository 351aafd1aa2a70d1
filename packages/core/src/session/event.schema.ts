import * as z from 'zod/mini';
import { bookingSchema, idSchema } from '../booking/booking.schema.js';
import { labelSchema } from '../booking/label.schema.js';
import { partySchema } from '../booking/party.schema.js';
import { providerNoteSchema } from '../notes/note.schema.js';

/**
 * What the backend tells as it happens, each with an id in commit order over all that this person may see.
 *
 * - `booking.changed`: booked, moved, cancelled, completed, reopened, or somebody came or went (`attendance`)
 * - `booking.removed`: this booking is no longer this person's; whoever shows it forgets it
 * - `note.added`: a note was shared, or one was withdrawn (it comes again with `withdrawnAt`)
 * - `presence.changed`: who is there now, and where they can be dialled
 * - `seat.taken`: this person's seat went to another tab or device; `lease` names the new one
 */
export const sessionEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('booking.changed'), booking: bookingSchema }),
  z.object({ type: z.literal('booking.removed'), bookingId: idSchema }),
  z.object({ type: z.literal('note.added'), bookingId: idSchema, note: providerNoteSchema }),
  z.object({ type: z.literal('presence.changed'), bookingId: idSchema, parties: z.array(partySchema) }),
  z.object({ type: z.literal('seat.taken'), bookingId: idSchema, seat: z.string(), lease: z.string() }),
]);
/** A type that is not here comes from a newer backend and is passed over. */
export const SESSION_EVENT_TYPES: readonly string[] = [
  'booking.changed',
  'booking.removed',
  'note.added',
  'presence.changed',
  'seat.taken',
];

export type SessionEvent = Readonly<z.infer<typeof sessionEventSchema>>;

/** What has happened since, for who polls. `reset`: something may have been missed, read everything anew. */
export const pollSchema = z.object({
  events: z.array(z.object({ id: labelSchema, event: sessionEventSchema })),
  cursor: labelSchema,
  reset: z.optional(z.literal(true)),
});

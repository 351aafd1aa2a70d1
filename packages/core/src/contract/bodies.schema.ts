import * as z from 'zod/mini';
import { bookingSchema, bookingStatusSchema, providerSchema, slotSchema } from '../booking/booking.schema.js';
import { instantSchema } from '../booking/instant.schema.js';
import { labelSchema } from '../booking/label.schema.js';
import { partySchema } from '../booking/party.schema.js';
import { activeBookingSchema } from '../booking/verdict.schema.js';
import { historyEntrySchema, noteKindSchema, providerNoteSchema } from '../notes/note.schema.js';

const cursor = z.optional(z.string().check(z.minLength(1), z.maxLength(500)));
/** At most so many items on a page; the server may give fewer. */
const limit = z.optional(z.string().check(z.regex(/^[1-9]\d{0,3}$/)));
const instant = z.optional(instantSchema);

function page<T extends z.ZodMiniType>(item: T) {
  return z.object({ items: z.array(item), cursor });
}

export const bookingPage = page(bookingSchema);
export const providerPage = page(providerSchema);
export const slotPage = page(slotSchema);
export const notePage = page(providerNoteSchema);
export const historyPage = page(historyEntrySchema);
/** Who is there now, as the reader may see it. */
export const parties = z.object({ parties: z.array(partySchema) });
export const health = z.object({ status: z.enum(['ok', 'ready']) });
/** What this document is, as OpenAPI 3.1. */
export const document = z.looseObject({ openapi: z.string() });
/** The reference backend sends the verdict with it always. */
export const activeBooking = activeBookingSchema;

export const bookingQuery = z.object({
  status: z.optional(bookingStatusSchema),
  /** Half-open: from included, to not. */
  from: instant,
  to: instant,
  cursor,
  limit,
});
export const slotQuery = z.object({ from: instant, to: instant });
export const pageQuery = z.object({ cursor, limit });
export const historyQuery = z.object({
  from: instant,
  to: instant,
  /** Only bookings with a note of this kind. */
  kind: z.optional(noteKindSchema),
  cursor,
  limit,
});
/** For who polls: the id that the last answer gave. A stream sends it as `Last-Event-ID`. */
export const eventsQuery = z.object({ after: z.optional(labelSchema) });

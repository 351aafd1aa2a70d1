import * as z from 'zod/mini';
import { instantSchema } from './instant.schema.js';
import { labelSchema } from './label.schema.js';
import { partySchema } from './party.schema.js';
import { roleSchema } from './policy.schema.js';

const text = z.string().check(z.maxLength(10_000));

/** The seed prints a number; many backends have strings. Compare ids with `sameId`. */
export const idSchema = z.union([z.string().check(z.minLength(1), z.maxLength(200)), z.int()]);
export type BookingId = z.infer<typeof idSchema>;

export const bookingStatusSchema = z.enum(['scheduled', 'completed', 'cancelled']);
export type BookingStatus = z.infer<typeof bookingStatusSchema>;

/** The server's record of one person's time in the call of a booking. Still in: no `leftAt`. */
export const attendanceEntrySchema = z.object({
  seat: labelSchema,
  role: roleSchema,
  joinedAt: instantSchema,
  leftAt: z.optional(instantSchema),
});
export type AttendanceEntry = Readonly<z.infer<typeof attendanceEntrySchema>>;
export type Attendance = readonly AttendanceEntry[];

/** The seed's booking, field for field; below the line what we add, all of it optional on the way in. */
export const bookingSchema = z.object({
  id: idSchema,
  provider: labelSchema,
  providerName: labelSchema,
  providerInitials: z.string().check(z.maxLength(10)),
  dateTime: instantSchema,
  sessionType: labelSchema,
  notes: text,
  status: bookingStatusSchema,
  bookedAt: instantSchema,
  // ---
  patient: z.optional(labelSchema),
  patientName: z.optional(labelSchema),
  durationMinutes: z.optional(z.int().check(z.positive(), z.maximum(24 * 60))),
  /** IANA zone of the provider. */
  timeZone: z.optional(labelSchema),
  /** Rises with every change; an older one that arrives late is dropped. */
  version: z.optional(z.int().check(z.minimum(0))),
  completedAt: z.optional(instantSchema),
  cancelledAt: z.optional(instantSchema),
  cancelReason: z.optional(z.string().check(z.maxLength(500))),
  attendance: z.optional(z.array(attendanceEntrySchema)),
  /** Who is in its waiting room or call at the moment of reading; later changes come as events. */
  parties: z.optional(z.array(partySchema)),
});
export type Booking = Readonly<z.infer<typeof bookingSchema>>;

/** Somebody who can be booked. */
export const providerSchema = z.object({
  id: labelSchema,
  name: labelSchema,
  initials: z.string().check(z.maxLength(10)),
  specialty: z.optional(z.string().check(z.maxLength(300))),
  timeZone: z.optional(labelSchema),
  sessionTypes: z.optional(z.array(labelSchema)),
});
export type Provider = Readonly<z.infer<typeof providerSchema>>;

/** A time at which a provider can be booked. */
export const slotSchema = z.object({
  start: instantSchema,
  durationMinutes: z.int().check(z.positive()),
});
export type Slot = Readonly<z.infer<typeof slotSchema>>;

/** What a patient sends to book. */
export const bookingRequestSchema = z.object({
  provider: labelSchema,
  dateTime: instantSchema,
  sessionType: z.optional(labelSchema),
  notes: z.string().check(z.maxLength(2_000)),
});
export type BookingRequest = Readonly<z.infer<typeof bookingRequestSchema>>;

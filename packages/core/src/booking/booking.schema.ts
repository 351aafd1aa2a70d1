import * as z from 'zod/mini';
import { instantSchema } from './instant.schema.js';
import { labelSchema, sentLabelSchema } from './label.schema.js';
import { partySchema } from './party.schema.js';
import { roleSchema } from './policy.schema.js';
import { writtenSchema } from './text.schema.js';

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

/** The provider said that they will be late. */
export const lateSchema = z.object({
  /** Minutes after `dateTime`. */
  minutes: z.int().check(z.minimum(1), z.maximum(240)),
  message: z.optional(z.string().check(z.maxLength(500))),
  saidAt: instantSchema,
});
export type Late = Readonly<z.infer<typeof lateSchema>>;

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
  /** Whose part in the booking it was; left out where the backend does not say, or nobody did it. */
  cancelledBy: z.optional(roleSchema),
  /** `no-show` where the provider said that the patient did not come. */
  cancelReason: z.optional(z.string().check(z.maxLength(500))),
  /** Its `dateTime` before it was last moved. */
  rescheduledFrom: z.optional(instantSchema),
  late: z.optional(lateSchema),
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
  provider: sentLabelSchema,
  dateTime: instantSchema,
  sessionType: z.optional(sentLabelSchema),
  notes: writtenSchema(2_000),
});
export type BookingRequest = Readonly<z.infer<typeof bookingRequestSchema>>;

/** Why a booking is cancelled, in the words of who cancels. That a patient did not come has a command of its own. */
export const cancelRequestSchema = z.object({
  reason: z.optional(writtenSchema(500).check(z.regex(/\S/), z.regex(/^(?!no-show$)/))),
});

/** Where a booking is to be moved. */
export const rescheduleRequestSchema = z.object({ dateTime: instantSchema });
export type RescheduleRequest = Readonly<z.infer<typeof rescheduleRequestSchema>>;

/** How late the provider will be. */
export const lateRequestSchema = z.object({
  minutes: lateSchema.shape.minutes,
  message: z.optional(writtenSchema(500)),
});
export type LateRequest = Readonly<z.infer<typeof lateRequestSchema>>;

/** Whom the provider lets in. */
export const admitRequestSchema = z.object({
  /** Left out: the patient. */
  seat: z.optional(sentLabelSchema),
});
export type AdmitRequest = Readonly<z.infer<typeof admitRequestSchema>>;

/** Whom the provider asks to wait, and what they say to them. */
export const holdRequestSchema = z.object({
  /** Whom. Left out: the patient. */
  seat: z.optional(sentLabelSchema),
  message: z.optional(writtenSchema(500)),
});
export type HoldRequest = Readonly<z.infer<typeof holdRequestSchema>>;

/** The provider who takes a booking over. */
export const reassignRequestSchema = z.object({ provider: sentLabelSchema });
export type ReassignRequest = Readonly<z.infer<typeof reassignRequestSchema>>;

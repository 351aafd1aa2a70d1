import { MINUTE, toInstant, toIso, type Late } from '@active-session/core';
import type { Selectable } from 'kysely';
import type { BookingChange, BookingRecord } from '../records.js';
import type { Database } from './schema.js';

export type BookingRow = Selectable<Database['bookings']>;
export type AttendanceRow = Selectable<Database['attendance']>;

/** `attendance`: also of former lives, which don't count. */
export function recordOf(row: BookingRow, attendance: readonly AttendanceRow[]): BookingRecord {
  const late = lateOf(row);
  return {
    id: row.id,
    provider: row.provider,
    providerName: row.provider_name,
    providerInitials: row.provider_initials,
    dateTime: toIso(row.start),
    sessionType: row.session_type,
    notes: row.notes,
    status: row.status,
    bookedAt: toIso(row.booked_at),
    patient: row.patient,
    patientName: row.patient_name,
    durationMinutes: (row.end - row.start) / MINUTE,
    timeZone: row.time_zone,
    version: row.version,
    ...(row.completed_at === null ? {} : { completedAt: toIso(row.completed_at) }),
    ...(row.cancelled_at === null ? {} : { cancelledAt: toIso(row.cancelled_at) }),
    ...(row.cancelled_by === null ? {} : { cancelledBy: row.cancelled_by }),
    ...(row.cancel_reason === null ? {} : { cancelReason: row.cancel_reason }),
    ...(row.rescheduled_from === null ? {} : { rescheduledFrom: toIso(row.rescheduled_from) }),
    ...(late === undefined ? {} : { late }),
    attendance: attendance
      .filter(({ epoch }) => epoch === row.epoch)
      .map(({ seat, joined_at, left_at }) => ({
        seat,
        role: seat,
        joinedAt: toIso(joined_at),
        ...(left_at === null ? {} : { leftAt: toIso(left_at) }),
      })),
  };
}

function lateOf({ late_minutes, late_message, late_said_at }: BookingRow): Late | undefined {
  if (late_minutes === null || late_said_at === null) return undefined;
  return {
    minutes: late_minutes,
    saidAt: toIso(late_said_at),
    ...(late_message === null ? {} : { message: late_message }),
  };
}

/** A booking as it is made. */
export function rowOf(booking: BookingRecord): BookingRow {
  const start = toInstant(booking.dateTime);
  return {
    id: booking.id,
    patient: booking.patient,
    patient_name: booking.patientName,
    provider: booking.provider,
    provider_name: booking.providerName,
    provider_initials: booking.providerInitials,
    start,
    end: start + booking.durationMinutes * MINUTE,
    time_zone: booking.timeZone,
    session_type: booking.sessionType,
    notes: booking.notes,
    status: booking.status,
    booked_at: toInstant(booking.bookedAt),
    version: booking.version,
    completed_at: null,
    cancelled_at: null,
    cancelled_by: null,
    cancel_reason: null,
    rescheduled_from: null,
    late_minutes: null,
    late_message: null,
    late_said_at: null,
    epoch: 0,
    erased_at: null,
  };
}

/** What of a row a change sets; a value that is left out stays. */
export function changeRow({ late, moved, provider, ...change }: BookingChange): Partial<BookingRow> {
  return {
    ...(change.status === undefined ? {} : { status: change.status }),
    ...(change.completedAt === undefined ? {} : { completed_at: instantOrNull(change.completedAt) }),
    ...(change.cancelledAt === undefined ? {} : { cancelled_at: toInstant(change.cancelledAt) }),
    ...(change.cancelledBy === undefined ? {} : { cancelled_by: change.cancelledBy }),
    ...(change.cancelReason === undefined ? {} : { cancel_reason: change.cancelReason }),
    ...(late === undefined
      ? {}
      : {
          late_minutes: late?.minutes ?? null,
          late_message: late?.message ?? null,
          late_said_at: instantOrNull(late?.saidAt ?? null),
        }),
    ...(moved === undefined ? {} : { start: moved.start, end: moved.end, rescheduled_from: moved.from }),
    ...(provider === undefined
      ? {}
      : {
          provider: provider.id,
          provider_name: provider.name,
          provider_initials: provider.initials,
          time_zone: provider.timeZone,
        }),
  };
}

function instantOrNull(iso: string | null): number | null {
  return iso === null ? null : toInstant(iso);
}

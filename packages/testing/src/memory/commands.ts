import {
  cancelRequestSchema,
  lateRequestSchema,
  rescheduleRequestSchema,
  toInstant,
  toIso,
  type Booking,
  type BookingId,
  type LateRequest,
  type RescheduleRequest,
} from '@active-session/core';
import { checked } from './checked.js';
import { tellPresence } from './parties.js';
import { attendanceClosed, change, isToDo, ownRow, requireVersion, startOf } from './rows.js';
import { requireFree } from './slots.js';
import type { MemoryBooking, Row, State } from './state.js';

export function cancel(state: State, person: string, id: BookingId, given: string | undefined): Booking {
  const own = ownRow(state, person, id);
  const { reason } = checked(cancelRequestSchema, given === undefined ? {} : { reason: given });
  if (!isToDo(state, 'cancel', own)) return own.row.booking;
  return over(state, own.row, {
    status: 'cancelled',
    cancelledAt: toIso(state.now()),
    cancelledBy: own.role,
    ...(reason === undefined ? {} : { cancelReason: reason }),
  });
}

export function reportNoShow(state: State, person: string, id: BookingId): Booking {
  const own = ownRow(state, person, id);
  if (!isToDo(state, 'no-show', own)) return own.row.booking;
  return over(state, own.row, {
    status: 'cancelled',
    cancelledAt: toIso(state.now()),
    cancelledBy: 'provider',
    cancelReason: 'no-show',
  });
}

export function complete(state: State, person: string, id: BookingId): Booking {
  const own = ownRow(state, person, id);
  if (!isToDo(state, 'complete', own)) return own.row.booking;
  return over(state, own.row, { status: 'completed', completedAt: toIso(state.now()) });
}

export function reopen(state: State, person: string, id: BookingId): Booking {
  const own = ownRow(state, person, id);
  if (!isToDo(state, 'reopen', own)) return own.row.booking;
  return change(state, own.row, { status: 'scheduled' }, ['completedAt']);
}

export function announceLate(state: State, person: string, id: BookingId, request: LateRequest): Booking {
  const own = ownRow(state, person, id);
  const { minutes, message } = checked(lateRequestSchema, request);
  isToDo(state, 'late', own);
  const { late, ...rest } = own.row.booking;
  if (late?.minutes === minutes && late.message === message) return { ...rest, late };
  const said = { minutes, saidAt: toIso(state.now()), ...(message === undefined ? {} : { message }) };
  return change(state, own.row, { late: said });
}

/** A new life of the booking: who was there, and who was let in, does not count for it. */
export function reschedule(
  state: State,
  person: string,
  id: BookingId,
  request: RescheduleRequest,
  version: number,
): Booking {
  const own = ownRow(state, person, id);
  const { row } = own;
  const start = toInstant(checked(rescheduleRequestSchema, request).dateTime);
  // It was moved there and the answer was lost; the version that is asked for is the one before.
  if (row.booking.status === 'scheduled' && startOf(row.booking) === start) return row.booking;
  isToDo(state, 'reschedule', own);
  requireVersion(row, version);
  requireFree(state, row.booking.provider, start, row);
  const isSeated = row.leases.size > 0;
  row.leases.clear();
  row.decision = null;
  // Guests are asked in anew as well; their links go with the booking.
  for (const guest of row.guests.values())
    Object.assign(guest, { admission: 'asking', message: undefined, stay: null });
  const moved = { dateTime: toIso(start), rescheduledFrom: row.booking.dateTime, attendance: [] };
  const booking = change(state, row, moved, ['late']);
  if (isSeated) tellPresence(state, row);
  return booking;
}

/** The end of a booking, whichever: nobody is in it any more. */
export function over(state: State, row: Row, fields: Partial<MemoryBooking>): MemoryBooking {
  const isSeated = row.leases.size > 0;
  row.leases.clear();
  const booking = change(state, row, { ...fields, attendance: attendanceClosed(row, state.now()) });
  if (isSeated) tellPresence(state, row);
  for (const guest of row.guests.values()) guest.isRemoved = true;
  row.guests.clear();
  return booking;
}

import { toInstant, toIso, type BookingRequest, type LateRequest } from '@active-session/core';
import { randomId } from '../random.js';
import type { AuditAction, BookingChange, BookingRecord, PersonRecord } from '../store/records.js';
import { slotAt } from './free-slots.js';
import { dismissGuests } from './guests.js';
import { audienceOf, change, mayDo, toldAgain } from './own-booking.js';
import { invalidField, Problem } from './problem.js';
import { emptySeats, enter } from './seats.js';
import type { Unit } from './unit.js';

/** Books a free slot of a provider for `patient`. */
export async function book(unit: Unit, patient: PersonRecord, request: BookingRequest): Promise<BookingRecord> {
  const provider = await unit.view.people.person(request.provider);
  if (provider?.role !== 'provider' || provider.active === false) {
    throw invalidField('provider', 'nobody who can be booked');
  }
  if (provider.id === patient.id) throw invalidField('provider', 'nobody books themselves');
  const slot = await slotAt(unit, provider, toInstant(request.dateTime));
  const sessionType = request.sessionType ?? slot.sessionTypes[0] ?? 'Video';
  if (!slot.sessionTypes.includes(sessionType)) throw invalidField('sessionType', 'not offered at this time');

  const taken = await unit.view.bookings.taken(provider.id, slot.start, slot.end);
  const booking: BookingRecord = {
    id: randomId(),
    provider: provider.id,
    providerName: provider.name,
    providerInitials: provider.initials,
    dateTime: toIso(slot.start),
    sessionType,
    notes: request.notes,
    status: 'scheduled',
    bookedAt: toIso(unit.now),
    patient: patient.id,
    patientName: patient.name,
    durationMinutes: slot.durationMinutes,
    timeZone: provider.timeZone,
    version: 1,
    attendance: [],
  };
  if (taken.length > 0 || !(await unit.view.bookings.insert(booking))) {
    throw new Problem('slot-taken', 'Somebody else has just booked this time.');
  }
  await unit.audit({ actor: patient.id, action: 'booking.booked', booking: booking.id });
  await unit.publish({ type: 'booking.changed', booking }, audienceOf(booking));
  return booking;
}

/** Ends the session for both, for good. A second time answers like the first. */
export async function complete(unit: Unit, person: string, id: string): Promise<BookingRecord> {
  const own = await enter(unit, person, id);
  if (!(await mayDo(unit, own, 'complete'))) return toldAgain(unit, person, own.booking);
  return finish(unit, own.booking, person, 'booking.completed', {
    status: 'completed',
    completedAt: toIso(unit.now),
  });
}

/** A second time answers like the first. */
export async function cancel(
  unit: Unit,
  person: string,
  id: string,
  reason: string | undefined,
): Promise<BookingRecord> {
  const own = await enter(unit, person, id);
  if (!(await mayDo(unit, own, 'cancel'))) return toldAgain(unit, person, own.booking);
  return finish(unit, own.booking, person, 'booking.cancelled', {
    status: 'cancelled',
    cancelledAt: toIso(unit.now),
    cancelledBy: own.seat,
    ...(reason === undefined ? {} : { cancelReason: reason }),
  });
}

/** The patient did not come. One who sits in the waiting room did. */
export async function reportNoShow(unit: Unit, person: string, id: string): Promise<BookingRecord> {
  const own = await enter(unit, person, id);
  const { booking } = own;
  if (!(await mayDo(unit, own, 'no-show'))) return toldAgain(unit, person, booking);
  if ((await unit.view.seats.lease(booking.id, 'patient')) !== undefined) {
    throw new Problem('conflict', 'The patient is in the waiting room.', { booking });
  }
  return finish(unit, booking, person, 'booking.no-show', {
    status: 'cancelled',
    cancelledAt: toIso(unit.now),
    cancelledBy: 'provider',
    cancelReason: 'no-show',
  });
}

/** Opens a session again that was ended by mistake. */
export async function reopen(unit: Unit, person: string, id: string): Promise<BookingRecord> {
  const own = await enter(unit, person, id);
  if (!(await mayDo(unit, own, 'reopen'))) return toldAgain(unit, person, own.booking);
  await unit.audit({ actor: person, action: 'booking.reopened', booking: own.booking.id });
  return change(unit, own.booking, { status: 'scheduled', completedAt: null });
}

/** Says how late the provider will be; the same again says nothing new. */
export async function announceLate(
  unit: Unit,
  person: string,
  id: string,
  { minutes, message }: LateRequest,
): Promise<BookingRecord> {
  const own = await enter(unit, person, id);
  await mayDo(unit, own, 'late');
  const { booking } = own;
  if (booking.late?.minutes === minutes && booking.late.message === message) return toldAgain(unit, person, booking);
  await unit.audit({ actor: person, action: 'booking.late', booking: booking.id });
  const late = { minutes, saidAt: toIso(unit.now), ...(message === undefined ? {} : { message }) };
  return change(unit, booking, { late });
}

/** The status first: who reads the last word about the attendance must find it ended. */
export async function finish(
  unit: Unit,
  booking: BookingRecord,
  actor: string | null,
  action: AuditAction,
  ending: BookingChange,
): Promise<BookingRecord> {
  const ended = await change(unit, booking, ending);
  await unit.audit({ actor, action, booking: booking.id });
  const emptied = await emptySeats(unit, ended, { reason: 'session-ended', actor });
  await dismissGuests(unit, emptied);
  return emptied;
}

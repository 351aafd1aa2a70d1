import { compareText, toInstant, toIso, type Booking, type BookingRequest } from '@active-session/core';
import { randomId } from '../random.js';
import type { BookingRecord, PersonRecord } from '../store/records.js';
import { audienceOf, change, refusal, verdictOf } from './own-booking.js';
import { invalidField, Problem } from './problem.js';
import { emptySeats, enter } from './seats.js';
import { workingSlots, type WorkingSlot } from './slots.js';
import type { ReadUnit, Unit } from './unit.js';

/** Books a free slot of a provider for `patient`. */
export async function book(unit: Unit, patient: PersonRecord, request: BookingRequest): Promise<BookingRecord> {
  const provider = await unit.view.people.person(request.provider);
  if (provider?.role !== 'provider') throw invalidField('provider', 'nobody who can be booked');
  if (provider.id === patient.id) throw invalidField('provider', 'nobody books themselves');
  if (!request.notes.isWellFormed()) throw invalidField('notes', 'not well-formed Unicode');
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
  await unit.publish({ type: 'booking.changed', booking }, audienceOf(booking));
  return booking;
}

async function slotAt(unit: Unit, provider: PersonRecord, start: number): Promise<WorkingSlot> {
  if (start <= unit.now) throw invalidField('dateTime', 'in the past');
  const hours = await unit.view.people.openingHours(provider.id);
  const slot = workingSlots(hours, provider.timeZone, start, start + 1)[0];
  if (slot === undefined) throw invalidField('dateTime', 'no time at which this provider can be booked');
  return slot;
}

/** Free slots of a provider that start in `[from, to)` and after now. */
export async function freeSlots(
  unit: ReadUnit,
  provider: PersonRecord,
  from: number,
  to: number,
): Promise<WorkingSlot[]> {
  const hours = await unit.view.people.openingHours(provider.id);
  const slots = workingSlots(hours, provider.timeZone, Math.max(from, unit.now + 1), to);
  const [first, last] = [slots[0], slots.at(-1)];
  if (first === undefined || last === undefined) return [];
  const taken = await unit.view.bookings.taken(provider.id, first.start, last.end);
  return slots.filter((slot) => !taken.some(({ start, end }) => start < slot.end && end > slot.start));
}

export async function sessionTypesOf(unit: Pick<ReadUnit, 'view'>, provider: string): Promise<string[]> {
  const hours = await unit.view.people.openingHours(provider);
  return [...new Set(hours.flatMap(({ sessionTypes }) => sessionTypes))].sort(compareText);
}

/** Ends the session for both, for good. A second time answers like the first. */
export async function complete(unit: Unit, person: string, id: string): Promise<BookingRecord> {
  const { booking, seat } = await enter(unit, person, id);
  if (booking.status === 'completed') return booking;
  const verdict = verdictOf(unit, booking, seat);
  if (verdict.phase === 'cancelled') throw alreadyCancelled();
  if (verdict.phase !== 'open' && verdict.phase !== 'completed') throw refusal(verdict);
  return finish(unit, booking, { status: 'completed', completedAt: toIso(unit.now) });
}

/** A second time answers like the first. Only the provider says that somebody did not come. */
export async function cancel(
  unit: Unit,
  person: string,
  id: string,
  cancelReason: string | undefined,
): Promise<BookingRecord> {
  const { booking, seat } = await enter(unit, person, id);
  if (booking.status === 'cancelled') return booking;
  const verdict = verdictOf(unit, booking, seat);
  const { phase } = verdict;
  if (phase === 'completed') throw new Problem('session-ended', 'This session has ended.', { status: 409 });
  if (seat !== 'provider' && (phase === 'expired' || cancelReason === 'no-show')) {
    throw new Problem('forbidden', 'Only the provider can say this of a session.');
  }
  // Nobody has failed to come to what has not opened.
  if (cancelReason === 'no-show' && phase === 'upcoming') throw refusal(verdict);
  const reason = cancelReason === undefined ? {} : { cancelReason };
  return finish(unit, booking, { status: 'cancelled', cancelledAt: toIso(unit.now), ...reason });
}

type Ending = Pick<Booking, 'status' | 'completedAt' | 'cancelledAt' | 'cancelReason'>;

/** The status first: who reads the last word about the attendance must find it ended. */
export async function finish(unit: Unit, booking: BookingRecord, ending: Ending): Promise<BookingRecord> {
  const ended = await change(unit, booking, ending);
  return emptySeats(unit, ended, 'session-ended');
}

function alreadyCancelled(): Problem {
  return new Problem('session-cancelled', 'This booking is cancelled.', { status: 409 });
}

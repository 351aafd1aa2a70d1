import { MINUTE, toInstant, type ReassignRequest, type RescheduleRequest } from '@active-session/core';
import type { BookingRecord, HandoverRecord, PersonRecord } from '../store/records.js';
import { slotAt } from './free-slots.js';
import { change, mayDo, ownBooking, requireVersion, startOf, toldAgain, type OwnBooking } from './own-booking.js';
import { publishPresence } from './parties.js';
import { invalidField, Problem } from './problem.js';
import { dropLease, emptySeats, expireLeases } from './seats.js';
import type { Unit } from './unit.js';

/**
 * Moves a booking of a known version to another free time. It begins anew there: who was there before counts no more.
 * One that is at that time already is answered like the first time, whatever version the asker knows.
 */
export async function reschedule(
  unit: Unit,
  person: string,
  id: string,
  { dateTime }: RescheduleRequest,
  version: number,
): Promise<BookingRecord> {
  const own = await ownBooking(unit.view, id, person);
  const to = toInstant(dateTime);
  if (own.booking.status === 'scheduled' && startOf(own.booking) === to) return toldAgain(unit, person, own.booking);
  const { booking, seat } = await inVersion(unit, own, version);
  await mayDo(unit, { booking, seat }, 'reschedule');

  const provider = await unit.view.people.person(booking.provider);
  if (provider === undefined) throw new Error('A booking is of somebody who is not there.');
  if (provider.active === false) throw invalidField('dateTime', 'this provider can be booked no more');
  const slot = await slotAt(unit, provider, to);
  if (!slot.sessionTypes.includes(booking.sessionType)) {
    throw invalidField('dateTime', 'this type of session is not offered at this time');
  }
  await requireFree(unit, booking, provider, slot);
  const emptied = await emptySeats(unit, booking, { reason: 'seat-lost', actor: person });
  await unit.view.bookings.dropAdmission(booking.id);
  // Guests are asked in anew as well; their links go with the booking.
  for (const { id: guest } of await unit.view.guests.of(booking.id)) {
    await unit.view.guests.change(guest, { admission: 'asking', message: null, joinedAt: null, leftAt: null });
  }
  await unit.audit({ actor: person, action: 'booking.rescheduled', booking: booking.id });
  const moved = { start: slot.start, end: slot.end, from: startOf(booking) };
  const booked = await change(unit, emptied, { moved, late: null });
  await publishPresence(unit, booked);
  return booked;
}

/**
 * Hands a booking of a known version over. The former provider loses it at once, and what was told them of it is told
 * them no more; what they wrote they can read.
 */
export async function reassign(
  unit: Unit,
  person: string,
  id: string,
  request: ReassignRequest,
  version: number,
): Promise<void> {
  const own = await ownBooking(unit.view, id, person);
  if (own.seat === 'provider' && request.provider === person) return;
  const { booking, seat } = await inVersion(unit, own, version);
  await mayDo(unit, { booking, seat }, 'reassign');
  const provider = await unit.view.people.person(request.provider);
  if (provider?.role !== 'provider' || provider.active === false || provider.id === booking.patient) {
    throw invalidField('provider', 'nobody who can take this booking over');
  }
  const start = startOf(booking);
  await requireFree(unit, booking, provider, { start, end: start + booking.durationMinutes * MINUTE });

  const held = await unit.view.seats.lease(booking.id, 'provider');
  const end = { reason: 'seat-lost', actor: person } as const;
  const left = held === undefined ? booking : await dropLease(unit, booking, held, end);
  await unit.view.bookings.putHandover(asLeft(left, unit.now));
  const handedOver = await change(unit, left, { provider, late: null });
  await unit.audit({ actor: person, action: 'booking.reassigned', booking: booking.id, subject: provider.id });
  await unit.view.events.detach(booking.id, person);
  await unit.publish({ type: 'booking.removed', bookingId: booking.id }, { patient: null, provider: person });
  await publishPresence(unit, handedOver);
}

/** What the provider who hands it over may know of it from then on. */
function asLeft(booking: BookingRecord, at: number): HandoverRecord {
  const { id, provider, providerName, providerInitials, dateTime, durationMinutes, timeZone, status, version } =
    booking;
  const { completedAt, rescheduledFrom } = booking;
  return {
    booking: id,
    at,
    provider,
    providerName,
    providerInitials,
    dateTime,
    durationMinutes,
    timeZone,
    status,
    version,
    ...(completedAt === undefined ? {} : { completedAt }),
    ...(rescheduledFrom === undefined ? {} : { rescheduledFrom }),
  };
}

/** The version that the asker knows is of what they could see, before leases that ran out are cleared away. */
async function inVersion(unit: Unit, { booking, seat }: OwnBooking, version: number): Promise<OwnBooking> {
  requireVersion(booking, version);
  return { booking: await expireLeases(unit, booking), seat };
}

async function requireFree(
  unit: Unit,
  booking: BookingRecord,
  provider: PersonRecord,
  { start, end }: { start: number; end: number },
): Promise<void> {
  const taken = await unit.view.bookings.taken(provider.id, start, end, booking.id);
  if (taken.length > 0) throw new Problem('slot-taken', 'Somebody else has this time.');
}

import { toIso, type Party, type Role } from '@active-session/core';
import type { BookingRecord, LeaseRecord } from '../store/records.js';
import { audienceOf, verdictOf } from './own-booking.js';
import type { ReadUnit, Unit } from './unit.js';

const SEATS: readonly Role[] = ['patient', 'provider'];

/** Who may be in the call, as it is now. Only the provider dials, so that two never dial each other. */
export async function partiesOf(unit: Pick<ReadUnit, 'view' | 'now'>, booking: BookingRecord): Promise<Party[]> {
  const leases = await unit.view.seats.leasesOf(booking.id);
  const live = leases.filter(({ expiresAt }) => expiresAt > unit.now);
  return Promise.all(
    SEATS.map(async (seat) => {
      const person = await unit.view.people.person(seat === 'patient' ? booking.patient : booking.provider);
      const booked = seat === 'patient' ? booking.patientName : booking.providerName;
      const lease = live.find((held) => held.seat === seat);
      return { seat, role: seat, name: person?.name ?? booked, dials: seat === 'provider', ...presenceOf(lease) };
    }),
  );
}

/** A booking as it is read: where it is open, with who is there. Later changes are told as events. */
export async function withParties<T extends BookingRecord>(unit: ReadUnit, booking: T): Promise<T> {
  if (SEATS.every((seat) => verdictOf(unit, booking, seat).phase !== 'open')) return booking;
  return { ...booking, parties: await partiesOf(unit, booking) };
}

export async function publishPresence(unit: Unit, booking: BookingRecord): Promise<Party[]> {
  const parties = await partiesOf(unit, booking);
  await unit.publish({ type: 'presence.changed', bookingId: booking.id, parties }, audienceOf(booking));
  return parties;
}

function presenceOf(lease: LeaseRecord | undefined): Pick<Party, 'peerId' | 'presence' | 'since'> {
  if (lease === undefined) return { peerId: null, presence: 'away', since: null };
  return { peerId: lease.peerId, presence: lease.state, since: toIso(lease.since) };
}

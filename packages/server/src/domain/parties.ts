import { admissionAtFirst, roleIn, toIso, type Party, type Role } from '@active-session/core';
import type { BookingRecord, LeaseRecord } from '../store/records.js';
import { audienceIn, personIn, verdictOf } from './own-booking.js';
import type { ReadUnit, Unit } from './unit.js';

const SEATS: readonly Role[] = ['patient', 'provider'];

export type Standing = Pick<Party, 'admission' | 'message'>;

/** Who is there, as each side may see it. */
export type PartiesBySeat = Readonly<Record<Role, Party[]>>;

/** Whether who sits there may get into the call. */
export async function standingOf(unit: ReadUnit, booking: BookingRecord, seat: Role): Promise<Standing> {
  const decided = seat === 'patient' ? await unit.view.bookings.admission(booking.id) : undefined;
  if (decided === undefined) return { admission: admissionAtFirst(seat, unit.policy) };
  const { state, message } = decided;
  return message === null ? { admission: state } : { admission: state, message };
}

export async function isAdmitted(unit: ReadUnit, booking: BookingRecord, seat: Role): Promise<boolean> {
  return (await standingOf(unit, booking, seat)).admission === 'admitted';
}

/** Who may be in the call, as it is now. Only the provider dials, so that two never dial each other. */
export async function partiesOf(unit: ReadUnit, booking: BookingRecord): Promise<PartiesBySeat> {
  const leases = await unit.view.seats.leasesOf(booking.id);
  const live = leases.filter(({ expiresAt }) => expiresAt > unit.now);
  const all: Party[] = [];
  for (const seat of SEATS) {
    const person = await unit.view.people.person(personIn(booking, seat));
    const booked = seat === 'patient' ? booking.patientName : booking.providerName;
    const lease = live.find((held) => held.seat === seat);
    all.push({
      seat,
      role: seat,
      name: person?.name ?? booked,
      dials: seat === 'provider',
      ...presenceOf(lease),
      ...(await standingOf(unit, booking, seat)),
    });
  }
  return { patient: seenBy('patient', all), provider: seenBy('provider', all) };
}

/** Where somebody can be dialled is told between those who are admitted only. */
function seenBy(reader: Role, all: readonly Party[]): Party[] {
  const isIn = ({ admission }: Party): boolean => admission === 'admitted';
  const readerIsIn = all.some((party) => party.seat === reader && isIn(party));
  return all.map((party) =>
    party.seat === reader || (readerIsIn && isIn(party)) ? party : { ...party, peerId: null },
  );
}

/** A booking as `reader` reads it: where it is open, with who is there. Later changes are told as events. */
export async function withParties<T extends BookingRecord>(unit: ReadUnit, booking: T, reader: string): Promise<T> {
  if (SEATS.every((seat) => verdictOf(unit, booking, seat).phase !== 'open')) return booking;
  return { ...booking, parties: (await partiesOf(unit, booking))[roleIn(booking, reader)] };
}

/** Tells each side who is there, as that side may see it. */
export async function publishPresence(unit: Unit, booking: BookingRecord): Promise<PartiesBySeat> {
  const parties = await partiesOf(unit, booking);
  for (const seat of SEATS) {
    const event = { type: 'presence.changed', bookingId: booking.id, parties: parties[seat] } as const;
    await unit.publish(event, audienceIn(booking, seat));
  }
  return parties;
}

function presenceOf(
  lease: LeaseRecord | undefined,
): Pick<Party, 'peerId' | 'presence' | 'since' | 'devices' | 'sending'> {
  if (lease === undefined) return { peerId: null, presence: 'away', since: null };
  const { peerId, state, since, devices, sending } = lease;
  const told = { ...(devices === null ? {} : { devices }), ...(sending === null ? {} : { sending }) };
  return { peerId, presence: state, since: toIso(since), ...told };
}

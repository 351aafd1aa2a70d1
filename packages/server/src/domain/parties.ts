import { admissionAtFirst, roleIn, toIso, type Booking, type Party } from '@active-session/core';
import type { BookingRecord, GuestRecord, LeaseRecord } from '../store/records.js';
import { asGuestReads, verdictOf } from './own-booking.js';
import { audienceOnly, participantsOf, type Participant } from './participants.js';
import type { ReadUnit, Unit } from './unit.js';

export type Standing = Pick<Party, 'admission' | 'message'>;

/** Who is there, as who sits there may see it. */
export type PartiesSeenBy = (seat: string) => Party[];

/** Whether who sits there may get into the call. A guest is let in by the provider, whatever the policy is. */
export async function standingOf(unit: ReadUnit, booking: BookingRecord, whom: Participant): Promise<Standing> {
  if (whom.role === 'guest') return standing(whom.guest.admission, whom.guest.message);
  const decided = whom.role === 'patient' ? await unit.view.bookings.admission(booking.id) : undefined;
  return decided === undefined
    ? { admission: admissionAtFirst(whom.role, unit.policy) }
    : standing(decided.state, decided.message);
}

function standing(admission: Standing['admission'], message: string | null): Standing {
  return message === null ? { admission } : { admission, message };
}

/** False for a seat that nobody has. */
export async function isAdmitted(unit: ReadUnit, booking: BookingRecord, seat: string): Promise<boolean> {
  const whom = (await participantsOf(unit.view, booking)).find((one) => one.seat === seat);
  return whom !== undefined && (await standingOf(unit, booking, whom)).admission === 'admitted';
}

/** Who may be in the call, as it is now. Only the provider dials, so that two never dial each other. */
export async function partiesOf(unit: ReadUnit, booking: BookingRecord): Promise<PartiesSeenBy> {
  const leases = await unit.view.seats.leasesOf(booking.id);
  const live = leases.filter(({ expiresAt }) => expiresAt > unit.now);
  const all: Party[] = [];
  for (const whom of await participantsOf(unit.view, booking)) {
    const { seat, role } = whom;
    all.push({
      seat,
      role,
      ...(await nameOf(unit, booking, whom)),
      dials: role === 'provider',
      ...presenceOf(live.find((held) => held.seat === seat)),
      ...(await standingOf(unit, booking, whom)),
    });
  }
  return (seat) => seenBy(unit, seat, all);
}

async function nameOf(
  { view }: ReadUnit,
  booking: BookingRecord,
  whom: Participant,
): Promise<Pick<Party, 'name' | 'kind'>> {
  if (whom.role === 'guest') return { name: whom.guest.name, kind: whom.guest.kind };
  const person = await view.people.person(whom.person);
  return { name: person?.name ?? (whom.role === 'patient' ? booking.patientName : booking.providerName) };
}

/**
 * Where somebody can be dialled is told between those who are admitted, and between the two who may connect before that.
 * What the provider says to who is held, and what a device check found, is no matter of guests and of theirs.
 */
function seenBy({ preconnects }: ReadUnit, seat: string, all: readonly Party[]): Party[] {
  const reader = all.find((party) => party.seat === seat);
  const involveGuest = (party: Party): boolean => reader?.role === 'guest' || party.role === 'guest';
  const mayMeet = (party: Party): boolean =>
    (reader?.admission === 'admitted' && party.admission === 'admitted') || (preconnects && !involveGuest(party));
  return all.map((party) => {
    if (party === reader) return party;
    const { message: _message, devices: _devices, ...rest } = party;
    const told = reader?.role !== 'provider' && involveGuest(party) ? rest : party;
    return mayMeet(party) ? told : { ...told, peerId: null };
  });
}

/**
 * A booking as `reader` reads it: with who is there where it is open, or where somebody is invited. Later changes are
 * told as events.
 */
export async function withParties<T extends BookingRecord>(unit: ReadUnit, booking: T, reader: string): Promise<T> {
  const isOpen = (['patient', 'provider'] as const).some((role) => verdictOf(unit, booking, role).phase === 'open');
  if (!isOpen && (await unit.view.guests.of(booking.id)).length === 0) return booking;
  return { ...booking, parties: (await partiesOf(unit, booking))(roleIn(booking, reader)) };
}

/** A booking as a guest of it reads it. */
export async function asGuestSees(unit: ReadUnit, booking: BookingRecord, guest: GuestRecord): Promise<Booking> {
  return { ...asGuestReads(booking), parties: (await partiesOf(unit, booking))(guest.seat) };
}

/** Tells each who is there, as they may see it. */
export async function publishPresence(unit: Unit, booking: BookingRecord): Promise<PartiesSeenBy> {
  const parties = await partiesOf(unit, booking);
  for (const whom of await participantsOf(unit.view, booking)) {
    const event = { type: 'presence.changed', bookingId: booking.id, parties: parties(whom.seat) } as const;
    await unit.publish(event, audienceOnly(booking, whom));
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

import { judgeGuest, permitEntry, type Role, type Verdict } from '@active-session/core';
import type { Audience, BookingRecord, GuestRecord } from '../store/records.js';
import type { StoreView } from '../store/store.js';
import {
  audienceIn,
  audienceOfGuest,
  mayDo,
  ownBooking,
  personIn,
  requirePermission,
  verdictOf,
} from './own-booking.js';
import { notFound } from './problem.js';
import type { ReadUnit } from './unit.js';

/** Who takes part in a session: one of the two whose booking it is, or a guest. */
export type Participant =
  | { readonly role: Role; readonly seat: Role; readonly person: string }
  | { readonly role: 'guest'; readonly seat: string; readonly person: string; readonly guest: GuestRecord };

export interface Participation {
  readonly booking: BookingRecord;
  readonly self: Participant;
}

/** @throws Problem `not-found` for whom the booking is not */
export async function participation(view: StoreView, id: string, person: string): Promise<Participation> {
  const guest = await view.guests.get(person);
  if (guest === undefined) {
    const { booking, seat } = await ownBooking(view, id, person);
    return { booking, self: { role: seat, seat, person } };
  }
  const booking = guest.booking === id && guest.removedAt === null ? await view.bookings.get(id) : undefined;
  if (booking === undefined) throw notFound();
  return { booking, self: asParticipant(guest) };
}

/** Everybody who has a seat: the patient, the provider, then guests. */
export async function participantsOf(view: StoreView, booking: BookingRecord): Promise<readonly Participant[]> {
  const two = (['patient', 'provider'] as const).map((role) => ({ role, seat: role, person: personIn(booking, role) }));
  return [...two, ...(await view.guests.of(booking.id)).map(asParticipant)];
}

export function asParticipant(guest: GuestRecord): Participant {
  return { role: 'guest', seat: guest.seat, person: guest.id, guest };
}

/** Only this one. */
export function audienceOnly(booking: BookingRecord, self: Participant): Audience {
  return self.role === 'guest' ? audienceOfGuest(self.guest) : audienceIn(booking, self.role);
}

export function participantVerdict(
  unit: Pick<ReadUnit, 'now' | 'policy'>,
  booking: BookingRecord,
  self: Participant,
): Verdict {
  if (self.role !== 'guest') return verdictOf(unit, booking, self.role);
  const { joinedAt, leftAt } = self.guest;
  const stay = joinedAt === null ? null : { joinedAt, leftAt };
  return judgeGuest({ booking, attendance: booking.attendance, now: unit.now, policy: unit.policy, stay });
}

/** @throws Problem where the session is not open to them */
export async function mayEnter(unit: ReadUnit, { booking, self }: Participation): Promise<void> {
  if (self.role !== 'guest') await mayDo(unit, { booking, seat: self.role }, 'enter');
  else await requirePermission(unit, booking, 'enter', permitEntry(participantVerdict(unit, booking, self)));
}

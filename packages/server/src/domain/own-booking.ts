import {
  judge,
  permit,
  roleIn,
  toInstant,
  type BookingCommand,
  type Permission,
  type Role,
  type Verdict,
} from '@active-session/core';
import type { Audience, BookingChange, BookingRecord, GuestRecord } from '../store/records.js';
import type { StoreView } from '../store/store.js';
import { notFound, Problem, type ProblemDetails } from './problem.js';
import type { ReadUnit, Unit } from './unit.js';

export interface OwnBooking {
  readonly booking: BookingRecord;
  /** Who this person is in it, which is also the name of their seat. */
  readonly seat: Role;
}

/** @throws Problem `not-found` for somebody else's booking exactly as for none */
export async function ownBooking(view: StoreView, id: string, person: string): Promise<OwnBooking> {
  const booking = await view.bookings.get(id);
  if (booking === undefined || !isParty(booking, person)) throw notFound();
  return { booking, seat: roleIn(booking, person) };
}

export function isParty(booking: BookingRecord, person: string): boolean {
  return booking.patient === person || booking.provider === person;
}

export function personIn(booking: BookingRecord, seat: Role): string {
  return seat === 'patient' ? booking.patient : booking.provider;
}

export function audienceOf(booking: BookingRecord): Audience {
  return { patient: booking.patient, provider: booking.provider };
}

/** Only the one in this seat. */
export function audienceIn(booking: BookingRecord, seat: Role): Audience {
  return { patient: null, provider: null, [seat]: personIn(booking, seat) };
}

export function verdictOf(unit: Pick<ReadUnit, 'now' | 'policy'>, booking: BookingRecord, role: Role): Verdict {
  return judge({ booking, attendance: booking.attendance, now: unit.now, policy: unit.policy, role });
}

/**
 * Whether there is something to do: false where the booking is already as the command would make it.
 *
 * @throws Problem where the rules refuse it: with `opensAt` where waiting helps, with the booking where somebody was faster
 */
export async function mayDo(unit: ReadUnit, { booking, seat }: OwnBooking, command: BookingCommand): Promise<boolean> {
  const { now, policy } = unit;
  const permission = permit(command, { booking, attendance: booking.attendance, now, policy, role: seat });
  return requirePermission(unit, booking, command, permission);
}

/** The same, for a permission that was found already. */
export async function requirePermission(
  unit: ReadUnit,
  booking: BookingRecord,
  command: BookingCommand,
  permission: Permission,
): Promise<boolean> {
  if (permission.is === 'refused') throw refusal(command, permission, booking);
  if (permission.is === 'done') return false;
  // A page may have kept what it sends while the records of its patient were taken away.
  if (await unit.view.records.isErased(booking.id)) {
    throw new Problem('forbidden', 'The records of this booking were erased.');
  }
  return true;
}

type Refused = Extract<Permission, { is: 'refused' }>;

function refusal(command: BookingCommand, { code, opensAt }: Refused, booking: BookingRecord): Problem {
  // Who wants in is not allowed in; who wants to change it was too late.
  const isLostRace = command !== 'enter' && code !== 'outside-window' && code !== 'forbidden';
  const details: ProblemDetails = isLostRace ? { status: 409, booking } : {};
  return new Problem(code, wordsOf(code, opensAt), opensAt === undefined ? details : { ...details, opensAt });
}

function wordsOf(code: Refused['code'], opensAt: number | undefined): string {
  switch (code) {
    case 'forbidden':
      return 'Only the provider of this booking does this.';
    case 'outside-window':
      return opensAt === undefined ? 'The time of this session is over.' : 'The time for this has not come yet.';
    case 'session-ended':
      return 'This session has ended.';
    case 'session-cancelled':
      return 'This booking is cancelled.';
    case 'conflict':
      return 'Somebody is, or was, in the call of this session.';
  }
}

/** @throws Problem `conflict` unless the booking still has the version that the asker knows */
export function requireVersion(booking: BookingRecord, version: number): void {
  if (booking.version === version) return;
  throw new Problem('conflict', 'This booking has changed since.', { status: 412, booking });
}

/** What was asked for is so already. It is told again, and that is a read. */
export async function toldAgain(unit: Unit, actor: string, booking: BookingRecord): Promise<BookingRecord> {
  await unit.audit({ actor, action: 'booking.read', booking: booking.id });
  return booking;
}

/** Saves a change, which raises the version, and tells both. An empty change is for a new attendance. */
export async function change(unit: Unit, booking: BookingRecord, what: BookingChange): Promise<BookingRecord> {
  if (!(await unit.view.bookings.update(booking.id, booking.version, what))) {
    throw new Problem('conflict', 'This booking has just been changed by somebody else.');
  }
  const changed = await unit.view.bookings.get(booking.id);
  if (changed === undefined) throw new Error('A booking vanished within its transaction.');
  await unit.publish({ type: 'booking.changed', booking: changed }, audienceOf(changed));
  for (const guest of await unit.view.guests.of(changed.id)) {
    await unit.publish({ type: 'booking.changed', booking: asGuestReads(changed) }, audienceOfGuest(guest));
  }
  return changed;
}

/** What a guest may read of a booking: nothing that was said of the patient or by them, and no id of theirs. */
export function asGuestReads<T extends BookingRecord>(booking: T): Omit<T, 'patient' | 'cancelReason'> {
  const { patient: _patient, cancelReason: _reason, ...rest } = booking;
  return { ...rest, notes: '' };
}

export function audienceOfGuest({ id }: GuestRecord): Audience {
  return { patient: null, provider: null, guest: id };
}

export function startOf(booking: BookingRecord): number {
  return toInstant(booking.dateTime);
}

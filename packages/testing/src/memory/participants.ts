import {
  judge,
  judgeGuest,
  permitEntry,
  SessionError,
  type BookingId,
  type PartyRole,
  type Verdict,
} from '@active-session/core';
import { inputOf, noSuchBooking, reasonOf, ROLES } from './rows.js';
import type { MemoryGuest, Row, State } from './state.js';

/** A booking and where somebody sits in it. */
export interface Participation {
  readonly row: Row;
  readonly seat: string;
  readonly role: PartyRole;
}

/** A booking that this person takes part in; any other is like one that does not exist. */
export function participation(state: State, person: string, id: BookingId): Participation {
  const row = state.rows.get(String(id));
  const found = row && participantsOf(row).find((one) => one.person === person);
  if (row === undefined || found === undefined) throw noSuchBooking();
  return { row, seat: found.seat, role: found.role };
}

export interface Participant {
  readonly seat: string;
  readonly role: PartyRole;
  readonly person: string;
  readonly guest?: MemoryGuest;
}

/** Everybody who has a seat: the patient, the provider, then guests. */
export function participantsOf({ booking, guests }: Row): readonly Participant[] {
  return [
    ...ROLES.map((role) => ({ seat: role, role, person: booking[role] })),
    ...[...guests.values()]
      .sort((a, b) => (a.seat < b.seat ? -1 : 1))
      .map((guest) => ({ seat: guest.seat, role: 'guest' as const, person: guest.id, guest })),
  ];
}

/** How the booking stands for who sits there. */
export function seatVerdict(state: State, row: Row, seat: string): Verdict {
  const { booking } = row;
  const role = ROLES.find((own) => own === seat);
  if (role !== undefined) return judge(inputOf(state, row, role));
  const { role: _role, ...input } = inputOf(state, row, 'patient');
  return judgeGuest({ ...input, booking, stay: row.guests.get(seat)?.stay ?? null });
}

/** @throws SessionError that says why not */
export function mayEnter(state: State, { row, seat }: Participation): void {
  const permission = permitEntry(seatVerdict(state, row, seat));
  if (permission.is !== 'refused') return;
  const { code, opensAt } = permission;
  throw new SessionError(code, reasonOf(code), { opensAt });
}

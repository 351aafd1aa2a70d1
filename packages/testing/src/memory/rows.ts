import {
  permit,
  SessionError,
  toInstant,
  toIso,
  type AttendanceEntry,
  type Booking,
  type BookingCommand,
  type BookingId,
  type Instant,
  type Role,
  type SessionErrorCode,
  type VerdictInput,
} from '@active-session/core';
import type { MemoryBooking, Row, State } from './state.js';

export const ROLES = ['patient', 'provider'] as const;

/** A booking and who somebody is in it. */
export interface OwnRow {
  readonly row: Row;
  readonly role: Role;
}

/** A booking of this person; somebody else's is like one that does not exist. */
export function ownRow(state: State, person: string, id: BookingId): OwnRow {
  const row = state.rows.get(String(id));
  const role = ROLES.find((candidate) => row?.booking[candidate] === person);
  if (row !== undefined && role === undefined && isGuestOf(row, person)) {
    throw notForGuests();
  }
  if (row === undefined || role === undefined) throw noSuchBooking();
  return { row, role };
}

export function notForGuests(): SessionError {
  return new SessionError('forbidden', 'This is not for guests of a session.');
}

export function isGuestOf({ guests }: Row, person: string): boolean {
  return [...guests.values()].some(({ id }) => id === person);
}

/** For scripts, which see everything. */
export function rowOf(state: State, id: BookingId): Row {
  const row = state.rows.get(String(id));
  if (row === undefined) throw noSuchBooking();
  return row;
}

export function noSuchBooking(): SessionError {
  return new SessionError('not-found', 'You have no such booking.');
}

/** What core's rules judge by. */
export function inputOf({ options, now }: State, { booking }: Row, role: Role): VerdictInput {
  return { booking, attendance: booking.attendance, now: now(), policy: options.policy, role };
}

const REASONS: Partial<Record<SessionErrorCode, string>> = {
  forbidden: 'Only the provider of a booking does this.',
  'outside-window': 'It is not the time for this.',
  'session-ended': 'This session has ended.',
  'session-cancelled': 'This booking was cancelled.',
  conflict: 'This can not be done as the booking now stands.',
};

/** Whether it is still to be done, by core's rule of this command. @throws SessionError that says why not */
export function isToDo(state: State, command: BookingCommand, { row, role }: OwnRow): boolean {
  const permission = permit(command, inputOf(state, row, role));
  if (permission.is !== 'refused') return permission.is === 'allowed';
  const { code, opensAt } = permission;
  throw new SessionError(code, reasonOf(code), { opensAt });
}

export function reasonOf(code: SessionErrorCode): string {
  return REASONS[code] ?? code;
}

/** @throws SessionError `conflict` for another version than the one that is there now */
export function requireVersion({ booking }: Row, version: number): void {
  if (booking.version !== version) throw new SessionError('conflict', 'This booking has changed since.');
}

type Optional = 'completedAt' | 'late';

/** Puts a change in place, as the next version, and tells both. */
export function change(
  state: State,
  row: Row,
  fields: Partial<MemoryBooking>,
  dropped: readonly Optional[] = [],
): MemoryBooking {
  const booking = { ...row.booking, ...fields, version: row.booking.version + 1 };
  for (const name of dropped) Reflect.deleteProperty(booking, name);
  row.booking = booking;
  state.tell(peopleOf(row), (person) => ({ type: 'booking.changed', booking: seenBy(row, person) }));
  return booking;
}

export function peopleOf({ booking, guests }: Row): readonly string[] {
  return [booking.patient, booking.provider, ...[...guests.values()].map(({ id }) => id)];
}

/** A booking as somebody may read it: a guest nothing that was said of the patient or by them, and no id of theirs. */
export function seenBy(row: Row, person: string): Booking {
  if (!isGuestOf(row, person)) return row.booking;
  const { patient: _patient, cancelReason: _reason, ...rest } = row.booking;
  return { ...rest, notes: '' };
}

/** The record of who is in the call: written when somebody comes or goes. A guest's stay is none. */
export function attend(state: State, row: Row, seat: string, step: { in: boolean; at: Instant }): void {
  const role = ROLES.find((own) => own === seat);
  if (role === undefined) {
    stayOn(row, seat, step);
    return;
  }
  const { attendance } = row.booking;
  const isIn = attendance.some((entry) => entry.role === role && entry.leftAt === undefined);
  if (isIn === step.in) return;
  const next = step.in
    ? [...attendance, { seat: role, role, joinedAt: toIso(step.at) }]
    : attendanceClosed(row, step.at, [role]);
  change(state, row, { attendance: next });
}

function stayOn({ guests }: Row, seat: string, step: { in: boolean; at: Instant }): void {
  const guest = guests.get(seat);
  if (guest === undefined) return;
  if (step.in) guest.stay = { joinedAt: step.at, leftAt: null };
  else if (guest.stay !== null) guest.stay = { ...guest.stay, leftAt: guest.stay.leftAt ?? step.at };
}

export function attendanceClosed({ booking }: Row, at: Instant, roles: readonly Role[] = ROLES): AttendanceEntry[] {
  return booking.attendance.map((entry) =>
    entry.leftAt === undefined && roles.includes(entry.role) ? { ...entry, leftAt: toIso(at) } : entry,
  );
}

export function startOf(booking: Booking): Instant {
  return toInstant(booking.dateTime);
}

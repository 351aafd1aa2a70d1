import {
  GUEST_SEATS,
  guestRequestSchema,
  SessionError,
  toIso,
  windowOf,
  type BookingId,
  type GuestRequest,
  type Invitation,
  type Party,
} from '@active-session/core';
import { operations, type OperationId } from '@active-session/core/contract';
import { checked } from './checked.js';
import { seatVerdict } from './participants.js';
import { partiesFor, tellPresence } from './parties.js';
import { isToDo, notForGuests, ownRow } from './rows.js';
import { vacate } from './seats.js';
import type { MemoryGuest, Row, State } from './state.js';

/** A seat and a link for somebody without an account. */
export function inviteGuest(state: State, person: string, id: BookingId, request: GuestRequest): Invitation {
  const own = ownRow(state, person, id);
  const sent = checked(guestRequestSchema, request);
  isToDo(state, 'invite', own);
  const { row } = own;
  const seat = GUEST_SEATS.find((candidate) => !row.guests.has(candidate));
  if (seat === undefined) throw new SessionError('conflict', 'All seats for guests are taken.');
  const guest: MemoryGuest = {
    ...sent,
    seat,
    id: `guest:${state.nextId('guest')}`,
    token: `guest_${state.nextId('link')}`,
    booking: String(row.booking.id),
    admission: 'asking',
    message: undefined,
    stay: null,
    isRemoved: false,
  };
  row.guests.set(seat, guest);
  state.links.set(guest.token, guest);
  tellPresence(state, row);
  const { closesAt } = windowOf(row.booking, state.options.policy, 'patient');
  const { name, kind } = sent;
  const told = { seat, name, kind, invitedAt: toIso(state.now()), expiresAt: toIso(closesAt) };
  return { guest: told, token: guest.token };
}

export function removeGuest(state: State, person: string, id: BookingId, seat: string): readonly Party[] {
  const own = ownRow(state, person, id);
  isToDo(state, 'remove-guest', own);
  const { row } = own;
  const guest = row.guests.get(seat);
  if (guest !== undefined) {
    if (row.leases.has(seat)) vacate(state, row, seat, state.now());
    guest.isRemoved = true;
    row.guests.delete(seat);
    state.tell([guest.id], () => ({ type: 'booking.removed', bookingId: row.booking.id }));
    tellPresence(state, row);
  }
  return partiesFor(state, row, own.role);
}

/**
 * Whether a guest's link is good for this operation now.
 *
 * @throws SessionError that says why not
 */
export function admitLink(state: State, token: string, operation: OperationId): void {
  const guest = state.links.get(token);
  const row = guest && state.rows.get(guest.booking);
  if (guest === undefined || row === undefined)
    throw new SessionError('unauthenticated', 'Nobody was given this link.');
  requireGood(state, row, guest);
  const { access } = operations[operation];
  const isForAccounts = access === 'accounts' || access === 'patients' || access === 'providers';
  if (isForAccounts || access === 'their-provider') throw notForGuests();
}

/** Whose link it is, while it is good. @throws SessionError that says why not */
export function signedInBy(state: State, token: string): MemoryGuest {
  const guest = guestBy(state, token);
  const row = state.rows.get(guest.booking);
  if (row !== undefined) requireGood(state, row, guest);
  return guest;
}

function requireGood(state: State, row: Row, guest: MemoryGuest): void {
  const { status } = row.booking;
  if (status === 'completed') throw new SessionError('session-ended', 'This session has ended.');
  if (status === 'cancelled') throw new SessionError('session-cancelled', 'This booking is cancelled.');
  if (guest.isRemoved) throw new SessionError('forbidden', 'This link is not good any more.');
  const { phase } = seatVerdict(state, row, guest.seat);
  if (phase !== 'open' && phase !== 'upcoming') {
    throw new SessionError('outside-window', 'The time of this session is over.');
  }
}

/** By the token of their link, as long as it is known. @throws SessionError `unauthenticated` */
export function guestBy(state: State, token: string): MemoryGuest {
  const guest = state.links.get(token);
  if (guest === undefined) throw new SessionError('unauthenticated', 'Nobody was given this link.');
  return guest;
}

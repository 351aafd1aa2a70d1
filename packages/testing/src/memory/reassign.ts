import {
  MINUTE,
  reassignRequestSchema,
  sameId,
  type BookingId,
  type ReassignRequest,
  type SessionEvent,
} from '@active-session/core';
import { providerFields } from './bookings.js';
import { checked, invalidField } from './checked.js';
import { tellPresence } from './parties.js';
import { attendanceClosed, change, isToDo, ownRow, requireVersion, startOf } from './rows.js';
import { isTaken, slotTaken } from './slots.js';
import type { State } from './state.js';

/** Hands a booking over: at once it is not the former provider's any more, and nothing of it is told to them again. */
export function reassign(state: State, person: string, id: BookingId, request: ReassignRequest, version: number): void {
  const own = ownRow(state, person, id);
  const { row } = own;
  const { provider } = checked(reassignRequestSchema, request);
  isToDo(state, 'reassign', own);
  if (provider === person) return;
  requireVersion(row, version);
  if (state.people.get(provider)?.role !== 'provider' || provider === row.booking.patient) {
    throw invalidField('provider', 'expected another provider');
  }
  const { status, durationMinutes: minutes } = row.booking;
  const start = startOf(row.booking);
  const isAhead = status === 'scheduled' && start + minutes * MINUTE > state.now();
  if (isAhead && isTaken(state, { provider, start, minutes })) throw slotTaken();

  const isSeated = row.leases.delete('provider');
  forget(state, person, id);
  state.tell([person], () => ({ type: 'booking.removed', bookingId: row.booking.id }));
  const attendance = attendanceClosed(row, state.now(), ['provider']);
  const { late: _late, ...left } = row.booking;
  row.handovers.set(person, { booking: { ...left, notes: '', attendance: [] }, at: state.now() });
  change(state, row, { ...providerFields(state, provider), attendance }, ['late']);
  if (isSeated) tellPresence(state, row);
}

/** What this person has not been told yet of a booking they never will be. */
function forget(state: State, person: string, id: BookingId): void {
  const isOfIt = (event: SessionEvent): boolean =>
    sameId(event.type === 'booking.changed' ? event.booking.id : event.bookingId, id);
  state.log.set(
    person,
    (state.log.get(person) ?? []).filter(({ event }) => !isOfIt(event)),
  );
}

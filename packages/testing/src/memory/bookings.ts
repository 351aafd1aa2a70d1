import {
  bookingRequestSchema,
  chooseActive,
  compareText,
  judge,
  roleIn,
  SessionError,
  toInstant,
  toIso,
  type ActiveBooking,
  type Booking,
  type BookingId,
  type BookingQuery,
  type BookingRequest,
  type Instant,
  type Page,
} from '@active-session/core';
import { checked, invalidField } from './checked.js';
import { page, type PageRequest } from './page.js';
import { participation, seatVerdict } from './participants.js';
import { withParties } from './parties.js';
import { change, inputOf, ownRow, startOf } from './rows.js';
import { initialsOf, requireFree, SESSION_TYPE } from './slots.js';
import { personOf, type MemoryBooking, type Row, type State } from './state.js';

export interface BookingFields {
  readonly patient: string;
  readonly provider: string;
  readonly start: Instant;
  readonly sessionType?: string | undefined;
  readonly notes?: string | undefined;
  readonly durationMinutes?: number | undefined;
}

export function activeBooking(state: State, person: string): ActiveBooking {
  const guest = [...state.links.values()].find(({ id }) => id === person);
  if (guest !== undefined) {
    const { row, seat } = participation(state, person, guest.booking);
    return { booking: withParties(state, row, person), verdict: seatVerdict(state, row, seat) };
  }
  const own = rowsOf(state, person).map(({ booking }) => booking);
  const chosen = chooseActive(own, (booking) => roleIn(booking, person), state.now(), state.options.policy);
  if (chosen === null) return { booking: null, verdict: null };
  const { row, role } = ownRow(state, person, chosen.id);
  return { booking: withParties(state, row, person), verdict: judge(inputOf(state, row, role)) };
}

export function getBooking(state: State, person: string, id: BookingId): Booking {
  return withParties(state, participation(state, person, id).row, person);
}

export function listBookings(
  state: State,
  person: string,
  { status, from = -Infinity, to = Infinity }: BookingQuery,
  part: PageRequest,
): Page<Booking> {
  const found = rowsOf(state, person).filter(({ booking }) => {
    const start = startOf(booking);
    return (status === undefined || booking.status === status) && start >= from && start < to;
  });
  const some = page(found, part, state.options.pageSize);
  return { ...some, items: some.items.map((row) => withParties(state, row, person)) };
}

export function book(state: State, person: string, request: BookingRequest): Booking {
  if (personOf(state, person).role !== 'patient') throw new SessionError('forbidden', 'Only patients book.');
  const { provider, dateTime, sessionType, notes } = checked(bookingRequestSchema, request);
  if (state.people.get(provider)?.role !== 'provider') {
    throw invalidField('provider', 'expected a provider who can be booked');
  }
  const start = toInstant(dateTime);
  requireFree(state, provider, start);
  return addBooking(state, { patient: person, provider, start, sessionType, notes });
}

/** Puts a booking in place without asking about slots. */
export function addBooking(state: State, fields: BookingFields): MemoryBooking {
  const { patient, provider, start, sessionType = SESSION_TYPE, notes = '', durationMinutes } = fields;
  const booking: MemoryBooking = {
    id: state.nextId('booking'),
    ...providerFields(state, provider),
    dateTime: toIso(start),
    sessionType,
    notes,
    status: 'scheduled',
    bookedAt: toIso(state.now()),
    patient,
    patientName: personOf(state, patient).name,
    durationMinutes: durationMinutes ?? state.options.hours.slotMinutes,
    version: 0,
    attendance: [],
  };
  const row: Row = { booking, leases: new Map(), notes: [], guests: new Map(), decision: null, handovers: new Map() };
  state.rows.set(String(booking.id), row);
  return change(state, row, {});
}

/** What a booking says of its provider. */
export function providerFields(
  state: State,
  provider: string,
): Pick<MemoryBooking, 'provider' | 'providerName' | 'providerInitials' | 'timeZone'> {
  const { name, initials = initialsOf(name), timeZone = 'UTC' } = personOf(state, provider);
  return { provider, providerName: name, providerInitials: initials, timeZone };
}

function rowsOf(state: State, person: string): readonly Row[] {
  return [...state.rows.values()]
    .filter(({ booking }) => booking.patient === person || booking.provider === person)
    .sort((a, b) => startOf(a.booking) - startOf(b.booking) || compareText(String(a.booking.id), String(b.booking.id)));
}

import {
  bookingRequestSchema,
  chooseActive,
  compareText,
  fieldProblems,
  MINUTE,
  SessionError,
  toInstant,
  toIso,
  type ActiveBooking,
  type Booking,
  type BookingId,
  type BookingQuery,
  type BookingRequest,
  type FieldProblem,
  type Instant,
  type Page,
  type Provider,
  type Role,
  type Slot,
} from '@active-session/core';
import {
  attendanceClosed,
  change,
  cutSeats,
  ownRow,
  partiesOf,
  personOf,
  requireOpen,
  startOf,
  tellPresence,
  verdictOf,
  type MemoryBooking,
  type MemoryPerson,
  type Row,
  type State,
} from './state.js';

export interface BookingFields {
  readonly patient: string;
  readonly provider: string;
  readonly start: Instant;
  readonly sessionType?: string | undefined;
  readonly notes?: string | undefined;
  readonly durationMinutes?: number | undefined;
}

export function activeBooking(state: State, person: string): ActiveBooking {
  const roleOf = (booking: Booking): Role => (booking.provider === person ? 'provider' : 'patient');
  const own = rowsOf(state, person).map(withParties);
  const booking = chooseActive(own, roleOf, state.now(), state.options.policy);
  if (booking === null) return { booking, verdict: null };
  return { booking, verdict: verdictOf(state, ownRow(state, person, booking.id).row, roleOf(booking)) };
}

export function listBookings(state: State, person: string, query: BookingQuery): Page<Booking> {
  const { status, from = -Infinity, to = Infinity, cursor } = query;
  const found = rowsOf(state, person)
    .map(withParties)
    .filter((booking) => (status === undefined || booking.status === status) && within(startOf(booking), from, to));
  return page(found, cursor, state.options.pageSize);
}

/** As it is read: with who is there at this moment. */
function withParties(row: Row): Booking {
  return { ...row.booking, parties: partiesOf(row) };
}

export function page<T>(all: readonly T[], cursor: string | undefined, size: number): Page<T> {
  const start = cursor === undefined ? 0 : Number(cursor);
  const end = start + size;
  return { items: all.slice(start, end), problems: [], ...(end < all.length ? { cursor: String(end) } : {}) };
}

export function listProviders(state: State): readonly Provider[] {
  return [...state.people.values()]
    .filter(({ role }) => role === 'provider')
    .map(({ id, name, initials = initialsOf(name), specialty, timeZone = 'UTC' }) => ({
      id,
      name,
      initials,
      timeZone,
      ...(specialty === undefined ? {} : { specialty }),
      sessionTypes: [SESSION_TYPE],
    }));
}

export function freeSlots(state: State, provider: string, range: { from: Instant; to: Instant }): readonly Slot[] {
  if (state.people.get(provider)?.role !== 'provider') throw new SessionError('not-found', 'No such provider.');
  const { from, to, slotMinutes } = state.options.hours;
  const slots: Slot[] = [];
  const day = 24 * 60 * MINUTE;
  for (let midnight = Math.floor(range.from / day) * day; midnight < range.to; midnight += day) {
    for (let minute = from; minute + slotMinutes <= to; minute += slotMinutes) {
      const start = midnight + minute * MINUTE;
      const isFree = start > state.now() && !isTaken(state, provider, start, slotMinutes);
      if (within(start, range.from, range.to) && isFree) {
        slots.push({ start: toIso(start), durationMinutes: slotMinutes });
      }
    }
  }
  return slots;
}

export function book(state: State, person: MemoryPerson, request: BookingRequest): Booking {
  if (person.role !== 'patient') throw new SessionError('forbidden', 'Only patients book.');
  const parsed = bookingRequestSchema.safeParse(request);
  if (!parsed.success) throw invalid(fieldProblems(parsed.error.issues));
  const { provider, dateTime, sessionType, notes } = parsed.data;
  const start = toInstant(dateTime);
  const { slotMinutes } = state.options.hours;
  if (state.people.get(provider)?.role !== 'provider') {
    throw invalid([{ path: 'provider', message: 'expected a provider who can be booked' }]);
  }
  if (start <= state.now()) throw invalid([{ path: 'dateTime', message: 'expected a time to come' }]);
  if (!isInHours(state, start)) throw invalid([{ path: 'dateTime', message: 'expected a time within hours' }]);
  if (isTaken(state, provider, start, slotMinutes)) throw new SessionError('slot-taken', 'Somebody was faster.');
  return addBooking(state, { patient: person.id, provider, start, sessionType, notes });
}

/** Puts a booking in place without asking about slots. */
export function addBooking(state: State, fields: BookingFields): MemoryBooking {
  const { patient, provider, start, sessionType = SESSION_TYPE, notes = '', durationMinutes } = fields;
  const { name, initials = initialsOf(name), timeZone = 'UTC' } = personOf(state, provider);
  const booking: MemoryBooking = {
    id: state.nextId('booking'),
    provider,
    providerName: name,
    providerInitials: initials,
    dateTime: toIso(start),
    sessionType,
    notes,
    status: 'scheduled',
    bookedAt: toIso(state.now()),
    patient,
    patientName: personOf(state, patient).name,
    durationMinutes: durationMinutes ?? state.options.hours.slotMinutes,
    timeZone,
    version: 0,
    attendance: [],
  };
  const row: Row = { booking, leases: new Map(), notes: [] };
  state.rows.set(String(booking.id), row);
  return change(state, row, {});
}

export function cancel(state: State, person: string, id: BookingId, reason: string | undefined): Booking {
  const { row, role } = ownRow(state, person, id);
  const { phase } = verdictOf(state, row, role);
  if (phase === 'cancelled') return row.booking;
  if (phase === 'completed') throw new SessionError('session-ended', 'This session has ended.');
  return over(state, row, {
    status: 'cancelled',
    cancelledAt: toIso(state.now()),
    ...(reason === undefined ? {} : { cancelReason: reason }),
  });
}

export function complete(state: State, person: string, id: BookingId): Booking {
  const { row, role } = ownRow(state, person, id);
  if (row.booking.status === 'completed') return row.booking;
  if (verdictOf(state, row, role).phase !== 'completed') requireOpen(state, row, role);
  return over(state, row, { status: 'completed', completedAt: toIso(state.now()) });
}

/** The end of a booking, whichever: nobody is in it any more. */
export function over(state: State, row: Row, fields: Partial<MemoryBooking>): MemoryBooking {
  const seated = row.leases.size > 0;
  cutSeats(row);
  const booking = change(state, row, { ...fields, attendance: attendanceClosed(row, state.now()) });
  if (seated) tellPresence(state, row);
  return booking;
}

const SESSION_TYPE = 'Video Consultation';

function rowsOf(state: State, person: string): readonly Row[] {
  return [...state.rows.values()]
    .filter(({ booking }) => booking.patient === person || booking.provider === person)
    .sort((a, b) => startOf(a.booking) - startOf(b.booking) || compareText(String(a.booking.id), String(b.booking.id)));
}

function isInHours({ options }: State, start: Instant): boolean {
  const { from, to, slotMinutes } = options.hours;
  const minute = (start / MINUTE) % (24 * 60);
  return minute >= from && minute + slotMinutes <= to && (minute - from) % slotMinutes === 0;
}

function isTaken(state: State, provider: string, start: Instant, minutes: number): boolean {
  return [...state.rows.values()].some(({ booking }) => {
    if (booking.provider !== provider || booking.status === 'cancelled') return false;
    const other = startOf(booking);
    return start < other + booking.durationMinutes * MINUTE && other < start + minutes * MINUTE;
  });
}

function invalid(problems: readonly FieldProblem[]): SessionError {
  return new SessionError('invalid', problems.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    problems,
  });
}

function within(at: Instant, from: Instant, to: Instant): boolean {
  return at >= from && at < to;
}

function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 3)
    .toUpperCase();
}

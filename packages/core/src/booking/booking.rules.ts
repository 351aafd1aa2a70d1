import { bookingSchema, type Attendance, type Booking, type BookingId } from './booking.schema.js';
import { MINUTE, toInstant, type Instant } from './instant.schema.js';
import { roleSchema, type Role, type WindowPolicy } from './policy.schema.js';
import type { Verdict } from './verdict.schema.js';
import { onlyOnce, parseList, type ParsedList } from './parse.rules.js';

const ROLES = roleSchema.options;

/** Everything a verdict depends on. `now` is the server's clock. */
export interface VerdictInput {
  readonly booking: Booking;
  readonly attendance: Attendance;
  readonly now: Instant;
  readonly policy: WindowPolicy;
  readonly role: Role;
}

/**
 * The rule of access, used by the browser to show and by the server to decide.
 *
 * The window is half-open: `[dateTime − opensBefore, dateTime + closesAfter)`. After it, who is in the call stays in,
 * and who was in may come back until `returnMinutes` after the window or after they dropped, whichever is later.
 */
export function judge({ booking, attendance, now, policy, role }: VerdictInput): Verdict {
  const { opensAt, closesAt } = windowOf(booking, policy, role);
  const verdict = (phase: Verdict['phase'], reason: Verdict['reason'], nextChangeAt: Instant | null): Verdict => ({
    phase,
    reason,
    opensAt,
    closesAt,
    nextChangeAt,
  });

  if (booking.status === 'completed') return verdict('completed', 'ended', null);
  if (booking.status === 'cancelled') {
    return verdict('cancelled', booking.cancelReason === 'no-show' ? 'no-show' : 'cancelled', null);
  }
  if (now < opensAt) return verdict('upcoming', 'before-window', opensAt);
  if (now < closesAt) return verdict('open', 'in-window', closesAt);

  const own = attendance.filter((entry) => entry.role === role);
  if (own.some((entry) => entry.leftAt === undefined)) return verdict('open', 'in-call', null);
  const returnUntil = returnEnds(own, closesAt, policy);
  if (returnUntil !== null && now < returnUntil) return verdict('open', 'may-return', returnUntil);

  // Who came and may not come back any more has not missed it, even while the other one still may.
  if (bothAttended(attendance)) return verdict('completed', 'attended', null);
  return verdict('expired', 'missed', null);
}

/** The window of a booking for one role, as epoch ms; half-open. */
export function windowOf(booking: Booking, policy: WindowPolicy, role: Role): { opensAt: Instant; closesAt: Instant } {
  const start = toInstant(booking.dateTime);
  const { opensBeforeMinutes, closesAfterMinutes } = policy[role];
  return { opensAt: start - opensBeforeMinutes * MINUTE, closesAt: start + closesAfterMinutes * MINUTE };
}

/**
 * When the server completes a session that nobody ended: after the window and after everybody's time to come back.
 * Null while somebody is in the call, or where not both attended (it is then missed, not completed).
 */
export function settlementAt(booking: Booking, attendance: Attendance, policy: WindowPolicy): Instant | null {
  if (!bothAttended(attendance)) return null;
  if (attendance.some((entry) => entry.leftAt === undefined)) return null;
  const closes = ROLES.map((role) => windowOf(booking, policy, role).closesAt);
  return returnEnds(attendance, Math.max(...closes), policy);
}

/** The moment from which both have been in the call at once, or null: what the timer counts from. */
export function callStartedAt(attendance: Attendance): Instant | null {
  const starts = attendance
    .filter((entry) => entry.role === 'patient')
    .flatMap((patient) =>
      attendance
        .filter((entry) => entry.role === 'provider' && overlap(patient, entry))
        .map((entry) => Math.max(toInstant(patient.joinedAt), toInstant(entry.joinedAt))),
    );
  return starts.length === 0 ? null : Math.min(...starts);
}

/**
 * When somebody who vanished was in the call last: when they reported it, or when somebody else came in after that. In the
 * call is who gets the other's media, so they were there then; else the call of both would never have begun.
 */
export function lastSeenAt(attendance: Attendance, seat: string, reportedAt: Instant): Instant {
  const others = attendance.filter((entry) => entry.seat !== seat && entry.leftAt === undefined);
  return Math.max(reportedAt, ...others.map(({ joinedAt }) => toInstant(joinedAt)));
}

/**
 * Of a person's bookings the one to show: an open one whose call is live, else the open one nearest to now, else the
 * next one. Ties by `bookedAt`, then by id. Null where none is open or upcoming.
 */
export function chooseActive(
  bookings: readonly Booking[],
  roleOf: (booking: Booking) => Role,
  now: Instant,
  policy: WindowPolicy,
): Booking | null {
  const judged = bookings.map((booking) => {
    const attendance = booking.attendance ?? [];
    const { phase } = judge({ booking, attendance, now, policy, role: roleOf(booking) });
    const live = attendance.some((entry) => entry.leftAt === undefined);
    return { booking, phase, live, distance: Math.abs(toInstant(booking.dateTime) - now) };
  });
  const candidates = judged.filter(({ phase }) => phase === 'open' || phase === 'upcoming');
  candidates.sort(
    (a, b) =>
      Number(b.phase === 'open') - Number(a.phase === 'open') ||
      Number(b.live && b.phase === 'open') - Number(a.live && a.phase === 'open') ||
      a.distance - b.distance ||
      toInstant(a.booking.bookedAt) - toInstant(b.booking.bookedAt) ||
      compareText(String(a.booking.id), String(b.booking.id)),
  );
  return candidates[0]?.booking ?? null;
}

/** Who `personId` is in this booking. With no person to compare, a reader of their own bookings is the patient. */
export function roleIn(booking: Booking, personId: string): Role {
  return booking.provider === personId ? 'provider' : 'patient';
}

export function sameId(a: BookingId, b: BookingId): boolean {
  return String(a) === String(b);
}

/** Code unit order: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Every good booking of a list, and for each bad one what is wrong with it. Throws only where it is no list at all. */
export function parseBookings(value: unknown): ParsedList<Booking> {
  return onlyOnce(parseList(bookingSchema, value, 'booking'), ({ id }) => String(id));
}

function bothAttended(attendance: Attendance): boolean {
  return ROLES.every((role) => attendance.some((entry) => entry.role === role));
}

function returnEnds(own: Attendance, closesAt: Instant, policy: WindowPolicy): Instant | null {
  if (own.length === 0) return null;
  const dropped = Math.max(...own.map((entry) => (entry.leftAt === undefined ? 0 : toInstant(entry.leftAt))));
  return Math.max(closesAt, dropped) + policy.returnMinutes * MINUTE;
}

function overlap(a: Attendance[number], b: Attendance[number]): boolean {
  const end = (entry: Attendance[number]): number => (entry.leftAt === undefined ? Infinity : toInstant(entry.leftAt));
  return toInstant(a.joinedAt) < end(b) && toInstant(b.joinedAt) < end(a);
}

import { toIso, type PresenceAnswer, type PresenceState, type Seat } from '@active-session/core';
import { randomId } from '../random.js';
import type { BookingRecord, LeaseRecord } from '../store/records.js';
import type { LeaseKey } from '../store/store.js';
import { change, ownBooking, requireOpen, type OwnBooking } from './own-booking.js';
import { partiesOf, publishPresence } from './parties.js';
import { Problem } from './problem.js';
import type { CutReason, Domain, Unit } from './unit.js';
import { commit } from './unit.js';

/** A background tab may run its timers once a minute: a lease outlives that. */
const LEASE_TTL = 80_000;
const RENEW_EVERY = 10_000;
/** Somebody whose signalling socket closed is gone, unless they report again. */
const SOCKET_LOST_TTL = 20_000;

export interface SeatRequest {
  readonly holder: string | null;
  readonly takeOver: boolean;
}

/** Gives a person their seat, from another tab or device of theirs if `takeOver`. */
export async function takeSeat(unit: Unit, person: string, id: string, request: SeatRequest): Promise<Seat> {
  const own = await enter(unit, person, id);
  requireOpen(unit, own);
  let { booking } = own;
  const held = await unit.view.seats.lease(booking.id, own.seat);
  if (held !== undefined && held.holder !== null && held.holder === request.holder) return renewed(unit, held);
  if (held !== undefined && !request.takeOver)
    throw new Problem('seat-taken', 'Another tab or device is in this session.');

  const lease: LeaseRecord = {
    booking: booking.id,
    seat: own.seat,
    person,
    holder: request.holder,
    lease: randomId(),
    state: 'waiting',
    since: unit.now,
    reportedAt: unit.now,
    expiresAt: unit.now + LEASE_TTL,
    peerId: null,
  };
  if (held !== undefined) {
    booking = await dropLease(unit, booking, held, unit.now, 'seat-taken');
    const audience = { patient: null, provider: null, [own.seat]: person };
    await unit.publish({ type: 'seat.taken', bookingId: booking.id, seat: own.seat, lease: lease.lease }, audience);
  }
  await unit.view.seats.put(lease);
  await publishPresence(unit, booking);
  return seatOf(lease);
}

/** Renews the lease, if it is still the one and has not expired, and records who is in the call. */
export async function reportPresence(
  unit: Unit,
  person: string,
  id: string,
  leaseId: string,
  reported: Exclude<PresenceState, 'away'>,
): Promise<PresenceAnswer> {
  const own = await enter(unit, person, id);
  requireOpen(unit, own);
  const held = await requireLease(unit, own, leaseId);
  const state = held.state === 'waiting' && (await isAlone(unit, own)) ? 'waiting' : reported;
  const changed = held.state !== state;
  const lease: LeaseRecord = {
    ...held,
    state,
    since: changed ? unit.now : held.since,
    reportedAt: unit.now,
    expiresAt: unit.now + LEASE_TTL,
  };
  if (!(await unit.view.seats.renew(held, unit.now, lease))) throw seatLost();
  if (!changed) return { seat: seatOf(lease), parties: await partiesOf(unit, own.booking) };

  if (state === 'in-call') await unit.view.bookings.openAttendance(own.booking.id, own.seat, unit.now);
  else await unit.view.bookings.closeAttendance(own.booking.id, own.seat, unit.now);
  const booking = await change(unit, own.booking, {});
  return { seat: seatOf(lease), parties: await publishPresence(unit, booking) };
}

/** Nobody is in a call with nobody, whatever their page says: attendance is what others rely on. */
async function isAlone(unit: Unit, { booking, seat }: OwnBooking): Promise<boolean> {
  const leases = await unit.view.seats.leasesOf(booking.id);
  return leases.every((lease) => lease.seat === seat);
}

/** Gives the seat back. A lease that is not there any more was given back already. */
export async function leave(unit: Unit, person: string, id: string, leaseId: string): Promise<void> {
  const { booking, seat } = await enter(unit, person, id);
  const held = await unit.view.seats.lease(booking.id, seat);
  if (held?.lease !== leaseId) return;
  await publishPresence(unit, await dropLease(unit, booking, held, unit.now, 'left'));
}

/** The seat's last signalling socket closed. */
export async function socketLost(domain: Domain, key: LeaseKey): Promise<void> {
  await commit(domain, ({ view, now }) => view.seats.shorten(key, now + SOCKET_LOST_TTL));
}

/** Everything that gives access to a session's call ends, for everybody in it. */
export async function emptySeats(unit: Unit, booking: BookingRecord, reason: CutReason): Promise<BookingRecord> {
  const leases = await unit.view.seats.leasesOf(booking.id);
  let current = booking;
  for (const held of leases) current = await dropLease(unit, current, held, unit.now, reason);
  if (leases.length > 0) await publishPresence(unit, current);
  return current;
}

/** Ends leases that nobody renewed. Who was in the call left it when they were last heard of. */
export async function expireLeases(unit: Unit, booking: BookingRecord): Promise<BookingRecord> {
  const leases = await unit.view.seats.leasesOf(booking.id);
  const expired = leases.filter(({ expiresAt }) => expiresAt <= unit.now);
  let current = booking;
  for (const held of expired) current = await dropLease(unit, current, held, held.reportedAt, 'seat-lost');
  if (expired.length > 0) await publishPresence(unit, current);
  return current;
}

/** Ends one lease with all that it gave. Telling who is there now is left to the caller. */
export async function dropLease(
  unit: Unit,
  booking: BookingRecord,
  held: LeaseRecord,
  leftAt: number,
  reason: CutReason,
): Promise<BookingRecord> {
  await unit.view.seats.drop(held);
  await unit.view.seats.dropGrants(held);
  unit.afterCommit((live) => live.cut(held.lease, reason));
  if (held.state !== 'in-call') return booking;
  await unit.view.bookings.closeAttendance(booking.id, held.seat, leftAt);
  return change(unit, booking, {});
}

/** A person's own booking, with nobody in it whose lease has run out. */
export async function enter(unit: Unit, person: string, id: string): Promise<OwnBooking> {
  const { booking, seat } = await ownBooking(unit.view, id, person);
  return { booking: await expireLeases(unit, booking), seat };
}

/** @throws Problem `seat-lost` unless `leaseId` holds the seat now */
export async function requireLease(unit: Unit, { booking, seat }: OwnBooking, leaseId: string): Promise<LeaseRecord> {
  const held = await unit.view.seats.lease(booking.id, seat);
  if (held?.lease !== leaseId) throw seatLost();
  return held;
}

/** The same page asks again: its first answer was lost on the way. */
async function renewed(unit: Unit, held: LeaseRecord): Promise<Seat> {
  const lease = { ...held, reportedAt: unit.now, expiresAt: unit.now + LEASE_TTL };
  await unit.view.seats.renew(held, unit.now, lease);
  return seatOf(lease);
}

function seatLost(): Problem {
  return new Problem('seat-lost', 'This lease does not hold the seat any more.');
}

function seatOf({ seat, lease, expiresAt }: LeaseRecord): Seat {
  return { seat, lease, expiresAt: toIso(expiresAt), renewEvery: RENEW_EVERY };
}

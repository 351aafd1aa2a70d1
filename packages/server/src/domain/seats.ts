import {
  lastSeenAt,
  roleSchema,
  toIso,
  type PresenceAnswer,
  type PresenceReport,
  type Role,
  type Seat,
  type SeatRequest,
} from '@active-session/core';
import { randomId } from '../random.js';
import type { BookingRecord, LeaseRecord } from '../store/records.js';
import type { LeaseKey } from '../store/store.js';
import { openAttendance } from './attendance.js';
import { change, ownBooking, type OwnBooking } from './own-booking.js';
import { audienceOnly, mayEnter, participation, type Participant, type Participation } from './participants.js';
import { isAdmitted, partiesOf, publishPresence } from './parties.js';
import { Problem } from './problem.js';
import type { CutReason, Domain, Unit } from './unit.js';
import { commit } from './unit.js';

/** A background tab may run its timers once a minute: a lease outlives that. */
const LEASE_TTL = 80_000;
const RENEW_EVERY = 10_000;
/** Somebody whose signalling socket closed is gone, unless they report again. */
const SOCKET_LOST_TTL = 20_000;

/** Gives a person their seat, from another tab or device of theirs if `takeOver`. */
export async function takeSeat(unit: Unit, person: string, id: string, request: SeatRequest): Promise<Seat> {
  const own = await comeIn(unit, person, id);
  await mayEnter(unit, own);
  let { booking } = own;
  const { seat } = own.self;
  const held = await unit.view.seats.lease(booking.id, seat);
  if (held?.holder === request.holder) return renewed(unit, held);
  if (held !== undefined && !request.takeOver)
    throw new Problem('seat-taken', 'Another tab or device is in this session.');

  const lease: LeaseRecord = {
    booking: booking.id,
    seat,
    person,
    holder: request.holder,
    lease: randomId(),
    state: 'waiting',
    since: unit.now,
    reportedAt: unit.now,
    expiresAt: unit.now + LEASE_TTL,
    peerId: null,
    devices: null,
    sending: null,
  };
  if (held !== undefined) {
    booking = await dropLease(unit, booking, held, { reason: 'seat-taken', actor: person });
    const taken = { type: 'seat.taken', bookingId: booking.id, seat, lease: lease.lease } as const;
    await unit.publish(taken, audienceOnly(booking, own.self));
  }
  await unit.view.seats.put(lease);
  await unit.audit({ actor: person, action: 'seat.taken', booking: booking.id });
  await publishPresence(unit, booking);
  return seatOf(lease);
}

/** Renews the lease, if it is still the one and has not expired, and records who is in the call. */
export async function reportPresence(
  unit: Unit,
  person: string,
  id: string,
  report: PresenceReport,
): Promise<PresenceAnswer> {
  const own = await comeIn(unit, person, id);
  await mayEnter(unit, own);
  const held = await requireLease(unit, own, report.lease);
  const state = report.state === 'in-call' && (await mayBeInCall(unit, own, held)) ? 'in-call' : 'waiting';
  const changed = held.state !== state;
  const devices = report.devices ?? held.devices;
  const sending = report.sending ?? held.sending;
  const lease: LeaseRecord = {
    ...held,
    state,
    since: changed ? unit.now : held.since,
    reportedAt: unit.now,
    expiresAt: unit.now + LEASE_TTL,
    devices,
    sending,
  };
  if (!(await unit.view.seats.renew(held, unit.now, lease))) throw seatLost();
  const booking = changed ? await moved(unit, own, lease) : own.booking;
  const isNews = changed || !isEqual(devices, held.devices) || !isEqual(sending, held.sending);
  const parties = isNews ? await publishPresence(unit, booking) : await partiesOf(unit, booking);
  return { seat: seatOf(lease), parties: parties(own.self.seat) };
}

function isEqual(a: object | null, b: object | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Whoever is not admitted is in no call, and nobody is in one with nobody, whatever their page says: attendance is what
 * others rely on. Who is in a call and sees the other one go is in it until they say otherwise.
 */
async function mayBeInCall(unit: Unit, { booking, self }: Participation, held: LeaseRecord): Promise<boolean> {
  if (!(await isAdmitted(unit, booking, self.seat))) return false;
  if (held.state === 'in-call') return true;
  for (const other of await unit.view.seats.leasesOf(booking.id)) {
    if (other.seat !== self.seat && (await isAdmitted(unit, booking, other.seat))) return true;
  }
  return false;
}

/** Somebody went from the waiting room into the call, or back. */
async function moved(unit: Unit, { booking, self }: Participation, lease: LeaseRecord): Promise<BookingRecord> {
  if (lease.state !== 'in-call') return outOfCall(unit, booking, lease, unit.now, lease.person);
  await unit.audit({ actor: lease.person, action: 'call.joined', booking: booking.id });
  // Of a guest nothing is recorded as attendance: a session is of patient and provider.
  if (self.role === 'guest') {
    await unit.view.guests.change(lease.person, { joinedAt: unit.now, leftAt: null });
    return booking;
  }
  await openAttendance(unit, booking, self.role);
  return change(unit, booking, {});
}

async function outOfCall(
  unit: Unit,
  booking: BookingRecord,
  { seat, person }: LeaseRecord,
  leftAt: number,
  actor: string | null,
): Promise<BookingRecord> {
  await unit.audit({ actor, action: 'call.left', booking: booking.id, subject: person });
  if (!isRole(seat)) {
    await unit.view.guests.change(person, { leftAt });
    return booking;
  }
  await unit.view.bookings.closeAttendance(booking.id, seat, leftAt);
  return change(unit, booking, {});
}

/** Somebody is asked back into the waiting room, if they are in the call. */
export async function backToWaiting(
  unit: Unit,
  booking: BookingRecord,
  held: LeaseRecord,
  actor: string,
): Promise<BookingRecord> {
  if (held.state !== 'in-call') return booking;
  await unit.view.seats.renew(held, unit.now, { state: 'waiting', since: unit.now });
  return outOfCall(unit, booking, held, unit.now, actor);
}

/** Gives the seat back. A lease that is not there any more was given back already. */
export async function leave(unit: Unit, person: string, id: string, leaseId: string): Promise<void> {
  const { booking, self } = await comeIn(unit, person, id);
  const held = await unit.view.seats.lease(booking.id, self.seat);
  if (held?.lease !== leaseId) return;
  await publishPresence(unit, await dropLease(unit, booking, held, { reason: 'left', actor: person }));
}

/** The seat's last signalling socket closed. */
export async function socketLost(domain: Domain, key: LeaseKey): Promise<void> {
  await commit(domain, ({ view, now }) => view.seats.shorten(key, now + SOCKET_LOST_TTL));
}

/** How a lease ends. */
export interface LeaseEnd {
  readonly reason: CutReason;
  /** Who ends it; null: the server by itself. */
  readonly actor: string | null;
  /** Left out: now. */
  readonly leftAt?: number;
}

/** Everything that gives access to a session's call ends, for everybody in it. */
export async function emptySeats(unit: Unit, booking: BookingRecord, end: LeaseEnd): Promise<BookingRecord> {
  const leases = await unit.view.seats.leasesOf(booking.id);
  let current = booking;
  for (const held of leases) current = await dropLease(unit, current, held, end);
  if (leases.length > 0) await publishPresence(unit, current);
  return current;
}

/** Ends leases that nobody renewed. Who was in the call left it when they were last heard of. */
export async function expireLeases(unit: Unit, booking: BookingRecord): Promise<BookingRecord> {
  const leases = await unit.view.seats.leasesOf(booking.id);
  const expired = leases.filter(({ expiresAt }) => expiresAt <= unit.now);
  let current = booking;
  for (const held of expired) {
    const leftAt = lastSeenAt(current.attendance, held.seat, held.reportedAt);
    current = await dropLease(unit, current, held, { reason: 'seat-lost', actor: null, leftAt });
  }
  if (expired.length > 0) await publishPresence(unit, current);
  return current;
}

/** Ends one lease with all that it gave. Telling who is there now is left to the caller. */
export async function dropLease(
  unit: Unit,
  booking: BookingRecord,
  held: LeaseRecord,
  { reason, actor, leftAt = unit.now }: LeaseEnd,
): Promise<BookingRecord> {
  await unit.view.seats.drop(held);
  await unit.view.seats.dropGrants(held);
  unit.afterCommit((live) => live.cut(held.lease, reason));
  const current = held.state === 'in-call' ? await outOfCall(unit, booking, held, leftAt, actor) : booking;
  await unit.audit({ actor, action: 'seat.left', booking: booking.id, subject: held.person });
  return current;
}

/** A person's own booking, with nobody in it whose lease has run out. */
export async function enter(unit: Unit, person: string, id: string): Promise<OwnBooking> {
  const { booking, seat } = await ownBooking(unit.view, id, person);
  return { booking: await expireLeases(unit, booking), seat };
}

/** The same, for whoever has a seat in it. */
export async function comeIn(unit: Unit, person: string, id: string): Promise<Participation> {
  const { booking, self } = await participation(unit.view, id, person);
  const current = await expireLeases(unit, booking);
  return { booking: current, self: await refreshed(unit, self) };
}

/** A lease that ran out may have been the guest's own. */
async function refreshed({ view }: Unit, self: Participant): Promise<Participant> {
  if (self.role !== 'guest') return self;
  return { ...self, guest: (await view.guests.get(self.person)) ?? self.guest };
}

/** @throws Problem `seat-lost` unless `leaseId` holds the seat now */
export async function requireLease(
  unit: Unit,
  { booking, self }: Participation,
  leaseId: string,
): Promise<LeaseRecord> {
  const held = await unit.view.seats.lease(booking.id, self.seat);
  if (held?.lease !== leaseId) throw seatLost();
  return held;
}

/** The same page asks again: its first answer was lost on the way. */
async function renewed(unit: Unit, held: LeaseRecord): Promise<Seat> {
  const lease = { ...held, reportedAt: unit.now, expiresAt: unit.now + LEASE_TTL };
  await unit.view.seats.renew(held, unit.now, lease);
  return seatOf(lease);
}

function isRole(seat: string): seat is Role {
  return roleSchema.safeParse(seat).success;
}

function seatLost(): Problem {
  return new Problem('seat-lost', 'This lease does not hold the seat any more.');
}

function seatOf({ seat, lease, expiresAt }: LeaseRecord): Seat {
  return { seat, lease, expiresAt: toIso(expiresAt), renewEvery: RENEW_EVERY };
}

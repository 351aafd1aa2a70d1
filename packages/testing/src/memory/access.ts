import {
  SessionError,
  settlementAt,
  toIso,
  type BookingId,
  type Grant,
  type Instant,
  type Me,
  type PresenceAnswer,
  type PresenceReport,
  type Role,
  type Seat,
  type SeatRequest,
  type Ticket,
} from '@active-session/core';
import { over } from './bookings.js';
import {
  attend,
  ownRow,
  partiesOf,
  personOf,
  requireOpen,
  tellPresence,
  verdictOf,
  type Lease,
  type Row,
  type State,
} from './state.js';

const TICKET_TIME = 60_000;

export function me(state: State, person: string): Me {
  const { id, role, name } = personOf(state, person);
  return { id, role, name, serverTime: toIso(state.now()), policy: state.options.policy };
}

export function takeSeat(state: State, person: string, id: BookingId, request: SeatRequest): Seat {
  sweep(state);
  const { row, role } = ownRow(state, person, id);
  requireOpen(state, row, role);
  const before = row.leases.get(role);
  const isAnother = before !== undefined && before.holder !== request.holder;
  if (isAnother && !request.takeOver) throw new SessionError('seat-taken', 'Another tab or device has this seat.');
  const now = state.now();
  if (before !== undefined && !isAnother) {
    // The same page asks again: its first answer was lost on the way.
    before.reportedAt = now;
    before.expiresAt = now + state.options.leaseTime;
    return seatOf(state, role, before);
  }
  const lease: Lease = {
    person,
    holder: request.holder,
    lease: state.nextId('lease'),
    state: 'waiting',
    since: now,
    reportedAt: now,
    expiresAt: now + state.options.leaseTime,
    peerId: null,
  };
  if (before !== undefined) attend(state, row, role, { in: false, at: now });
  row.leases.set(role, lease);
  if (isAnother) state.tell([person], { type: 'seat.taken', bookingId: id, seat: role, lease: lease.lease });
  tellPresence(state, row);
  return seatOf(state, role, lease);
}

export function join(state: State, person: string, id: BookingId, seat: Seat): Ticket {
  sweep(state);
  const { row, role, lease } = heldLease(state, person, id, seat.lease);
  const now = state.now();
  lease.peerId = state.nextId('peer');
  tellPresence(state, row);
  const grant = (kind: string): Grant => ({
    url: `wss://memory.invalid/${kind}`,
    token: state.nextId('grant'),
    expiresAt: toIso(now + TICKET_TIME),
  });
  return {
    bookingId: row.booking.id,
    seat: role,
    engine: 'peerjs',
    peerId: lease.peerId,
    parties: partiesOf(row),
    engineGrant: grant('engine'),
    signalling: grant('signalling'),
    iceServers: [],
    expiresAt: toIso(now + TICKET_TIME),
  };
}

export function presence(state: State, person: string, id: BookingId, report: PresenceReport): PresenceAnswer {
  sweep(state);
  const { row, role, lease } = heldLease(state, person, id, report.lease);
  const now = state.now();
  lease.reportedAt = now;
  lease.expiresAt = now + state.options.leaseTime;
  // Nobody is in a call with nobody, whatever their page says.
  const next = lease.state === 'waiting' && row.leases.size < 2 ? 'waiting' : report.state;
  if (lease.state !== next) {
    lease.state = next;
    lease.since = now;
    attend(state, row, role, { in: next === 'in-call', at: now });
    tellPresence(state, row);
  }
  return { seat: seatOf(state, role, lease), parties: partiesOf(row) };
}

export function leave(state: State, person: string, id: BookingId, seat: Seat): void {
  const { row, role } = ownRow(state, person, id);
  if (row.leases.get(role)?.lease === seat.lease) vacate(state, row, role, state.now());
}

/** What the server does by itself as time passes: leases run out, sessions that nobody ended are completed. */
export function sweep(state: State): void {
  const now = state.now();
  for (const row of state.rows.values()) {
    for (const [role, lease] of [...row.leases]) {
      if (lease.expiresAt <= now) vacate(state, row, role, lease.reportedAt);
      else if (verdictOf(state, row, role).phase !== 'open') vacate(state, row, role, now);
    }
    if (row.booking.status !== 'scheduled') continue;
    const settlesAt = settlementAt(row.booking, row.booking.attendance, state.options.policy);
    if (settlesAt !== null && settlesAt <= now) over(state, row, { status: 'completed', completedAt: toIso(now) });
  }
}

/** When `sweep` will next have something to do. */
export function nextSweep(state: State): Instant {
  let next = Infinity;
  for (const row of state.rows.values()) {
    for (const [role, lease] of row.leases) {
      next = Math.min(next, lease.expiresAt, verdictOf(state, row, role).nextChangeAt ?? Infinity);
    }
    if (row.booking.status !== 'scheduled') continue;
    next = Math.min(next, settlementAt(row.booking, row.booking.attendance, state.options.policy) ?? Infinity);
  }
  return next;
}

/** Nobody sits there any more. */
export function vacate(state: State, row: Row, role: Role, leftAt: Instant): void {
  row.leases.delete(role);
  attend(state, row, role, { in: false, at: leftAt });
  tellPresence(state, row);
}

function heldLease(state: State, person: string, id: BookingId, name: string): { row: Row; role: Role; lease: Lease } {
  const { row, role } = ownRow(state, person, id);
  requireOpen(state, row, role);
  const lease = row.leases.get(role);
  if (lease?.lease !== name) throw new SessionError('seat-lost', 'This seat is not yours any more.');
  return { row, role, lease };
}

function seatOf({ options }: State, role: Role, lease: Lease): Seat {
  return { seat: role, lease: lease.lease, expiresAt: toIso(lease.expiresAt), renewEvery: options.renewEvery };
}

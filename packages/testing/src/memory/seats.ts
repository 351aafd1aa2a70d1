import {
  SessionError,
  toIso,
  type BookingId,
  type Grant,
  type Instant,
  type PresenceAnswer,
  type PresenceReport,
  type Seat,
  type SeatRequest,
  type Ticket,
  leaseRequestSchema,
  presenceReportSchema,
  seatRequestSchema,
} from '@active-session/core';
import { checked } from './checked.js';
import { mayEnter, participation, seatVerdict, type Participation } from './participants.js';
import { hasCompany, isAdmitted, partiesFor, tellPresence } from './parties.js';
import { attend } from './rows.js';
import type { Lease, Row, State } from './state.js';

const TICKET_TIME = 60_000;

export function takeSeat(state: State, person: string, id: BookingId, request: SeatRequest): Seat {
  const own = participation(state, person, id);
  const { holder, takeOver } = checked(seatRequestSchema, request);
  mayEnter(state, own);
  const { row, seat } = own;
  const before = row.leases.get(seat);
  const isAnother = before !== undefined && before.holder !== holder;
  if (isAnother && !takeOver) throw new SessionError('seat-taken', 'Another tab or device has this seat.');
  const now = state.now();
  if (before !== undefined && !isAnother) {
    // The same page asks again: its first answer was lost on the way.
    renew(state, before);
    return seatOf(state, seat, before);
  }
  const lease: Lease = {
    person,
    holder,
    lease: state.nextId('lease'),
    state: 'waiting',
    since: now,
    reportedAt: now,
    expiresAt: now + state.options.leaseTime,
    peerId: null,
    devices: undefined,
    sending: undefined,
  };
  if (before !== undefined) attend(state, row, seat, { in: false, at: now });
  row.leases.set(seat, lease);
  if (isAnother) state.tell([person], () => ({ type: 'seat.taken', bookingId: id, seat, lease: lease.lease }));
  tellPresence(state, row);
  return seatOf(state, seat, lease);
}

export function join(state: State, person: string, id: BookingId, held: { lease: string }): Ticket {
  const { row, seat, lease } = heldLease(state, person, id, held);
  const now = state.now();
  lease.peerId = state.nextId('peer');
  tellPresence(state, row);
  const { engine = 'peerjs', preconnect } = state.options;
  return {
    bookingId: row.booking.id,
    seat,
    engine,
    peerId: lease.peerId,
    parties: partiesFor(state, row, seat),
    ...(engine === 'peerjs' ? { engineGrant: newGrant(state, 'engine') } : {}),
    signalling: newGrant(state, 'signalling'),
    ...(engine === 'webrtc' && preconnect !== undefined ? { preconnect } : {}),
    iceServers: [],
    expiresAt: toIso(now + TICKET_TIME),
  };
}

/** One use of one address; whose it is, `signalling.issue` remembers. */
export function newGrant(state: State, kind: 'engine' | 'signalling' | 'probe'): Grant {
  return {
    url: `wss://memory.invalid/${kind}`,
    token: state.nextId('grant'),
    expiresAt: toIso(state.now() + TICKET_TIME),
  };
}

export function presence(state: State, person: string, id: BookingId, request: PresenceReport): PresenceAnswer {
  participation(state, person, id);
  const report = checked(presenceReportSchema, request);
  const { row, seat, lease } = heldLease(state, person, id, report);
  const now = state.now();
  renew(state, lease);
  // Nobody is in a call with nobody, or before they were let in, whatever their page says.
  const isIn =
    report.state === 'in-call' &&
    isAdmitted(state, row, seat) &&
    (lease.state === 'in-call' || hasCompany(state, row, seat));
  const next = isIn ? 'in-call' : 'waiting';
  const before = JSON.stringify([lease.devices, lease.sending]);
  lease.devices = report.devices ?? lease.devices;
  lease.sending = report.sending ?? lease.sending;
  if (lease.state !== next) stand(state, row, seat, { lease, next, at: now });
  else if (JSON.stringify([lease.devices, lease.sending]) !== before) tellPresence(state, row);
  return { seat: seatOf(state, seat, lease), parties: partiesFor(state, row, seat) };
}

/** Somebody who has a seat comes into the call or goes back to waiting. */
export function stand(
  state: State,
  row: Row,
  seat: string,
  { lease, next, at }: { lease: Lease; next: Lease['state']; at: Instant },
): void {
  lease.state = next;
  lease.since = at;
  attend(state, row, seat, { in: next === 'in-call', at });
  tellPresence(state, row);
}

export function leave(state: State, person: string, id: BookingId, request: { lease: string }): void {
  const { row, seat } = participation(state, person, id);
  const { lease } = checked(leaseRequestSchema, request);
  if (row.leases.get(seat)?.lease === lease) vacate(state, row, seat, state.now());
}

/** Nobody sits there any more. */
export function vacate(state: State, row: Row, seat: string, leftAt: Instant): void {
  row.leases.delete(seat);
  attend(state, row, seat, { in: false, at: leftAt });
  tellPresence(state, row);
}

/** Whether this seat is one that can be held now. */
export function isOpenFor(state: State, row: Row, seat: string): boolean {
  return seatVerdict(state, row, seat).phase === 'open';
}

function heldLease(
  state: State,
  person: string,
  id: BookingId,
  request: { readonly lease: string },
): Participation & { readonly lease: Lease } {
  const own = participation(state, person, id);
  const { lease: name } = checked(leaseRequestSchema, request);
  mayEnter(state, own);
  const lease = own.row.leases.get(own.seat);
  if (lease?.lease !== name) throw new SessionError('seat-lost', 'This seat is not yours any more.');
  return { ...own, lease };
}

function renew({ options, now }: State, lease: Lease): void {
  lease.reportedAt = now();
  lease.expiresAt = now() + options.leaseTime;
}

function seatOf({ options }: State, seat: string, lease: Lease): Seat {
  return { seat, lease: lease.lease, expiresAt: toIso(lease.expiresAt), renewEvery: options.renewEvery };
}

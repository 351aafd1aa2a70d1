import { admissionAtFirst, toIso, type Admission, type Booking, type Party, type Role } from '@active-session/core';
import { peopleOf, ROLES } from './rows.js';
import type { Row, State } from './state.js';

/** How somebody stands between the waiting room and the call. */
export function admissionOf({ options }: State, { decision }: Row, role: Role): Admission {
  return role === 'patient' && decision !== null ? decision.admission : admissionAtFirst(role, options.policy);
}

export function isAdmitted(state: State, row: Row, role: Role): boolean {
  return admissionOf(state, row, role) === 'admitted';
}

/** Whether somebody else sits there who may be talked to. */
export function hasCompany(state: State, row: Row, role: Role): boolean {
  return [...row.leases.keys()].some((other) => other !== role && isAdmitted(state, row, other));
}

/** Who is there, as one of them may see it: who is not admitted dials nobody and is dialled by nobody. */
export function partiesFor(state: State, row: Row, reader: Role): Party[] {
  const { booking, leases, decision } = row;
  return ROLES.map((role) => {
    const lease = leases.get(role);
    const admission = admissionOf(state, row, role);
    const isReachable = role === reader || (admission === 'admitted' && isAdmitted(state, row, reader));
    const { message } = decision ?? {};
    return {
      seat: role,
      role,
      name: role === 'patient' ? booking.patientName : booking.providerName,
      peerId: isReachable ? (lease?.peerId ?? null) : null,
      dials: role === 'provider',
      presence: lease?.state ?? 'away',
      since: lease === undefined ? null : toIso(lease.since),
      admission,
      ...(admission === 'held' && message !== undefined ? { message } : {}),
      ...(lease?.devices === undefined ? {} : { devices: lease.devices }),
      ...(lease?.sending === undefined ? {} : { sending: lease.sending }),
    };
  });
}

/** As it is read: with who is there at this moment. */
export function withParties(state: State, row: Row, person: string): Booking {
  return { ...row.booking, parties: partiesFor(state, row, readerOf(row, person)) };
}

export function tellPresence(state: State, row: Row): void {
  state.tell(peopleOf(row), (person) => ({
    type: 'presence.changed',
    bookingId: row.booking.id,
    parties: partiesFor(state, row, readerOf(row, person)),
  }));
}

function readerOf({ booking }: Row, person: string): Role {
  return booking.provider === person ? 'provider' : 'patient';
}

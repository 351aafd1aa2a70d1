import { admissionAtFirst, toIso, type Admission, type Booking, type Party } from '@active-session/core';
import { participantsOf, type Participant } from './participants.js';
import { peopleOf, seenBy } from './rows.js';
import type { Row, State } from './state.js';

/** How somebody stands between the waiting room and the call. A guest is let in by the provider, whatever the policy. */
export function admissionOf({ options }: State, row: Row, seat: string): Admission {
  if (seat === 'patient') return row.decision?.admission ?? admissionAtFirst('patient', options.policy);
  return seat === 'provider' ? 'admitted' : (row.guests.get(seat)?.admission ?? 'asking');
}

export function isAdmitted(state: State, row: Row, seat: string): boolean {
  return admissionOf(state, row, seat) === 'admitted';
}

/** Whether these two may connect: both are admitted, or they are the two who may do so before that. */
export function mayMeet(state: State, row: Row, a: string, b: string): boolean {
  if (isAdmitted(state, row, a) && isAdmitted(state, row, b)) return true;
  return preconnects(state) && !row.guests.has(a) && !row.guests.has(b);
}

/** Whether patient and provider may connect before the patient is let in. */
function preconnects({ options: { engine, preconnect } }: State): boolean {
  return engine === 'webrtc' && preconnect !== undefined;
}

/** Whether somebody else sits there who may be talked to. */
export function hasCompany(state: State, row: Row, seat: string): boolean {
  return [...row.leases.keys()].some((other) => other !== seat && isAdmitted(state, row, other));
}

/** Who is there, as who sits in `reader` may see it. */
export function partiesFor(state: State, row: Row, reader: string): Party[] {
  return participantsOf(row).map((whom): Party => {
    const { seat, role, guest } = whom;
    const { peerId = null, state: presence = 'away', since, devices, sending } = row.leases.get(seat) ?? {};
    const isOwn = seat === reader;
    // What the provider says to who is held, and what a device check found, is no matter of guests and of theirs.
    const isTold = isOwn || reader === 'provider' || (guest === undefined && !row.guests.has(reader));
    const message = messageTo(state, row, whom);
    return {
      seat,
      role,
      name: nameOf(row, whom),
      ...(guest === undefined ? {} : { kind: guest.kind }),
      peerId: isOwn || mayMeet(state, row, reader, seat) ? peerId : null,
      dials: role === 'provider',
      presence,
      since: since === undefined ? null : toIso(since),
      admission: admissionOf(state, row, seat),
      ...(isTold && message !== undefined ? { message } : {}),
      ...(isTold && devices !== undefined ? { devices } : {}),
      ...(sending === undefined ? {} : { sending }),
    };
  });
}

function nameOf({ booking }: Row, { role, guest }: Participant): string {
  return guest?.name ?? (role === 'patient' ? booking.patientName : booking.providerName);
}

function messageTo(state: State, row: Row, { seat, guest }: Participant): string | undefined {
  if (admissionOf(state, row, seat) !== 'held') return undefined;
  return guest === undefined ? row.decision?.message : guest.message;
}

/** As it is read: with who is there at this moment. */
export function withParties(state: State, row: Row, person: string): Booking {
  return { ...seenBy(row, person), parties: partiesFor(state, row, seatOf(row, person)) };
}

export function tellPresence(state: State, row: Row): void {
  state.tell(peopleOf(row), (person) => ({
    type: 'presence.changed',
    bookingId: row.booking.id,
    parties: partiesFor(state, row, seatOf(row, person)),
  }));
}

function seatOf(row: Row, person: string): string {
  return participantsOf(row).findLast((one) => one.person === person)?.seat ?? 'patient';
}

import {
  admitRequestSchema,
  holdRequestSchema,
  SessionError,
  type AdmitRequest,
  type BookingId,
  type HoldRequest,
  type Party,
} from '@active-session/core';
import { checked } from './checked.js';
import { admissionOf, partiesFor, tellPresence } from './parties.js';
import { isToDo, ownRow, type OwnRow } from './rows.js';
import { stand } from './seats.js';
import type { Decision, Row, State } from './state.js';

export function admit(state: State, person: string, id: BookingId, request: AdmitRequest): readonly Party[] {
  const own = ownRow(state, person, id);
  const { seat } = checked(admitRequestSchema, request);
  isToDo(state, 'admit', own);
  return decide(state, own, seat, { admission: 'admitted', message: undefined });
}

/** Out of a running call too: there they are back in the waiting room. */
export function hold(state: State, person: string, id: BookingId, request: HoldRequest): readonly Party[] {
  const own = ownRow(state, person, id);
  const { seat, message } = checked(holdRequestSchema, request);
  isToDo(state, 'hold', own);
  return decide(state, own, seat, { admission: 'held', message });
}

function decide(state: State, { row, role }: OwnRow, seat = 'patient', decision: Decision): readonly Party[] {
  const isSo = admissionOf(state, row, seat) === decision.admission && messageOf(row, seat) === decision.message;
  if (seat === 'patient') row.decision = decision;
  else {
    const guest = row.guests.get(seat);
    if (guest === undefined) throw new SessionError('not-found', 'Nobody waits there.');
    Object.assign(guest, decision);
  }
  const lease = row.leases.get(seat);
  if (decision.admission === 'held' && lease?.state === 'in-call') {
    stand(state, row, seat, { lease, next: 'waiting', at: state.now() });
  } else if (!isSo) {
    tellPresence(state, row);
  }
  return partiesFor(state, row, role);
}

function messageOf({ decision, guests }: Row, seat: string): string | undefined {
  return seat === 'patient' ? decision?.message : guests.get(seat)?.message;
}

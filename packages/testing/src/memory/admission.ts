import { holdRequestSchema, type BookingId, type HoldRequest, type Party } from '@active-session/core';
import { checked } from './checked.js';
import { admissionOf, partiesFor, tellPresence } from './parties.js';
import { isToDo, ownRow } from './rows.js';
import { stand } from './seats.js';
import type { Decision, State } from './state.js';

export function admit(state: State, person: string, id: BookingId): readonly Party[] {
  return decide(state, person, id, { admission: 'admitted' });
}

/** Out of a running call too: there the patient is back in the waiting room. */
export function hold(state: State, person: string, id: BookingId, request: HoldRequest): readonly Party[] {
  ownRow(state, person, id);
  const { message } = checked(holdRequestSchema, request);
  return decide(state, person, id, { admission: 'held', message });
}

function decide(state: State, person: string, id: BookingId, decision: Decision): readonly Party[] {
  const own = ownRow(state, person, id);
  const { row, role } = own;
  isToDo(state, decision.admission === 'held' ? 'hold' : 'admit', own);
  const isSo = admissionOf(state, row, 'patient') === decision.admission && row.decision?.message === decision.message;
  row.decision = decision;
  const lease = row.leases.get('patient');
  if (decision.admission === 'held' && lease?.state === 'in-call') {
    stand(state, row, 'patient', { lease, next: 'waiting', at: state.now() });
  } else if (!isSo) {
    tellPresence(state, row);
  }
  return partiesFor(state, row, role);
}

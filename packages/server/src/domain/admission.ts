import type { AdmitRequest, HoldRequest, Party } from '@active-session/core';
import type { AdmissionRecord, AuditAction, BookingRecord } from '../store/records.js';
import { mayDo } from './own-booking.js';
import { participantsOf, type Participant } from './participants.js';
import { partiesOf, publishPresence, standingOf } from './parties.js';
import { notFound } from './problem.js';
import { backToWaiting, enter } from './seats.js';
import type { Unit } from './unit.js';

/** Lets the patient, or a guest, into the call. For the life of the booking, unless they are held later. */
export async function admit(unit: Unit, person: string, id: string, { seat }: AdmitRequest): Promise<Party[]> {
  const own = await enter(unit, person, id);
  await mayDo(unit, own, 'admit');
  const whom = await waitingIn(unit, own.booking, seat);
  return decide(unit, person, own.booking, { whom, as: { state: 'admitted', message: null } });
}

/** Asks the patient, or a guest, to wait, out of a running call too. */
export async function hold(unit: Unit, person: string, id: string, { seat, message }: HoldRequest): Promise<Party[]> {
  const own = await enter(unit, person, id);
  await mayDo(unit, own, 'hold');
  const whom = await waitingIn(unit, own.booking, seat);
  return decide(unit, person, own.booking, { whom, as: { state: 'held', message: message ?? null } });
}

/** @throws Problem `not-found` for a seat of nobody, and for the provider's own */
async function waitingIn(unit: Unit, booking: BookingRecord, seat = 'patient'): Promise<Participant> {
  const found = (await participantsOf(unit.view, booking)).find((one) => one.seat === seat);
  if (found === undefined || found.role === 'provider') throw notFound();
  return found;
}

const RECORDED = {
  patient: { admitted: 'patient.admitted', held: 'patient.held' },
  guest: { admitted: 'guest.admitted', held: 'guest.held' },
} as const satisfies Record<string, Record<AdmissionRecord['state'], AuditAction>>;

interface Decision {
  readonly whom: Participant;
  readonly as: AdmissionRecord;
}

async function decide(unit: Unit, actor: string, before: BookingRecord, { whom, as }: Decision): Promise<Party[]> {
  const { admission, message = null } = await standingOf(unit, before, whom);
  if (admission === as.state && message === as.message) return (await partiesOf(unit, before))('provider');
  if (whom.role !== 'guest') await unit.view.bookings.putAdmission(before.id, as);
  else await unit.view.guests.change(whom.person, { admission: as.state, message: as.message });
  const lease = await unit.view.seats.lease(before.id, whom.seat);
  let booking = before;
  if (lease !== undefined) {
    if (as.state === 'held') booking = await backToWaiting(unit, before, lease, actor);
    unit.afterCommit((live) => live.admit(lease.lease, as.state === 'admitted'));
  }
  const action = RECORDED[whom.role === 'guest' ? 'guest' : 'patient'][as.state];
  await unit.audit({ actor, action, booking: before.id, subject: whom.person });
  return (await publishPresence(unit, booking))('provider');
}

import type { HoldRequest, Party } from '@active-session/core';
import type { AdmissionRecord, AuditAction, BookingRecord } from '../store/records.js';
import { mayDo } from './own-booking.js';
import { partiesOf, publishPresence, standingOf } from './parties.js';
import { backToWaiting, enter } from './seats.js';
import type { Unit } from './unit.js';

/** Lets the patient into the call. For the life of the booking, unless they are held later. */
export async function admit(unit: Unit, person: string, id: string): Promise<Party[]> {
  const own = await enter(unit, person, id);
  await mayDo(unit, own, 'admit');
  return decide(unit, person, own.booking, { state: 'admitted', message: null });
}

/** Asks the patient to wait, out of a running call too. */
export async function hold(unit: Unit, person: string, id: string, { message }: HoldRequest): Promise<Party[]> {
  const own = await enter(unit, person, id);
  await mayDo(unit, own, 'hold');
  return decide(unit, person, own.booking, { state: 'held', message: message ?? null });
}

const RECORDED = { admitted: 'patient.admitted', held: 'patient.held' } as const satisfies Record<string, AuditAction>;

async function decide(unit: Unit, actor: string, before: BookingRecord, decision: AdmissionRecord): Promise<Party[]> {
  const { admission, message = null } = await standingOf(unit, before, 'patient');
  if (admission === decision.state && message === decision.message) return (await partiesOf(unit, before)).provider;
  await unit.view.bookings.putAdmission(before.id, decision);
  const lease = await unit.view.seats.lease(before.id, 'patient');
  let booking = before;
  if (lease !== undefined) {
    if (decision.state === 'held') booking = await backToWaiting(unit, before, lease, actor);
    unit.afterCommit((live) => live.admit(lease.lease, decision.state === 'admitted'));
  }
  await unit.audit({ actor, action: RECORDED[decision.state], booking: before.id, subject: before.patient });
  return (await publishPresence(unit, booking)).provider;
}

import type { Instant } from '@active-session/core';
import type { Clock } from '../clock.js';
import type { AuditHead, PatientRecords } from '../store/records.js';
import type { Store } from '../store/store.js';
import { anchorName } from './audit.js';

/** What the people who keep the records do with them: give them out, make them go away. */
export interface Records {
  readonly store: Store;
  readonly clock: Clock;
}

export type PatientExport = PatientRecords & {
  /** ISO 8601. */
  readonly exportedAt: string;
};

/** Everything about one patient, and in the audit trail that it was given out. Undefined: nobody here has this id. */
export async function exportPatient({ store, clock }: Records, patient: string): Promise<PatientExport | undefined> {
  return store.transaction(async (view) => {
    if ((await view.people.person(patient)) === undefined) return undefined;
    await view.audit.append({ actor: null, action: 'patient.exported', subject: patient }, clock.now());
    const records = await view.records.about(patient);
    return records && { exportedAt: new Date(clock.now()).toISOString(), ...records };
  });
}

export interface Erasure {
  readonly bookings: number;
  /** How many of them were still to be held, or open with not both in the call. */
  readonly cancelled: number;
}

/**
 * Makes everything that a patient said, and that was written about them, go away for good; bookings that are still to
 * be held are cancelled, and the patient can't sign in any more. Ids and times stay, in bookings and in the audit trail.
 * A second time does the same.
 *
 * @returns undefined where nobody here has this id, `provider` for somebody whose patients' records name them
 */
export async function erasePatient(
  { store, clock }: Records,
  patient: string,
): Promise<Erasure | 'provider' | undefined> {
  return store.transaction(async (view) => {
    const now = clock.now();
    const person = await view.people.person(patient);
    if (person === undefined) return undefined;
    if (person.role === 'provider') return 'provider';
    const bookings = await view.records.bookingsOf(patient);
    const ended = await view.records.callOff(bookings, now);
    for (const { id, as } of ended) {
      await view.audit.append({ actor: null, action: `booking.${as}`, booking: id }, now);
    }
    await view.records.eraseContent(bookings, now);
    await view.records.erasePerson(patient);
    await view.records.resetPages(bookings, now);
    await view.audit.append({ actor: null, action: 'patient.erased', subject: patient }, now);
    return { bookings: bookings.length, cancelled: ended.filter(({ as }) => as === 'cancelled').length };
  });
}

/** Few enough that nobody has to wait for long to write in between. */
const BATCH = 200;

/**
 * Makes the content of bookings that ended before `before` go away, with their notes. One with a younger note waits
 * until that is as old.
 *
 * @returns how many bookings
 */
export async function expireRecords({ store, clock }: Records, before: Instant): Promise<number> {
  const expired: string[] = [];
  for (;;) {
    const batch = await store.transaction(async (view) => {
      const now = clock.now();
      const bookings = await view.records.endedBefore(before, expired.at(-1) ?? '', BATCH);
      await view.records.eraseContent(bookings, now);
      for (const booking of bookings) await view.audit.append({ actor: null, action: 'records.expired', booking }, now);
      return bookings;
    });
    expired.push(...batch);
    if (batch.length < BATCH) break;
  }
  await store.transaction((view) => view.records.resetPages(expired, clock.now()));
  return expired.length;
}

/** Removes the beginning of the audit trail, up to the first entry that is not older. The anchor, if there was anything. */
export async function expireAudit({ store, clock }: Records, before: Instant): Promise<AuditHead | undefined> {
  return store.transaction(async (view) => {
    const anchor = await view.audit.removeBefore(before, clock.now());
    if (anchor === undefined) return undefined;
    await view.audit.append({ actor: null, action: 'records.expired', subject: anchorName(anchor) }, clock.now());
    return anchor;
  });
}

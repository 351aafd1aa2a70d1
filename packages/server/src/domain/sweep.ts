import { MINUTE, settlementAt, toIso, type WindowPolicy } from '@active-session/core';
import { DAY, HOUR } from '../clock.js';
import type { BookingRecord, LeaseRecord } from '../store/records.js';
import { finish } from './booking.js';
import { participantsOf, participantVerdict, type Participant } from './participants.js';
import { publishPresence } from './parties.js';
import { dropLease, expireLeases } from './seats.js';
import { commit, readUnit, type Domain, type ReadUnit } from './unit.js';

const OUTBOX_KEPT = 7 * DAY;
/** A day longer than a device may keep what it has not sent. */
const ANSWERS_KEPT = 8 * DAY;
/** Past its window, a session that is not settled by now waits for somebody who is still in it, or was missed. */
const LATELY = 2 * DAY;

export interface SettleOptions {
  /** Looks at all sessions that nobody ended, not only at those of lately. */
  readonly thorough: boolean;
  readonly failed: (error: unknown) => void;
}

/**
 * Ends leases that ran out or lost their right to be, and completes sessions that nobody ended.
 *
 * @returns the leases that hold now
 */
export async function settle(domain: Domain, { thorough, failed }: SettleOptions): Promise<readonly LeaseRecord[]> {
  const { stale, due } = await readUnit(domain, async (unit) => ({
    stale: await staleBookings(unit),
    due: await dueBookings(unit, thorough),
  }));
  // What goes wrong with one booking must not keep the others waiting.
  for (const id of stale) await endStaleLeases(domain, id).catch(failed);
  for (const id of due) await completeAttended(domain, id).catch(failed);
  return domain.store.read((view) => view.seats.leases());
}

/** Bookings in which some lease ran out, or may not be any more. */
async function staleBookings(unit: ReadUnit): Promise<readonly string[]> {
  const leases = await unit.view.seats.leases();
  const gone = new Set(await unit.view.people.gone(leases.map(({ person }) => person)));
  const stale: string[] = [];
  for (const [id, held] of Map.groupBy(leases, ({ booking }) => booking)) {
    const booking = await unit.view.bookings.get(id);
    const all = booking && (await participantsOf(unit.view, booking));
    const mayAllStay = held.every(
      (lease) => lease.expiresAt > unit.now && mayStay(unit, lease, { booking, all, gone }),
    );
    if (!mayAllStay) stale.push(id);
  }
  return stale;
}

interface Present {
  readonly booking: BookingRecord | undefined;
  readonly all: readonly Participant[] | undefined;
  readonly gone: ReadonlySet<string>;
}

/** Whether who holds a lease is still somebody here, still of this booking, and it is still open for them. */
function mayStay(unit: ReadUnit, { person, seat }: LeaseRecord, { booking, all, gone }: Present): boolean {
  const self = all?.find((one) => one.person === person && one.seat === seat);
  if (booking === undefined || self === undefined || gone.has(person)) return false;
  return participantVerdict(unit, booking, self).phase === 'open';
}

async function endStaleLeases(domain: Domain, id: string): Promise<void> {
  await commit(domain, async (unit) => {
    const found = await unit.view.bookings.get(id);
    if (found === undefined) return;
    let booking = await expireLeases(unit, found);
    const leases = await unit.view.seats.leasesOf(id);
    const gone = new Set(await unit.view.people.gone(leases.map(({ person }) => person)));
    for (const lease of leases) {
      // Who left last may be why the others may stay no longer.
      const all = await participantsOf(unit.view, booking);
      if (mayStay(unit, lease, { booking, all, gone })) continue;
      const self = all.find((one) => one.person === lease.person);
      const isOver = self !== undefined && participantVerdict(unit, booking, self).phase !== 'open';
      booking = await dropLease(unit, booking, lease, { reason: isOver ? 'session-ended' : 'seat-lost', actor: null });
      await publishPresence(unit, booking);
    }
  });
}

async function dueBookings(unit: ReadUnit, thorough: boolean): Promise<readonly string[]> {
  const latest = unit.now - lastingOf(unit.policy);
  // Only what is due, so that nothing that is not can take its place.
  const attended = await unit.view.bookings.attended({
    from: thorough ? Number.MIN_SAFE_INTEGER : latest - LATELY,
    to: latest + 1,
    leftBy: unit.now - unit.policy.returnMinutes * MINUTE,
  });
  return attended.filter((booking) => isDue(unit, booking)).map(({ id }) => id);
}

/** How long after its start a session can be open, by its window or by somebody's time to come back, in ms. */
export function lastingOf({ patient, provider, returnMinutes }: WindowPolicy): number {
  return (Math.max(patient.closesAfterMinutes, provider.closesAfterMinutes) + returnMinutes) * MINUTE;
}

function isDue(unit: ReadUnit, booking: BookingRecord): boolean {
  const due = settlementAt(booking, booking.attendance, unit.policy);
  return due !== null && due <= unit.now;
}

async function completeAttended(domain: Domain, id: string): Promise<void> {
  await commit(domain, async (unit) => {
    const booking = await unit.view.bookings.get(id);
    if (booking?.status !== 'scheduled') return;
    const due = settlementAt(booking, booking.attendance, unit.policy);
    if (due === null || due > unit.now) return;
    await finish(unit, booking, null, 'booking.completed', { status: 'completed', completedAt: toIso(due) });
  });
}

/** Forgets what nobody may ask for any more. */
export async function purge(domain: Domain): Promise<void> {
  await commit(domain, async ({ view, now }) => {
    await view.seats.purgeGrants(now - HOUR);
    await view.events.purge(now - OUTBOX_KEPT);
    await view.answers.purge(now - ANSWERS_KEPT);
  });
}

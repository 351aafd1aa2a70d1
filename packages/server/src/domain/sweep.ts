import { settlementAt, toIso } from '@active-session/core';
import type { LeaseRecord } from '../store/records.js';
import { finish } from './booking.js';
import { verdictOf } from './own-booking.js';
import { publishPresence } from './parties.js';
import { dropLease, expireLeases } from './seats.js';
import { commit, type Domain } from './unit.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OUTBOX_KEPT = 7 * DAY;
/** A day longer than a device may keep what it has not sent. */
const ANSWERS_KEPT = 8 * DAY;

/**
 * Ends leases that ran out or lost their right to be, and completes sessions that nobody ended.
 *
 * @returns the leases that hold now
 */
export async function settle(domain: Domain, failed: (error: unknown) => void): Promise<readonly LeaseRecord[]> {
  const now = domain.clock.now();
  const { leases, attended } = await domain.store.read(async (view) => ({
    leases: await view.seats.leases(),
    attended: await view.bookings.attended(),
  }));
  // What goes wrong with one booking must not keep the others waiting.
  const attempt = (work: Promise<void>): Promise<void> => work.catch(failed);
  for (const id of new Set(leases.map(({ booking }) => booking))) await attempt(endStaleLeases(domain, id));
  for (const booking of attended) {
    const due = settlementAt(booking, booking.attendance, domain.policy);
    if (due !== null && due <= now) await attempt(completeAttended(domain, booking.id));
  }
  return domain.store.read((view) => view.seats.leases());
}

async function endStaleLeases(domain: Domain, id: string): Promise<void> {
  const stale = await domain.store.read(async (view) => {
    const [booking, leases] = [await view.bookings.get(id), await view.seats.leasesOf(id)];
    const now = domain.clock.now();
    const unit = { now, policy: domain.policy };
    const shut = (lease: LeaseRecord): boolean => !booking || verdictOf(unit, booking, lease.seat).phase !== 'open';
    return leases.some((lease) => lease.expiresAt <= now || shut(lease));
  });
  if (!stale) return;
  await commit(domain, async (unit) => {
    const found = await unit.view.bookings.get(id);
    if (found === undefined) return;
    let booking = await expireLeases(unit, found);
    for (const lease of await unit.view.seats.leasesOf(id)) {
      if (verdictOf(unit, booking, lease.seat).phase === 'open') continue;
      booking = await dropLease(unit, booking, lease, unit.now, 'session-ended');
      await publishPresence(unit, booking);
    }
  });
}

async function completeAttended(domain: Domain, id: string): Promise<void> {
  await commit(domain, async (unit) => {
    const booking = await unit.view.bookings.get(id);
    if (booking?.status !== 'scheduled') return;
    const due = settlementAt(booking, booking.attendance, unit.policy);
    if (due === null || due > unit.now) return;
    await finish(unit, booking, { status: 'completed', completedAt: toIso(due) });
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

import { lastSeenAt, settlementAt, toIso, type Instant } from '@active-session/core';
import { over } from './commands.js';
import { seatVerdict } from './participants.js';
import { isOpenFor, vacate } from './seats.js';
import type { State } from './state.js';

/** What the server does by itself as time passes: leases run out, sessions that nobody ended are completed. */
export function sweep(state: State): void {
  const now = state.now();
  for (const row of state.rows.values()) {
    for (const [seat, lease] of [...row.leases]) {
      if (lease.expiresAt <= now) vacate(state, row, seat, lastSeenAt(row.booking.attendance, seat, lease.reportedAt));
      else if (!isOpenFor(state, row, seat)) vacate(state, row, seat, now);
    }
    if (row.booking.status !== 'scheduled') continue;
    const settlesAt = settlementAt(row.booking, row.booking.attendance, state.options.policy);
    if (settlesAt !== null && settlesAt <= now) over(state, row, { status: 'completed', completedAt: toIso(now) });
  }
}

/** When `sweep` will next have something to do. */
export function nextSweep(state: State): Instant {
  let next = Infinity;
  for (const row of state.rows.values()) {
    for (const [seat, lease] of row.leases) {
      next = Math.min(next, lease.expiresAt, seatVerdict(state, row, seat).nextChangeAt ?? Infinity);
    }
    if (row.booking.status !== 'scheduled') continue;
    next = Math.min(next, settlementAt(row.booking, row.booking.attendance, state.options.policy) ?? Infinity);
  }
  return next;
}

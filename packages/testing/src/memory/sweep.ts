import { judge, settlementAt, toIso, type Instant } from '@active-session/core';
import { over } from './commands.js';
import { inputOf } from './rows.js';
import { isOpenFor, vacate } from './seats.js';
import type { State } from './state.js';

/** What the server does by itself as time passes: leases run out, sessions that nobody ended are completed. */
export function sweep(state: State): void {
  const now = state.now();
  for (const row of state.rows.values()) {
    for (const [role, lease] of [...row.leases]) {
      if (lease.expiresAt <= now) vacate(state, row, role, lease.reportedAt);
      else if (!isOpenFor(state, row, role)) vacate(state, row, role, now);
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
    for (const [role, lease] of row.leases) {
      next = Math.min(next, lease.expiresAt, judge(inputOf(state, row, role)).nextChangeAt ?? Infinity);
    }
    if (row.booking.status !== 'scheduled') continue;
    next = Math.min(next, settlementAt(row.booking, row.booking.attendance, state.options.policy) ?? Infinity);
  }
  return next;
}

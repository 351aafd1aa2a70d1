import { keptUntil, type Instant, type NoteKeepingView, type OutboxItem } from '@active-session/core';
import { DAY } from '../shared/formats.js';

/** Where a note is until the backend has it. `ends`: for less than a day more. */
export type Kept = 'unknown' | 'saving' | 'device' | 'ends' | 'locked' | 'memory';

export function keptOf(item: Pick<OutboxItem, 'at'>, keeping: NoteKeepingView | undefined, now: Instant): Kept {
  if (keeping === undefined || keeping.state !== 'device') return keeping?.state ?? 'unknown';
  const left = keptUntil(item) - now;
  // Its week is over: the device has it no longer, this page has.
  if (left <= 0) return 'memory';
  if (keeping.saving) return 'saving';
  return left <= DAY ? 'ends' : 'device';
}

/** ms until that changes by itself; Infinity: never. */
export function untilKeptChanges(item: Pick<OutboxItem, 'at'>, now: Instant): number {
  const left = keptUntil(item) - now;
  return left > DAY ? left - DAY : left > 0 ? left : Infinity;
}

/** Whether it is there again when this page is gone. */
export function isSafe(kept: Kept): boolean {
  return kept === 'device' || kept === 'ends';
}

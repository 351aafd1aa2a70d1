import { callStartedAt } from '../booking/booking.rules.js';
import type { Booking } from '../booking/booking.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import type { WindowPolicy } from '../booking/policy.schema.js';
import type { FieldProblem, SessionError } from '../errors.js';
import type { HistoryEntry, ProviderNote } from '../notes/note.schema.js';
import { durationOf } from '../session/session.view.js';
import { outcomeOf, type HistoryFilter, type Outcome } from './history.rules.js';

/** One of a patient's earlier sessions. While nothing of it changes, it is the same object. */
export interface PastSession {
  readonly booking: Booking;
  /** In their order. */
  readonly notes: readonly ProviderNote[];
  readonly outcome: Outcome;
  /** ms that they talked; null where nobody knows, or they did not. */
  readonly duration: number | null;
  /** When it was handed over to another provider: it is as it stood then, with what was written before. */
  readonly handedOverAt: string | null;
}

/** What is known of a patient's earlier sessions. */
export interface HistoryView {
  /** `loading` until the first answer; `failed` while there was none. */
  readonly state: 'loading' | 'ready' | 'failed';
  /** The latest first. */
  readonly sessions: readonly PastSession[];
  readonly filter: HistoryFilter;
  /** More of them are being read. */
  readonly isReading: boolean;
  /** There are no more of them. */
  readonly isComplete: boolean;
  /** What came and could not be read. */
  readonly problems: readonly FieldProblem[];
  /** The last failure, until a reading succeeds. Where it passes by itself, it is tried again by itself. */
  readonly error: SessionError | null;
}

export const NO_HISTORY: HistoryView = {
  state: 'loading',
  sessions: [],
  filter: {},
  isReading: false,
  isComplete: false,
  problems: [],
  error: null,
};

/** Shows entries as sessions, and gives the same object while it would say the same. */
export type Projection = (entries: readonly HistoryEntry[], now: Instant) => readonly PastSession[];

export function createProjection(policy: () => WindowPolicy): Projection {
  const known = new WeakMap<HistoryEntry, PastSession>();
  let shown: readonly PastSession[] = [];
  return (entries, now) => {
    const next = entries.map((entry) => {
      const before = known.get(entry);
      // What has ended stays as it is, whatever the time.
      if (before !== undefined && entry.booking.status !== 'scheduled') return before;
      const session = pastSession(entry, now, policy());
      if (before?.outcome === session.outcome) return before;
      known.set(entry, session);
      return session;
    });
    const isSame = next.length === shown.length && next.every((session, index) => session === shown[index]);
    if (!isSame) shown = next;
    return shown;
  };
}

function pastSession(entry: HistoryEntry, now: Instant, policy: WindowPolicy): PastSession {
  const { booking, notes, handedOverAt = null } = entry;
  const outcome = outcomeOf(entry, now, policy);
  const duration = outcome === 'completed' ? durationOf(booking, callStartedAt(booking.attendance ?? [])) : null;
  return { booking, notes, outcome, duration, handedOverAt };
}

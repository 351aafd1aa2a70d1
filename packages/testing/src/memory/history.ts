import {
  compareText,
  SessionError,
  toIso,
  type HistoryEntry,
  type HistoryQuery,
  type Page,
} from '@active-session/core';
import { invalidField } from './checked.js';
import type { PageRequest } from './page.js';
import { startOf } from './rows.js';
import { personOf, type Row, type State } from './state.js';

/**
 * A patient's earlier bookings with the provider who asks, newest first. One that they handed over is as it stood then,
 * and there for them where they wrote in it, with what they wrote.
 */
export function listHistory(
  state: State,
  person: string,
  patient: string,
  { from = -Infinity, to = Infinity, kind }: HistoryQuery,
  part: PageRequest,
): Page<HistoryEntry> {
  if (personOf(state, person).role !== 'provider') throw new SessionError('forbidden', 'Only providers read this.');
  const known = [...state.rows.values()]
    .filter(({ booking }) => booking.patient === patient)
    .flatMap((row) => seenBy(row, person) ?? []);
  if (known.length === 0) throw new SessionError('not-found', 'You have no such patient.');
  const found = known
    .filter(({ booking }) => booking.status === 'completed' || startOf(booking) < state.now())
    .filter(({ booking }) => startOf(booking) >= from && startOf(booking) < to)
    .filter(({ notes }) => kind === undefined || notes.some((note) => note.kind === kind && !note.withdrawnAt))
    .sort((a, b) => compare(placeOf(a), placeOf(b)));
  return pageAfter(found, part, state.options.pageSize);
}

/** Start and id: the latest first, of one instant the greater id. */
type Place = readonly [number, string];

function placeOf({ booking }: HistoryEntry): Place {
  return [startOf(booking), String(booking.id)];
}

function compare(a: Place, b: Place): number {
  return b[0] - a[0] || compareText(b[1], a[1]);
}

/** A cursor names the last entry that was read, so that pages hold together while entries come and go. */
function pageAfter(
  found: readonly HistoryEntry[],
  { cursor, limit = Infinity }: PageRequest,
  size: number,
): Page<HistoryEntry> {
  const [, start, id = ''] = /^(-?\d+) (.+)$/.exec(cursor ?? '') ?? [];
  if (cursor !== undefined && start === undefined) throw invalidField('cursor', 'not one that this backend gave');
  const rest = start === undefined ? found : found.filter((entry) => compare(placeOf(entry), [Number(start), id]) > 0);
  const items = rest.slice(0, Math.min(size, limit));
  const last = items.at(-1);
  const next = last === undefined || items.length === rest.length ? {} : { cursor: placeOf(last).join(' ') };
  return { items, problems: [], ...next };
}

function seenBy({ booking, notes, handovers }: Row, provider: string): HistoryEntry | undefined {
  if (booking.provider === provider) return { booking, notes: [...notes] };
  const own = notes.filter(({ author }) => author === provider);
  const then = handovers.get(provider);
  if (then === undefined || own.length === 0) return undefined;
  return { booking: then.booking, notes: own, handedOverAt: toIso(then.at) };
}

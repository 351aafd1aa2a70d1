import { SessionError, type HistoryEntry, type HistoryQuery, type Page } from '@active-session/core';
import { page, type PageRequest } from './page.js';
import { startOf } from './rows.js';
import { personOf, type State } from './state.js';

/** A patient's earlier bookings with the provider who asks, newest first. */
export function listHistory(
  state: State,
  person: string,
  patient: string,
  { from = -Infinity, to = Infinity, kind }: HistoryQuery,
  part: PageRequest,
): Page<HistoryEntry> {
  if (personOf(state, person).role !== 'provider') throw new SessionError('forbidden', 'Only providers read this.');
  const theirs = [...state.rows.values()].filter(
    ({ booking }) => booking.provider === person && booking.patient === patient,
  );
  if (theirs.length === 0) throw new SessionError('not-found', 'You have no such patient.');
  const found = theirs
    .filter(({ booking }) => startOf(booking) < state.now())
    .filter(({ booking }) => startOf(booking) >= from && startOf(booking) < to)
    .filter(({ notes }) => kind === undefined || notes.some((note) => note.kind === kind))
    .sort((a, b) => startOf(b.booking) - startOf(a.booking))
    .map(({ booking, notes }) => ({ booking, notes: [...notes] }));
  return page(found, part, state.options.pageSize);
}

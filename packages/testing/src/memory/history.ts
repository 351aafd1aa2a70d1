import { SessionError, type HistoryEntry, type HistoryQuery, type Page } from '@active-session/core';
import { page, type PageRequest } from './page.js';
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
    .sort((a, b) => startOf(b.booking) - startOf(a.booking));
  return page(found, part, state.options.pageSize);
}

function seenBy({ booking, notes, handovers }: Row, provider: string): HistoryEntry | undefined {
  if (booking.provider === provider) return { booking, notes: [...notes] };
  const own = notes.filter(({ author }) => author === provider);
  const then = handovers.get(provider);
  return then === undefined || own.length === 0 ? undefined : { booking: then, notes: own };
}

import {
  fieldProblems,
  mergeNotes,
  noteRequestSchema,
  SessionError,
  toInstant,
  toIso,
  type BookingId,
  type NoteRequest,
  type Page,
  type ProviderNote,
} from '@active-session/core';
import { page } from './bookings.js';
import { ownRow, requireOpen, verdictOf, type Row, type State } from './state.js';

export function listNotes(state: State, person: string, id: BookingId, cursor: string | undefined): Page<ProviderNote> {
  const { row } = ownRow(state, person, id);
  return page(
    row.notes.map((note) => seenBy(note, row, person)),
    cursor,
    state.options.pageSize,
  );
}

export function addNote(state: State, person: string, id: BookingId, request: NoteRequest): ProviderNote {
  const { row, role } = ownRow(state, person, id);
  if (role !== 'provider') throw new SessionError('forbidden', 'Only the provider of a booking writes its notes.');
  const { phase } = verdictOf(state, row, role);
  if (phase === 'upcoming' || phase === 'cancelled') requireOpen(state, row, role);
  const parsed = noteRequestSchema.safeParse(request);
  if (!parsed.success) {
    const problems = fieldProblems(parsed.error.issues);
    throw new SessionError('invalid', 'This note can not be kept.', { problems });
  }
  const before = row.notes.find((note) => note.id === request.id);
  if (before !== undefined) {
    if (before.content === request.content) return before;
    throw new SessionError('invalid', 'This key was used for another note.');
  }
  const last = row.notes.at(-1);
  const note: ProviderNote = {
    ...parsed.data,
    bookingId: row.booking.id,
    author: person,
    providerName: row.booking.providerName,
    // Of two notes in one millisecond the later one has the later time, so that their order is that of sending.
    timestamp: toIso(Math.max(state.now(), last === undefined ? 0 : toInstant(last.timestamp) + 1)),
  };
  putNote(state, row, note);
  return note;
}

/** Takes a note out of the patient's sight; the fact stays. */
export function withdrawNote(state: State, id: BookingId, noteId: string): void {
  const row = state.rows.get(String(id));
  const note = row?.notes.find((candidate) => candidate.id === noteId);
  if (row === undefined || note === undefined) throw new SessionError('not-found', 'No such note.');
  putNote(state, row, { ...note, withdrawnAt: toIso(state.now()) });
}

/** Puts a note in place as it is, and tells both. */
export function putNote(state: State, row: Row, note: ProviderNote): void {
  row.notes = mergeNotes(row.notes, [note]);
  const { id, patient, provider } = row.booking;
  for (const person of [patient, provider]) {
    state.tell([person], { type: 'note.added', bookingId: id, note: seenBy(note, row, person) });
  }
}

function seenBy(note: ProviderNote, { booking }: Row, person: string): ProviderNote {
  return note.withdrawnAt !== undefined && person !== booking.provider ? { ...note, content: '' } : note;
}

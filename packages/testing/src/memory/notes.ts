import {
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
import { checked, invalidField } from './checked.js';
import { page, type PageRequest } from './page.js';
import { isGuestOf, isToDo, noSuchBooking, notForGuests, ownRow, peopleOf, rowOf } from './rows.js';
import type { Row, State } from './state.js';

/** A party reads all; a former provider what they wrote themselves. */
export function listNotes(state: State, person: string, id: BookingId, part: PageRequest): Page<ProviderNote> {
  const row = state.rows.get(String(id));
  if (row !== undefined && isGuestOf(row, person)) throw notForGuests();
  const isParty = row !== undefined && peopleOf(row).includes(person);
  const notes = row?.notes.filter(({ author }) => isParty || author === person) ?? [];
  if (row === undefined || (!isParty && notes.length === 0)) throw noSuchBooking();
  const some = page(notes, part, state.options.pageSize);
  return { ...some, items: some.items.map((note) => seenBy(note, row, person)) };
}

export interface NoteToAdd {
  readonly id: BookingId;
  readonly request: NoteRequest;
  readonly key: string;
}

export function addNote(state: State, person: string, { id, request, key }: NoteToAdd): ProviderNote {
  const sent = checked(noteRequestSchema, request);
  // Who has lost the booking meanwhile still gets the answer that was lost.
  return state.noted(`${person} ${String(id)} ${key}`, sent, () => {
    const own = ownRow(state, person, id);
    isToDo(state, 'write', own);
    return append(state, own.row, person, sent);
  });
}

function append(state: State, row: Row, author: string, request: NoteRequest): ProviderNote {
  const before = row.notes.find((note) => note.id === request.id);
  if (before !== undefined) {
    const isSame = before.author === author && before.content === request.content && before.kind === request.kind;
    if (isSame && before.amends === request.amends) return before;
    throw new SessionError('conflict', 'Another note of this booking has this id.');
  }
  const amended = row.notes.find(({ id }) => id === request.amends);
  if (request.amends !== undefined && (amended === undefined || amended.withdrawnAt !== undefined)) {
    throw invalidField('amends', 'expected a note of this booking that was not withdrawn');
  }
  const last = row.notes.at(-1);
  const note: ProviderNote = {
    ...request,
    bookingId: row.booking.id,
    author,
    providerName: row.booking.providerName,
    // Of two notes in one millisecond the later one has the later time, so that their order is that of sending.
    timestamp: toIso(Math.max(state.now(), last === undefined ? 0 : toInstant(last.timestamp) + 1)),
  };
  putNote(state, row, note);
  return note;
}

export function withdraw(state: State, person: string, id: BookingId, noteId: string): ProviderNote {
  const own = ownRow(state, person, id);
  isToDo(state, 'withdraw', own);
  return withdrawNote(state, id, noteId);
}

/** Takes a note out of the patient's sight; the fact stays. */
export function withdrawNote(state: State, id: BookingId, noteId: string): ProviderNote {
  const row = rowOf(state, id);
  const note = row.notes.find((candidate) => candidate.id === noteId);
  if (note === undefined) throw new SessionError('not-found', 'No such note.');
  if (note.withdrawnAt !== undefined) return note;
  const withdrawn = { ...note, withdrawnAt: toIso(state.now()) };
  takeBack(state, row.booking.patient, noteId);
  putNote(state, row, withdrawn);
  return withdrawn;
}

/** What was told and may be told again has the content no more. */
function takeBack(state: State, patient: string, noteId: string): void {
  const log = state.log.get(patient) ?? [];
  state.log.set(
    patient,
    log.map((logged) =>
      logged.event.type === 'note.added' && logged.event.note.id === noteId
        ? { ...logged, event: { ...logged.event, note: { ...logged.event.note, content: '' } } }
        : logged,
    ),
  );
}

/** Puts a note in place as it is, and tells both. */
export function putNote(state: State, row: Row, note: ProviderNote): void {
  row.notes = mergeNotes(row.notes, [note]);
  state.tell([row.booking.patient, row.booking.provider], (person) => ({
    type: 'note.added',
    bookingId: row.booking.id,
    note: seenBy(note, row, person),
  }));
}

export function seenBy(note: ProviderNote, { booking }: Row, person: string): ProviderNote {
  return note.withdrawnAt !== undefined && person === booking.patient ? { ...note, content: '' } : note;
}

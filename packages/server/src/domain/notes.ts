import { noteKindSchema, toIso, type NoteRequest, type ProviderNote } from '@active-session/core';
import type { NoteRecord, PersonRecord } from '../store/records.js';
import { audienceOf, ownBooking, refusal, verdictOf } from './own-booking.js';
import { invalidField, Problem } from './problem.js';
import type { Unit } from './unit.js';

/** Appends a note. Only the booking's own provider writes, from the opening of the session on, for ever. */
export async function addNote(
  unit: Unit,
  author: PersonRecord,
  bookingId: string,
  request: NoteRequest,
): Promise<ProviderNote> {
  const { booking, seat } = await ownBooking(unit.view, bookingId, author.id);
  if (seat !== 'provider') throw new Problem('forbidden', 'Only the provider of this booking writes notes.');
  const verdict = verdictOf(unit, booking, seat);
  if (verdict.phase === 'cancelled') {
    throw new Problem('session-cancelled', 'A cancelled booking takes no notes.', { status: 409 });
  }
  if (verdict.phase === 'upcoming') throw refusal(verdict);
  if (!request.content.isWellFormed()) throw invalidField('content', 'not well-formed Unicode');

  const same = await unit.view.notes.get(booking.id, request.id);
  if (same !== undefined) return repeated(same, author, request);
  if (request.amends !== undefined && (await unit.view.notes.get(booking.id, request.amends)) === undefined) {
    throw invalidField('amends', 'no note of this booking');
  }
  const last = await unit.view.notes.last(booking.id);
  const note: Omit<NoteRecord, 'seq'> = {
    id: request.id,
    booking: booking.id,
    author: author.id,
    providerName: author.name,
    // The order of notes is the order in which they were acknowledged, even when the clock steps back.
    timestamp: Math.max(unit.now, (last?.timestamp ?? 0) + 1),
    content: request.content,
    kind: request.kind ?? null,
    amends: request.amends ?? null,
  };
  await unit.view.notes.insert(note);
  const added = noteOf(note);
  await unit.publish({ type: 'note.added', bookingId: booking.id, note: added }, audienceOf(booking));
  return added;
}

/** The same note under another key is still the same note; other words under its id are a mistake of the sender. */
function repeated(same: NoteRecord, author: PersonRecord, request: NoteRequest): ProviderNote {
  const equal =
    same.author === author.id &&
    same.content === request.content &&
    same.kind === (request.kind ?? null) &&
    same.amends === (request.amends ?? null);
  if (equal) return noteOf(same);
  throw new Problem('conflict', 'Another note of this booking has this id.');
}

export function noteOf(note: Omit<NoteRecord, 'seq'>): ProviderNote {
  return {
    providerName: note.providerName,
    timestamp: toIso(note.timestamp),
    content: note.content,
    id: note.id,
    bookingId: note.booking,
    author: note.author,
    kind: note.kind === null ? undefined : noteKindSchema.parse(note.kind),
    ...(note.amends === null ? {} : { amends: note.amends }),
  };
}

import { noteKindSchema, toIso, type NoteRequest, type ProviderNote, type Role } from '@active-session/core';
import type { BookingRecord, NoteRecord, PersonRecord } from '../store/records.js';
import { audienceIn, audienceOf, isParty, mayDo, ownBooking } from './own-booking.js';
import { invalidField, notFound, Problem } from './problem.js';
import type { ReadUnit, Unit } from './unit.js';

/** Appends a note. Only the booking's own provider writes, from the opening of the session on, for ever. */
export async function addNote(
  unit: Unit,
  author: PersonRecord,
  bookingId: string,
  request: NoteRequest,
): Promise<ProviderNote> {
  const own = await ownBooking(unit.view, bookingId, author.id);
  await mayDo(unit, own, 'write');
  const { booking } = own;
  const same = await unit.view.notes.get(booking.id, request.id);
  if (same !== undefined) {
    const known = repeated(same, author, request);
    await unit.audit({ actor: author.id, action: 'notes.read', booking: booking.id });
    return known;
  }
  if (request.amends !== undefined) await requireAmendable(unit, booking, request.amends);

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
    withdrawnAt: null,
  };
  await unit.view.notes.insert(note);
  await unit.audit({ actor: author.id, action: 'note.added', booking: booking.id, subject: note.id });
  const added = noteOf(note, 'provider');
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
  if (equal) return noteOf(same, 'provider');
  throw new Problem('conflict', 'Another note of this booking has this id.');
}

async function requireAmendable({ view }: Unit, booking: BookingRecord, id: string): Promise<void> {
  const amended = await view.notes.get(booking.id, id);
  if (amended === undefined) throw invalidField('amends', 'no note of this booking');
  if (amended.withdrawnAt !== null) throw invalidField('amends', 'a note that was withdrawn');
}

/** Takes a note out of the patient's sight; the record keeps it. A second time answers like the first. */
export async function withdrawNote(
  unit: Unit,
  person: string,
  bookingId: string,
  noteId: string,
): Promise<ProviderNote> {
  const own = await ownBooking(unit.view, bookingId, person);
  await mayDo(unit, own, 'withdraw');
  const { booking } = own;
  const before = await unit.view.notes.get(booking.id, noteId);
  if (before === undefined) throw notFound();
  if (!(await unit.view.notes.withdraw(booking.id, noteId, unit.now))) {
    await unit.audit({ actor: person, action: 'notes.read', booking: booking.id });
    return noteOf(before, 'provider');
  }
  const note = { ...before, withdrawnAt: unit.now };
  // What was told of it may be told again to who was not connected: not with its content any more.
  await unit.view.events.blankNote(booking.id, noteId, unit.now);
  await unit.audit({ actor: person, action: 'note.withdrawn', booking: booking.id, subject: noteId });
  for (const seat of ['patient', 'provider'] as const) {
    const event = { type: 'note.added', bookingId: booking.id, note: noteOf(note, seat) } as const;
    await unit.publish(event, audienceIn(booking, seat));
  }
  return noteOf(note, 'provider');
}

/** A booking's notes in order: for its parties all, for a former provider of it their own. */
export async function readNotes(
  { view }: ReadUnit,
  person: string,
  id: string,
  after: number,
  limit: number,
): Promise<{ items: ProviderNote[]; next?: number }> {
  const booking = await view.bookings.get(id);
  if (booking === undefined) throw notFound();
  const isFormer = !isParty(booking, person);
  if (isFormer && !(await view.notes.wrote(person, id))) throw notFound();
  const found = await view.notes.list(id, after, limit + 1, isFormer ? person : undefined);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const reader = booking.patient === person ? 'patient' : 'provider';
  return {
    items: page.map((note) => noteOf(note, reader)),
    ...(last === undefined ? {} : { next: last.seq }),
  };
}

/** A note as one side reads it: the content of one that was withdrawn is not for the patient. */
export function noteOf(note: Omit<NoteRecord, 'seq'>, reader: Role): ProviderNote {
  return {
    providerName: note.providerName,
    timestamp: toIso(note.timestamp),
    content: note.withdrawnAt !== null && reader === 'patient' ? '' : note.content,
    id: note.id,
    bookingId: note.booking,
    author: note.author,
    ...(note.kind === null ? {} : { kind: noteKindSchema.parse(note.kind) }),
    ...(note.amends === null ? {} : { amends: note.amends }),
    ...(note.withdrawnAt === null ? {} : { withdrawnAt: toIso(note.withdrawnAt) }),
  };
}

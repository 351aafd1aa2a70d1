import { compareText } from '../booking/booking.rules.js';
import { toInstant } from '../booking/instant.schema.js';
import { onlyOnce, parseList, type ParsedList } from '../booking/parse.rules.js';
import { providerNoteSchema, type ProviderNote } from './note.schema.js';

/** Every good note of a list, and for each bad one what is wrong with it; one whose id came before with other words is bad. */
export function parseNotes(value: unknown): ParsedList<ProviderNote> {
  return onlyOnce(parseList(providerNoteSchema, value, 'note'), noteKey);
}

/** What makes two notes the same one: the id; without an id the provider, the timestamp and the content. */
export function noteKey(note: ProviderNote): string {
  return note.id === undefined
    ? JSON.stringify([note.providerName, toInstant(note.timestamp), note.content])
    : `id:${note.id}`;
}

/**
 * Notes in their order (timestamp, then id), each once, as it came first. A note can't be changed: the one thing that
 * happens to it is that it is withdrawn, and it stays so. One that arrives late takes its place.
 */
export function mergeNotes(known: readonly ProviderNote[], incoming: readonly ProviderNote[]): readonly ProviderNote[] {
  const byKey = new Map(known.map((note) => [noteKey(note), note]));
  for (const note of incoming) {
    const before = byKey.get(noteKey(note));
    if (before === undefined || isLess(note, before)) byKey.set(noteKey(note), note);
  }
  return [...byKey.values()].sort(
    (a, b) => toInstant(a.timestamp) - toInstant(b.timestamp) || compareText(a.id ?? noteKey(a), b.id ?? noteKey(b)),
  );
}

/** Withdrawn since, or, withdrawn already, without its words now. */
function isLess(note: ProviderNote, before: ProviderNote): boolean {
  if (note.withdrawnAt === undefined) return false;
  return before.withdrawnAt === undefined || (note.content === '' && before.content !== '');
}

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
 * happens to it is that it is withdrawn, and it stays so. One that arrives late takes its place. What was merged before
 * and gets nothing new is given back as it is.
 */
export function mergeNotes(known: readonly ProviderNote[], incoming: readonly ProviderNote[]): readonly ProviderNote[] {
  const index = indexes.get(known);
  if (index !== undefined && incoming.length <= FEW) return mergeFew(known, index, incoming);
  const byKey = new Map<string, ProviderNote>();
  for (const note of [...known, ...incoming]) {
    const before = byKey.get(noteKey(note));
    if (before === undefined || isLess(note, before)) byKey.set(noteKey(note), note);
  }
  const merged = [...byKey.values()]
    .map((note) => ({ note, at: toInstant(note.timestamp), text: tieOf(note) }))
    .sort((a, b) => a.at - b.at || compareText(a.text, b.text))
    .map(({ note }) => note);
  indexes.set(merged, byKey);
  return merged;
}

/** The notes of a merged list by their keys, so that one more note does not make the list be read again. */
const indexes = new WeakMap<readonly ProviderNote[], Map<string, ProviderNote>>();
/** Up to so many notes are put into their places one by one. */
const FEW = 8;

function mergeFew(
  known: readonly ProviderNote[],
  index: Map<string, ProviderNote>,
  incoming: readonly ProviderNote[],
): readonly ProviderNote[] {
  let merged = known;
  for (const note of incoming) {
    const before = index.get(noteKey(note));
    if (before !== undefined && !isLess(note, before)) continue;
    // The index goes on to the new list: there is one for the newest only.
    if (merged === known) indexes.delete(known);
    if (before !== undefined) merged = merged.toSpliced(placeOf(before, merged), 1);
    merged = merged.toSpliced(placeOf(note, merged), 0, note);
    index.set(noteKey(note), note);
  }
  indexes.set(merged, index);
  return merged;
}

/** Where a note stands in an ordered list, or would. */
function placeOf(note: ProviderNote, notes: readonly ProviderNote[]): number {
  let [from, to] = [0, notes.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = notes[middle];
    if (other !== undefined && isBefore(other, note)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function isBefore(a: ProviderNote, b: ProviderNote): boolean {
  return (toInstant(a.timestamp) - toInstant(b.timestamp) || compareText(tieOf(a), tieOf(b))) < 0;
}

/** What decides between notes of one instant. */
function tieOf(note: ProviderNote): string {
  return note.id ?? noteKey(note);
}

/** Withdrawn since, or, withdrawn already, without its words now. */
function isLess(note: ProviderNote, before: ProviderNote): boolean {
  if (note.withdrawnAt === undefined) return false;
  return before.withdrawnAt === undefined || (note.content === '' && before.content !== '');
}

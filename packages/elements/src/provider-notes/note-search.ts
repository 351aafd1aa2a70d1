import type { ProviderNote } from '@active-session/core';

/** Marks above and below letters. */
const MARKS = /\p{M}+/gu;

/** As it is searched: without upper case and without accents. `ß` is found as `ss`, `ﬁ` as `fi`. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase().replaceAll('ß', 'ss');
}

/** The words that are looked for. */
export function wordsOf(query: string): readonly string[] {
  return folded(query).split(/\s+/u).filter(Boolean);
}

const texts = new WeakMap<ProviderNote, string>();

/** What of a note is searched, but for its label: that is in the reader's language. What was withdrawn has no text. */
function textOf(note: ProviderNote): string {
  const known = texts.get(note);
  if (known !== undefined) return known;
  const text = folded(note.withdrawnAt === undefined ? `${note.providerName}\n${note.content}` : note.providerName);
  texts.set(note, text);
  return text;
}

/** The notes that have all of these words, in their text, the name of who wrote them, or their label. */
export function search(
  notes: readonly ProviderNote[],
  words: readonly string[],
  labelOf: (note: ProviderNote) => string,
): readonly ProviderNote[] {
  if (words.length === 0) return notes;
  const labels = new Map<string, string>();
  const label = (note: ProviderNote): string => {
    if (note.kind === undefined || note.withdrawnAt !== undefined) return '';
    const found = labels.get(note.kind) ?? folded(labelOf(note));
    labels.set(note.kind, found);
    return found;
  };
  return notes.filter((note) => {
    const text = textOf(note);
    return words.every((word) => text.includes(word) || label(note).includes(word));
  });
}

/** Where the words stand in a text, from and to, in code units. */
export function placesIn(text: string, words: readonly string[]): readonly (readonly [number, number])[] {
  let plain = '';
  const from: number[] = [];
  let at = 0;
  for (const letter of text) {
    const fold = folded(letter);
    for (let index = 0; index < fold.length; index += 1) from.push(at);
    plain += fold;
    at += letter.length;
  }
  const ends = (index: number): number => {
    // The end of a letter, and of the marks that stand on it.
    let end = index + 1;
    while (end < from.length && from[end] === from[index]) end += 1;
    return end < from.length ? (from[end] ?? text.length) : text.length;
  };
  const places: (readonly [number, number])[] = [];
  for (const word of words) {
    for (let found = plain.indexOf(word); found >= 0; found = plain.indexOf(word, found + word.length)) {
      places.push([from[found] ?? 0, ends(found + word.length - 1)]);
    }
  }
  return places;
}

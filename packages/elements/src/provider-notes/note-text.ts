import { toInstant, type ProviderNote } from '@active-session/core';
import { correctionsIn } from './corrections.js';
import type { NoteWords } from './note-words.js';
import type { PaperSection } from './paper.js';

/** A note as it is copied: who and when, its label, what it corrects, and what it says. */
export function plainText(note: ProviderNote, words: NoteWords, corrected?: ProviderNote): string {
  const head = `${note.providerName}, ${words.stamp(toInstant(note.timestamp))}`;
  if (note.withdrawnAt !== undefined) return `${head}\n${words.withdrawn(toInstant(note.withdrawnAt))}`;
  const lines = [
    note.kind === undefined ? head : `${head} · ${words.kind(note.kind)}`,
    ...(note.amends === undefined ? [] : [words.amends(corrected)]),
    note.content,
  ];
  return lines.join('\n');
}

/** All notes, as they are copied together. */
export function allText(heading: string, sections: readonly PaperSection[], words: NoteWords): string {
  const parts = sections.flatMap((section) => {
    const { of } = correctionsIn(section.notes);
    return [section.heading, ...section.notes.map((note) => plainText(note, words, of.get(note)))];
  });
  return [heading, ...parts.filter((part) => part !== '')].join('\n\n');
}

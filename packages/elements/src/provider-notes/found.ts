import type { ProviderNote } from '@active-session/core';
import type { Localize } from '../shared/localize.controller.js';
import { search, wordsOf } from './note-search.js';
import type { NoteSection } from './sections.js';

/** What a search found. */
export interface Found {
  readonly count: number;
  /** As many as are shown, by session. */
  readonly lists: readonly { readonly section: NoteSection; readonly notes: readonly ProviderNote[] }[];
  /** How many are not shown. */
  readonly left: number;
}

/** Looks for the words of a query in all sections, and gives up to `most` of the notes that have them. */
export function findIn(
  sections: readonly NoteSection[],
  { query, most }: { readonly query: string; readonly most: number },
  localize: Localize,
): Found {
  const words = wordsOf(query);
  const labelOf = ({ kind }: ProviderNote): string => (kind === undefined ? '' : localize.t(`kind.${kind}`));
  const all = sections.map((section) => ({ section, notes: search(section.session.notes.notes, words, labelOf) }));
  const count = all.reduce((sum, { notes }) => sum + notes.length, 0);
  let room = most;
  const lists = all.map(({ section, notes }) => {
    const shown = notes.slice(0, room);
    room -= shown.length;
    return { section, notes: shown };
  });
  return { count, lists: lists.filter(({ notes }) => notes.length > 0), left: Math.max(0, count - most) };
}

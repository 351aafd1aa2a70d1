import type { ProviderNote } from '@active-session/core';

/** Which note corrects which, both ways. */
export interface Corrections {
  /** The note that this one corrects. */
  readonly of: ReadonlyMap<ProviderNote, ProviderNote>;
  /** The newest correction of a note. */
  readonly by: ReadonlyMap<ProviderNote, ProviderNote>;
}

const NONE: Corrections = { of: new Map(), by: new Map() };
const known = new WeakMap<readonly ProviderNote[], Corrections>();

/** A correction that was withdrawn corrects nothing. A note that is not in this list can't be shown. */
export function correctionsIn(notes: readonly ProviderNote[]): Corrections {
  const before = known.get(notes);
  if (before !== undefined) return before;
  const found = find(notes);
  known.set(notes, found);
  return found;
}

function find(notes: readonly ProviderNote[]): Corrections {
  const amending: ProviderNote[] = [];
  for (const note of notes) if (note.amends !== undefined && note.withdrawnAt === undefined) amending.push(note);
  if (amending.length === 0) return NONE;
  const wanted = new Set(amending.map(({ amends }) => amends));
  const byId = new Map(notes.filter(({ id }) => id !== undefined && wanted.has(id)).map((note) => [note.id, note]));
  const of = new Map<ProviderNote, ProviderNote>();
  const by = new Map<ProviderNote, ProviderNote>();
  for (const note of amending) {
    const corrected = byId.get(note.amends);
    if (corrected === undefined || corrected === note) continue;
    of.set(note, corrected);
    by.set(corrected, note);
  }
  return { of, by };
}

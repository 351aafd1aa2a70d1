import type { Booking, PastSession, ProviderNote } from '@active-session/core';
import { folded, search, wordsOf } from '../provider-notes/note-search.js';
import type { Localize } from '../shared/localize.controller.js';

/** One that a search found. */
export interface FoundSession {
  readonly session: PastSession;
  /** The notes that have the words; none where the session itself has them. */
  readonly notes: readonly ProviderNote[];
}

const texts = new WeakMap<Booking, string>();

/** What of a session is searched, besides its notes. */
function textOf(booking: Booking): string {
  const known = texts.get(booking);
  if (known !== undefined) return known;
  const text = folded(`${booking.sessionType}\n${booking.notes}`);
  texts.set(booking, text);
  return text;
}

/** The sessions that have all of these words: in one of their notes, or in what the patient wrote and their kind. */
function searchSessions(
  sessions: readonly PastSession[],
  words: readonly string[],
  localize: Localize,
): readonly FoundSession[] {
  if (words.length === 0) return [];
  const labelOf = ({ kind }: ProviderNote): string => (kind === undefined ? '' : localize.t(`kind.${kind}`));
  // All notes at once: what is worked out for a search is worked out once.
  const hits = new Set(
    search(
      sessions.flatMap(({ notes }) => notes),
      words,
      labelOf,
    ),
  );
  return sessions.flatMap((session) => {
    const notes = session.notes.filter((note) => hits.has(note));
    const text = textOf(session.booking);
    return notes.length > 0 || words.every((word) => text.includes(word)) ? [{ session, notes }] : [];
  });
}

/** A search that looks once for the same words in the same sessions. */
export class SessionLook {
  #asked: readonly unknown[] = [];
  #found: readonly FoundSession[] = [];

  find(sessions: readonly PastSession[], query: string, localize: Localize): readonly FoundSession[] {
    const asked = [sessions, query, localize.language];
    if (asked.some((one, index) => one !== this.#asked[index])) {
      this.#asked = asked;
      this.#found = searchSessions(sessions, wordsOf(query), localize);
    }
    return this.#found;
  }
}

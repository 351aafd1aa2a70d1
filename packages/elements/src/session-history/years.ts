import { toInstant, type PastSession } from '@active-session/core';
import type { Formats } from '../shared/formats.js';

/** Sessions of one calendar year, in parts of which each is rendered by itself. */
export interface Year {
  /** "2026" */
  readonly key: string;
  /** The same, as its reader writes it. */
  readonly name: string;
  readonly parts: readonly (readonly PastSession[])[];
}

/** Few enough that one part is quickly drawn anew. */
export const PART = 50;

/**
 * By calendar year in the zone of the formats, in their order. A new session changes the parts of its own year, and one
 * that comes at the end only the last part.
 */
function byYear(sessions: readonly PastSession[], formats: Formats): readonly Year[] {
  const years = new Map<string, PastSession[]>();
  for (const session of sessions) {
    const key = formats.dayKey(toInstant(session.booking.dateTime)).slice(0, 4);
    const year = years.get(key);
    if (year === undefined) years.set(key, [session]);
    else year.push(session);
  }
  return [...years].map(([key, all]) => ({ key, name: nameOf(all, formats), parts: inParts(all) }));
}

function nameOf([first]: readonly PastSession[], formats: Formats): string {
  return first === undefined ? '' : formats.year(toInstant(first.booking.dateTime));
}

function inParts(sessions: readonly PastSession[]): readonly (readonly PastSession[])[] {
  return Array.from({ length: Math.ceil(sessions.length / PART) }, (_, index) =>
    sessions.slice(index * PART, (index + 1) * PART),
  );
}

/** Years that are worked out once for the same sessions. */
export class Years {
  #asked: readonly unknown[] = [];
  #years: readonly Year[] = [];

  of(sessions: readonly PastSession[], formats: Formats, language: string): readonly Year[] {
    const asked = [sessions, formats.timeZone, language];
    if (asked.some((one, index) => one !== this.#asked[index])) {
      this.#asked = asked;
      this.#years = byYear(sessions, formats);
    }
    return this.#years;
  }
}

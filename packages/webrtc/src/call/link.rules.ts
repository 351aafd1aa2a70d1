import type { Party } from '@active-session/core';

/** Whom a connection or an attempt leads to, and over which registration of ours it was made. */
export interface Route {
  readonly theirId: string;
  readonly line: object;
}

/** Of two parties one dials. Where the server marked both or neither (guests), the seats' names decide. */
export function dialsFirst(mine: Pick<Party, 'seat' | 'dials'>, other: Pick<Party, 'seat' | 'dials'>): boolean {
  return mine.dials === other.dials ? mine.seat < other.seat : mine.dials;
}

/** Where they can be reached now; null while they are away. */
export function reachableAt(party: Party): string | null {
  return party.presence === 'away' ? null : party.peerId;
}

export interface LinkFacts {
  readonly dials: boolean;
  readonly theirId: string | null;
  /** Our registration, when it is open. */
  readonly line: object | null;
  /** The connection in use, unless it will not come back. */
  readonly live: Route | null;
  readonly pending: Route | null;
}

/** Whether a new attempt is due: to whoever is there, over the present registration, when none is made yet. */
export function shouldDial({ dials, theirId, line, live, pending }: LinkFacts): boolean {
  if (!dials || theirId === null || line === null) return false;
  return ![live, pending].some((route) => route?.theirId === theirId && route.line === line);
}

/** Offers of a new path, or questions after the old one, that go unanswered before a connection is built anew beside it. */
export const roundsBeforeRebuild = 3;
/** ms for one of them. */
export const roundTime = 3_000;

/** Calls of one party that are answered in one go, and ms until one more is: who calls again and again wants no call. */
export const callsAtOnce = 4;
export const callEvery = 2_000;

/** ms that the n-th attempt in a row (from 0) waits for an answer. The first may have come before they listened. */
export function answerWithin(failures: number): number {
  return Math.min(8_000, 2_000 * 2 ** failures);
}

/** ms before the n-th attempt in a row (from 1). */
export function redialAfter(failures: number): number {
  return Math.min(2_000, 250 * 2 ** (failures - 1));
}

import { createAllowance, type Allowance, type Rate } from '../allowance.js';
import type { Connection } from './connection.js';

/**
 * Why a frame does not pass.
 *
 * - `not-admitted`: who sends it, or whom it is for, is not let in
 * - `another-booking`: the peer id is of another booking
 * - `own-seat`: it is for the seat that sends it
 * - `unknown-seat`: no session has such a seat
 * - `unknown-peer`: nobody has this peer id
 */
export type Refusal = 'not-admitted' | 'another-booking' | 'own-seat' | 'unknown-seat' | 'unknown-peer';

/** What was refused, filed under the booking that it was meant for. */
export interface Refused {
  readonly what: Refusal;
  readonly booking: string;
}

/** A page may dial who has just taken a new id. Who misses more often than that is guessing. */
const MISSES: Rate = { burst: 10, perSecond: 0.1 };

export interface Refusals {
  /** `peerId`: whom an `unknown-peer` was for. */
  note(from: Connection, refused: Refused, peerId?: string): void;
}

interface Noted {
  readonly kinds: Set<string>;
  readonly misses: Allowance;
  missed: string | undefined;
}

/** Passes on one refusal of a kind for each socket: who sends without end must not fill the trail. */
export function createRefusals(now: () => number, tell: (from: Connection, refused: Refused) => void): Refusals {
  const sockets = new WeakMap<Connection, Noted>();

  function notedOf(from: Connection): Noted {
    const noted = sockets.get(from) ?? { kinds: new Set(), misses: createAllowance(MISSES, now), missed: undefined };
    sockets.set(from, noted);
    return noted;
  }

  /** Everything that belongs to one call goes to one id: it is one miss. */
  function isGuessing(noted: Noted, peerId: string): boolean {
    const isSame = noted.missed === peerId;
    noted.missed = peerId;
    return !isSame && noted.misses() > 0;
  }

  return {
    note(from, refused, peerId) {
      const noted = notedOf(from);
      if (noted.kinds.has(refused.what)) return;
      if (peerId !== undefined && !isGuessing(noted, peerId)) return;
      noted.kinds.add(refused.what);
      tell(from, refused);
    },
  };
}

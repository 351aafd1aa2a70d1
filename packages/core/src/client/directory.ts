import type { Booking, BookingId } from '../booking/booking.schema.js';
import { sameId } from '../booking/booking.rules.js';
import { toInstant, type Instant } from '../booking/instant.schema.js';
import type { Party } from '../booking/party.schema.js';
import type { Verdict } from '../booking/verdict.schema.js';
import { toSessionError } from '../errors.js';
import type { ParsedList } from '../booking/parse.rules.js';
import { allPages, type Backend } from '../ports/backend.port.js';

/** A session that ended yesterday can still be written to; what is older is history. */
const PROVIDER_LOOKS_BACK = 24 * 60 * 60_000;

/** Every booking that this page knows, the newest version of each, and who is in it. */
export interface Directory {
  readonly bookings: readonly Booking[];
  find(id: BookingId): Booking | undefined;
  partiesOf(id: BookingId): readonly Party[];
  /** The backend's verdict of it as it was read; null where it gave none. */
  toldOf(id: BookingId): Verdict | null;
  /** False where a newer version is known already. */
  put(booking: Booking): boolean;
  putParties(id: BookingId, parties: readonly Party[]): void;
  /** It is not this person's any more. */
  remove(id: BookingId): void;
  /** How many changes there were so far. */
  readonly changes: number;
  /** All that there is, as read from when there were `since` changes. What came in meanwhile stays. */
  replace(read: ReadBookings, since: number): void;
  clear(): void;
}

/** What was read of a person's bookings. Of a single one the backend says too how it stands. */
export interface ReadBookings {
  readonly items: readonly Booking[];
  readonly told: { readonly id: BookingId; readonly verdict: Verdict } | null;
}

export function createDirectory(): Directory {
  let bookings = new Map<string, Booking>();
  const parties = new Map<string, readonly Party[]>();
  const changedAt = new Map<string, number>();
  const toldAt = new Map<string, number>();
  let changes = 0;
  let told: ReadBookings['told'] = null;

  const isOlder = (booking: Booking): boolean => {
    const known = bookings.get(String(booking.id))?.version;
    return known !== undefined && booking.version !== undefined && booking.version < known;
  };

  /** A reading says who is there, unless it was told since; an event about the booking leaves it as it is known. */
  const takeParties = (booking: Booking, since = changes): void => {
    const key = String(booking.id);
    if (booking.parties !== undefined && (toldAt.get(key) ?? 0) <= since) parties.set(key, booking.parties);
  };

  return {
    get bookings() {
      return [...bookings.values()].sort((a, b) => toInstant(a.dateTime) - toInstant(b.dateTime));
    },
    find: (id) => bookings.get(String(id)),
    partiesOf: (id) => parties.get(String(id)) ?? [],
    toldOf: (id) => (told !== null && sameId(told.id, id) ? told.verdict : null),
    put(booking) {
      if (isOlder(booking)) return false;
      changes += 1;
      changedAt.set(String(booking.id), changes);
      bookings.set(String(booking.id), booking);
      takeParties(booking);
      return true;
    },
    putParties(id, list) {
      changes += 1;
      toldAt.set(String(id), changes);
      parties.set(String(id), list);
    },
    remove(id) {
      changes += 1;
      bookings.delete(String(id));
      parties.delete(String(id));
      changedAt.set(String(id), changes);
    },
    get changes() {
      return changes;
    },
    replace(read, since) {
      told = read.told;
      const newest = read.items.map((booking) =>
        isOlder(booking) ? (bookings.get(String(booking.id)) ?? booking) : booking,
      );
      const changedSince = (id: string): boolean => (changedAt.get(id) ?? 0) > since;
      const meanwhile = [...bookings].filter(([id]) => changedSince(id));
      // One that was taken away while it was being read must not come back by that reading.
      const kept = newest.filter(({ id }) => bookings.has(String(id)) || !changedSince(String(id)));
      for (const booking of kept) takeParties(booking, since);
      bookings = new Map([...meanwhile, ...kept.map((booking) => [String(booking.id), booking] as const)]);
    },
    clear() {
      bookings.clear();
      parties.clear();
      told = null;
    },
  };
}

/** All bookings of this person that matter now: a patient's every one, a provider's from yesterday on. */
export async function readBookings(
  backend: Backend,
  options: { isProvider: boolean; canList: boolean; now: Instant; signal: AbortSignal },
): Promise<ParsedList<Booking> & ReadBookings> {
  const { signal } = options;
  const from = options.isProvider ? { from: options.now - PROVIDER_LOOKS_BACK } : {};
  const list = backend.bookings.list?.bind(backend.bookings);
  if (list !== undefined && options.canList) {
    try {
      const all = await allPages((cursor) =>
        list({ ...from, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
      );
      return { ...all, told: null };
    } catch (error) {
      if (toSessionError(error).code !== 'not-supported') throw error;
    }
  }
  const { booking, verdict } = await backend.bookings.active({ signal });
  if (booking === null) return { items: [], problems: [], told: null };
  return { items: [booking], problems: [], told: verdict && { id: booking.id, verdict } };
}

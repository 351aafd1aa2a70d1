import * as z from 'zod/mini';
import type { BookingId } from '../booking/booking.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import type { StoragePort } from '../ports/platform.port.js';
import { writable, type Readable } from '../readable.js';

/** Up to which instant the notes of a booking are read, by its id as text. */
export type ReadMarksView = ReadonlyMap<string, Instant>;

/**
 * What this person has read on this device of what was shared with them, until signing out. Null until it is known. A
 * booking that is not among them was never looked at here: nobody can say what of it is new.
 */
export interface ReadMarks extends Readable<ReadMarksView | null> {
  /** All notes of the booking up to this instant are read. An earlier instant than before changes nothing. */
  mark(id: BookingId, until: Instant): void;
}

export interface OwnedReadMarks extends ReadMarks {
  /** What this person has read here before; of somebody who has no name here nothing is kept. */
  load(person: string): Promise<void>;
  /** Somebody else is here now. */
  forget(): void;
}

const KEY = 'notes-read';
/** So many bookings are kept, the latest ones that were looked at. */
const MOST = 1_000;
const marksSchema = z.array(z.tuple([z.string(), z.number()]));

export function createReadMarks({ storage, signal }: { storage: StoragePort; signal: AbortSignal }): OwnedReadMarks {
  const view = writable<ReadMarksView | null>(null);
  let isKept = false;

  return {
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    mark(id, until) {
      const before = view.getSnapshot();
      const key = String(id);
      if (signal.aborted || before === null || (before.get(key) ?? -Infinity) >= until) return;
      const marks = [...before].filter(([other]) => other !== key).concat([[key, until]]);
      view.set(new Map(marks.slice(-MOST)));
      // Where a browser forbids storage it is not known next time.
      if (isKept) storage.set(KEY, new TextEncoder().encode(JSON.stringify(marks.slice(-MOST)))).catch(() => undefined);
    },
    async load(person) {
      isKept = person !== '';
      const bytes = isKept ? await storage.get(KEY).catch(() => undefined) : undefined;
      if (!signal.aborted) view.set(bytes === undefined ? new Map() : parse(bytes));
    },
    forget() {
      view.set(null);
    },
  };
}

function parse(bytes: Uint8Array): ReadMarksView {
  try {
    return new Map(marksSchema.parse(JSON.parse(new TextDecoder().decode(bytes))));
  } catch {
    return new Map();
  }
}

import * as z from 'zod/mini';
import type { BookingId } from '../booking/booking.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import { keptJson } from '../kept-json.js';
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
  const kept = keptJson(storage, KEY, marksSchema);
  let isKept = false;

  return {
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    mark(id, until) {
      const before = view.getSnapshot();
      const key = String(id);
      if (signal.aborted || before === null || (before.get(key) ?? -Infinity) >= until) return;
      const others = [...before].filter(([other]) => other !== key);
      const marks = others.concat([[key, until]]).slice(-MOST);
      view.set(new Map(marks));
      if (isKept) kept.write(marks);
    },
    async load(person) {
      isKept = person !== '';
      const marks = isKept ? await kept.read() : undefined;
      if (!signal.aborted) view.set(new Map(marks));
    },
    forget() {
      view.set(null);
    },
  };
}

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { EventRecord } from '../store/records.js';

/** Events that are read at once. */
const PAGE = 50;
/** How long a reader may take before it takes more, in ms. One that is cut comes back with its last id and misses nothing. */
const DRAINED_WITHIN = 20_000;
/** How long one may take to read the rest of a stream that was ended. */
const END_WITHIN = 2_000;

/** What a reader has not been told yet, in order; and the id up to which nothing is missing when `events` is all of it. */
export interface Missed {
  readonly events: readonly EventRecord[];
  /** Whether there was no room for more. */
  readonly isMore: boolean;
  readonly head: number;
}

/** One open event stream of one person. */
export interface EventStream {
  readonly person: string;
  readonly expiresAt: number;
  lastWrite: number;
  /** ms between two heartbeats, as the reader was last told. */
  every: number;
  /** The reader takes what is written, and has all that came before. */
  readonly live: boolean;
  /** Writes an event, unless it was written already. To a reader that is behind it is told when they have caught up. */
  deliver(event: EventRecord): void;
  write(frame: string): void;
  /** Writes what came after `seq`, no faster than it is read, then `greeting` of the last id, then what happens. */
  follow(seq: number, greeting: (head: number) => string): Promise<void>;
  end(): void;
}

export interface EventStreamOptions {
  readonly person: string;
  readonly expiresAt: number;
  readonly response: ServerResponse;
  readonly now: () => number;
  readonly frameOf: (event: EventRecord) => string;
  /** Reads what came after `seq`, up to `limit` events. */
  readonly missedAfter: (seq: number, limit: number) => Promise<Missed>;
  readonly failed: (error: unknown) => void;
}

/**
 * Nothing waits in here for a slow reader: what is not in their connection's buffer is read from the store when there
 * is room for it, as it is by then. What was withdrawn, handed over or erased meanwhile is not told any more.
 */
export function createEventStream(options: EventStreamOptions): EventStream {
  const { person, expiresAt, response, now, frameOf, missedAfter, failed } = options;
  let written = 0;
  let newest = 0;
  let live = false;

  const isOver = (): boolean => response.destroyed || response.writableEnded;

  /** False: there is no room for more. */
  function put(frame: string): boolean {
    if (isOver()) return true;
    stream.lastWrite = now();
    return response.write(frame);
  }

  async function catchUp(): Promise<void> {
    let limit = PAGE;
    while (!isOver()) {
      const { events, isMore, head } = await missedAfter(written, limit);
      let count = 0;
      const hasRoom = events.every((event) => {
        written = event.seq;
        count += 1;
        return put(frameOf(event));
      });
      // About what there is room for, as the rest is read again.
      limit = hasRoom ? Math.min(2 * limit, PAGE) : count;
      if (!hasRoom) {
        if (!(await drained(response))) response.destroy();
      } else if (!isMore) {
        written = Math.max(written, head);
        // What was told in between was passed over.
        live = newest <= written;
        if (live) return;
      }
    }
  }

  async function fallBehind(): Promise<void> {
    live = false;
    if (await drained(response)) await catchUp();
    else response.destroy();
  }

  const stream: EventStream = {
    person,
    expiresAt,
    lastWrite: now(),
    every: 0,
    get live() {
      return live;
    },
    deliver(event) {
      newest = Math.max(newest, event.seq);
      if (!live || event.seq <= written) return;
      written = event.seq;
      stream.write(frameOf(event));
    },
    write(frame) {
      if (!put(frame) && live) fallBehind().catch(failed);
    },
    async follow(seq, greeting) {
      written = seq;
      await catchUp();
      stream.write(greeting(written));
    },
    end() {
      response.end();
      // Who does not read would keep what is buffered, and the connection, for as long as they like.
      setTimeout(() => response.destroy(), END_WITHIN).unref();
    },
  };
  return stream;
}

/** Whether the reader took what was written, or went away, in time. */
async function drained(response: ServerResponse): Promise<boolean> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const impatience = setTimeout(() => waiting.abort(), DRAINED_WITHIN);
  try {
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(impatience);
    waiting.abort();
  }
}

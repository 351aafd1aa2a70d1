import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** A stalled reader is cut here; it comes back with its last id and misses nothing. */
const MAX_BUFFERED = 256 * 1024;
/** How long a reader may take before it takes more of what it missed, in ms. */
const REPLAY_WITHIN = 20_000;
/** How long one may take to read the rest of a stream that was ended. */
const END_WITHIN = 2_000;

/** One open event stream of one person. */
export interface EventStream {
  readonly person: string;
  readonly expiresAt: number;
  lastWrite: number;
  /** ms between two heartbeats, as the reader was last told. */
  every: number;
  /** The replay is written: what is written now is in order. */
  readonly live: boolean;
  /** Writes a frame of the event `seq`, unless it was written already; holds it back until the replay is done. */
  deliver(seq: number, frame: string): void;
  write(frame: string): void;
  /** Writes what the reader missed, no faster than it reads. */
  replay(frames: readonly string[]): Promise<void>;
  /** The replay is written up to `seq`; what was held back follows. */
  caughtUp(seq: number): void;
  end(): void;
}

export function createEventStream(
  { person, expiresAt, response }: { person: string; expiresAt: number; response: ServerResponse },
  now: () => number,
): EventStream {
  let written: number | undefined;
  let held: { seq: number; frame: string }[] = [];
  let heldBytes = 0;

  const stream: EventStream = {
    person,
    expiresAt,
    lastWrite: now(),
    every: 0,
    get live() {
      return written !== undefined;
    },
    deliver(seq, frame) {
      if (written === undefined) {
        held.push({ seq, frame });
        heldBytes += frame.length;
        if (heldBytes > MAX_BUFFERED) response.destroy();
        return;
      }
      if (seq <= written) return;
      written = seq;
      stream.write(frame);
    },
    write(frame) {
      if (response.destroyed || response.writableEnded) return;
      stream.lastWrite = now();
      response.write(frame);
      if (response.writableLength > MAX_BUFFERED) response.destroy();
    },
    async replay(frames) {
      for (const frame of frames) {
        if (response.destroyed || response.writableEnded) return;
        if (!response.write(frame) && !(await drained(response))) response.destroy();
      }
    },
    caughtUp(seq) {
      written = seq;
      const waiting = held;
      held = [];
      for (const { seq: next, frame } of waiting) stream.deliver(next, frame);
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
  const impatience = setTimeout(() => waiting.abort(), REPLAY_WITHIN);
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

import type { ServerResponse } from 'node:http';

/** A stalled reader is cut here; it comes back with its last id and misses nothing. */
const MAX_BUFFERED = 256 * 1024;

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
    caughtUp(seq) {
      written = seq;
      const waiting = held;
      held = [];
      for (const { seq: next, frame } of waiting) stream.deliver(next, frame);
    },
    end: () => void response.end(),
  };
  return stream;
}

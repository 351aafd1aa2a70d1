import { retryDelay } from '../call/retry.rules.js';
import { isRetryable, toSessionError, type SessionError } from '../errors.js';
import type { Clock } from '../ports/platform.port.js';

export interface ReaderOptions {
  readonly read: () => Promise<void>;
  /** After each reading: null when it succeeded. */
  readonly onRead: (error: SessionError | null) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

export interface Reader {
  /** Reads now; while a reading runs, once more after it. */
  refresh(): void;
}

/** One reading at a time, again with growing waits while it fails for a reason that passes. */
export function createReader({ read, onRead, clock, random, signal }: ReaderOptions): Reader {
  let running = false;
  /** How often it was asked to read anew. */
  let asked = 0;
  let wakeUp = (): void => undefined;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const finish = (): void => {
        clock.clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = clock.setTimeout(finish, ms);
      signal.addEventListener('abort', finish, { once: true });
      wakeUp = finish;
    });

  const run = async (): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      const answering = asked;
      const error = await read().then(() => null, toSessionError);
      if (signal.aborted) return;
      onRead(error);
      if (asked !== answering) continue;
      if (error === null || !isRetryable(error)) return;
      await pause(retryDelay(attempt, random(), error.retryAfter));
    }
  };

  return {
    refresh() {
      if (signal.aborted) return;
      asked += 1;
      wakeUp();
      if (running) return;
      running = true;
      void run().finally(() => {
        running = false;
      });
    },
  };
}

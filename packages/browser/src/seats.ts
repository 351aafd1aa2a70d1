import { SessionError } from '@active-session/core';
import type { SeatsPort } from '@active-session/core';

/**
 * One holder per name among the tabs of this browser, by Web Locks. An abort gives up the wait, or the seat if it is held
 * by then. @throws SessionError `not-supported` without Web Locks: the server's lease alone keeps two tabs apart then
 */
export function createSeats(namespace: string): SeatsPort {
  return {
    hold(name, { steal, onLost, signal }) {
      const { locks } = navigator as Partial<Navigator>;
      if (signal.aborted) return Promise.reject(aborted());
      if (!locks) return Promise.reject(unsupported());

      return new Promise((resolve, reject) => {
        let held = false;
        let release = (): void => undefined;
        const released = new Promise<void>((done) => (release = done));
        const onAbort = () => {
          release();
          if (!held) reject(aborted());
        };
        signal.addEventListener('abort', onAbort, { once: true });

        const take = (lock: Lock | null): Promise<void> | undefined => {
          if (signal.aborted) return undefined;
          resolve(lock && release);
          held = lock !== null;
          return lock ? released : undefined;
        };
        locks
          .request(`${namespace}:${name}`, steal ? { steal } : { ifAvailable: true }, take)
          .catch((error: unknown) => {
            // A held lock is refused afterwards only when another tab stole it.
            if (held) onLost();
            else reject(unsupported(error));
          })
          .finally(() => signal.removeEventListener('abort', onAbort));
      });
    },
  };
}

function aborted(): SessionError {
  return new SessionError('aborted', 'Waiting for the seat was aborted.');
}

function unsupported(cause?: unknown): SessionError {
  return new SessionError('not-supported', 'The browser gives no locks to this page.', { cause });
}

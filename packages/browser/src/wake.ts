import type { WakePort, WakeReason } from '@active-session/core';

/** ms between two looks at the clock. */
const lookEvery = 10_000;
/** ms that the clock may run away from a timer. A hidden tab's timers come once a minute without any sleep. */
const gap = { visible: 30_000, hidden: 90_000 };

/** Whether a timer of `lookEvery` that took `elapsed` ms of wall time was stopped by sleep, or the clock was set. */
export function isGap(elapsed: number, visibility: DocumentVisibilityState): boolean {
  return Math.abs(elapsed - lookEvery) > gap[visibility];
}

/** Listens to the page only while somebody listens here. */
export function createWake(): WakePort {
  const listeners = new Set<(reason: WakeReason) => void>();
  let stop: (() => void) | undefined;
  const tell = (reason: WakeReason) => [...listeners].forEach((listener) => listener(reason));

  return {
    subscribe(listener) {
      listeners.add(listener);
      stop ??= watchPage(tell);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}

function watchPage(tell: (reason: WakeReason) => void): () => void {
  const undo = new AbortController();
  const { signal } = undo;
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && tell('visible'), {
    signal,
  });
  document.addEventListener('resume', () => tell('resumed'), { signal });
  window.addEventListener('online', () => tell('online'), { signal });
  window.addEventListener('pageshow', ({ persisted }) => persisted && tell('resumed'), { signal });
  window.addEventListener('pagehide', () => tell('leaving'), { signal });

  let lookedAt = Date.now();
  const look = setInterval(() => {
    const elapsed = Date.now() - lookedAt;
    lookedAt += elapsed;
    if (isGap(elapsed, document.visibilityState)) tell('resumed');
  }, lookEvery);

  return () => {
    undo.abort();
    clearInterval(look);
  };
}

/** What a page knows of being looked at. */
export interface PageLife {
  readonly isVisible: boolean;
  /** Put away by the browser, which may stop it at any moment: it must hold nothing that others wait for. */
  readonly isAway: boolean;
  /** @returns what ends it */
  watch(listener: () => void): () => void;
}

/** @param view where a page is put away and shown again; the document is told of the rest */
export function watchPageLife(view: EventTarget, page: EventTarget & Pick<Document, 'visibilityState'>): PageLife {
  const listeners = new Set<() => void>();
  let isAway = false;
  let stop: (() => void) | null = null;
  const tell = (away: boolean): void => {
    isAway = away;
    for (const listener of [...listeners]) listener();
  };
  const start = (): (() => void) => {
    const undo = new AbortController();
    const { signal } = undo;
    view.addEventListener('pagehide', () => tell(true), { signal });
    view.addEventListener('pageshow', () => tell(false), { signal });
    page.addEventListener('freeze', () => tell(true), { signal });
    page.addEventListener('resume', () => tell(false), { signal });
    page.addEventListener('visibilitychange', () => tell(isAway && page.visibilityState === 'hidden'), { signal });
    return () => {
      undo.abort();
    };
  };
  return {
    get isVisible() {
      return page.visibilityState !== 'hidden';
    },
    get isAway() {
      return isAway;
    },
    watch(listener) {
      listeners.add(listener);
      stop ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
        isAway = false;
      };
    },
  };
}

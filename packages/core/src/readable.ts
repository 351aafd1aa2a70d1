/** A value that changes, and how to hear of it. An XState actor is one. */
export interface Readable<T> {
  getSnapshot(): T;
  /** Called after each change; the value now is in `getSnapshot`. */
  subscribe(listener: (value: T) => void): { unsubscribe(): void };
}

/** A `Readable` that its owner can set. */
export interface Writable<T> extends Readable<T> {
  set(value: T): void;
}

export function writable<T>(initial: T): Writable<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    getSnapshot: () => value,
    subscribe(listener) {
      const own = (next: T): void => {
        listener(next);
      };
      listeners.add(own);
      return { unsubscribe: () => void listeners.delete(own) };
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) if (listeners.has(listener)) listener(next);
    },
  };
}

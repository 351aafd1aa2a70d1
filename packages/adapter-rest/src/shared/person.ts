/** Whose events are followed, and with which backend: tabs with the same name may share. Null until it is known. */
export interface Person {
  readonly name: string | null;
  /** @returns what ends it */
  watch(listener: () => void): () => void;
  set(name: string | null): void;
}

export function createPerson(): Person {
  const listeners = new Set<() => void>();
  let name: string | null = null;
  return {
    get name() {
      return name;
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set(next) {
      if (next === name) return;
      name = next;
      for (const listener of [...listeners]) listener();
    },
  };
}

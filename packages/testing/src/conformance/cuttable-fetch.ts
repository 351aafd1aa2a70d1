/** A `fetch` whose event streams can be cut, as by a network that is gone. */
export interface CuttableFetch {
  readonly fetch: typeof globalThis.fetch;
  /** Ends the streams that are open and holds new ones back, until the function that it gives is called. */
  cut(): () => void;
}

export function cuttableFetch(base: typeof globalThis.fetch = globalThis.fetch): CuttableFetch {
  let breaking = new AbortController();
  let passable: Promise<void> = Promise.resolve();
  return {
    async fetch(input, init) {
      if (!/\/events(?:\?|$)/.test(addressOf(input))) return base(input, init);
      await passable;
      const given = init?.signal;
      const signal = given ? AbortSignal.any([given, breaking.signal]) : breaking.signal;
      return base(input, { ...init, signal });
    },
    cut() {
      let restore = (): void => undefined;
      passable = new Promise((resolve) => {
        restore = resolve;
      });
      breaking.abort(new TypeError('The stream was cut.'));
      breaking = new AbortController();
      return restore;
    },
  };
}

export function addressOf(input: Parameters<typeof globalThis.fetch>[0]): string {
  return input instanceof Request ? input.url : String(input);
}

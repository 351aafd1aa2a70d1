const TRIES = 6;
const LONGEST_WAIT = 10_000;
const SHORTEST_WAIT = 200;

/**
 * A `fetch` that asks again where it was told to slow down: a check asks faster than people do, and that a backend
 * says so is no fault of it.
 */
export function patientFetch(base: typeof globalThis.fetch = globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    for (let left = TRIES; ; left -= 1) {
      const response = await base(input, init);
      if (response.status !== 429 || left === 0) return response;
      void response.body?.cancel().catch(() => undefined);
      const seconds = Number(response.headers.get('Retry-After') ?? 1);
      const wait = Math.min(Math.max(seconds * 1_000 || 0, SHORTEST_WAIT), LONGEST_WAIT);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };
}

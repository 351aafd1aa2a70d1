import type { Instant } from '@active-session/core';

const AT_MOST = 10_000;
const EACH_AT_MOST = 5;

/**
 * Tokens of checks before a call, by their hashes: each is good once, for a short time. One that a restart forgets costs
 * a check that is done again, so they are in memory only.
 */
export interface ProbeTokens {
  /** The oldest go where there are too many, first of this person's own. */
  add(tokenHash: string, token: { readonly person: string; readonly expiresAt: Instant }, now: Instant): void;
  /** Whether it is good. From then on it is not. */
  use(tokenHash: string, now: Instant): boolean;
}

export function createProbeTokens(): ProbeTokens {
  // In the order in which they were given.
  const tokens = new Map<string, { readonly person: string; readonly expiresAt: Instant }>();

  function drop(count: number, which: (person: string) => boolean): void {
    let left = count;
    for (const [hash, { person }] of tokens) {
      if (left <= 0) return;
      if (!which(person)) continue;
      tokens.delete(hash);
      left -= 1;
    }
  }

  return {
    add(tokenHash, token, now) {
      let own = 0;
      for (const [hash, { person, expiresAt }] of tokens) {
        if (expiresAt <= now) tokens.delete(hash);
        else if (person === token.person) own += 1;
      }
      drop(own - EACH_AT_MOST + 1, (person) => person === token.person);
      drop(tokens.size - AT_MOST + 1, () => true);
      tokens.set(tokenHash, token);
    },
    use(tokenHash, now) {
      const token = tokens.get(tokenHash);
      tokens.delete(tokenHash);
      return token !== undefined && token.expiresAt > now;
    },
  };
}

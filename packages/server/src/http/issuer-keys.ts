import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../clock.js';
import { describeError, type Log } from '../log.js';

const FRESH_FOR = 10 * 60_000;
/** An issuer that is away must not end every session; keys that it may have withdrawn must not be good for ever. */
const KEPT_FOR = 12 * 3_600_000;
const RETRY_EVERY = 30_000;

/** The issuer's public keys, asked for anew every ten minutes; the last good ones while it does not answer. */
export function createIssuerKeys(url: URL, clock: Clock, log: Log): JWTVerifyGetKey {
  // How long keys are good is decided here. That a key it does not know is asked for at once is left to the library.
  const remote = createRemoteJWKSet(url, { cacheMaxAge: Infinity });
  let askedAt = -Infinity;
  let answeredAt = -Infinity;
  /** The clock can step back. */
  const passed = (since: number): number => Math.abs(clock.now() - since);

  async function refresh(): Promise<void> {
    askedAt = clock.now();
    try {
      await remote.reload();
      answeredAt = askedAt;
    } catch (error) {
      log({ level: 'warn', event: 'sign-in.keys-unreachable', ...describeError(error) });
      throw error;
    }
  }

  return async (header, token) => {
    if (passed(answeredAt) >= KEPT_FOR) await refresh();
    else if (passed(answeredAt) >= FRESH_FOR && passed(askedAt) >= RETRY_EVERY) await refresh().catch(() => undefined);
    return remote(header, token);
  };
}

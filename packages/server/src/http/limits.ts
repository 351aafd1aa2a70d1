import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../clock.js';
import { Problem } from '../domain/problem.js';
import type { AppContext, AppEnv } from './context.js';

/** So many requests at once, and so many a second in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** How much one person, and one network address, may ask. */
export interface Limits {
  readonly person: Rate;
  readonly address: Rate;
  /** Requests of one address whose sign-in was refused. */
  readonly refused: Rate;
}

/** A page in a call asks about once a second; a clinic behind one address has many of them. */
export const DEFAULT_LIMITS: Limits = {
  person: { burst: 120, perSecond: 10 },
  address: { burst: 1_000, perSecond: 200 },
  refused: { burst: 60, perSecond: 1 },
};

/** Past so many, whoever asked longest ago is forgotten. */
const KEPT = 50_000;

/** Counts requests by a key. */
export interface Meter {
  /** @throws Problem `rate-limited` when `key` has asked too much */
  take(key: string): void;
}

export function createMeter({ burst, perSecond }: Rate, now: () => number): Meter {
  const left = new Map<string, { tokens: number; at: number }>();
  return {
    take(key) {
      const time = now();
      const before = left.get(key) ?? { tokens: burst, at: time };
      const tokens = Math.min(burst, before.tokens + (Math.max(0, time - before.at) / 1000) * perSecond);
      left.delete(key);
      left.set(key, { tokens: Math.max(0, tokens - 1), at: time });
      const [oldest] = left.keys();
      if (left.size > KEPT && oldest !== undefined) left.delete(oldest);
      if (tokens >= 1) return;
      const retryAfter = Math.max(1, Math.ceil((1 - tokens) / perSecond));
      throw new Problem('rate-limited', 'Too many requests.', { retryAfter });
    },
  };
}

export function addressOf(c: AppContext, proxies: number): string {
  return clientAddress(c.env.incoming?.socket.remoteAddress, c.req.header('X-Forwarded-For'), proxies);
}

/**
 * The network address that a request comes from. Behind `proxies` proxies it is the one that the outermost of them
 * saw; what stands further left in the header anybody can write. An IPv6 network is one address.
 */
export function clientAddress(
  direct: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  proxies: number,
): string {
  const hops = proxies === 0 ? [] : String(forwardedFor ?? '').split(',');
  const address = hops.at(-proxies)?.trim() || direct || 'unknown';
  return address.includes(':') && !address.startsWith('::ffff:') ? address.split(':').slice(0, 4).join(':') : address;
}

/** Before anybody is known: by address. */
export function limitAddresses(rate: Rate, clock: Clock, proxies: number): MiddlewareHandler<AppEnv> {
  const meter = createMeter(rate, () => clock.now());
  return async (c, next) => {
    meter.take(addressOf(c, proxies));
    await next();
  };
}

/** Once it is known who asks: by person. */
export function limitPersons(rate: Rate, clock: Clock): MiddlewareHandler<AppEnv> {
  const meter = createMeter(rate, () => clock.now());
  return async (c, next) => {
    meter.take(c.get('signedIn').person.id);
    await next();
  };
}

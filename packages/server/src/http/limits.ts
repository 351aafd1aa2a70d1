import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { Meter, Rate } from '../allowance.js';
import { Problem } from '../domain/problem.js';
import type { AppContext, AppEnv } from './context.js';

/** How much one person, and one network address, may ask. */
export interface Limits {
  readonly person: Rate;
  /** Requests and signalling connections. */
  readonly address: Rate;
  /** Requests of one address whose sign-in was refused; one that has merely expired does not count. */
  readonly refused: Rate;
}

/** A page in a call asks about once a second; a clinic behind one address has many of them. */
export const DEFAULT_LIMITS: Limits = {
  person: { burst: 120, perSecond: 10 },
  address: { burst: 1_000, perSecond: 200 },
  refused: { burst: 60, perSecond: 1 },
};

/** @throws Problem `rate-limited` when `key` has asked too much */
export function take(meter: Meter, key: string): void {
  const retryAfter = meter.ask(key);
  if (retryAfter > 0) throw new Problem('rate-limited', 'Too many requests.', { retryAfter });
}

export function addressOf(c: AppContext, proxies: number): string {
  return clientAddress(remoteAddress(c.env), c.req.header('X-Forwarded-For'), proxies);
}

/** Who calls the app itself, past any HTTP server, gives it no environment. */
function remoteAddress(env: AppEnv['Bindings'] | undefined): string | undefined {
  return env?.incoming?.socket.remoteAddress;
}

/**
 * The network address that a request comes from. Behind `proxies` proxies it is the one that the outermost of them
 * saw; what stands further left in the header anybody can write. An IPv6 network of 64 bits is one address, because
 * whoever has one address of it has all.
 */
export function clientAddress(
  direct: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  proxies: number,
): string {
  const hops = proxies === 0 ? [] : String(forwardedFor ?? '').split(',');
  const written = hops.at(-proxies)?.trim() || direct || 'unknown';
  const [address = written] = withoutPort(written).split('%');
  return isIP(address) === 6 ? networkOf(address) : address.slice(0, LONGEST);
}

/** Of what stands there that is no address. */
const LONGEST = 64;

/** Some gateways write the port too: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1];
  return bracketed ?? text.replace(/^([^:]+):\d+$/, '$1');
}

function networkOf(address: string): string {
  const shortest = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [start = [], end] = shortest.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const groups =
    end === undefined ? start : [...start, ...Array<string>(8 - start.length - end.length).fill('0'), ...end];
  const isMapped = groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff';
  if (!isMapped) return `${groups.slice(0, 4).join(':')}::/64`;
  const bytes = groups.slice(6).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return bytes.join('.');
}

/** Before anybody is known: by address. */
export function limitAddresses(meter: Meter, proxies: number): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    take(meter, addressOf(c, proxies));
    await next();
  };
}

/** Once it is known who asks: by person. */
export function limitPersons(meter: Meter): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    take(meter, c.get('signedIn').person.id);
    await next();
  };
}

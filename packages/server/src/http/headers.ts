import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { randomId } from '../random.js';
import type { AppEnv } from './context.js';

const SECURITY = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const ALLOWED_METHODS = 'GET, POST, PUT, OPTIONS';
const ALLOWED_HEADERS = 'Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID, Active-Session-Csrf';

export interface HeaderOptions {
  readonly clock: Clock;
  readonly allowedOrigins: readonly string[];
  /** Browsers see this server by https. */
  readonly isSecure: boolean;
}

/** What every answer carries, whatever it is. */
export function standardHeaders(
  { clock, allowedOrigins, isSecure }: HeaderOptions,
  origin: string | undefined,
): Record<string, string> {
  const isListed = origin !== undefined && allowedOrigins.includes(origin);
  return {
    ...SECURITY,
    'Server-Time': String(clock.now()),
    'Cross-Origin-Resource-Policy': isListed ? 'cross-origin' : 'same-origin',
    ...(isSecure ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
    ...(allowedOrigins.length === 0 ? {} : { Vary: 'Origin' }),
    ...(isListed
      ? {
          'Access-Control-Allow-Origin': origin,
          'Access-Control-Expose-Headers': 'Server-Time, Event-Id, ETag, Retry-After',
        }
      : {}),
  };
}

/** Sets the standard headers, answers a preflight, and writes one log line: no query, no body, no name. */
export function edge(options: HeaderOptions, log: Log): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const started = performance.now();
    c.set('requestId', randomId());
    const headers = standardHeaders(options, c.req.header('Origin'));
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (c.req.method === 'OPTIONS') {
      if (headers['Access-Control-Allow-Origin'] !== undefined) {
        c.header('Access-Control-Allow-Methods', ALLOWED_METHODS);
        c.header('Access-Control-Allow-Headers', ALLOWED_HEADERS);
        c.header('Access-Control-Max-Age', '600');
      }
      return c.body(null, 204);
    }
    await next();
    log({
      level: 'info',
      event: 'request',
      requestId: c.get('requestId'),
      operation: c.get('operation'),
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Math.round(performance.now() - started),
    });
    return undefined;
  };
}

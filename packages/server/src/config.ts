import { isAbsolute, resolve } from 'node:path';
import {
  DEFAULT_WINDOW_POLICY,
  parse,
  SessionError,
  ticketSchema,
  windowPolicySchema,
  type IceServer,
  type WindowPolicy,
} from '@active-session/core';

export interface AuthConfig {
  /** A shared secret (HS256) or the address of the issuer's public keys. */
  readonly key: { readonly secret: Uint8Array } | { readonly jwksUrl: URL };
  readonly audience: string;
  readonly issuer: string;
}

/** What `createServer` needs to know. */
export interface ServerConfig {
  readonly auth: AuthConfig;
  /** Address of these routes as clients see it, with the path they are mounted at: `https://portal.example/api/session/v1`. */
  readonly publicUrl: string;
  /** Origins of pages on other hosts that may use these routes. Empty: pages of the same origin only. */
  readonly allowedOrigins: readonly string[];
  readonly iceServers: readonly IceServer[];
  readonly policy: WindowPolicy;
}

/** What the standalone server needs beside it. */
export interface Config extends ServerConfig {
  /** Absolute. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
}

/** A setting that is missing or wrong. The message names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly variable: string;

  constructor(variable: string, message: string) {
    super(`${variable} ${message}`);
    this.variable = variable;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

const SMALLEST_SECRET = 32;
const DEFAULT_PORT = 3000;
const DEFAULT_MOUNT = '/api/session/v1';

/**
 * The configuration in `env`.
 *
 * @throws ConfigError naming the variable that is missing or wrong
 */
export function loadConfig(env: Env): Config {
  const host = env['ACTIVE_SESSION_HOST'] ?? '127.0.0.1';
  const port = portIn(env);
  const folder = env['ACTIVE_SESSION_DATA_FOLDER'] ?? 'data';
  return {
    auth: {
      key: keyIn(env),
      audience: required(env, 'ACTIVE_SESSION_JWT_AUDIENCE'),
      issuer: required(env, 'ACTIVE_SESSION_JWT_ISSUER'),
    },
    dataFolder: isAbsolute(folder) ? folder : resolve(folder),
    host,
    port,
    publicUrl: publicUrlIn(env, port),
    allowedOrigins: originsIn(env),
    iceServers: jsonIn(env, 'ACTIVE_SESSION_ICE_SERVERS', [], (value) =>
      parse(ticketSchema.shape.iceServers, value, 'list of ICE servers'),
    ),
    policy: jsonIn(env, 'ACTIVE_SESSION_WINDOW_POLICY', DEFAULT_WINDOW_POLICY, (value) =>
      parse(windowPolicySchema, value, 'window policy'),
    ),
  };
}

function keyIn(env: Env): AuthConfig['key'] {
  const secret = env['ACTIVE_SESSION_JWT_SECRET'];
  const jwksUrl = env['ACTIVE_SESSION_JWKS_URL'];
  if (secret && jwksUrl)
    throw new ConfigError('ACTIVE_SESSION_JWT_SECRET', 'and ACTIVE_SESSION_JWKS_URL are both set.');
  if (jwksUrl) return { jwksUrl: urlIn('ACTIVE_SESSION_JWKS_URL', jwksUrl, ['https:', 'http:']) };
  if (!secret) {
    throw new ConfigError(
      'ACTIVE_SESSION_JWT_SECRET',
      'or ACTIVE_SESSION_JWKS_URL must be set: there is no default key.',
    );
  }
  return { secret: secretKey(secret, 'ACTIVE_SESSION_JWT_SECRET') };
}

/** @throws ConfigError for a secret that can be guessed */
export function secretKey(secret: string, variable: string): Uint8Array {
  const bytes = new TextEncoder().encode(secret);
  if (bytes.length < SMALLEST_SECRET) throw new ConfigError(variable, `must have at least ${SMALLEST_SECRET} bytes.`);
  return bytes;
}

function required(env: Env, variable: string): string {
  const value = env[variable];
  if (!value) throw new ConfigError(variable, 'must be set.');
  return value;
}

function portIn(env: Env): number {
  const text = env['ACTIVE_SESSION_PORT'] ?? String(DEFAULT_PORT);
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new ConfigError('ACTIVE_SESSION_PORT', 'must be a port number.');
  return port;
}

function publicUrlIn(env: Env, port: number): string {
  const text = env['ACTIVE_SESSION_PUBLIC_URL'] ?? `http://localhost:${port}${DEFAULT_MOUNT}`;
  const url = urlIn('ACTIVE_SESSION_PUBLIC_URL', text, ['https:', 'http:']);
  if (url.search || url.hash || url.username) {
    throw new ConfigError('ACTIVE_SESSION_PUBLIC_URL', 'must have no query, fragment or user.');
  }
  return url.href.replace(/\/$/, '');
}

function originsIn(env: Env): string[] {
  const texts = (env['ACTIVE_SESSION_ALLOWED_ORIGINS'] ?? '').split(',').map((text) => text.trim());
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      const { origin } = urlIn('ACTIVE_SESSION_ALLOWED_ORIGINS', text, ['https:', 'http:']);
      if (text.replace(/\/$/, '') === origin) return origin;
      throw new ConfigError(
        'ACTIVE_SESSION_ALLOWED_ORIGINS',
        'must hold origins like https://portal.example, with commas.',
      );
    });
}

function urlIn(variable: string, text: string, protocols: readonly string[]): URL {
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol)) {
    throw new ConfigError(variable, `must be an absolute address with ${protocols.join(' or ')}`);
  }
  return url;
}

function jsonIn<T>(env: Env, variable: string, fallback: T, read: (value: unknown) => T): T {
  const text = env[variable];
  if (!text) return fallback;
  try {
    return read(JSON.parse(text));
  } catch (error) {
    const why = error instanceof SessionError ? error.message : 'It is not JSON.';
    throw new ConfigError(variable, `can't be read. ${why}`);
  }
}

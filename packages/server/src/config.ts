import { resolve } from 'node:path';
import {
  contactSchema,
  DEFAULT_WINDOW_POLICY,
  parse,
  SessionError,
  ticketSchema,
  windowPolicySchema,
  type Contact,
  type IceServer,
  type Ticket,
  type WindowPolicy,
} from '@active-session/core';
import * as z from 'zod/mini';
import { DEFAULT_LIMITS, type Limits } from './http/limits.js';

export interface AuthConfig {
  /** A shared secret (HS256) or the address of the issuer's public keys. */
  readonly key: { readonly secret: Uint8Array } | { readonly jwksUrl: URL };
  readonly audience: string;
  readonly issuer: string;
  /** Name of a cookie that may hold the token for pages of the same origin. Left out: no sign-in by cookie. */
  readonly cookie?: string | undefined;
}

/** A relay that shares a secret with this server, as coturn does with `use-auth-secret`. */
export interface TurnConfig {
  /** `turn:` and `turns:` addresses. */
  readonly urls: readonly string[];
  readonly secret: string;
  /** For how long credentials are good, in seconds. */
  readonly ttlSeconds: number;
}

export type Engine = Ticket['engine'];
export type Preconnect = NonNullable<Ticket['preconnect']>;

/** What `createServer` needs to know. */
export interface ServerConfig {
  readonly auth: AuthConfig;
  /** Address of these routes as clients see it, with the path they are mounted at: `https://portal.example/api/session/v1`. */
  readonly publicUrl: string;
  /** Origins of pages on other hosts that may use these routes. Empty: pages of the same origin only. */
  readonly allowedOrigins: readonly string[];
  readonly iceServers: readonly IceServer[];
  readonly policy: WindowPolicy;
  /** Each ticket gets time-limited credentials for it. */
  readonly turn?: TurnConfig | undefined;
  /** `relay`: no page learns the other's address. */
  readonly iceTransportPolicy?: 'all' | 'relay' | undefined;
  /** Which video engine tickets name. Left out: `peerjs`. */
  readonly engine?: Engine | undefined;
  /** Whether pages connect before the patient is let in, with engine `webrtc` only: see `Ticket.preconnect`. */
  readonly preconnect?: Preconnect | undefined;
  /** What pages offer where video can't be had. */
  readonly contact?: Contact | undefined;
  readonly limits?: Limits | undefined;
  /** How many proxies stand before this server and add to `X-Forwarded-For`. */
  readonly proxies?: number | undefined;
  /** Absolute path of the file that gets the heads of the audit trail as they are published. */
  readonly auditHeadFile?: string | undefined;
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
/** A session with its window and the time to return, in seconds. */
const TURN_TTL = 4 * 3600;
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
  const iceServers = jsonIn(env, 'ACTIVE_SESSION_ICE_SERVERS', [], (value) =>
    parse(ticketSchema.shape.iceServers, value, 'list of ICE servers'),
  );
  const turn = turnIn(env);
  const engine = oneOf(env, 'ACTIVE_SESSION_ENGINE', ['peerjs', 'webrtc']);
  return {
    auth: {
      key: keyIn(env),
      audience: required(env, 'ACTIVE_SESSION_JWT_AUDIENCE'),
      issuer: required(env, 'ACTIVE_SESSION_JWT_ISSUER'),
      cookie: cookieIn(env),
    },
    dataFolder: dataFolderIn(env),
    host,
    port,
    publicUrl: publicUrlIn(env, port),
    allowedOrigins: originsIn(env),
    iceServers,
    policy: jsonIn(env, 'ACTIVE_SESSION_WINDOW_POLICY', DEFAULT_WINDOW_POLICY, (value) =>
      parse(windowPolicySchema, value, 'window policy'),
    ),
    turn,
    iceTransportPolicy: flagIn(env, 'ACTIVE_SESSION_RELAY_ONLY') ? 'relay' : undefined,
    engine,
    preconnect: preconnectIn(env, engine, turn !== undefined || iceServers.some(isRelay)),
    contact: jsonIn<Contact | undefined>(env, 'ACTIVE_SESSION_CONTACT', undefined, (value) =>
      parse(contactSchema, value, 'contact'),
    ),
    limits: jsonIn(env, 'ACTIVE_SESSION_LIMITS', DEFAULT_LIMITS, (value) => ({
      ...DEFAULT_LIMITS,
      ...definedOf(parse(limitsSchema, value, 'limits')),
    })),
    proxies: countIn(env, 'ACTIVE_SESSION_PROXIES'),
    auditHeadFile: auditHeadFileIn(env),
  };
}

/** Where the database is: absolute. */
export function dataFolderIn(env: Env): string {
  return resolve(env['ACTIVE_SESSION_DATA_FOLDER'] || 'data');
}

function auditHeadFileIn(env: Env): string | undefined {
  const file = env['ACTIVE_SESSION_AUDIT_HEAD_FILE'];
  return file ? resolve(file) : undefined;
}

const rateSchema = z.object({ burst: z.int().check(z.positive()), perSecond: z.number().check(z.positive()) });
const limitsSchema = z.partial(z.object({ person: rateSchema, address: rateSchema, refused: rateSchema }));

function definedOf(limits: z.infer<typeof limitsSchema>): Partial<Limits> {
  const { person, address, refused } = limits;
  return { ...(person && { person }), ...(address && { address }), ...(refused && { refused }) };
}

function cookieIn(env: Env): string | undefined {
  const name = env['ACTIVE_SESSION_COOKIE'];
  if (name === undefined || name === '') return undefined;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new ConfigError('ACTIVE_SESSION_COOKIE', 'must be a cookie name.');
  return name;
}

function turnIn(env: Env): TurnConfig | undefined {
  const [urls, secret] = [env['ACTIVE_SESSION_TURN_URLS'], env['ACTIVE_SESSION_TURN_SECRET']];
  if (!urls && !secret) return undefined;
  if (!urls) throw new ConfigError('ACTIVE_SESSION_TURN_URLS', 'must be set beside ACTIVE_SESSION_TURN_SECRET.');
  if (!secret) throw new ConfigError('ACTIVE_SESSION_TURN_SECRET', 'must be set beside ACTIVE_SESSION_TURN_URLS.');
  const list = urls.split(',').map((text) => text.trim());
  if (!list.every((url) => /^turns?:[^\s]+$/.test(url))) {
    throw new ConfigError('ACTIVE_SESSION_TURN_URLS', 'must hold addresses like turns:relay.example:443, with commas.');
  }
  return { urls: list, secret, ttlSeconds: countIn(env, 'ACTIVE_SESSION_TURN_TTL') ?? TURN_TTL };
}

/** Pages that connect before anybody is let in do so over the native channel, and with `relay` over a relay only. */
function preconnectIn(env: Env, engine: Engine, hasRelay: boolean): Preconnect | undefined {
  const variable = 'ACTIVE_SESSION_PRECONNECT';
  const preconnect = oneOf(env, variable, ['off', 'all', 'relay']);
  if (preconnect === 'off') return undefined;
  if (engine !== 'webrtc') throw new ConfigError(variable, 'needs ACTIVE_SESSION_ENGINE=webrtc.');
  if (preconnect === 'relay' && !hasRelay) {
    throw new ConfigError(variable, 'relay needs a relay: ACTIVE_SESSION_TURN_URLS or ACTIVE_SESSION_ICE_SERVERS.');
  }
  return preconnect;
}

function isRelay({ urls }: IceServer): boolean {
  return [urls].flat().some((url) => /^turns?:/.test(url));
}

/** The first is what it is where nothing is set. */
function oneOf<const T extends string>(env: Env, variable: string, allowed: readonly [T, ...T[]]): T {
  const text = env[variable];
  if (!text) return allowed[0];
  const found = allowed.find((value) => value === text);
  if (found === undefined) throw new ConfigError(variable, `must be ${allowed.join(' or ')}.`);
  return found;
}

function countIn(env: Env, variable: string): number | undefined {
  const text = env[variable];
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new ConfigError(variable, 'must be a whole number.');
  return Number(text);
}

/** What protects somebody must not be off because it was written `1` or `TRUE`. */
function flagIn(env: Env, variable: string): boolean {
  const text = env[variable] || 'false';
  if (text !== 'true' && text !== 'false') throw new ConfigError(variable, 'must be true or false.');
  return text === 'true';
}

function keyIn(env: Env): AuthConfig['key'] {
  const secret = env['ACTIVE_SESSION_JWT_SECRET'];
  const jwksUrl = env['ACTIVE_SESSION_JWKS_URL'];
  if (secret && jwksUrl)
    throw new ConfigError('ACTIVE_SESSION_JWT_SECRET', 'and ACTIVE_SESSION_JWKS_URL are both set.');
  if (jwksUrl) return { jwksUrl: jwksUrlIn('ACTIVE_SESSION_JWKS_URL', jwksUrl) };
  if (!secret) {
    throw new ConfigError(
      'ACTIVE_SESSION_JWT_SECRET',
      'or ACTIVE_SESSION_JWKS_URL must be set: there is no default key.',
    );
  }
  return { secret: secretKey(secret, 'ACTIVE_SESSION_JWT_SECRET') };
}

/** Who can change these keys on their way here can sign in as anybody. */
function jwksUrlIn(variable: string, text: string): URL {
  const url = urlIn(variable, text, ['https:', 'http:']);
  if (url.protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)) return url;
  throw new ConfigError(variable, 'must be an https: address; http: only on this machine.');
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

import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { roleSchema } from '@active-session/core';
import type { Clock } from '../clock.js';
import type { AuthConfig } from '../config.js';
import { GUEST_TOKEN, signInGuest } from '../domain/guests.js';
import { Problem } from '../domain/problem.js';
import type { Domain } from '../domain/unit.js';
import type { Log } from '../log.js';
import type { AppContext, AppEnv, SignedIn } from './context.js';
import { createIssuerKeys } from './issuer-keys.js';
import type { OriginAllowed } from './origins.js';

/** Comes with every request that is signed in by a cookie; its value says nothing. */
const CSRF_HEADER = 'Active-Session-Csrf';

/** The issuer's keys could not be had: nothing is known about the token. */
const KEYS_UNREACHABLE = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

export type Authenticate = (token: string | undefined) => Promise<SignedIn>;

/** Only what a key can be used for: a public key must never pass as an HMAC secret. */
const SHARED = ['HS256'];
const PUBLIC = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** Seconds by which the issuer's clock may be off. A stream lasts as long as its token opens a new one. */
const TOLERANCE = 5;

export interface AuthenticateOptions {
  readonly domain: Domain;
  readonly log: Log;
}

/** Who a bearer token names, by this deployment's key, audience and issuer. */
export function createAuthenticate(config: AuthConfig, { domain, log }: AuthenticateOptions): Authenticate {
  const { store, clock } = domain;
  const verify = verifier(config.key, clock, log);

  return async (token) => {
    if (token?.startsWith(GUEST_TOKEN) === true) return guestSignedIn(domain, token);
    if (token === undefined || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw unauthenticated();
    const payload = await verify(token, {
      audience: config.audience,
      issuer: config.issuer,
      requiredClaims: ['sub', 'exp', 'role'],
      currentDate: new Date(clock.now()),
      clockTolerance: TOLERANCE,
    });
    const role = roleSchema.safeParse(payload['role']);
    const { sub, exp } = payload;
    if (!role.success || typeof sub !== 'string' || exp === undefined) throw unauthenticated();
    const person = await store.read((view) => view.people.person(sub));
    if (person === undefined || person.active === false) {
      throw new Problem('forbidden', 'Nobody here goes by this sign-in.');
    }
    return { person, role: role.data, expiresAt: (exp + TOLERANCE) * 1000 };
  };
}

/** Whom a link names that a provider gave out. */
async function guestSignedIn(domain: Domain, token: string): Promise<SignedIn> {
  const found = await signInGuest(domain, token);
  if (found === undefined) throw unauthenticated();
  const { guest, expiresAt } = found;
  return { person: { id: guest.id, name: guest.name }, role: 'guest', guest, expiresAt };
}

export interface AuthenticationOptions {
  readonly authenticate: Authenticate;
  /** The cookie that can hold the token instead of the Authorization header. */
  readonly cookie: string | undefined;
  readonly ownOrigin: OriginAllowed;
  /** Counts sign-ins that were refused as one that was guessed is. */
  readonly refused: (c: AppContext) => void;
}

/** Denies by default: every route after it has a person. */
export function authentication(options: AuthenticationOptions): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    try {
      c.set('signedIn', await options.authenticate(tokenOf(c, options)));
    } catch (error) {
      if (error instanceof Problem && error.code === 'unauthenticated' && !isExpired(error)) options.refused(c);
      throw error;
    }
    await next();
  };
}

/**
 * The token of the request. A browser sends cookies with whatever any page makes it send, so a cookie counts only beside
 * a header that no form and no other site's script can set, and only from a page of this origin.
 */
function tokenOf(c: AppContext, { cookie, ownOrigin }: AuthenticationOptions): string | undefined {
  const authorization = c.req.header('Authorization');
  if (authorization !== undefined) return /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const token = cookie === undefined ? undefined : getCookie(c, cookie);
  if (token === undefined) return undefined;
  const site = c.req.header('Sec-Fetch-Site');
  const isOwn = ownOrigin(c.req.header('Origin'), c.req.header('Host')) && (site ?? 'same-origin') === 'same-origin';
  if (!isOwn || c.req.header(CSRF_HEADER) === undefined) {
    throw new Problem('forbidden', `A sign-in by cookie needs the header ${CSRF_HEADER} and a page of this origin.`);
  }
  return token;
}

type Verify = (token: string, options: JWTVerifyOptions) => Promise<JWTPayload>;

function verifier(key: AuthConfig['key'], clock: Clock, log: Log): Verify {
  const check = checker(key, clock, log);
  return async (token, options) => {
    try {
      return await check(token, options);
    } catch (error) {
      if (!(error instanceof errors.JOSEError) || KEYS_UNREACHABLE.has(error.code)) {
        throw new Problem('unavailable', 'The sign-in cannot be checked now.', { retryAfter: 2, cause: error });
      }
      throw unauthenticated(error);
    }
  };
}

function checker(key: AuthConfig['key'], clock: Clock, log: Log): Verify {
  if ('secret' in key) {
    return async (token, options) => (await jwtVerify(token, key.secret, { ...options, algorithms: SHARED })).payload;
  }
  const keys = createIssuerKeys(key.jwksUrl, clock, log);
  return async (token, options) => (await jwtVerify(token, keys, { ...options, algorithms: PUBLIC })).payload;
}

/** Whether it was good until now: signed by the issuer, for this audience. Nobody guesses one of those. */
function isExpired({ cause }: Problem): boolean {
  return cause instanceof errors.JWTExpired;
}

/** One answer for every reason, so that a forger learns nothing. */
function unauthenticated(cause?: unknown): Problem {
  return new Problem('unauthenticated', 'The sign-in is missing, has expired or is not for this server.', { cause });
}

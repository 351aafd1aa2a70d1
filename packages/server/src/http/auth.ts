import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import type { MiddlewareHandler } from 'hono';
import { roleSchema } from '@active-session/core';
import type { Clock } from '../clock.js';
import type { AuthConfig } from '../config.js';
import { Problem } from '../domain/problem.js';
import type { Store } from '../store/store.js';
import type { AppEnv, SignedIn } from './context.js';

/** The issuer's keys could not be had: nothing is known about the token. */
const KEYS_UNREACHABLE = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

export type Authenticate = (authorization: string | undefined) => Promise<SignedIn>;

/** Only what a key can be used for: a public key must never pass as an HMAC secret. */
const SHARED = ['HS256'];
const PUBLIC = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** Seconds by which the issuer's clock may be off. A stream lasts as long as its token opens a new one. */
const TOLERANCE = 5;

/** Who a bearer token names, by this deployment's key, audience and issuer. */
export function createAuthenticate(config: AuthConfig, store: Store, clock: Clock): Authenticate {
  const verify = verifier(config);

  return async (authorization) => {
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw unauthenticated();
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
    if (person === undefined) throw new Problem('forbidden', 'Nobody here goes by this sign-in.');
    return { person, role: role.data, expiresAt: (exp + TOLERANCE) * 1000 };
  };
}

/** Denies by default: every route after it has a person. */
export function authentication(authenticate: Authenticate): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    c.set('signedIn', await authenticate(c.req.header('Authorization')));
    await next();
  };
}

function verifier({ key }: AuthConfig): (token: string, options: JWTVerifyOptions) => Promise<JWTPayload> {
  const check =
    'secret' in key
      ? async (token: string, options: JWTVerifyOptions) =>
          jwtVerify(token, key.secret, { ...options, algorithms: SHARED })
      : (
          (keys) => async (token: string, options: JWTVerifyOptions) =>
            jwtVerify(token, keys, { ...options, algorithms: PUBLIC })
        )(createRemoteJWKSet(key.jwksUrl));
  return async (token, options) => {
    try {
      return (await check(token, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError) || KEYS_UNREACHABLE.has(error.code)) {
        throw new Problem('unavailable', 'The sign-in cannot be checked now.', { retryAfter: 2, cause: error });
      }
      throw unauthenticated();
    }
  };
}

/** One answer for every reason, so that a forger learns nothing. */
function unauthenticated(): Problem {
  return new Problem('unauthenticated', 'The sign-in is missing, has expired or is not for this server.');
}

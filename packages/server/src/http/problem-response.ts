import { toIso } from '@active-session/core';
import { Problem } from '../domain/problem.js';
import { describeError, type Log } from '../log.js';
import { StoreUnavailableError } from '../store/store.js';
import type { AppContext } from './context.js';

/** RFC 9457. `type` is stable and names a code of core's `SessionErrorCode`. */
export function problemResponse(c: AppContext, problem: Problem): Response {
  if (problem.retryAfter !== undefined) c.header('Retry-After', String(problem.retryAfter));
  if (problem.status === 401) c.header('WWW-Authenticate', 'Bearer');
  c.header('Content-Type', 'application/problem+json');
  const body = {
    type: `urn:active-session:problem:${problem.code}`,
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    ...(problem.fields.length === 0 ? {} : { errors: problem.fields }),
    ...(problem.opensAt === undefined ? {} : { opensAt: toIso(problem.opensAt) }),
    ...(problem.booking === undefined ? {} : { booking: problem.booking }),
    requestId: c.get('requestId'),
  };
  return new Response(JSON.stringify(body), { status: problem.status, headers: c.res.headers });
}

/** Every thrown value as a problem. What was not foreseen is logged and told to nobody. */
export function asProblem(error: unknown, log: Log, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailableError) {
    log({ level: 'error', event: 'store.unavailable', requestId, ...describeError(error.cause) });
    return new Problem('unavailable', 'The server cannot do this now.', { retryAfter: 1 });
  }
  log({ level: 'error', event: 'request.failed', requestId, ...describeError(error) });
  return new Problem('unknown', 'The server failed to do this.');
}

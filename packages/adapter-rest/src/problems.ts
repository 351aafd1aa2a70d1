import { SESSION_ERROR_CODES, SessionError, type FieldProblem, type SessionErrorCode } from '@active-session/core';
import { codeOfMissing, type Route } from './route.js';

const PROBLEM = 'urn:active-session:problem:';
const LONGEST_WAIT = 60_000;
/** No such route; here at least. */
const MISSING: readonly number[] = [404, 405, 501];

/** What a status means where no problem of ours names it. */
const CODES: Readonly<Record<number, SessionErrorCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  406: 'not-supported',
  408: 'timeout',
  409: 'conflict',
  410: 'not-found',
  412: 'conflict',
  413: 'invalid',
  422: 'invalid',
  428: 'invalid',
  429: 'rate-limited',
  501: 'not-supported',
  511: 'network',
};

type Fields = Readonly<Record<string, unknown>>;

/** An answer that is not 2xx as the error it tells: RFC 9457 problem details where they are ours, else the status. */
export async function errorFromResponse(response: Response, route: Route, hasAnswered: boolean): Promise<SessionError> {
  const { status } = response;
  const problem = await readProblem(response);
  const retryAfter = retryAfterOf(response);
  if (problem === null) {
    const code = MISSING.includes(status) ? codeOfMissing(route, status, hasAnswered) : codeOf(status);
    return new SessionError(code, `${route}: HTTP ${status}`, { retryAfter });
  }
  const named = text(problem['type'])?.slice(PROBLEM.length);
  // `unknown` names nothing: a backend that failed once may do better the next time, and the status says so.
  const code = SESSION_ERROR_CODES.find((known) => known === named && known !== 'unknown') ?? codeOf(status);
  const detail = text(problem['detail']) ?? text(problem['title']) ?? `HTTP ${status}`;
  const opensAt = Date.parse(text(problem['opensAt']) ?? '');
  return new SessionError(code, `${route}: ${detail}`, {
    retryAfter,
    opensAt: Number.isNaN(opensAt) ? undefined : opensAt,
    problems: fieldProblems(problem['errors']),
  });
}

/** Null where it is not one of ours: whatever else it says, it does not speak the contract. */
async function readProblem(response: Response): Promise<Fields | null> {
  if (!/json/i.test(response.headers.get('Content-Type') ?? '')) {
    response.body?.cancel().catch(() => undefined);
    return null;
  }
  const body: unknown = await response.json().catch(() => null);
  return isObject(body) && text(body['type'])?.startsWith(PROBLEM) === true ? body : null;
}

/** Below 400: a redirect, which is another's word. */
function codeOf(status: number): SessionErrorCode {
  return CODES[status] ?? (status < 400 ? 'network' : status >= 500 ? 'unavailable' : 'unknown');
}

/** ms; seconds or a date on the wire, by the clock that the answer itself shows. What can't be meant is left out. */
function retryAfterOf({ headers }: Response): number | undefined {
  const header = headers.get('Retry-After') ?? '';
  const now = Number(headers.get('Server-Time')) || Date.parse(headers.get('Date') ?? '') || Date.now();
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return ms > 0 ? Math.min(ms, LONGEST_WAIT) : undefined;
}

function fieldProblems(value: unknown): readonly FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (!isObject(item)) return [];
    const { path, message } = item;
    return typeof path === 'string' && typeof message === 'string' ? [{ path, message }] : [];
  });
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

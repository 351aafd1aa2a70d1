import { SESSION_ERROR_CODES, SessionError, type FieldProblem, type SessionErrorCode } from '@active-session/core';

const PROBLEM = 'urn:active-session:problem:';

/** What a status means where the answer has no problem details of ours. */
const CODES: Readonly<Record<number, SessionErrorCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  408: 'timeout',
  409: 'conflict',
  412: 'conflict',
  413: 'invalid',
  422: 'invalid',
  429: 'rate-limited',
  501: 'not-supported',
};

/** An answer that is not 2xx as the error it tells: RFC 9457 problem details where there are any, else the status. */
export async function errorFromResponse(response: Response, request: string): Promise<SessionError> {
  const problem = await readProblem(response);
  const code = codeOf(problem, response.status);
  const detail = text(problem['detail']) ?? text(problem['title']) ?? `HTTP ${String(response.status)}`;
  const opensAt = Date.parse(text(problem['opensAt']) ?? '');
  return new SessionError(code, `${request}: ${detail}`, {
    retryAfter: retryAfterOf(response),
    opensAt: Number.isNaN(opensAt) ? undefined : opensAt,
    problems: fieldProblems(problem['errors']),
  });
}

async function readProblem(response: Response): Promise<Readonly<Record<string, unknown>>> {
  if (!/json/i.test(response.headers.get('Content-Type') ?? '')) return {};
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function codeOf(problem: Readonly<Record<string, unknown>>, status: number): SessionErrorCode {
  const named = text(problem['type'])?.replace(PROBLEM, '');
  // `unknown` names nothing: a backend that failed once may do better the next time, and the status says so.
  const known = SESSION_ERROR_CODES.find((code) => code === named && code !== 'unknown');
  return known ?? CODES[status] ?? (status >= 500 ? 'unavailable' : 'unknown');
}

/** ms; seconds or a date on the wire, absurd values are ignored. */
function retryAfterOf(response: Response): number | undefined {
  const header = response.headers.get('Retry-After');
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, 60_000) : undefined;
}

function fieldProblems(value: unknown): readonly FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null) return [];
    const { path, message } = item as Record<string, unknown>;
    return typeof path === 'string' && typeof message === 'string' ? [{ path, message }] : [];
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

import { toIso, toSessionError, type Booking, type SessionError, type SessionErrorCode } from '@active-session/core';
import { isProblemCode, PROBLEM_STATUS, PROBLEM_TYPE, type OperationId } from '@active-session/core/contract';
import { HttpResponse } from 'msw';

/** Where there is no way in, nobody was faster: it is just closed. Elsewhere somebody was. */
const ENTERING: readonly OperationId[] = ['takeSeat', 'join', 'reportPresence'];
const CLOSED: readonly SessionErrorCode[] = ['session-ended', 'session-cancelled'];
/** A script's cut, which reaches a page as no answer at all. */
const NO_ANSWER: readonly SessionErrorCode[] = ['network', 'timeout', 'aborted'];

/** A refusal that has a status of its own. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly error: SessionError,
  ) {
    super(error.message);
  }
}

export interface ProblemContext {
  readonly operation: OperationId;
  readonly headers: Readonly<Record<string, string>>;
  /** How the booking now stands, for who asked and may see it. */
  readonly booking: () => Booking | undefined;
}

/** RFC 9457, as the contract has it. */
export function problemResponse(thrown: unknown, { operation, headers, booking }: ProblemContext): Response {
  const error = thrown instanceof Refusal ? thrown.error : toSessionError(thrown);
  const { code, message, problems, opensAt, retryAfter } = error;
  if (NO_ANSWER.includes(code)) return HttpResponse.error();
  const known = isProblemCode(code) ? code : 'unknown';
  const isLostRace = CLOSED.includes(code) && !ENTERING.includes(operation);
  const status = thrown instanceof Refusal ? thrown.status : isLostRace ? 409 : PROBLEM_STATUS[known];
  const now = status === 409 || status === 412 ? booking() : undefined;
  const body = {
    type: `${PROBLEM_TYPE}${known}`,
    title: code,
    status,
    detail: message,
    ...(problems.length === 0 ? {} : { errors: problems }),
    ...(opensAt === undefined ? {} : { opensAt: toIso(opensAt) }),
    ...(now === undefined ? {} : { booking: now }),
  };
  return new HttpResponse(JSON.stringify(body), {
    status,
    headers: {
      ...headers,
      'Content-Type': 'application/problem+json',
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
      ...(retryAfter === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfter / 1_000)) }),
    },
  });
}

import { SessionError, type SessionErrorCode } from '@active-session/core';

/**
 * What a test needs can not be had here: a clock that moves, a booking that has begun. It says nothing about the
 * backend.
 */
export class NotCheckable extends Error {
  override readonly name = 'NotCheckable';
}

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  assert(a === b, `${what}: expected ${b}, got ${a}`);
}

/** That it is there. */
export function present<T>(value: T | undefined | null, what: string): T {
  assert(value !== undefined && value !== null, `expected ${what}`);
  return value;
}

/** That it is refused, with one of these codes. */
export async function refused(
  promise: Promise<unknown>,
  codes: readonly SessionErrorCode[],
  what: string,
): Promise<SessionError> {
  try {
    await promise;
  } catch (error) {
    assert(error instanceof SessionError, `${what}: expected a SessionError, got ${String(error)}`);
    assert(codes.includes(error.code), `${what}: expected ${codes.join(' or ')}, got ${error.code} (${error.message})`);
    return error;
  }
  throw new Error(`${what}: expected ${codes.join(' or ')}, and it was done`);
}

/** That a refusal names the field that is wrong. One with no problem details can name nothing. */
export function namesField({ problems }: SessionError, field: string): void {
  assert(problems.length === 0 || problems.some(({ path }) => path === field), `expected ${field} to be named`);
}

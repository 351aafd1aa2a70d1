import { fieldProblems, SessionError, type FieldProblem } from '@active-session/core';

/** Any schema of core's. */
export interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: Parameters<typeof fieldProblems>[0] } };
}

/** What was sent, as the contract's schema has it. @throws SessionError `invalid` that names the fields */
export function checked<T>(schema: Schema<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalid(fieldProblems(result.error.issues));
}

export function invalidField(path: string, message: string): SessionError {
  return invalid([{ path, message }]);
}

function invalid(problems: readonly FieldProblem[]): SessionError {
  return new SessionError('invalid', problems.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    problems,
  });
}

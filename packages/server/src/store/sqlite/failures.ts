import { StoreUnavailableError } from '../store.js';

// Result codes of SQLite: https://sqlite.org/rescode.html. The low byte is the primary code.
const UNIQUE = new Set([1555, 2067]);
const PASSING = new Set([5, 6, 8, 10, 13]); // busy, locked, read-only, I/O error, full

export function isUniqueViolation(error: unknown): boolean {
  return UNIQUE.has(codeOf(error) ?? 0);
}

/** Another process writes now. */
export function isBusy(error: unknown): boolean {
  return ((codeOf(error) ?? 0) & 0xff) === 5;
}

/** A full disk, a lock: an error that says "not now" rather than one of ours. */
export function translateFailure(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined || !PASSING.has(code & 0xff)) return error;
  return new StoreUnavailableError('The database cannot be used now.', { cause: error });
}

function codeOf(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;
}

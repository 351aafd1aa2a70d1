import type { SessionError, SessionErrorCode } from '@active-session/core';

const UNCERTAIN: ReadonlySet<SessionErrorCode> = new Set(['network', 'timeout', 'unavailable', 'malformed', 'unknown']);

/** Whether what was asked for may have been done all the same: no answer came, or none that says. */
export function isUncertain({ code }: SessionError): boolean {
  return UNCERTAIN.has(code);
}

import type { SessionError, SessionView } from '@active-session/core';

/** Whose history is to be shown, or why none is. */
export type Whose =
  | { readonly patient: string }
  | { readonly why: 'loading' | 'choose' | 'no-patient' | 'not-yours' }
  | { readonly error: SessionError };

/**
 * @param patient as the page says it; empty where it does not
 * @param session the session whose patient it is otherwise, if there is one
 */
export function whoseHistory(patient: string, session: SessionView | undefined): Whose {
  if (patient !== '') return { patient };
  if (session === undefined) return { why: 'choose' };
  const { booking, state, error } = session;
  if (booking?.patient !== undefined) return { patient: booking.patient };
  if (booking !== null) return { why: 'no-patient' };
  if (state === 'missing') return { why: 'not-yours' };
  return error === null ? { why: 'loading' } : { error };
}

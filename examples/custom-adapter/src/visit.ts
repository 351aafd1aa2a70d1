/** What the portal's API answers with, and what each of it is called here. */
import type { SessionErrorCode } from '@active-session/core';

export interface Visit {
  readonly visit_id: string;
  readonly clinician: { readonly id: string; readonly full_name: string; readonly monogram: string };
  readonly starts_at: string;
  readonly kind: string;
  readonly reason: string;
  readonly state: 'planned' | 'done' | 'called_off';
  readonly created_at: string;
  readonly done_at?: string;
  readonly why?: string;
}

export interface Remark {
  readonly remark_id: string;
  readonly by: string;
  readonly written_at: string;
  readonly text: string;
  readonly label?: string;
  readonly corrects?: string;
}

export interface Failure {
  readonly error: string;
  readonly opens_at?: string;
}

export const CODES: Partial<Record<string, SessionErrorCode>> = {
  signed_out: 'unauthenticated',
  no_such_visit: 'not-found',
  clinicians_only: 'forbidden',
  too_early: 'outside-window',
  is_done: 'session-ended',
  is_called_off: 'session-cancelled',
  not_valid: 'invalid',
  other_remark: 'conflict',
};

const STATUS = { planned: 'scheduled', done: 'completed', called_off: 'cancelled' } as const;

export function bookingOf(visit: Visit): unknown {
  return {
    id: visit.visit_id,
    provider: visit.clinician.id,
    providerName: visit.clinician.full_name,
    providerInitials: visit.clinician.monogram,
    dateTime: visit.starts_at,
    sessionType: visit.kind,
    notes: visit.reason,
    status: STATUS[visit.state],
    bookedAt: visit.created_at,
    completedAt: visit.done_at,
    cancelReason: visit.why,
  };
}

export function noteOf(remark: Remark): unknown {
  return {
    id: remark.remark_id,
    providerName: remark.by,
    timestamp: remark.written_at,
    content: remark.text,
    kind: remark.label,
    amends: remark.corrects,
  };
}

import type { Admission, Party } from './party.schema.js';

/** A backend that asks nobody to wait says nothing of it. */
export function admissionOf({ admission = 'admitted' }: Pick<Party, 'admission'>): Admission {
  return admission;
}

/** Whether media may flow with them. */
export function isAdmitted(party: Pick<Party, 'admission'>): boolean {
  return admissionOf(party) === 'admitted';
}

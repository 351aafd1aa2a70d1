import { judge, toInstant, type Party, type SessionView, type WindowPolicy } from '@active-session/core';
import type { Localize } from '../shared/localize.controller.js';

export interface PatientSeesOptions {
  readonly localize: Localize;
  readonly name: string;
  readonly policy: WindowPolicy;
  /** The server's time, in ms. */
  readonly now: number;
}

/** What the patient sees of their session at this moment, in one sentence; empty while nobody knows. */
export function patientSees(view: SessionView, { localize, name, policy, now }: PatientSeesOptions): string {
  const { booking } = view;
  if (booking === null) return '';
  const verdict = judge({ booking, attendance: booking.attendance ?? [], now, policy, role: 'patient' });
  switch (verdict.phase) {
    case 'upcoming':
      return localize.t('dashboard.sees-upcoming', name, localize.formats.timeBeside(verdict.opensAt, now, now));
    case 'completed':
      return localize.t('dashboard.sees-completed', name);
    case 'cancelled':
      return localize.t(verdict.reason === 'no-show' ? 'dashboard.sees-missed' : 'dashboard.sees-cancelled', name);
    case 'expired':
      return localize.t('dashboard.sees-missed', name);
    case 'open':
      return openWords(view, { localize, name, now });
  }
}

function openWords(view: SessionView, { localize, name, now }: Omit<PatientSeesOptions, 'policy'>): string {
  const patient = view.parties.find(({ role }) => role === 'patient');
  if (patient?.presence === 'in-call') return localize.t('dashboard.sees-call', name);
  if (patient?.presence === 'waiting') return waitingWords(patient, view, { localize, name });
  const { late, dateTime, attendance = [] } = view.booking ?? {};
  if (late !== undefined && dateTime !== undefined && now < toInstant(dateTime) + late.minutes * 60_000) {
    return localize.t('dashboard.sees-late', name, late.minutes);
  }
  const wasHere = attendance.some(({ role }) => role === 'patient');
  return localize.t(wasHere ? 'dashboard.sees-return' : 'dashboard.sees-open', name);
}

function waitingWords(
  { admission, message }: Party,
  view: SessionView,
  { localize, name }: Pick<PatientSeesOptions, 'localize' | 'name'>,
): string {
  if (admission === 'asking') return localize.t('dashboard.sees-asking', name);
  if (admission === 'held') {
    return message === undefined || message.trim() === ''
      ? localize.t('dashboard.sees-held', name)
      : localize.t('dashboard.sees-message', name, message);
  }
  return localize.t(view.call === null ? 'dashboard.sees-waiting' : 'dashboard.sees-connecting', name);
}

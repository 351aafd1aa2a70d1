import type { WindowPolicy } from '@active-session/core';
import type { OpeningHours, PersonRecord } from '../src/store/records.js';

export const SECRET = 'a-secret-of-the-tests-that-is-long-enough';
export const AUDIENCE = 'active-session';
export const ISSUER = 'https://sign-in.test';
export const MOUNT = '/api/session/v1';

/** As much as a test can ask for. */
export const NO_LIMIT = { burst: 1_000_000, perSecond: 1_000_000 };

export const POLICY: WindowPolicy = {
  patient: { opensBeforeMinutes: 60, closesAfterMinutes: 120 },
  provider: { opensBeforeMinutes: 60, closesAfterMinutes: 120 },
  returnMinutes: 10,
};

export const people: readonly PersonRecord[] = [
  { id: 'ana', role: 'patient', name: 'Ana Ruiz', initials: 'AR', timeZone: 'Europe/Madrid' },
  { id: 'ben', role: 'patient', name: 'Ben Odu', initials: 'BO', timeZone: 'Africa/Lagos' },
  { id: 'lee', role: 'provider', name: 'Dr. Mina Lee', initials: 'ML', specialty: 'Cardiology', timeZone: 'UTC' },
  { id: 'moss', role: 'provider', name: 'Dr. Jo Moss', initials: 'JM', timeZone: 'America/New_York' },
];

/** Lee is always there; Moss on Monday mornings. */
export const hours: readonly OpeningHours[] = [
  ...[1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    provider: 'lee',
    weekday,
    from: '00:00',
    to: '24:00',
    slotMinutes: 30,
    sessionTypes: ['Video visit', 'Follow-up'],
  })),
  { provider: 'moss', weekday: 1, from: '09:00', to: '12:00', slotMinutes: 60, sessionTypes: ['Video visit'] },
];

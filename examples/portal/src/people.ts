import type { OpeningHours, PersonRecord } from '@active-session/server';

/** The only things that the demo brings with it: who there is, and when providers can be booked. */
export const PEOPLE: readonly PersonRecord[] = [
  { id: 'sam', role: 'patient', name: 'Sam Rivera', initials: 'SR', timeZone: 'UTC' },
  { id: 'lee', role: 'patient', name: 'Lee Kowalski', initials: 'LK', timeZone: 'UTC' },
  { id: 'ana', role: 'patient', name: 'Ana Petrova', initials: 'AP', timeZone: 'UTC' },
  {
    id: 'dr-smith',
    role: 'provider',
    name: 'Dr. Smith',
    initials: 'DS',
    specialty: 'General practice',
    timeZone: 'UTC',
  },
  {
    id: 'dr-okafor',
    role: 'provider',
    name: 'Dr. Okafor',
    initials: 'DO',
    specialty: 'Dermatology',
    timeZone: 'Europe/Berlin',
  },
];

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const;
const WEEKDAYS = [1, 2, 3, 4, 5] as const;

/** Dr. Smith can be booked around the clock, so that the demo has a free time soon whenever it is tried. */
export const HOURS: readonly OpeningHours[] = [
  ...EVERY_DAY.map((weekday) => ({
    provider: 'dr-smith',
    weekday,
    from: '00:00',
    to: '24:00',
    slotMinutes: 30,
    sessionTypes: ['Video Consultation'],
  })),
  ...WEEKDAYS.map((weekday) => ({
    provider: 'dr-okafor',
    weekday,
    from: '09:00',
    to: '17:00',
    slotMinutes: 20,
    sessionTypes: ['Video Consultation'],
  })),
];

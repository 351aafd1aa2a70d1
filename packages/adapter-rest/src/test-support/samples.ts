import type { Booking, Me, Party, ProviderNote, Seat, SessionEvent } from '@active-session/core';

/** The seed's own booking, and nothing that we add. */
export const seedBooking = {
  id: 123456789,
  provider: 'dr-smith',
  providerName: 'Dr. Smith',
  providerInitials: 'DS',
  dateTime: '2026-01-07T10:00:00.000Z',
  sessionType: 'Video Consultation',
  notes: 'Patient notes',
  status: 'scheduled',
  bookedAt: '2026-01-06T12:00:00.000Z',
} as const satisfies Booking;

/** The seed's own note. */
export const seedNote = {
  providerName: 'Dr. Smith',
  timestamp: '2026-01-07T10:30:00.000Z',
  content: 'Follow-up in 2 weeks. Prescribed medication X.',
} as const satisfies ProviderNote;

/** An id that must be written in another way in an address. */
export const booking: Booking = { ...seedBooking, id: 'b/1 ü', version: 3 };
export const note: ProviderNote = { ...seedNote, id: 'n?1', author: 'dr-smith' };

export const me: Me = {
  id: 'ann',
  role: 'patient',
  name: 'Ann',
  serverTime: '2026-01-07T09:59:00.000Z',
  policy: {
    patient: { opensBeforeMinutes: 60, closesAfterMinutes: 120 },
    provider: { opensBeforeMinutes: 60, closesAfterMinutes: 120 },
    returnMinutes: 10,
  },
};

export const seat: Seat = {
  seat: 'b1:patient',
  lease: 'lease-1',
  expiresAt: '2026-01-07T10:01:00.000Z',
  renewEvery: 5_000,
};

export const party: Party = {
  seat: 'b1:patient',
  role: 'patient',
  name: 'Ann',
  peerId: null,
  dials: false,
  presence: 'waiting',
  since: '2026-01-07T09:58:00.000Z',
  admission: 'held',
  message: 'Two minutes, please.',
};

/** A note that was shared, known by its content. */
export function noteAdded(content: string): SessionEvent {
  return { type: 'note.added', bookingId: 'b1', note: { ...seedNote, id: content, content } };
}

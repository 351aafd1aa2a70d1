import {
  SessionError,
  type Booking,
  type Device,
  type DeviceKind,
  type Me,
  type OutboxItem,
  type Party,
  type PastSession,
  type ProviderNote,
  type Role,
} from '@active-session/core';
import { BOOKING, guest, ME, MET, party } from '../../test-support/fixtures.js';
import type { TextAt } from './rounds.js';

/** Where a text comes in. */
export const AT_PLACE = {
  providerName: 0,
  initials: 1,
  sessionType: 2,
  reason: 3,
  patientName: 4,
  late: 5,
  cancelReason: 6,
  zone: 7,
  note: 8,
  noteName: 9,
  held: 10,
  partyName: 11,
  contact: 12,
  phone: 13,
  device: 14,
  outbox: 15,
  error: 16,
  other: 17,
} as const;

/** Every text of a booking, and what else a backend may say of it. */
export function hostileBooking(text: TextAt, change: Partial<Booking> = {}): Booking {
  return {
    ...MET,
    id: BOOKING.id,
    provider: text(AT_PLACE.other),
    providerName: text(AT_PLACE.providerName),
    providerInitials: text(AT_PLACE.initials).slice(0, 10),
    sessionType: text(AT_PLACE.sessionType),
    notes: text(AT_PLACE.reason),
    patient: text(AT_PLACE.other),
    patientName: text(AT_PLACE.patientName),
    timeZone: text(AT_PLACE.zone),
    durationMinutes: 30,
    ...change,
  };
}

/** The same provider's other booking, under another id that is a text as well. */
export function besides(text: TextAt, change: Partial<Booking> = {}): Booking {
  return { ...hostileBooking(text, change), id: text(AT_PLACE.other), attendance: [] };
}

export function lateBy(text: TextAt): Pick<Booking, 'late'> {
  return { late: { minutes: 20, message: text(AT_PLACE.late), saidAt: '2026-01-07T09:50:00.000Z' } };
}

export function hostileNotes(text: TextAt): readonly ProviderNote[] {
  const note = {
    providerName: text(AT_PLACE.noteName),
    timestamp: '2026-01-07T10:12:00.000Z',
    content: text(AT_PLACE.note),
    author: text(AT_PLACE.other),
  };
  return [
    { ...note, id: text(AT_PLACE.other), kind: 'diagnosis' },
    { ...note, id: `${text(AT_PLACE.other)} again`, amends: text(AT_PLACE.other) },
    { ...note, id: 'withdrawn', content: '', withdrawnAt: '2026-01-07T10:20:00.000Z' },
  ];
}

export function hostileParty(text: TextAt, role: Role, change: Partial<Party> = {}): Party {
  return { ...party(role), seat: text(AT_PLACE.other), name: text(AT_PLACE.partyName), ...change };
}

export function hostileGuest(text: TextAt): Party {
  return guest({ seat: text(AT_PLACE.other), name: text(AT_PLACE.partyName), presence: 'waiting' });
}

/** Two earlier sessions: one with notes, one that was handed over. */
export function hostileHistory(text: TextAt): readonly PastSession[] {
  const booking = hostileBooking(text, { id: text(AT_PLACE.other), dateTime: '2025-11-07T10:00:00.000Z' });
  const session = { booking, notes: hostileNotes(text), outcome: 'completed', duration: 60_000 } as const;
  const other = besides(text, { id: `${text(AT_PLACE.other)} again`, dateTime: '2025-10-07T10:00:00.000Z' });
  return [
    { ...session, handedOverAt: null },
    { ...session, booking: other, outcome: 'handed-over', handedOverAt: '2025-10-07T10:00:00.000Z' },
  ];
}

/** A portal whose address to turn to no adapter has looked at. */
export function hostileMe(text: TextAt): Me {
  const url = text(AT_PLACE.error);
  return {
    ...ME,
    id: text(AT_PLACE.other),
    name: text(AT_PLACE.patientName),
    contact: { label: text(AT_PLACE.contact), phone: text(AT_PLACE.phone), url },
  };
}

export function hostileDevices(text: TextAt): readonly Device[] {
  const kinds: readonly DeviceKind[] = ['microphone', 'camera', 'speaker'];
  return kinds.flatMap((kind) => [
    { id: `${kind}-1`, kind, label: text(AT_PLACE.device) },
    { id: text(AT_PLACE.other), kind, label: `${text(AT_PLACE.device)} again` },
  ]);
}

export function hostileOutbox(text: TextAt): readonly OutboxItem[] {
  const item = {
    id: 'waiting',
    content: text(AT_PLACE.outbox),
    kind: undefined,
    amends: undefined,
    state: 'waiting',
    error: null,
    at: 0,
  } as const;
  return [item, { ...item, id: 'refused', state: 'refused', error: hostileError(text, 'invalid') }];
}

/** What a backend says that refuses: for developers, never for the page. */
export function hostileError(text: TextAt, code: 'invalid' | 'network' | 'video-failed' | 'unknown'): SessionError {
  const message = text(AT_PLACE.error);
  return new SessionError(code, message, { problems: [{ path: text(AT_PLACE.other), message }] });
}

import type { Attendance, Booking, Instant, PresenceState, Role } from '@active-session/core';

/** Somebody who can sign in. */
export interface PersonRecord {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly initials: string;
  readonly specialty?: string | undefined;
  /** IANA zone, in which a provider's opening hours are meant. */
  readonly timeZone: string;
}

/** On one weekday a provider can be booked between two wall-clock times of their own zone. */
export interface OpeningHours {
  readonly provider: string;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** `HH:MM` */
  readonly from: string;
  /** `HH:MM`, `24:00` is the end of the day. */
  readonly to: string;
  readonly slotMinutes: number;
  readonly sessionTypes: readonly string[];
}

/** A booking as this server keeps it: the wire form with nothing optional that it knows. */
export type BookingRecord = Booking & {
  readonly id: string;
  readonly patient: string;
  readonly patientName: string;
  readonly durationMinutes: number;
  readonly timeZone: string;
  readonly version: number;
  readonly attendance: Attendance;
};

export type BookingChange = Partial<Pick<Booking, 'status' | 'completedAt' | 'cancelledAt' | 'cancelReason'>>;

export interface BookingFilter {
  readonly person: string;
  readonly status?: Booking['status'] | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** After this booking in the order of start, then id. */
  readonly after?: { readonly start: Instant; readonly id: string } | undefined;
  readonly limit: number;
}

/** Who holds a seat of a booking, until when. Renewed by compare-and-set on `lease`; an expired one never comes back. */
export interface LeaseRecord {
  readonly booking: string;
  readonly seat: Role;
  readonly person: string;
  /** The page that has it; the same one asking again gets the same lease. */
  readonly holder: string | null;
  readonly lease: string;
  readonly state: Exclude<PresenceState, 'away'>;
  /** Since when in this state. */
  readonly since: Instant;
  readonly reportedAt: Instant;
  readonly expiresAt: Instant;
  readonly peerId: string | null;
}

export type GrantKind = 'peerjs' | 'native';

/** One use of a signalling address. The token itself is not kept. */
export interface GrantRecord {
  readonly tokenHash: string;
  readonly kind: GrantKind;
  readonly booking: string;
  readonly seat: Role;
  readonly lease: string;
  readonly peerId: string;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
}

export interface NoteRecord {
  readonly seq: number;
  readonly id: string;
  readonly booking: string;
  readonly author: string;
  readonly providerName: string;
  readonly timestamp: Instant;
  readonly content: string;
  readonly kind: string | null;
  readonly amends: string | null;
}

/** Who may see an event; null: not this side. */
export interface Audience {
  readonly patient: string | null;
  readonly provider: string | null;
}

export interface EventRecord extends Audience {
  readonly seq: number;
  readonly type: string;
  /** JSON of core's `SessionEvent`. */
  readonly payload: string;
}

/** The answer that a repeated request with the same key gets. */
export interface RememberedAnswer {
  readonly requestHash: string;
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

/** What is recorded of who did what. Ids only: no name, no text, nothing about anybody's health. */
export type AuditAction =
  | 'bookings.read'
  | 'booking.read'
  | 'booking.booked'
  | 'booking.cancelled'
  | 'booking.rescheduled'
  | 'booking.completed'
  | 'booking.reopened'
  | 'booking.late'
  | 'booking.no-show'
  | 'booking.reassigned'
  | 'patient.admitted'
  | 'patient.held'
  | 'seat.taken'
  | 'seat.left'
  | 'ticket.given'
  | 'call.joined'
  | 'call.left'
  | 'signalling.opened'
  | 'events.followed'
  | 'notes.read'
  | 'note.added'
  | 'note.withdrawn'
  | 'history.read'
  | 'draft-key.read'
  | 'access.denied'
  | 'patient.exported'
  | 'patient.erased'
  | 'records.expired';

/** One entry of the audit trail, as its writer gives it. */
export interface AuditEntry {
  /** Who did it; null: the server by itself. */
  readonly actor: string | null;
  readonly action: AuditAction;
  readonly booking?: string | undefined;
  /** What else it is about: the id of a note or a person, the operation that was denied. */
  readonly subject?: string | undefined;
}

/** An entry in the chain. */
export interface AuditRecord extends AuditEntry {
  readonly seq: number;
  readonly at: Instant;
  /** Of the entry before. */
  readonly previous: string;
  readonly hash: string;
}

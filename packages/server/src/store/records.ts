import type {
  Admission,
  Attendance,
  Booking,
  DeviceCheck,
  GuestKind,
  Instant,
  Late,
  NoteKind,
  PresenceState,
  Role,
  Sending,
} from '@active-session/core';

/** Somebody who can sign in. */
export interface PersonRecord {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly initials: string;
  readonly specialty?: string | undefined;
  /** IANA zone, in which a provider's opening hours are meant. */
  readonly timeZone: string;
  /** False: can't sign in and can't be booked any more. Left out: true. */
  readonly active?: boolean | undefined;
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

/** What a command changes of a booking; null takes a value away. */
export interface BookingChange {
  readonly status?: Booking['status'];
  readonly completedAt?: string | null;
  readonly cancelledAt?: string;
  readonly cancelledBy?: Role;
  readonly cancelReason?: string;
  readonly late?: Late | null;
  /** A new life at another time: who attended the old one, and who was let in, counts no more. */
  readonly moved?: { readonly start: Instant; readonly end: Instant; readonly from: Instant };
  readonly provider?: Pick<PersonRecord, 'id' | 'name' | 'initials' | 'timeZone'>;
}

/** Bookings of a patient that a provider had, or wrote notes in. */
export interface HistoryFilter {
  readonly provider: string;
  readonly patient: string;
  /** Only what began before this, or was completed. */
  readonly before: Instant;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly kind?: NoteKind | undefined;
  /** In the order of start, then id, downwards. */
  readonly after?: { readonly start: Instant; readonly id: string } | undefined;
  readonly limit: number;
}

/** A booking as it stood when a provider handed it over, in what they may know of it since. */
export interface HandoverRecord extends Pick<
  BookingRecord,
  | 'provider'
  | 'providerName'
  | 'providerInitials'
  | 'dateTime'
  | 'durationMinutes'
  | 'timeZone'
  | 'status'
  | 'version'
  | 'completedAt'
  | 'rescheduledFrom'
> {
  readonly booking: string;
  readonly at: Instant;
}

/** `left`: what the booking was to a provider whose it is not any more. */
export interface HistoryRecord {
  readonly booking: BookingRecord;
  readonly left?: HandoverRecord;
}

/** A booking that was ended because its patient was erased. */
export interface CalledOff {
  readonly id: string;
  readonly as: 'completed' | 'cancelled';
}

/** What the provider decided about a patient who came to the waiting room. */
export interface AdmissionRecord {
  readonly state: 'admitted' | 'held';
  /** What the provider says to who is held. */
  readonly message: string | null;
}

export interface BookingFilter {
  readonly person: string;
  readonly status?: Booking['status'] | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** After this booking in the order of start, then id. */
  readonly after?: { readonly start: Instant; readonly id: string } | undefined;
  readonly limit: number;
}

/** Somebody with a seat in one session, by a link. */
export interface GuestRecord {
  /** `guest:` and random. */
  readonly id: string;
  readonly booking: string;
  readonly seat: string;
  readonly name: string;
  readonly kind: GuestKind;
  readonly invitedAt: Instant;
  /** From then on the link and the seat are void. */
  readonly removedAt: Instant | null;
  /** The token itself is not kept. */
  readonly tokenHash: string;
  readonly admission: Admission;
  /** What the provider says to who is held. */
  readonly message: string | null;
  /** When they were last in the call. */
  readonly joinedAt: Instant | null;
  readonly leftAt: Instant | null;
}

/** Who holds a seat of a booking, until when. Renewed by compare-and-set on `lease`; an expired one never comes back. */
export interface LeaseRecord {
  readonly booking: string;
  /** `patient`, `provider`, or a guest's. */
  readonly seat: string;
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
  /** What the device check of its page found. */
  readonly devices: DeviceCheck | null;
  /** What it sends into the call. */
  readonly sending: Sending | null;
}

export type GrantKind = 'peerjs' | 'native';

/** One use of a signalling address. The token itself is not kept. */
export interface GrantRecord {
  readonly tokenHash: string;
  readonly kind: GrantKind;
  readonly booking: string;
  readonly seat: string;
  readonly lease: string;
  readonly peerId: string;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
}

/** The secret that a person's drafts are encrypted with. */
export interface DraftKeyRecord {
  readonly id: string;
  /** 32 bytes in base64url. */
  readonly key: string;
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
  readonly withdrawnAt: Instant | null;
}

/** Who may see an event; null: not this side. */
export interface Audience {
  readonly patient: string | null;
  readonly provider: string | null;
  /** Left out: no guest. */
  readonly guest?: string | null;
}

export interface EventRecord extends Audience {
  readonly seq: number;
  readonly type: string;
  /** JSON of core's `SessionEvent`. */
  readonly payload: string;
}

/** What an event is about, so that it can be found when somebody's rights change. */
export interface EventSubject {
  readonly booking: string;
  readonly note: string | null;
}

/** The answer that a repeated request with the same key gets. */
export interface RememberedAnswer {
  readonly requestHash: string;
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
  | 'guest.invited'
  | 'guest.removed'
  | 'guest.admitted'
  | 'guest.held'
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
  /** What else it is about: the id of a note or a person, the operation that was denied, why a frame did not pass. */
  readonly subject?: string | undefined;
}

/** An entry in the chain, as it is kept. `action` is any text: who changes a row changes it to anything. */
export interface AuditRecord {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: string | null;
  readonly action: string;
  readonly booking: string | null;
  readonly subject: string | null;
  /** Hash of the entry before. */
  readonly previous: string;
  readonly hash: string;
}

/** The last entry of the chain, which stands for all before it. Before the first entry: 0 and the empty hash. */
export type AuditHead = Pick<AuditRecord, 'seq' | 'hash'>;

/** A row as it is given out: instants as ISO 8601, every column under its name. */
export type RecordRow = Readonly<Record<string, string | number | boolean | null>>;

/** Everything that is kept about one patient. */
export interface PatientRecords {
  readonly person: RecordRow;
  readonly bookings: readonly {
    readonly booking: RecordRow;
    readonly attendance: readonly RecordRow[];
    readonly admissions: readonly RecordRow[];
    /** Without what their links are made of. */
    readonly guests: readonly RecordRow[];
    readonly seats: readonly RecordRow[];
    /** As they stood when a former provider handed the booking over. */
    readonly handovers: readonly RecordRow[];
    /** Of withdrawn ones not the content: what stood in the wrong chart is about somebody else. */
    readonly notes: readonly RecordRow[];
  }[];
  /** What they did, and what others did with what is about them. */
  readonly audit: readonly RecordRow[];
}

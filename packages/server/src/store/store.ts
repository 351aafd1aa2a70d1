import type { Instant, Role } from '@active-session/core';
import type {
  Audience,
  AuditEntry,
  BookingChange,
  BookingFilter,
  BookingRecord,
  EventRecord,
  GrantRecord,
  LeaseRecord,
  NoteRecord,
  OpeningHours,
  PersonRecord,
  RememberedAnswer,
} from './records.js';

export interface PeopleTable {
  person(id: string): Promise<PersonRecord | undefined>;
  providers(): Promise<readonly PersonRecord[]>;
  openingHours(provider: string): Promise<readonly OpeningHours[]>;
  putPerson(person: PersonRecord): Promise<void>;
  /** All opening hours of a provider, in place of the former ones. */
  putOpeningHours(provider: string, hours: readonly OpeningHours[]): Promise<void>;
}

export interface BookingsTable {
  get(id: string): Promise<BookingRecord | undefined>;
  list(filter: BookingFilter): Promise<readonly BookingRecord[]>;
  /** Scheduled bookings of a person that start at or after `since` or whose call is, or lately was, live. */
  candidates(person: string, since: Instant): Promise<readonly BookingRecord[]>;
  /** Scheduled bookings that both attended and nobody is in now. */
  attended(): Promise<readonly BookingRecord[]>;
  /** Bookings of a provider, not cancelled, that overlap `[from, to)`. */
  taken(provider: string, from: Instant, to: Instant): Promise<readonly { start: Instant; end: Instant }[]>;
  /** False when the provider has another booking at that start: a constraint of the database, not a look before. */
  insert(booking: BookingRecord): Promise<boolean>;
  /** Changes it and raises its version, if its version is still `version`. */
  update(id: string, version: number, change: BookingChange): Promise<boolean>;
  openAttendance(booking: string, seat: Role, joinedAt: Instant): Promise<void>;
  closeAttendance(booking: string, seat: Role, leftAt: Instant): Promise<void>;
}

export interface SeatsTable {
  lease(booking: string, seat: Role): Promise<LeaseRecord | undefined>;
  leasesOf(booking: string): Promise<readonly LeaseRecord[]>;
  leases(): Promise<readonly LeaseRecord[]>;
  /** In place of whatever lease the seat had. */
  put(lease: LeaseRecord): Promise<void>;
  /** Changes a lease that is still the seat's own and not expired. */
  renew(key: LeaseKey, now: Instant, change: LeaseChange): Promise<boolean>;
  /** Cuts what is left of a lease to end at `expiresAt`, if it would end later. */
  shorten(key: LeaseKey, expiresAt: Instant): Promise<void>;
  drop(key: LeaseKey): Promise<void>;
  putGrant(grant: GrantRecord): Promise<void>;
  grant(tokenHash: string): Promise<GrantRecord | undefined>;
  /** False when somebody used it first. */
  useGrant(tokenHash: string, now: Instant): Promise<boolean>;
  dropUnusedGrants(key: LeaseKey): Promise<void>;
  dropGrants(key: LeaseKey): Promise<void>;
  purgeGrants(expiredBefore: Instant): Promise<void>;
}

export type LeaseKey = Pick<LeaseRecord, 'booking' | 'seat' | 'lease'>;
export type LeaseChange = Partial<Pick<LeaseRecord, 'state' | 'since' | 'reportedAt' | 'expiresAt' | 'peerId'>>;

export interface NotesTable {
  get(booking: string, id: string): Promise<NoteRecord | undefined>;
  /** In order, after the note `after`. */
  list(booking: string, after: number, limit: number): Promise<readonly NoteRecord[]>;
  last(booking: string): Promise<NoteRecord | undefined>;
  insert(note: Omit<NoteRecord, 'seq'>): Promise<void>;
}

/** What happened, in commit order, written in the transaction of its effect. */
export interface EventsTable {
  append(event: Omit<EventRecord, 'seq'>, now: Instant): Promise<void>;
  /** After `seq`, in order; with `person`, only what that person may see. */
  after(seq: number, limit: number, person?: string): Promise<readonly EventRecord[]>;
  /** The last seq ever given, and the first that is still kept. */
  span(): Promise<{ readonly head: number; readonly oldest: number }>;
  purge(before: Instant): Promise<void>;
}

export interface AnswersTable {
  recall(person: string, route: string, key: string): Promise<RememberedAnswer | undefined>;
  remember(person: string, route: string, key: string, answer: RememberedAnswer, now: Instant): Promise<void>;
  purge(before: Instant): Promise<void>;
}

/** Append-only, each entry chained to the one before by its hash. */
export interface AuditTable {
  append(entry: AuditEntry, now: Instant): Promise<void>;
}

/** All of the data at one moment; inside a transaction, nobody else writes meanwhile. */
export interface StoreView {
  readonly people: PeopleTable;
  readonly bookings: BookingsTable;
  readonly seats: SeatsTable;
  readonly notes: NotesTable;
  readonly events: EventsTable;
  readonly answers: AnswersTable;
  readonly audit: AuditTable;
}

/** Where the server keeps everything that must outlive it. What was acknowledged is on the disk. */
export interface Store {
  /** Random, made with the database: event ids of another database are known as foreign. */
  readonly instance: string;
  /** All of `work` or nothing. Don't call the store itself inside `work`: use the view. */
  transaction<T>(work: (view: StoreView) => Promise<T>): Promise<T>;
  read<T>(work: (view: StoreView) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The database can't be written or read now; nothing was changed, and the same request may succeed later. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

export type { Audience };

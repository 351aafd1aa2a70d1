import type { Instant, Role } from '@active-session/core';
import type {
  AdmissionRecord,
  AuditEntry,
  AuditHead,
  AuditRecord,
  BookingChange,
  BookingFilter,
  BookingRecord,
  CalledOff,
  DraftKeyRecord,
  EventRecord,
  EventSubject,
  GrantRecord,
  GuestRecord,
  HandoverRecord,
  HistoryFilter,
  HistoryRecord,
  LeaseRecord,
  NoteRecord,
  OpeningHours,
  PatientRecords,
  PersonRecord,
  RememberedAnswer,
} from './records.js';

export interface PeopleTable {
  person(id: string): Promise<PersonRecord | undefined>;
  /** Who can be booked. */
  providers(): Promise<readonly PersonRecord[]>;
  /** Those of these ids, of people and of guests, who are nobody here, or are not active any more. */
  gone(ids: readonly string[]): Promise<readonly string[]>;
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
  /** Scheduled bookings that start in `[from, to)`, that both attended and all have left by `leftBy`; the oldest 1,000. */
  attended(range: { from: Instant; to: Instant; leftBy: Instant }): Promise<readonly BookingRecord[]>;
  /** Bookings of a provider, not cancelled, that overlap `[from, to)`; without the booking `except`. */
  taken(
    provider: string,
    from: Instant,
    to: Instant,
    except?: string,
  ): Promise<readonly { start: Instant; end: Instant }[]>;
  /** What a provider may look up of a patient, newest first. */
  history(filter: HistoryFilter): Promise<readonly HistoryRecord[]>;
  /** In place of what was kept when the same provider handed the same booking over before. */
  putHandover(handover: HandoverRecord): Promise<void>;
  /** Whether a provider has, or had and wrote notes in, any booking of this patient. */
  know(provider: string, patient: string): Promise<boolean>;
  /** False when the provider has another booking at that start: a constraint of the database, not a look before. */
  insert(booking: BookingRecord): Promise<boolean>;
  /** Changes it and raises its version, if its version is still `version`. */
  update(id: string, version: number, change: BookingChange): Promise<boolean>;
  openAttendance(booking: string, seat: Role, joinedAt: Instant): Promise<void>;
  /** Opens a seat's last entry again; with `joinedAt`, as one that began then. */
  reopenAttendance(booking: string, seat: Role, joinedAt?: Instant): Promise<void>;
  closeAttendance(booking: string, seat: Role, leftAt: Instant): Promise<void>;
  admission(booking: string): Promise<AdmissionRecord | undefined>;
  putAdmission(booking: string, admission: AdmissionRecord): Promise<void>;
  dropAdmission(booking: string): Promise<void>;
}

/** Who was invited into a session and has no account. */
export interface GuestsTable {
  /** Of a booking, who is not removed, in the order of their seats. */
  of(booking: string): Promise<readonly GuestRecord[]>;
  /** Also one who is removed. */
  get(id: string): Promise<GuestRecord | undefined>;
  /** Also one who is removed. */
  byToken(tokenHash: string): Promise<GuestRecord | undefined>;
  /** False when the seat has somebody: a constraint of the database, not a look before. */
  insert(guest: GuestRecord): Promise<boolean>;
  change(id: string, change: GuestChange): Promise<void>;
}

export type GuestChange = Partial<Pick<GuestRecord, 'removedAt' | 'admission' | 'message' | 'joinedAt' | 'leftAt'>>;

export interface SeatsTable {
  lease(booking: string, seat: string): Promise<LeaseRecord | undefined>;
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
  dropGrant(tokenHash: string): Promise<void>;
  dropUnusedGrants(key: LeaseKey): Promise<void>;
  dropGrants(key: LeaseKey): Promise<void>;
  purgeGrants(expiredBefore: Instant): Promise<void>;
}

export type LeaseKey = Pick<LeaseRecord, 'booking' | 'seat' | 'lease'>;
export type LeaseChange = Partial<
  Pick<LeaseRecord, 'state' | 'since' | 'reportedAt' | 'expiresAt' | 'peerId' | 'devices' | 'sending'>
>;

export interface NotesTable {
  get(booking: string, id: string): Promise<NoteRecord | undefined>;
  /** In order, after the note `after`. */
  list(booking: string, after: number, limit: number, author?: string): Promise<readonly NoteRecord[]>;
  /** How many notes each of these bookings has; one that has none is not there. */
  counts(bookings: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** All notes of these bookings, in order. */
  of(bookings: readonly string[]): Promise<readonly NoteRecord[]>;
  /** Whether this person wrote a note in this booking. */
  wrote(author: string, booking: string): Promise<boolean>;
  last(booking: string): Promise<NoteRecord | undefined>;
  insert(note: Omit<NoteRecord, 'seq'>): Promise<void>;
  /** False when it was withdrawn before. */
  withdraw(booking: string, id: string, at: Instant): Promise<boolean>;
}

/** What happened, in commit order, written in the transaction of its effect. */
export interface EventsTable {
  append(event: Omit<EventRecord, 'seq'> & EventSubject, now: Instant): Promise<void>;
  /** What was told of a note is from now on told to the patient only, as withdrawn. */
  blankNote(booking: string, note: string, withdrawnAt: Instant): Promise<void>;
  /** What was told of a booking to this provider is not theirs any more. */
  detach(booking: string, provider: string): Promise<void>;
  /** Whether a person missed more than `limit` events since `seq`. */
  exceeds(seq: number, limit: number, person: string): Promise<boolean>;
  /** After `seq`, in order; with `person`, only what that person may see. */
  after(seq: number, limit: number, person?: string): Promise<readonly EventRecord[]>;
  /** The last seq ever given, and the first that is still kept. */
  span(): Promise<{ readonly head: number; readonly oldest: number }>;
  purge(before: Instant): Promise<void>;
}

/** The secrets that drafts on people's devices are encrypted with. */
export interface DraftKeysTable {
  get(person: string): Promise<DraftKeyRecord | undefined>;
  insert(person: string, key: DraftKeyRecord): Promise<void>;
}

export interface AnswersTable {
  recall(person: string, route: string, key: string): Promise<RememberedAnswer | undefined>;
  remember(person: string, route: string, key: string, answer: RememberedAnswer, now: Instant): Promise<void>;
  purge(before: Instant): Promise<void>;
}

/** Append-only, each entry chained to the one before by its hash. */
export interface AuditTable {
  append(entry: AuditEntry, now: Instant): Promise<void>;
  head(): Promise<AuditHead>;
  /** In order, after `seq`. */
  after(seq: number, limit: number): Promise<readonly AuditRecord[]>;
  /** Where the chain began anew each time that its beginning was removed, in order. */
  anchors(): Promise<readonly AuditHead[]>;
  /** Removes the entries up to the first that is not older than `before`. The new anchor, if there were any. */
  removeBefore(before: Instant, now: Instant): Promise<AuditHead | undefined>;
}

/** What is kept about people, for who has to give it out or make it go away. */
export interface RecordsTable {
  /** Everything about a patient but copies of it (events, remembered answers) and secrets. */
  about(patient: string): Promise<PatientRecords | undefined>;
  /** All bookings of a patient. */
  bookingsOf(patient: string): Promise<readonly string[]>;
  /**
   * Bookings that ended before this, with a name, a text or a note in them and nobody in the call; none of which a note
   * is as young. In the order of their ids, after `after`.
   */
  endedBefore(before: Instant, after: string, limit: number): Promise<readonly string[]>;
  /**
   * Takes what was said and written out of these bookings, with every copy. What stays is who had a booking with whom
   * and when, and which notes there were; they are withdrawn.
   */
  eraseContent(bookings: readonly string[], now: Instant): Promise<void>;
  /** Whether what was said and written in it was taken away. */
  isErased(booking: string): Promise<boolean>;
  /**
   * Ends every call in these bookings, and those of them that are still to be held or may still be open: as completed
   * where both were in the call, else as cancelled. Returns what it ended, in the order of their ids.
   */
  callOff(bookings: readonly string[], now: Instant): Promise<readonly CalledOff[]>;
  /** Takes away a person's name with everything else about them, and their sign-in. */
  erasePerson(id: string): Promise<void>;
  /** The pages of the patients and providers of these bookings read everything anew. */
  resetPages(bookings: readonly string[], now: Instant): Promise<void>;
}

/** All of the data at one moment; inside a transaction, nobody else writes meanwhile. */
export interface StoreView {
  readonly people: PeopleTable;
  readonly bookings: BookingsTable;
  readonly seats: SeatsTable;
  readonly guests: GuestsTable;
  readonly notes: NotesTable;
  readonly events: EventsTable;
  readonly answers: AnswersTable;
  readonly draftKeys: DraftKeysTable;
  readonly audit: AuditTable;
  readonly records: RecordsTable;
}

/** Where the server keeps everything that must outlive it. What was acknowledged is on the disk. */
export interface Store {
  /** Random, made with the database: event ids of another database are known as foreign. */
  readonly instance: string;
  /** All of `work` or nothing. Don't call the store itself inside `work`: use the view. */
  transaction<T>(work: (view: StoreView) => Promise<T>): Promise<T>;
  read<T>(work: (view: StoreView) => Promise<T>): Promise<T>;
  /**
   * Writes the files anew, so that nothing that was removed can be found in them. Others wait to write meanwhile.
   *
   * @throws StoreUnavailableError while another process keeps it busy, or where the disk has no room
   */
  compact(): Promise<void>;
  close(): Promise<void>;
}

/** The database can't be written or read now; nothing was changed, and the same request may succeed later. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

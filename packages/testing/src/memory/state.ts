import {
  DEFAULT_WINDOW_POLICY,
  judge,
  SessionError,
  toInstant,
  toIso,
  type Attendance,
  type AttendanceEntry,
  type Booking,
  type BookingId,
  type Clock,
  type Instant,
  type Party,
  type PresenceState,
  type ProviderNote,
  type Role,
  type SessionEvent,
  type Verdict,
  type WindowPolicy,
} from '@active-session/core';

export interface MemoryPerson {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  /** Made from the name where left out. */
  readonly initials?: string;
  readonly specialty?: string;
  readonly timeZone?: string;
}

/** When providers can be booked, every day, in minutes after midnight UTC. */
export interface MemoryHours {
  readonly from: number;
  readonly to: number;
  readonly slotMinutes: number;
}

export type MemoryBooking = Booking & {
  readonly patient: string;
  readonly patientName: string;
  readonly durationMinutes: number;
  readonly version: number;
  readonly attendance: Attendance;
};

export interface Lease {
  readonly person: string;
  readonly holder: string;
  readonly lease: string;
  state: Exclude<PresenceState, 'away'>;
  since: Instant;
  reportedAt: Instant;
  expiresAt: Instant;
  peerId: string | null;
}

export interface Row {
  booking: MemoryBooking;
  readonly leases: Map<Role, Lease>;
  notes: readonly ProviderNote[];
}

export interface MemoryOptions {
  readonly clock: Clock;
  readonly people: readonly MemoryPerson[];
  readonly policy?: WindowPolicy;
  readonly hours?: MemoryHours;
  /** How long a seat lives without a presence report, and how often one is asked for; ms. */
  readonly leaseTime?: number;
  readonly renewEvery?: number;
  /** Most items on one page of a list. */
  readonly pageSize?: number;
  /** ms that each request takes. */
  readonly latency?: number;
}

export interface LoggedEvent {
  readonly id: number;
  readonly event: SessionEvent;
}

/** Everything that the backend knows. */
export interface State {
  readonly options: Required<Omit<MemoryOptions, 'clock'>>;
  readonly people: ReadonlyMap<string, MemoryPerson>;
  readonly rows: Map<string, Row>;
  /** Answers to requests to book, by person and idempotency key. */
  readonly booked: Map<string, { request: string; booking: Booking }>;
  /** What each person was told, in commit order. */
  readonly log: Map<string, LoggedEvent[]>;
  /** The server's clock. */
  readonly now: () => Instant;
  nextId(kind: string): string;
  tell(people: readonly string[], event: SessionEvent): void;
  /** Called after each change. */
  onChange: () => void;
}

const ROLES = ['patient', 'provider'] as const;

export function createState(given: MemoryOptions, now: () => Instant): State {
  const options: State['options'] = {
    policy: DEFAULT_WINDOW_POLICY,
    hours: { from: 0, to: 24 * 60, slotMinutes: 30 },
    leaseTime: 90_000,
    renewEvery: 20_000,
    pageSize: 50,
    latency: 0,
    ...given,
  };
  let counter = 0;
  let eventId = 0;
  const log = new Map(options.people.map(({ id }): [string, LoggedEvent[]] => [id, []]));
  const state: State = {
    options,
    people: new Map(options.people.map((person) => [person.id, person])),
    rows: new Map(),
    booked: new Map(),
    log,
    now,
    nextId: (kind) => `${kind}-${(counter += 1)}`,
    tell(people, event) {
      eventId += 1;
      for (const person of new Set(people)) log.get(person)?.push({ id: eventId, event });
      state.onChange();
    },
    onChange: () => undefined,
  };
  return state;
}

export function personOf(state: State, id: string): MemoryPerson {
  const person = state.people.get(id);
  if (person === undefined) throw new SessionError('unauthenticated', `Nobody is called ${id} here.`);
  return person;
}

/** A booking of this person and who they are in it; somebody else's is like one that does not exist. */
export function ownRow(state: State, person: string, id: BookingId): { row: Row; role: Role } {
  const row = state.rows.get(String(id));
  const role = ROLES.find((candidate) => row?.booking[candidate] === person);
  if (row === undefined || role === undefined) throw new SessionError('not-found', 'You have no such booking.');
  return { row, role };
}

export function verdictOf({ options, now }: State, { booking }: Row, role: Role): Verdict {
  return judge({ booking, attendance: booking.attendance, now: now(), policy: options.policy, role });
}

/** @throws SessionError that says why this booking gives no access now */
export function requireOpen(state: State, row: Row, role: Role): void {
  const { phase, opensAt } = verdictOf(state, row, role);
  if (phase === 'upcoming') throw new SessionError('outside-window', 'It is too early.', { opensAt });
  if (phase === 'expired') throw new SessionError('outside-window', 'It is too late.');
  if (phase === 'completed') throw new SessionError('session-ended', 'This session has ended.');
  if (phase === 'cancelled') throw new SessionError('session-cancelled', 'This booking was cancelled.');
}

/** Puts a change in place, as the next version, and tells both. */
export function change(state: State, row: Row, change: Partial<MemoryBooking>): MemoryBooking {
  row.booking = { ...row.booking, ...change, version: row.booking.version + 1 };
  state.tell(partiesTo(row), { type: 'booking.changed', booking: row.booking });
  return row.booking;
}

export function partiesTo({ booking }: Row): readonly string[] {
  return [booking.patient, booking.provider];
}

export function partiesOf({ booking, leases }: Row): Party[] {
  return ROLES.map((role) => {
    const lease = leases.get(role);
    const name = role === 'patient' ? booking.patientName : booking.providerName;
    return {
      seat: role,
      role,
      name,
      peerId: lease?.peerId ?? null,
      dials: role === 'provider',
      presence: lease?.state ?? 'away',
      since: lease === undefined ? null : toIso(lease.since),
    };
  });
}

export function tellPresence(state: State, row: Row): void {
  state.tell(partiesTo(row), {
    type: 'presence.changed',
    bookingId: row.booking.id,
    parties: partiesOf(row),
  });
}

/** The record of who is in the call: written when somebody comes or goes. */
export function attend(state: State, row: Row, role: Role, step: { in: boolean; at: Instant }): void {
  const { attendance } = row.booking;
  const isIn = attendance.some((entry) => entry.role === role && entry.leftAt === undefined);
  if (isIn === step.in) return;
  const at = toIso(step.at);
  const next = step.in
    ? [...attendance, { seat: role, role, joinedAt: at }]
    : attendance.map((entry) => (entry.role === role && entry.leftAt === undefined ? { ...entry, leftAt: at } : entry));
  change(state, row, { attendance: next });
}

/** Takes everybody out of their seat. */
export function cutSeats(row: Row): void {
  row.leases.clear();
}

export function attendanceClosed(row: Row, at: Instant): AttendanceEntry[] {
  return row.booking.attendance.map((entry) => (entry.leftAt === undefined ? { ...entry, leftAt: toIso(at) } : entry));
}

export function startOf(booking: Booking): Instant {
  return toInstant(booking.dateTime);
}

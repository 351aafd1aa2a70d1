import {
  DEFAULT_WINDOW_POLICY,
  SessionError,
  type Admission,
  type Attendance,
  type Booking,
  type Clock,
  type Contact,
  type DeviceCheck,
  type DraftKey,
  type GuestKind,
  type GuestStay,
  type Instant,
  type Invitation,
  type PresenceState,
  type ProviderNote,
  type Role,
  type Sending,
  type SessionEvent,
  type Ticket,
  type WindowPolicy,
} from '@active-session/core';
import type { OperationId } from '@active-session/core/contract';
import { createOnce, type Once } from './once.js';

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
  devices: DeviceCheck | undefined;
  sending: Sending | undefined;
}

/** Somebody with a seat in one session, by a link. */
export interface MemoryGuest {
  readonly id: string;
  readonly token: string;
  readonly booking: string;
  readonly seat: string;
  readonly name: string;
  readonly kind: GuestKind;
  admission: Admission;
  message: string | undefined;
  /** When they were last in the call. */
  stay: GuestStay;
  isRemoved: boolean;
}

/** What the provider decided about somebody in the waiting room. */
export interface Decision {
  readonly admission: 'admitted' | 'held';
  readonly message?: string | undefined;
}

export interface Row {
  booking: MemoryBooking;
  /** By seat; so are the guests. */
  readonly leases: Map<string, Lease>;
  readonly guests: Map<string, MemoryGuest>;
  notes: readonly ProviderNote[];
  /** Null: nothing yet; the policy says how the patient stands. */
  decision: Decision | null;
  /** What each former provider may know of it: how it stood when they handed it over, and when that was. */
  readonly handovers: Map<string, { readonly booking: Booking; readonly at: Instant }>;
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
  /** The operations of the contract that it has, said in `Me`; all of them where left out. */
  readonly offers?: readonly OperationId[];
  /** Whom to turn to where video can't be had. */
  readonly contact?: Contact;
  /** Which video engine tickets name; `peerjs` where left out. */
  readonly engine?: Ticket['engine'];
  /** Whether pages connect before the patient is let in; with engine `webrtc` only. */
  readonly preconnect?: 'all' | 'relay';
}

export interface LoggedEvent {
  readonly id: number;
  readonly event: SessionEvent;
}

type WithDefaults = 'policy' | 'hours' | 'leaseTime' | 'renewEvery' | 'pageSize' | 'latency';

/** Everything that the backend knows. */
export interface State {
  readonly options: Required<Pick<MemoryOptions, WithDefaults>> &
    Pick<MemoryOptions, 'offers' | 'contact' | 'engine' | 'preconnect'>;
  readonly people: ReadonlyMap<string, MemoryPerson>;
  readonly rows: Map<string, Row>;
  readonly booked: Once<Booking>;
  readonly noted: Once<ProviderNote>;
  readonly invited: Once<Invitation>;
  /** Every link that was ever given out, by its token. */
  readonly links: Map<string, MemoryGuest>;
  readonly draftKeys: Map<string, DraftKey>;
  /** What each person was told, in commit order. */
  readonly log: Map<string, readonly LoggedEvent[]>;
  /** The server's clock. */
  readonly now: () => Instant;
  /** Of all events, whoever was told. */
  readonly newestEvent: () => number;
  nextId(kind: string): string;
  /** One change, as each of them may see it. */
  tell(people: readonly string[], eventFor: (person: string) => SessionEvent): void;
  /** Called after each change. */
  onChange: () => void;
}

export function createState({ people, ...given }: Omit<MemoryOptions, 'clock'>, now: () => Instant): State {
  let counter = 0;
  let eventId = 0;
  const log = new Map<string, readonly LoggedEvent[]>();
  const state: State = {
    options: {
      policy: DEFAULT_WINDOW_POLICY,
      hours: { from: 0, to: 24 * 60, slotMinutes: 30 },
      leaseTime: 90_000,
      renewEvery: 20_000,
      pageSize: 50,
      latency: 0,
      ...given,
    },
    people: new Map(people.map((person) => [person.id, person])),
    rows: new Map(),
    booked: createOnce(),
    noted: createOnce(),
    invited: createOnce(),
    links: new Map(),
    draftKeys: new Map(),
    log,
    now,
    newestEvent: () => eventId,
    nextId: (kind) => `${kind}-${(counter += 1)}`,
    tell(told, eventFor) {
      eventId += 1;
      for (const person of new Set(told)) {
        log.set(person, [...(log.get(person) ?? []), { id: eventId, event: eventFor(person) }]);
      }
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

import type {
  Booking,
  Grant,
  Guest,
  FieldProblem,
  ProviderNote,
  Seat,
  SessionEvent,
  Ticket,
  VerdictWire,
} from '@active-session/core';

/** Every field that some answer has. Which of them are there is what the tests are about. */
export interface Body extends Pick<ProviderNote, 'timestamp' | 'content' | 'amends'>, Omit<Ticket, 'signalling'>, Seat {
  readonly id: string;
  readonly signalling: NonNullable<Ticket['signalling']>;
  // A booking's
  readonly status: string;
  readonly version: number;
  readonly attendance: NonNullable<Booking['attendance']>;
  readonly cancelReason: string | undefined;
  readonly late: Booking['late'];
  // A list's
  readonly items: readonly Body[];
  readonly cursor: string | undefined;
  readonly start: string;
  // GET /bookings/active
  readonly booking: Booking | null;
  readonly verdict: VerdictWire | null;
  // GET /me
  readonly serverTime: string;
  // A poll's
  readonly events: readonly { readonly id: string; readonly event: SessionEvent }[];
  readonly reset: true | undefined;
  // An invitation's
  readonly guest: Guest;
  readonly token: string;
  // GET /network-test
  readonly probe: Grant;
  // GET /me
  readonly role: string;
  readonly offers: readonly string[] | undefined;
  // A problem's
  readonly type: string;
  readonly detail: string | undefined;
  readonly requestId: string;
  readonly opensAt: string | undefined;
  readonly errors: readonly FieldProblem[];
}

/** Likewise of an event. */
export interface EventData {
  readonly booking: Booking;
  readonly note: ProviderNote;
  readonly serverTime: string;
  readonly every: number;
}

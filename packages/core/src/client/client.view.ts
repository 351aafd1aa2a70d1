import { chooseActive } from '../booking/booking.rules.js';
import type { Booking, BookingId } from '../booking/booking.schema.js';
import type { Instant } from '../booking/instant.schema.js';
import type { Party, PartyRole } from '../booking/party.schema.js';
import { DEFAULT_WINDOW_POLICY } from '../booking/policy.schema.js';
import type { Verdict } from '../booking/verdict.schema.js';
import type { FieldProblem, SessionError } from '../errors.js';
import type { UnsentNotes } from '../notes/unsent.view.js';
import type { EventsConnection } from '../ports/backend.port.js';
import type { Capabilities } from '../ports/capabilities.js';
import type { Me } from '../session/me.schema.js';
import { judgeFor, roleOf } from '../session/part.rules.js';

/** A booking with what the rules say of it now. */
export interface JudgedBooking {
  readonly booking: Booking;
  readonly role: PartyRole;
  readonly verdict: Verdict;
  /** Who is in its waiting room or call. */
  readonly parties: readonly Party[];
}

export interface ClientView {
  /** `loading` until the first answer; `failed` with `error` when there was none; `signed-out` for good. */
  readonly state: 'loading' | 'ready' | 'failed' | 'signed-out';
  readonly me: Me | null;
  /** Every booking of this person that is known, by time. */
  readonly bookings: readonly JudgedBooking[];
  /** The one to show now: open, else next, else null (rule 4). */
  readonly active: JudgedBooking | null;
  /** A provider's bookings of today, as provider, in order; empty for a patient. */
  readonly queue: readonly JudgedBooking[];
  readonly connection: EventsConnection;
  /** What this person has begun or shared on this page and the backend does not have, by booking. */
  readonly unsent: readonly UnsentNotes[];
  /** Bookings that came and could not be read. */
  readonly problems: readonly FieldProblem[];
  /** The last failure to read, until a reading succeeds. Data already here stays. */
  readonly error: SessionError | null;
  readonly can: Capabilities;
}

/** What the client knows of itself; its bookings are in the directory. */
export type ClientFacts = Pick<ClientView, 'state' | 'me' | 'connection' | 'unsent' | 'problems' | 'error' | 'can'>;

interface Known {
  readonly bookings: readonly Booking[];
  partiesOf(id: BookingId): readonly Party[];
  /** The backend's own verdict when it was read, where it gave one. */
  toldOf(id: BookingId): Verdict | null;
}

/** What the client shows at this moment: the facts, and every booking with what the rules say of it. */
export function clientView(facts: ClientFacts, known: Known, now: Instant): ClientView {
  const { me } = facts;
  if (me === null) return { ...facts, bookings: [], active: null, queue: [] };
  const bookings = known.bookings.map((booking): JudgedBooking => {
    const role = roleOf(booking, me);
    const { attendance = [] } = booking;
    const here = { inCall: false, lastIn: null, told: known.toldOf(booking.id) };
    const verdict = judgeFor({ booking, attendance, now, policy: me.policy, role, ...here });
    return { booking, role, verdict, parties: known.partiesOf(booking.id) };
  });
  // A guest has one session, which may be open to them for longer than to the patient.
  const own = me.role === 'guest' ? bookings.find(({ verdict }) => verdict.phase === 'open') : undefined;
  const chosen = chooseActive(
    known.bookings,
    (booking) => (roleOf(booking, me) === 'provider' ? 'provider' : 'patient'),
    now,
    me.policy,
  );
  return {
    ...facts,
    bookings,
    active: own ?? bookings.find(({ booking }) => booking === chosen) ?? null,
    queue: bookings.filter((item) => item.role === 'provider' && isOfToday(item, now)),
  };
}

/** When a verdict of these changes next by itself, if one does. */
export function nextChange({ bookings }: ClientView): Instant | null {
  const changes = bookings.flatMap(({ verdict }) => verdict.nextChangeAt ?? []);
  return changes.length === 0 ? null : Math.min(...changes);
}

/** Where the backend does not say who is signed in: a reader of their own bookings. */
export const NOBODY: Me = {
  id: '',
  role: 'patient',
  name: ' ',
  serverTime: '1970-01-01T00:00:00.000Z',
  policy: DEFAULT_WINDOW_POLICY,
};

/** On the device's own calendar day; one that is open counts on either side of midnight. */
function isOfToday({ booking, verdict }: JudgedBooking, now: Instant): boolean {
  return verdict.phase === 'open' || new Date(booking.dateTime).toDateString() === new Date(now).toDateString();
}

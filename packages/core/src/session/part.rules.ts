import { judge, roleIn, type VerdictInput } from '../booking/booking.rules.js';
import type { Booking } from '../booking/booking.schema.js';
import { judgeGuest, type GuestStay } from '../booking/guest.rules.js';
import { toIso, type Instant } from '../booking/instant.schema.js';
import type { PartyRole } from '../booking/party.schema.js';
import type { Verdict } from '../booking/verdict.schema.js';
import type { Me } from './me.schema.js';

/** Who somebody is in a booking: who came by a link is a guest, whatever the booking says. */
export function roleOf(booking: Booking, { id, role }: Pick<Me, 'id' | 'role'>): PartyRole {
  return role === 'guest' ? 'guest' : roleIn(booking, id);
}

/** The seat of this person, where it is known: the two whose booking it is have one by their role. */
export function seatIn(booking: Booking, me: Pick<Me, 'id' | 'role' | 'seat'>): string | null {
  const role = roleOf(booking, me);
  return role === 'guest' ? (me.seat ?? null) : role;
}

export interface PartInput extends Omit<VerdictInput, 'role'> {
  readonly role: PartyRole;
  /** Whether this person is in the call on this page, whatever the backend's record says by now. */
  readonly inCall: boolean;
  /** When they were in it on this page last; null: never. */
  readonly lastIn: Instant | null;
  /** What the backend said last: it knows of calls on pages that are gone. Of one on this page, the page knows more. */
  readonly told: Verdict | null;
}

/** The rule of access for whoever it is. */
export function judgeFor({ role, inCall, lastIn, told, ...input }: PartInput): Verdict {
  const { attendance, now } = input;
  if (role === 'guest')
    return judgeGuest({
      ...input,
      stay: stayOf({ inCall: inCall || (lastIn === null && isHeld(told, now)), lastIn, now }),
    });
  const own = { seat: role, role, joinedAt: toIso(now) };
  return judge({ ...input, attendance: inCall ? [...attendance, own] : attendance, role });
}

/** A guest's time in the call is in no record that they can read. */
function stayOf({ inCall, lastIn, now }: Pick<PartInput, 'inCall' | 'lastIn' | 'now'>): GuestStay {
  if (inCall) return { joinedAt: now, leftAt: null };
  return lastIn === null ? null : { joinedAt: lastIn, leftAt: lastIn };
}

/** Whether the backend holds the session open to them after the window. */
function isHeld(told: Verdict | null, now: Instant): boolean {
  if (told === null || told.phase !== 'open' || told.reason === 'in-window') return false;
  return told.nextChangeAt === null || now < told.nextChangeAt;
}

import { judge, type VerdictInput } from './booking.rules.js';
import { MOST_GUESTS } from './guest.schema.js';
import { toIso, type Instant } from './instant.schema.js';
import { roleSchema } from './policy.schema.js';
import type { Verdict } from './verdict.schema.js';

/** The seats that guests can have, in the order in which they are given. */
export const GUEST_SEATS: readonly string[] = Array.from({ length: MOST_GUESTS }, (_, index) => `guest-${index + 1}`);

/** When a guest was last in the call; `leftAt` null: they still are. Null: never. */
export type GuestStay = { readonly joinedAt: Instant; readonly leftAt: Instant | null } | null;

export interface GuestVerdictInput extends Omit<VerdictInput, 'role'> {
  readonly stay: GuestStay;
}

/**
 * The rule of access of a guest: the patient's window. After it, who was in may stay and come back as a patient may, for
 * as long as the session is open to the patient or the provider. A guest's stay is no attendance: it counts for nobody else.
 */
export function judgeGuest({ stay, attendance, ...input }: GuestVerdictInput): Verdict {
  const verdict = judge({ ...input, attendance: asAttendance(stay), role: 'patient' });
  if (verdict.phase !== 'open' || verdict.reason === 'in-window') return verdict;
  const isHeld = roleSchema.options.some((role) => judge({ ...input, attendance, role }).phase === 'open');
  return isHeld ? verdict : { ...verdict, phase: 'expired', reason: 'missed', nextChangeAt: null };
}

function asAttendance(stay: GuestStay): VerdictInput['attendance'] {
  if (stay === null) return [];
  const { joinedAt, leftAt } = stay;
  const left = leftAt === null ? {} : { leftAt: toIso(leftAt) };
  return [{ seat: 'guest', role: 'patient', joinedAt: toIso(joinedAt), ...left }];
}

import { judge, windowOf, type VerdictInput } from './booking.rules.js';
import { judgeGuest } from './guest.rules.js';
import { toInstant, type Instant } from './instant.schema.js';
import type { Admission, PartyRole } from './party.schema.js';
import type { Role, WindowPolicy } from './policy.schema.js';
import type { Verdict } from './verdict.schema.js';

/** What somebody can want to do with a booking. `enter`: be in its waiting room or call. */
export type BookingCommand =
  | 'enter'
  | 'cancel'
  | 'reschedule'
  | 'complete'
  | 'reopen'
  | 'admit'
  | 'hold'
  | 'late'
  | 'no-show'
  | 'reassign'
  | 'write'
  | 'withdraw'
  | 'invite'
  | 'remove-guest';

/**
 * What the rules say of a command. `done`: it is so already, which is answered like the first time and changes nothing.
 * `refused` says why as a code of `SessionErrorCode`, and when it opens where waiting helps.
 */
export type Permission =
  | { readonly is: 'allowed' }
  | { readonly is: 'done' }
  | {
      readonly is: 'refused';
      readonly code: 'forbidden' | 'outside-window' | 'session-ended' | 'session-cancelled' | 'conflict';
      readonly opensAt?: Instant;
    };

const ALLOWED: Permission = { is: 'allowed' };
const DONE: Permission = { is: 'done' };
const PROVIDER_ONLY: ReadonlySet<BookingCommand> = new Set([
  'reopen',
  'admit',
  'hold',
  'late',
  'no-show',
  'reassign',
  'write',
  'withdraw',
  'invite',
  'remove-guest',
]);

export interface PermitInput extends Omit<VerdictInput, 'role'> {
  readonly role: PartyRole;
}

/**
 * Whether this role may do this to this booking now: the rule of every command, used by the server to decide and by
 * views to offer. What only the server knows (a free slot, who holds a seat) is decided there, after this. A guest may
 * enter, and nothing else.
 */
export function permit(command: BookingCommand, { role, ...facts }: PermitInput): Permission {
  if (role !== 'guest') return permitOwn(command, { ...facts, role });
  if (command !== 'enter') return { is: 'refused', code: 'forbidden' };
  return permitEntry(judgeGuest({ ...facts, stay: null }));
}

function permitOwn(command: BookingCommand, input: VerdictInput): Permission {
  const { booking, role } = input;
  if (PROVIDER_ONLY.has(command) && role !== 'provider') return { is: 'refused', code: 'forbidden' };
  const verdict = judge(input);
  const { phase } = verdict;
  switch (command) {
    case 'enter':
    case 'admit':
    case 'hold':
      return permitEntry(verdict);
    case 'late':
    case 'invite':
    case 'remove-guest':
      return phase === 'open' || phase === 'upcoming' ? ALLOWED : refused(verdict);
    case 'complete':
      if (booking.status === 'completed') return DONE;
      // One that only waits to be settled is ended by whoever says so first.
      return phase === 'open' || phase === 'completed' ? ALLOWED : refused(verdict);
    case 'cancel':
      if (booking.status === 'cancelled') return DONE;
      return phase === 'upcoming' || phase === 'open' || (phase === 'expired' && role === 'provider')
        ? ALLOWED
        : refused(verdict);
    case 'no-show':
      return noShow(input, verdict);
    case 'reschedule':
      if (isLive(input)) return { is: 'refused', code: 'conflict' };
      return phase === 'upcoming' || phase === 'open' || (phase === 'expired' && role === 'provider')
        ? ALLOWED
        : refused(verdict);
    case 'reopen':
      if (phase === 'completed') {
        return input.now < verdict.closesAt ? ALLOWED : { is: 'refused', code: 'outside-window' };
      }
      return phase === 'open' ? DONE : refused(verdict);
    case 'reassign':
      return phase === 'cancelled' ? refused(verdict) : ALLOWED;
    case 'write':
      return phase === 'upcoming' || phase === 'cancelled' ? refused(verdict) : ALLOWED;
    case 'withdraw':
      return ALLOWED;
  }
}

/** Whether who has this verdict may be in the waiting room or the call. */
export function permitEntry(verdict: Verdict): Permission {
  return verdict.phase === 'open' ? ALLOWED : refused(verdict);
}

/** Whether somebody is in the call of this booking. */
export function isLive({ attendance }: Pick<VerdictInput, 'attendance'>): boolean {
  return attendance.some((entry) => entry.leftAt === undefined);
}

/** How somebody stands who comes into the waiting room and of whom nothing was decided. */
export function admissionAtFirst(role: Role, policy: WindowPolicy): Admission {
  return role === 'provider' || policy.admission !== 'provider' ? 'admitted' : 'asking';
}

/** Until when the provider can reopen a session that was ended: as long as its window is open. */
export function reopenableUntil({ booking, policy }: Pick<VerdictInput, 'booking' | 'policy'>): Instant | null {
  return booking.status === 'completed' ? windowOf(booking, policy, 'provider').closesAt : null;
}

/** Nobody has failed to come before the time, and nobody who was there has failed to. */
function noShow({ booking, attendance, now }: VerdictInput, verdict: Verdict): Permission {
  if (booking.status === 'cancelled' && booking.cancelReason === 'no-show') return DONE;
  if (booking.status !== 'scheduled') return refused(verdict);
  if (attendance.some((entry) => entry.role === 'patient')) return { is: 'refused', code: 'conflict' };
  const start = toInstant(booking.dateTime);
  return now < start ? { is: 'refused', code: 'outside-window', opensAt: start } : ALLOWED;
}

function refused({ phase, opensAt }: Verdict): Permission {
  switch (phase) {
    case 'completed':
      return { is: 'refused', code: 'session-ended' };
    case 'cancelled':
      return { is: 'refused', code: 'session-cancelled' };
    case 'upcoming':
      return { is: 'refused', code: 'outside-window', opensAt };
    case 'expired':
    case 'open':
      return { is: 'refused', code: 'outside-window' };
  }
}

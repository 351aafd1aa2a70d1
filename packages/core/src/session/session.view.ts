import type { SnapshotFrom } from 'xstate';
import type { Booking } from '../booking/booking.schema.js';
import { callStartedAt } from '../booking/booking.rules.js';
import { toInstant, type Instant } from '../booking/instant.schema.js';
import type { Phase, VerdictReason } from '../booking/verdict.schema.js';
import type { CallOutcome } from '../call/call.machine.js';
import { callView, type CallView } from '../call/call.view.js';
import type { Party, PartyRole } from '../booking/party.schema.js';
import type { FieldProblem, SessionError } from '../errors.js';
import type { ProviderNote } from '../notes/note.schema.js';
import type { OutboxItem } from '../notes/outbox.machine.js';
import { seatIn } from './part.rules.js';
import type { sessionMachine } from './session.machine.js';

/** The notes of a session as they are read. Notes already here stay through a later failure. */
export interface NotesView {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly notes: readonly ProviderNote[];
  /** Notes that came and could not be read. */
  readonly problems: readonly FieldProblem[];
  readonly error: SessionError | null;
}

/** All that a view needs to show one session. Times are the server's; what is left until one is the view's to count. */
export interface SessionView {
  /** `loading` until the booking is here; `missing`: there is no such booking for this person. */
  readonly state: 'loading' | 'ready' | 'missing' | 'failed';
  readonly booking: Booking | null;
  readonly role: PartyRole;
  /** Where this person sits among the parties; null where nobody knows. */
  readonly seat: string | null;
  readonly phase: Phase | null;
  readonly reason: VerdictReason | null;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly parties: readonly Party[];
  readonly call: CallView | null;
  /** How the last call on this page ended; null before one and while one runs. */
  readonly lastCall: CallOutcome | null;
  /** When both were in the call for the first time; the timer counts from here, through reloads and reconnects. */
  readonly callStartedAt: Instant | null;
  /** ms from then to the end; null unless it has ended. */
  readonly duration: number | null;
  readonly ending: boolean;
  readonly endError: SessionError | null;
  readonly canStart: boolean;
  readonly canEnd: boolean;
  readonly canWrite: boolean;
  readonly notes: NotesView;
  /** What this person writes and has not shared, the oldest first. */
  readonly drafts: readonly OutboxItem[];
  /** What they shared and the backend does not have. */
  readonly outbox: readonly OutboxItem[];
  readonly error: SessionError | null;
}

/** A session's snapshot as a view shows it: everything is derived, nothing is kept. */
export function sessionView(snapshot: SnapshotFrom<typeof sessionMachine>): SessionView {
  const { context, children } = snapshot;
  const { booking, verdict, role, ports } = context;
  const can = context.can();
  const phase = verdict?.phase ?? null;
  const call = children.call?.getSnapshot();
  const items = children.outbox?.getSnapshot().context.items ?? [];
  const ending = snapshot.matches({ open: 'ending' }) || snapshot.matches({ open: 'ending-later' });
  const startedAt = booking === null ? null : callStartedAt(booking.attendance ?? []);
  return {
    state: booking !== null ? 'ready' : context.error === null ? 'loading' : missingOrFailed(context.error),
    booking,
    role,
    seat: booking === null ? null : seatIn(booking, context.me()),
    phase,
    reason: verdict?.reason ?? null,
    opensAt: verdict?.opensAt ?? null,
    closesAt: verdict?.closesAt ?? null,
    parties: call?.status === 'active' && call.context.parties.length > 0 ? call.context.parties : context.parties,
    call: call?.status === 'active' ? callView(call) : null,
    lastCall: context.lastCall,
    callStartedAt: startedAt,
    duration: booking === null || phase !== 'completed' ? null : durationOf(booking, startedAt),
    ending,
    endError: context.endError,
    canStart: snapshot.matches({ open: 'out' }) && ports.call !== null && can.call,
    canEnd: phase === 'open' && role !== 'guest' && !ending && can.end,
    canWrite:
      role === 'provider' && can.writeNotes && (phase === 'open' || phase === 'completed' || phase === 'expired'),
    notes: notesView(snapshot),
    drafts: items.filter(({ state }) => state === 'draft'),
    outbox: items.filter(({ state }) => state !== 'draft'),
    error: context.error,
  };
}

function notesView({ children }: SnapshotFrom<typeof sessionMachine>): NotesView {
  const feed = children.feed?.getSnapshot();
  if (feed === undefined) return { state: 'loading', notes: [], problems: [], error: null };
  const { notes, problems, error } = feed.context;
  const state = feed.matches('failed') ? 'failed' : feed.matches('ready') || notes.length > 0 ? 'ready' : 'loading';
  return { state, notes, problems, error };
}

/** ms from when both were in the call to the end; null where they were not, or nobody knows. */
export function durationOf(booking: Booking, startedAt: Instant | null): number | null {
  if (startedAt === null) return null;
  const ends = (booking.attendance ?? []).flatMap(({ leftAt }) => (leftAt === undefined ? [] : [toInstant(leftAt)]));
  const end =
    ends.length > 0 ? Math.max(...ends) : booking.completedAt === undefined ? null : toInstant(booking.completedAt);
  return end === null ? null : Math.max(0, end - startedAt);
}

function missingOrFailed(error: SessionError): 'missing' | 'failed' {
  return error.code === 'not-found' ? 'missing' : 'failed';
}

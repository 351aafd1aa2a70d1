import { compareText } from '../booking/booking.rules.js';
import { permit, type BookingCommand } from '../booking/command.rules.js';
import type { DeviceCheck } from '../booking/device-check.schema.js';
import { MINUTE, toInstant, type Instant } from '../booking/instant.schema.js';
import { admissionOf, isAdmitted } from '../booking/party.rules.js';
import type { Party } from '../booking/party.schema.js';
import { DEFAULT_WINDOW_POLICY } from '../booking/policy.schema.js';
import type { Capabilities } from '../ports/capabilities.js';
import type { ClientView, JudgedBooking } from './client.view.js';

/**
 * How a session of a provider's day stands, in one word: of all that is true of it what matters most to its provider.
 *
 * - `in-call`, `waiting`, `asking`, `held`: the patient is there
 * - `left`: the patient was there, and is not now
 * - `late`: the provider has said that they come later, and that time is not over
 * - `absent`: its time has come, and the patient has not
 * - `next`: the first one that is to come
 */
export type QueueStatus =
  | 'in-call'
  | 'waiting'
  | 'asking'
  | 'held'
  | 'left'
  | 'late'
  | 'absent'
  | 'next'
  | 'later'
  | 'ended'
  | 'cancelled'
  | 'no-show'
  | 'missed';

/** What a provider can want to do with a session of their day. */
export type QueueCommand = 'join' | 'admit' | 'hold' | 'late' | 'no-show' | 'cancel' | 'reopen';

/** A session of a provider's day, with what there is to say of it and to do about it. */
export interface QueueItem extends JudgedBooking {
  readonly status: QueueStatus;
  /** Since when the patient is there; null where they are not, or nobody knows. */
  readonly since: Instant | null;
  /** What the check of a patient who waits has found wrong, worst first. In the call one sees and hears that. */
  readonly troubles: readonly (keyof DeviceCheck)[];
  /** Nothing of it is to come. */
  readonly isOver: boolean;
  /** What the rules and the backend allow now. */
  readonly commands: ReadonlySet<QueueCommand>;
}

/** A provider's sessions of today as they stand at this moment: by time, then by id. */
export function queueView(view: Pick<ClientView, 'queue' | 'can' | 'me'>, now: Instant): readonly QueueItem[] {
  const sorted = view.queue.toSorted(
    (a, b) => startOf(a) - startOf(b) || compareText(String(a.booking.id), String(b.booking.id)),
  );
  const coming = sorted.find((judged) => ['late', 'later'].includes(statusOf(judged, now)));
  return sorted.map((judged) => {
    const patient = patientOf(judged);
    const found = statusOf(judged, now);
    const status = judged === coming && found === 'later' ? 'next' : found;
    const isHere = patient !== undefined && patient.presence !== 'away';
    return {
      ...judged,
      status,
      since: isHere && patient.since !== null ? toInstant(patient.since) : null,
      troubles: troublesOf(judged, patient),
      isOver: !['open', 'upcoming'].includes(judged.verdict.phase),
      commands: commandsOf(judged, view, now),
    };
  });
}

function statusOf(judged: JudgedBooking, now: Instant): QueueStatus {
  const { booking, verdict } = judged;
  if (verdict.phase === 'completed') return 'ended';
  if (verdict.phase === 'cancelled') return verdict.reason === 'no-show' ? 'no-show' : 'cancelled';
  if (verdict.phase === 'expired') return 'missed';
  const patient = patientOf(judged);
  if (patient?.presence === 'in-call') return 'in-call';
  if (patient?.presence === 'waiting') {
    const admission = admissionOf(patient);
    return admission === 'admitted' ? 'waiting' : admission;
  }
  if ((booking.attendance ?? []).some(({ role }) => role === 'patient')) return 'left';
  const start = startOf(judged);
  if (booking.late !== undefined && now < start + booking.late.minutes * MINUTE) return 'late';
  return now < start ? 'later' : 'absent';
}

const CHECKED = ['microphone', 'speaker', 'camera', 'network'] as const;

function troublesOf({ verdict }: JudgedBooking, patient: Party | undefined): QueueItem['troubles'] {
  const { devices, presence } = patient ?? {};
  if (verdict.phase !== 'open' || presence !== 'waiting' || devices === undefined) return [];
  return CHECKED.filter((kind) => devices[kind] !== undefined && devices[kind] !== 'works');
}

interface Wanted {
  readonly rule: BookingCommand;
  readonly can: keyof Capabilities;
  /** Where it would say nothing new, or nothing that is so. */
  readonly isIdle?: (patient: Party | undefined) => boolean;
}

const isAway = (patient: Party | undefined): boolean => patient === undefined || patient.presence === 'away';

/** In the order in which they are offered. */
const COMMANDS: Readonly<Record<QueueCommand, Wanted>> = {
  join: { rule: 'enter', can: 'call' },
  admit: { rule: 'admit', can: 'admit', isIdle: (one) => isAway(one) || one === undefined || isAdmitted(one) },
  hold: { rule: 'hold', can: 'admit', isIdle: (one) => isAway(one) || one?.admission === 'held' },
  late: { rule: 'late', can: 'late', isIdle: (one) => one?.presence === 'in-call' },
  'no-show': { rule: 'no-show', can: 'noShow', isIdle: (one) => !isAway(one) },
  cancel: { rule: 'cancel', can: 'cancel' },
  reopen: { rule: 'reopen', can: 'reopen' },
};

const isCommand = (name: string): name is QueueCommand => Object.hasOwn(COMMANDS, name);

function commandsOf(
  judged: JudgedBooking,
  { can, me }: Pick<ClientView, 'can' | 'me'>,
  now: Instant,
): ReadonlySet<QueueCommand> {
  const { booking, role } = judged;
  const input = {
    booking,
    attendance: booking.attendance ?? [],
    now,
    policy: me?.policy ?? DEFAULT_WINDOW_POLICY,
    role,
  };
  const patient = patientOf(judged);
  const allowed = Object.keys(COMMANDS)
    .filter(isCommand)
    .filter((name) => {
      const { rule, can: capability, isIdle } = COMMANDS[name];
      return can[capability] && isIdle?.(patient) !== true && permit(rule, input).is === 'allowed';
    });
  return new Set(allowed);
}

function patientOf({ parties }: JudgedBooking): Party | undefined {
  return parties.find(({ role }) => role === 'patient');
}

function startOf({ booking }: JudgedBooking): Instant {
  return toInstant(booking.dateTime);
}

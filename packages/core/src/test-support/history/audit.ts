import type { Booking } from '../../booking/booking.schema.js';
import { admissionAtFirst } from '../../booking/command.rules.js';
import { phaseByRules, isOpen } from '../../booking/test-support/oracle.js';
import { roleSchema, type Role, type WindowPolicy } from '../../booking/policy.schema.js';
import type { Admission, Party } from '../../booking/party.schema.js';
import type { ProviderNote } from '../../notes/note.schema.js';
import type { SessionEvent } from '../../session/event.schema.js';

/** What must never be has been. */
export class Broken extends Error {}

export function insist(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what);
}

/** What came about, whom it was told, and in which order. */
export interface Told {
  readonly id: number;
  readonly person: string;
  readonly event: SessionEvent;
}

/** What was asked for since the last look, which alone may have some effects. */
export type Asked = 'cancel' | 'reopen' | 'reschedule' | 'reassign' | 'withdraw';

/** What may have come about since the last look: by which commands, and between which two true times. */
export interface Look {
  readonly asked: ReadonlySet<Asked>;
  readonly span: { readonly from: number; readonly to: number };
}

export interface Audit {
  /** Checks what the server told since the last look. */
  take(news: readonly Told[], look: Look): void;
  /** How the patient stands by what the server said last. */
  admissionOf(id: Booking['id']): Admission;
  /** The server's notes of a booking, as it told its provider. */
  notesOf(id: Booking['id']): readonly ProviderNote[];
  /** Every change of the record, in order. */
  readonly changes: readonly string[];
}

const ROLES = roleSchema.options;
const ms = (iso: string): number => new Date(iso).getTime();

/** Reads what the server tells like an examiner who knows the rules and trusts nobody. */
export function createAudit(policy: WindowPolicy): Audit {
  const known = new Map<string, Booking>();
  const notes = new Map<string, readonly ProviderNote[]>();
  const admissions = new Map<string, Admission>();
  const changes: string[] = [];

  const changed = (next: Booking, { asked, span }: Look): void => {
    const id = String(next.id);
    const before = known.get(id);
    if (before !== undefined) {
      // The other one was told the same.
      if (JSON.stringify(before) === JSON.stringify(next)) return;
      insist((next.version ?? 0) > (before.version ?? 0), `version ${next.version} after ${before.version}`);
      checkChange(before, next, asked, policy);
    }
    checkTimes(before, next, span);
    checkAttendance(next);
    if (before?.dateTime !== next.dateTime) admissions.delete(id);
    known.set(id, next);
    changes.push(JSON.stringify(next));
  };

  const noted = (id: string, reader: Role, note: ProviderNote, look: Look): void => {
    if (reader === 'patient') {
      insist(note.withdrawnAt === undefined || note.content === '', 'the patient was told what was withdrawn');
      return;
    }
    const list = notes.get(id) ?? [];
    const before = list.find((other) => other.id === note.id);
    checkNote(before, note, list.length, look);
    if (before === undefined) changes.push(note.content);
    notes.set(id, [...list.filter((other) => other !== before), note]);
  };

  const told = ({ person, event }: Told, look: Look): void => {
    if (event.type === 'booking.removed') {
      insist(look.asked.has('reassign'), 'a booking was taken away from somebody by nobody');
      return;
    }
    if (event.type === 'booking.changed') changed(event.booking, look);
    const id = String(event.type === 'booking.changed' ? event.booking.id : event.bookingId);
    const booking = known.get(id);
    const reader = ROLES.find((role) => booking?.[role] === person);
    insist(reader !== undefined, `${person} was told ${event.type} of somebody else's booking`);
    if (event.type === 'note.added') noted(id, reader, event.note, look);
    if (event.type !== 'presence.changed') return;
    checkParties(event.parties, reader);
    admissions.set(id, event.parties.find(({ role }) => role === 'patient')?.admission ?? 'admitted');
  };

  return {
    changes,
    admissionOf: (id) => admissions.get(String(id)) ?? admissionAtFirst('patient', policy),
    notesOf: (id) => notes.get(String(id)) ?? [],
    take(news, look) {
      for (const one of news.toSorted((a, b) => a.id - b.id)) told(one, look);
    },
  };
}

/** A note comes once, at the true time, and is not changed but by being withdrawn. */
function checkNote(before: ProviderNote | undefined, note: ProviderNote, earlier: number, { asked, span }: Look): void {
  if (before === undefined) {
    // Of two in one millisecond the later one has a later time.
    const at = ms(note.timestamp);
    insist(at >= span.from && at <= span.to + earlier, 'a note is of another time');
    return;
  }
  const { withdrawnAt, ...rest } = note;
  const { withdrawnAt: was, ...same } = before;
  insist(JSON.stringify(rest) === JSON.stringify(same), 'a note was changed');
  insist(was === undefined || was === withdrawnAt, 'a withdrawal was changed');
  insist(withdrawnAt === was || asked.has('withdraw'), 'a note was withdrawn by nobody');
}

/** Terminal states stay, but for a reopening; a session is completed once; nothing is completed that could not be. */
function checkChange(before: Booking, next: Booking, asked: ReadonlySet<Asked>, policy: WindowPolicy): void {
  insist(before.patient === next.patient && before.bookedAt === next.bookedAt, 'a booking became another one');
  insist(before.provider === next.provider || asked.has('reassign'), 'it was handed over by nobody');
  if (before.status === 'cancelled') insist(next.status === 'cancelled', 'a cancelled booking came back');
  if (before.status === 'completed' && next.status !== 'completed') {
    insist(next.status === 'scheduled' && asked.has('reopen'), `completed became ${next.status}`);
  }
  if (before.status === 'completed' && next.status === 'completed') {
    insist(before.completedAt === next.completedAt, 'it was completed twice');
  }
  if (before.status !== 'cancelled' && next.status === 'cancelled') {
    insist(asked.has('cancel'), 'it was cancelled by nobody');
  }
  if (before.status === 'scheduled' && next.status === 'completed') {
    insist(next.completedAt !== undefined, 'it was completed at no time');
    const now = ms(next.completedAt);
    const attendance = before.attendance ?? [];
    const phases = ROLES.map((role) => phaseByRules({ booking: before, attendance, now, policy, role }));
    insist(
      phases.some((phase) => phase === 'open' || phase === 'completed'),
      `it was completed while ${phases.join()}`,
    );
  }
  insist((next.status === 'completed') === (next.completedAt !== undefined), 'completed, and not');
  if (before.dateTime === next.dateTime) {
    checkComings(before, next, policy);
    return;
  }
  insist(asked.has('reschedule'), 'it was moved by nobody');
  insist(before.status === 'scheduled' && next.status === 'scheduled', 'what was over was moved');
  insist(
    (before.attendance ?? []).every(({ leftAt }) => leftAt !== undefined),
    'it was moved during a call',
  );
  insist((next.attendance ?? []).length === 0, 'who was there before counts for the new time');
}

/** Who is in the call came while the rules let them; what is written of it is not changed. */
function checkComings(before: Booking, next: Booking, policy: WindowPolicy): void {
  const { attendance: old = [] } = before;
  const { attendance: now = [] } = next;
  insist(now.length >= old.length, 'somebody who was there was not');
  for (const [index, entry] of now.entries()) {
    const was = old[index];
    if (was !== undefined) {
      const isSame = was.role === entry.role && was.joinedAt === entry.joinedAt;
      insist(isSame && (was.leftAt === undefined || was.leftAt === entry.leftAt), 'the record was changed');
    } else {
      const at = { booking: before, attendance: old, now: ms(entry.joinedAt), policy, role: entry.role };
      insist(isOpen(at), `${entry.role} came at ${entry.joinedAt}, when the rules let nobody in`);
    }
  }
}

function checkAttendance({ attendance = [], status }: Booking): void {
  for (const role of ROLES) {
    const open = attendance.filter((entry) => entry.role === role && entry.leftAt === undefined);
    insist(open.length <= 1, `${role} is in the call twice`);
    insist(status === 'scheduled' || open.length === 0, `${role} is in a call that is over`);
  }
  for (const { joinedAt, leftAt } of attendance) {
    insist(leftAt === undefined || ms(leftAt) >= ms(joinedAt), 'somebody left before they came');
  }
}

/** Whatever clocks the devices have, the record is of the true time. */
function checkTimes(before: Booking | undefined, next: Booking, { from, to }: Look['span']): void {
  const entries = next.attendance ?? [];
  const came = entries.slice(before?.dateTime === next.dateTime ? (before.attendance ?? []).length : 0);
  const times = [
    ...came.map(({ joinedAt }) => joinedAt),
    next.completedAt === before?.completedAt ? undefined : next.completedAt,
    next.cancelledAt === before?.cancelledAt ? undefined : next.cancelledAt,
    before === undefined ? next.bookedAt : undefined,
  ];
  for (const time of times) {
    insist(time === undefined || (ms(time) >= from && ms(time) <= to), `${time} is written, and it is another time`);
  }
}

/** Of each role there is one seat; who is not let in is not in the call, and can neither dial nor be dialled. */
function checkParties(parties: readonly Party[], reader: Role): void {
  insist(new Set(parties.map(({ seat }) => seat)).size === parties.length, 'a seat is there twice');
  const patient = parties.find(({ role }) => role === 'patient');
  if (patient === undefined || (patient.admission ?? 'admitted') === 'admitted') return;
  insist(patient.presence !== 'in-call', 'the patient is in the call and not admitted');
  for (const { role, peerId } of parties) {
    insist(role === reader || peerId === null, `the ${reader} can reach the ${role}, and she is not admitted`);
  }
}

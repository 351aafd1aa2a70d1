import type { Instant, SessionEvent, WindowPolicy } from '@active-session/core';
import type { Clock } from '../clock.js';
import type { Audience, AuditEntry, EventSubject, PersonRecord } from '../store/records.js';
import type { Store, StoreView } from '../store/store.js';
import type { ProbeTokens } from './probe-tokens.js';
import { Problem } from './problem.js';

/** Why a signalling socket is closed from here. */
export type CutReason = 'session-ended' | 'seat-taken' | 'seat-lost' | 'left';

/** The running connections that a change of rights reaches at once. */
export interface LiveConnections {
  /** Closes the signalling sockets of a lease. */
  cut(lease: string, reason: CutReason): void;
  /** The seat will be reachable under a new peer id as soon as its grant is used. */
  expect(peer: { booking: string; seat: string; lease: string; peerId: string }): void;
  /** Whether anything passes between this lease's sockets and others of the booking. Until it is said, nothing does. */
  admit(lease: string, isAdmitted: boolean): void;
  /** Who has lost all access is told what happened until now, and then nothing more. */
  dismissed(person: string): void;
  /** Events were committed. */
  published(): void;
}

/** What the operations on the data need. */
export interface Domain {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: WindowPolicy;
  /** Whether patient and provider may connect before the patient is let in. */
  readonly preconnects: boolean;
  readonly live: LiveConnections;
  readonly probes: ProbeTokens;
}

/** One transaction of one operation, at one moment. */
export interface Unit {
  readonly view: StoreView;
  readonly now: Instant;
  readonly policy: WindowPolicy;
  readonly preconnects: boolean;
  /** Told to whom it concerns, if and when this commits. */
  publish(event: SessionEvent, audience: Audience): Promise<void>;
  /** Put into the audit trail, if and when this commits. */
  audit(entry: AuditEntry): Promise<void>;
  /** For what can't be rolled back. Not called when this fails. */
  afterCommit(effect: (live: LiveConnections) => void): void;
}

/** One look at the data at one moment. Writing in it is refused by nobody, and wrong. */
export function readUnit<T>(domain: Domain, work: (unit: ReadUnit) => Promise<T>): Promise<T> {
  return domain.store.read((view) => {
    const { clock, policy, preconnects } = domain;
    return work({ view, now: clock.now(), policy, preconnects });
  });
}

export type ReadUnit = Pick<Unit, 'view' | 'now' | 'policy' | 'preconnects'>;

/** Runs `work` as one transaction; events and effects follow its commit. */
export async function commit<T>(domain: Domain, work: (unit: Unit) => Promise<T>): Promise<T> {
  const effects: ((live: LiveConnections) => void)[] = [];
  const result = await domain.store.transaction(async (view) => {
    const now = domain.clock.now();
    return work({
      view,
      now,
      policy: domain.policy,
      preconnects: domain.preconnects,
      async publish(event, audience) {
        const told = { ...audience, ...subjectOf(event), type: event.type, payload: JSON.stringify(event) };
        await view.events.append(told, now);
        if (!effects.includes(tellStreams)) effects.push(tellStreams);
      },
      audit: (entry) => view.audit.append(entry, now),
      afterCommit: (effect) => void effects.push(effect),
    });
  });
  for (const effect of effects) effect(domain.live);
  return result;
}

/**
 * A command of somebody, as one transaction. Who they are is read again in it: their account may have been closed, or
 * their name erased, while it waited for its turn.
 *
 * @throws Problem `forbidden`
 */
export function act<T>(domain: Domain, id: string, work: (unit: Unit, person: PersonRecord) => Promise<T>): Promise<T> {
  return commit(domain, async (unit) => {
    const person = await unit.view.people.person(id);
    if (person === undefined || person.active === false) {
      throw new Problem('forbidden', 'Nobody here goes by this sign-in.');
    }
    return work(unit, person);
  });
}

/**
 * What whoever takes part in a session does, a guest too. Others go by `act`: what is not said to be for guests is not.
 *
 * @throws Problem `forbidden`
 */
export function takePart<T>(domain: Domain, id: string, work: (unit: Unit) => Promise<T>): Promise<T> {
  return commit(domain, async (unit) => {
    if ((await unit.view.people.gone([id])).length > 0) {
      throw new Problem('forbidden', 'Nobody here goes by this sign-in.');
    }
    return work(unit);
  });
}

function subjectOf(event: SessionEvent): EventSubject {
  if (event.type === 'booking.changed') return { booking: String(event.booking.id), note: null };
  const note = event.type === 'note.added' ? (event.note.id ?? null) : null;
  return { booking: String(event.bookingId), note };
}

const tellStreams = (live: LiveConnections): void => live.published();

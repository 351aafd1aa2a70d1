import type { BookingId, Clock, MediaRequest, NoteKind, ProviderNote, SessionView } from '@active-session/core';
import type { Clinic, Page } from './clinic.js';
import { personFault, type Fault } from './faults.js';

/** The other side of a session, as a script says what they do. Each step resolves when it is so. */
export interface ScriptedParty {
  readonly page: Page;
  /** Comes into the waiting room; the call begins when the other one is there. */
  joins(media?: MediaRequest): Promise<void>;
  /** Hangs up; `joins` comes back. */
  leaves(): Promise<void>;
  /** Ends the session for both. */
  ends(): Promise<void>;
  /** Shares a note, and says what became of it. */
  writes(content: string, kind?: NoteKind): Promise<ProviderNote>;
  withdraws(note: ProviderNote): Promise<void>;
  admits(): Promise<void>;
  holds(message?: string): Promise<void>;
  runsLate(minutes: number, message?: string): Promise<void>;
  reopens(): Promise<void>;
  cancels(reason?: string): Promise<void>;
  /** To an ISO instant at which there is a free time. */
  movesTo(dateTime: string): Promise<void>;
  reassignsTo(provider: string): Promise<void>;
  /** Says that the patient did not come. */
  givesUp(): Promise<void>;
  /** Something goes wrong on their side, until the function that it gives is called. */
  suffers(fault: Fault): () => void;
}

export interface ScriptedPartyOptions {
  readonly person: string;
  readonly booking: BookingId;
  /** Their tab; a new one where left out. */
  readonly page?: Page;
}

/** A simulated clock can let everything happen that waits for no time. */
type SettlingClock = Clock & { settle?: () => Promise<void> };

/** ms of their clock in which a step must have happened. */
const PATIENCE = 10_000;

export function createScriptedParty(clinic: Clinic, options: ScriptedPartyOptions): ScriptedParty {
  const { person, booking: id, page = clinic.open(person) } = options;
  const clock: SettlingClock = clinic.clock;
  const session = page.watch(id);
  const { client } = page;

  const settled = async <T>(step: Promise<T>): Promise<T> => {
    const done = await step;
    await clock.settle?.();
    return done;
  };
  /** What a step waits for comes by events, so it is looked at each time that something has changed. */
  const until = async (what: string, isSo: (view: SessionView) => boolean): Promise<void> => {
    await clock.settle?.();
    if (isSo(session.getSnapshot())) return;
    if (clock.settle !== undefined) throw new Error(`${person} never ${what}; a step takes no time of its own.`);
    await new Promise<void>((resolve, reject) => {
      const deadline = clock.setTimeout(() => {
        subscription.unsubscribe();
        reject(new Error(`${person} never ${what}.`));
      }, PATIENCE);
      const subscription = session.subscribe((view) => {
        if (!isSo(view)) return;
        clock.clearTimeout(deadline);
        subscription.unsubscribe();
        resolve();
      });
    });
  };
  const known = (): Promise<void> => until('saw the booking', ({ state }) => state === 'ready');

  return {
    page,
    async joins(media) {
      await until('could join', ({ canStart }) => canStart);
      session.start(media);
      await until('was in the waiting room', ({ call }) => call !== null && call.state !== 'preparing');
    },
    async leaves() {
      session.leave();
      await until('was out of the call', ({ call }) => call === null);
    },
    async ends() {
      await known();
      session.end();
      await until('ended the session', ({ phase }) => phase === 'completed');
    },
    async writes(content, kind) {
      await known();
      const before = session.getSnapshot().notes.notes.length;
      session.shareNote(session.writeNote({ content, ...(kind === undefined ? {} : { kind }) }));
      await until('had shared the note', ({ outbox, notes }) => outbox.length === 0 && notes.notes.length > before);
      const note = session.getSnapshot().notes.notes.findLast((candidate) => candidate.content === content);
      if (note === undefined) throw new Error('The note that was shared is not there.');
      return note;
    },
    async withdraws({ id: note = '' }) {
      await settled(client.withdrawNote(id, note));
    },
    admits: () => settled(client.admit(id)),
    holds: (message) => settled(client.hold(id, message === undefined ? {} : { message })),
    async runsLate(minutes, message) {
      await settled(client.late(id, { minutes, ...(message === undefined ? {} : { message }) }));
    },
    async reopens() {
      await settled(client.reopen(id));
    },
    async cancels(reason) {
      await settled(client.cancel(id, reason));
    },
    async movesTo(dateTime) {
      await known();
      await settled(client.reschedule(id, dateTime));
    },
    async reassignsTo(provider) {
      await known();
      await settled(client.reassign(id, provider));
    },
    async givesUp() {
      await settled(client.noShow(id));
    },
    suffers: (fault) => personFault(clinic, { person, booking: id, page }, fault),
  };
}

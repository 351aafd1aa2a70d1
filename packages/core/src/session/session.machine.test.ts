import { createFakePlatform, createSimulatedClock, type SimulatedClock } from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createActor, type ActorRefFrom } from 'xstate';
import type { Booking } from '../booking/booking.schema.js';
import { DEFAULT_WINDOW_POLICY } from '../booking/policy.schema.js';
import { booking, CLOSES, HOUR, OPENS, START, was } from '../booking/test-support/bookings.js';
import { toIso } from '../booking/instant.schema.js';
import { createDeviceSettings } from '../devices/device-settings.js';
import { SessionError } from '../errors.js';
import type { NoteKind, NoteRequest, ProviderNote } from '../notes/note.schema.js';
import type { OutboxCommand } from '../notes/outbox.machine.js';
import type { NotesPort } from '../ports/backend.port.js';
import { sessionMachine } from './session.machine.js';
import { sessionView, type SessionView } from './session.view.js';

const { signal } = new AbortController();
const unavailable = new SessionError('unavailable', 'Not now.');

/** What the ports of one session do, as a test says it. */
interface Script {
  list: NotesPort['list'];
  add: (note: NoteRequest) => Promise<ProviderNote>;
  complete: () => Promise<Booking>;
}

let clock: SimulatedClock;
let actor: ActorRefFrom<typeof sessionMachine>;
let script: Script;
/** What the ports were asked, in order. */
let asked: unknown[];

const view = (): SessionView => sessionView(actor.getSnapshot());
const put = (fields: Partial<Booking> = {}): void => {
  actor.send({ type: 'booking.changed', booking: booking({ version: 1, ...fields }) });
};
const noteOf = (id: string, content = id): ProviderNote => ({
  id,
  content,
  providerName: 'Dr. Smith',
  timestamp: toIso(START),
});
const command = (what: OutboxCommand): void => {
  actor.send({ type: 'note.command', command: what });
};
const share = (id: string, content = id, kind?: NoteKind): void => {
  command({ type: 'note.write', id, change: { content, kind } });
  command({ type: 'note.share', id });
};
const outbox = (): string[] => view().outbox.map(({ content, state }) => `${content}: ${state}`);
const contents = (): string[] => view().notes.notes.map(({ content }) => content);
const never = <T>(): Promise<T> => new Promise(() => undefined);
/** After how many ms each further request came, from the first one on. */
async function waits(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const before = asked.length;
    let waited = 0;
    while (asked.length === before && waited < 60_000) {
      await clock.advance(100);
      waited += 100;
    }
    found.push(waited);
  }
  return found;
}

beforeEach(async () => {
  clock = createSimulatedClock({ wall: START });
  asked = [];
  script = {
    list: async () => ({ items: [], problems: [] }),
    add: async ({ id, content }) => noteOf(id, content),
    complete: async () => booking({ version: 9, status: 'completed', completedAt: toIso(START) }),
  };
  actor = createActor(sessionMachine, {
    input: {
      bookingId: 1,
      me: () => ({ id: 'dr-smith', role: 'provider', policy: DEFAULT_WINDOW_POLICY }),
      can: () => ({ call: false, end: true, writeNotes: true }),
      settings: createDeviceSettings({ devices: null, storage: createFakePlatform({ clock }).storage, signal }),
      checked: () => ({}),
      ports: {
        bookings: {
          active: () => never(),
          complete: () => {
            asked.push('complete');
            return script.complete();
          },
        },
        notes: {
          list: (...given) => {
            asked.push('list');
            return script.list(...given);
          },
          add: (_, note, { idempotencyKey }) => {
            asked.push({ ...note, idempotencyKey });
            return script.add(note);
          },
        },
        call: null,
      },
      now: () => clock.trueTime(),
      isTimeSure: () => true,
      told: () => null,
      random: () => 0.5,
    },
    clock: {
      setTimeout: (callback: () => void, ms: number) => clock.setTimeout(callback, ms),
      clearTimeout: (handle: unknown) => {
        clock.clearTimeout(handle);
      },
    },
  });
  actor.start();
  await clock.settle();
});

describe('the booking of a session', () => {
  it('before it came there is nothing to show', () => {
    expect(view()).toMatchObject({ state: 'loading', booking: null, phase: null, parties: [], call: null, outbox: [] });
    expect(view()).toMatchObject({ canStart: false, canEnd: false, canWrite: false, endError: null, lastCall: null });
  });

  it('an older version is dropped, the same and a newer one are taken', () => {
    put({ version: 3, notes: 'third' });
    put({ version: 2, notes: 'second' });
    expect(view().booking?.notes).toBe('third');
    put({ version: 3, notes: 'third, again' });
    expect(view().booking?.notes).toBe('third, again');
    put({ version: 4, notes: 'fourth' });
    expect(view().booking?.notes).toBe('fourth');
  });

  it('where there are no versions the last that came counts', () => {
    put({ version: 3, notes: 'third' });
    actor.send({ type: 'booking.changed', booking: booking({ notes: 'later' }) });
    expect(view().booking?.notes).toBe('later');
    put({ version: 1, notes: 'latest' });
    expect(view().booking?.notes).toBe('latest');
  });

  it('goes wherever the backend says, in any order', () => {
    const phases: [Partial<Booking>, string][] = [
      [{}, 'open'],
      [{ status: 'cancelled' }, 'cancelled'],
      [{}, 'open'],
      [{ dateTime: toIso(START - 5 * HOUR) }, 'expired'],
      [{ dateTime: toIso(START + 5 * HOUR) }, 'upcoming'],
      [{ status: 'completed' }, 'completed'],
      [{ dateTime: toIso(START + 5 * HOUR) }, 'upcoming'],
      [{ status: 'cancelled' }, 'cancelled'],
      [{ dateTime: toIso(START - 5 * HOUR) }, 'expired'],
      [{ status: 'completed' }, 'completed'],
      [{}, 'open'],
      [{ dateTime: toIso(START - 5 * HOUR) }, 'expired'],
      [{}, 'open'],
    ];
    phases.forEach(([fields, phase], version) => {
      put({ ...fields, version });
      expect([view().phase, view().canEnd]).toEqual([phase, phase === 'open']);
    });
  });

  it('a tick judges anew', async () => {
    put();
    await clock.advance(CLOSES - START);
    expect(view().phase).toBe('open');
    actor.send({ type: 'tick' });
    expect(view().phase).toBe('expired');
  });

  it('notes that were read are not read again because the booking comes', async () => {
    put();
    put({ version: 2 });
    await clock.settle();
    expect(asked).toEqual(['list']);
  });

  it('one that is taken away and comes back has its notes read anew, each time', async () => {
    put();
    script.list = async () => ({ items: [noteOf('own')], problems: [] });
    actor.send({ type: 'booking.removed' });
    expect(view()).toMatchObject({ state: 'missing', booking: null, phase: null });
    await clock.settle();
    script.list = async () => ({ items: [noteOf('own'), noteOf('other')], problems: [] });
    put({ version: 2 });
    await clock.settle();
    expect([asked.length, contents(), view().error]).toEqual([3, ['other', 'own'], null]);
  });
});

describe('ending', () => {
  beforeEach(() => {
    put();
    asked.length = 0;
  });

  it('the answer is enough, where no word of it comes in another way', async () => {
    actor.send({ type: 'session.end' });
    expect(view()).toMatchObject({ ending: true, canEnd: false });
    await clock.settle();
    expect(view()).toMatchObject({ phase: 'completed', ending: false, endError: null, booking: { version: 9 } });
  });

  it('is tried again with growing waits; on waking, at once', async () => {
    script.complete = () => Promise.reject(unavailable);
    actor.send({ type: 'session.end' });
    await clock.settle();
    expect(view()).toMatchObject({ ending: true, endError: { code: 'unavailable' } });
    expect(await waits(4)).toEqual([300, 600, 1_200, 2_400]);
    const before = asked.length;
    actor.send({ type: 'call.wake' });
    expect(asked.length).toBe(before + 1);
  });

  it('is not tried sooner than the backend asks', async () => {
    script.complete = () => Promise.reject(new SessionError('rate-limited', 'Slowly.', { retryAfter: 5_000 }));
    actor.send({ type: 'session.end' });
    await clock.settle();
    expect(await waits(1)).toEqual([5_000]);
  });

  it('begins anew after a refusal: without its reason, and with the first wait', async () => {
    script.complete = () => Promise.reject(unavailable);
    actor.send({ type: 'session.end' });
    await clock.settle();
    await waits(2);
    script.complete = () => Promise.reject(new SessionError('forbidden', 'Not you.'));
    await waits(1);
    expect(view()).toMatchObject({ ending: false, endError: { code: 'forbidden' }, canEnd: true });
    script.complete = () => Promise.reject(unavailable);
    let answer = (_: SessionError): void => undefined;
    script.complete = () => new Promise((_, reject) => (answer = reject));
    actor.send({ type: 'session.end' });
    expect(view()).toMatchObject({ ending: true, endError: null });
    answer(unavailable);
    await clock.settle();
    expect(await waits(1)).toEqual([300]);
  });

  it('why it was refused stays until it is over, whatever else changes', async () => {
    script.complete = () => Promise.reject(new SessionError('forbidden', 'Not you.'));
    actor.send({ type: 'session.end' });
    await clock.settle();
    put({ version: 2, attendance: [was('patient', 0, null)] });
    expect(view().endError?.code).toBe('forbidden');
    put({ version: 3, status: 'completed' });
    expect(view().endError).toBeNull();
  });
});

describe('reading notes', () => {
  it('what could not be read is told beside the good ones, until it is read anew', async () => {
    expect(view().notes.problems).toEqual([]);
    const problems = [{ path: '1.timestamp', message: 'bad' }];
    script.list = async () => ({ items: [noteOf('good')], problems });
    actor.send({ type: 'notes.refresh' });
    await clock.settle();
    expect([contents(), view().notes.problems]).toEqual([['good'], problems]);
    script.list = async () => ({ items: [], problems: [] });
    actor.send({ type: 'booking.removed' });
    expect([contents(), view().notes.problems]).toEqual([[], []]);
  });

  it('is tried again with growing waits, and after it succeeded with the first one', async () => {
    script.list = () => Promise.reject(unavailable);
    actor.send({ type: 'notes.refresh' });
    await clock.settle();
    expect(await waits(3)).toEqual([300, 600, 1_200]);
    script.list = async () => ({ items: [], problems: [] });
    await waits(1);
    script.list = () => Promise.reject(unavailable);
    actor.send({ type: 'notes.refresh' });
    await clock.settle();
    expect(await waits(1)).toEqual([300]);
  });

  it('asked for anew while it is under way, the former answer is given up', async () => {
    const signals: AbortSignal[] = [];
    let answer = (_: string): void => undefined;
    script.list = (_, __, { signal }) => {
      signals.push(signal);
      return new Promise((resolve) => {
        answer = (id) => resolve({ items: [noteOf(id)], problems: [] });
      });
    };
    actor.send({ type: 'notes.refresh' });
    const former = answer;
    actor.send({ type: 'notes.refresh' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    answer('new');
    former('old');
    await clock.settle();
    expect(contents()).toEqual(['new']);
    actor.send({ type: 'notes.refresh' });
    const before = answer;
    actor.send({ type: 'booking.removed' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false, true, false]);
    before('of before');
    await clock.settle();
    expect(contents()).toEqual([]);
  });
});

describe('sharing notes', () => {
  beforeEach(() => {
    put();
    asked.length = 0;
  });

  it('under its own id as key, and with no kind where it has none', async () => {
    share('a', 'text');
    await clock.settle();
    expect(asked).toStrictEqual([{ id: 'a', content: 'text', idempotencyKey: 'a' }]);
    share('b', 'more', 'diagnosis');
    await clock.settle();
    expect(asked.slice(1)).toStrictEqual([{ id: 'b', content: 'more', kind: 'diagnosis', idempotencyKey: 'b' }]);
  });

  it('the same id twice is one note', async () => {
    script.add = () => never();
    share('a');
    share('a', 'again');
    share('b');
    expect(outbox()).toEqual(['a: sending', 'b: waiting']);
    await clock.settle();
    expect(asked).toHaveLength(1);
  });

  it('is tried again with growing waits, and after it succeeded with the first one', async () => {
    script.add = () => Promise.reject(unavailable);
    share('a');
    await clock.settle();
    expect(view().outbox).toMatchObject([{ state: 'waiting', error: { code: 'unavailable' } }]);
    expect(await waits(3)).toEqual([300, 600, 1_200]);
    script.add = async ({ id }) => noteOf(id);
    await waits(1);
    expect(outbox()).toEqual([]);
    script.add = () => Promise.reject(unavailable);
    share('b');
    await clock.settle();
    expect(await waits(1)).toEqual([300]);
  });

  it('is not tried sooner than the backend asks', async () => {
    script.add = () => Promise.reject(new SessionError('rate-limited', 'Slowly.', { retryAfter: 5_000 }));
    share('a');
    await clock.settle();
    expect(await waits(1)).toEqual([5_000]);
  });

  it('one that is being sent again says nothing of why it failed before', async () => {
    script.add = () => Promise.reject(new SessionError('forbidden', 'No.'));
    share('a');
    await clock.settle();
    expect(view().outbox).toMatchObject([{ state: 'refused', error: { code: 'forbidden' } }]);
    script.add = () => never();
    command({ type: 'note.retry', id: 'a' });
    expect(view().outbox).toMatchObject([{ state: 'sending', error: null }]);
  });

  it('sending again or taking back is for the refused one that is named', async () => {
    script.add = () => Promise.reject(new SessionError('forbidden', 'No.'));
    share('a');
    await clock.settle();
    for (const type of ['note.retry', 'note.discard'] as const) command({ type, id: 'other' });
    expect(outbox()).toEqual(['a: refused']);
    command({ type: 'note.discard', id: 'a' });
    expect(outbox()).toEqual([]);
  });

  it('word of another note takes nothing out of the outbox', async () => {
    script.add = () => never();
    share('a');
    share('b');
    actor.send({ type: 'note.arrived', note: noteOf('other') });
    actor.send({ type: 'note.arrived', note: { ...noteOf('x', 'with no id'), id: undefined } });
    expect(outbox()).toEqual(['a: sending', 'b: waiting']);
  });

  it('word of the one that is being sent is as good as its answer, and the next goes out with the first wait', async () => {
    script.add = () => Promise.reject(unavailable);
    share('a');
    await clock.settle();
    await waits(2);
    script.add = () => never();
    await waits(1);
    share('b');
    script.add = () => Promise.reject(unavailable);
    actor.send({ type: 'note.arrived', note: noteOf('a') });
    expect([outbox()[0], contents()]).toEqual(['b: sending', ['a']]);
    await clock.settle();
    expect(await waits(1)).toEqual([300]);
  });

  it('word of one that waits, or was refused, takes it out', async () => {
    script.add = () => Promise.reject(unavailable);
    share('waits');
    await clock.settle();
    actor.send({ type: 'note.arrived', note: noteOf('waits') });
    expect(outbox()).toEqual([]);
    script.add = () => Promise.reject(new SessionError('forbidden', 'No.'));
    await clock.advance(1_000);
    share('refused');
    await clock.settle();
    expect(outbox()).toEqual(['refused: refused']);
    actor.send({ type: 'note.arrived', note: noteOf('refused') });
    expect(outbox()).toEqual([]);
  });
});

it('before the window there is no end', () => {
  put({ dateTime: toIso(START + 5 * HOUR) });
  actor.send({ type: 'session.end' });
  expect([view().phase, view().ending, asked]).toEqual(['upcoming', false, ['list']]);
  expect(view().opensAt).toBe(OPENS + 5 * HOUR);
});

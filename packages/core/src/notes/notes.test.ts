import { createClinic, createSimulatedClock, type Clinic, type SimulatedClock } from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../booking/booking.schema.js';
import { SessionError } from '../errors.js';
import type { Session } from '../session/session.js';

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;
let booking: Booking;
let hers: Session;
let his: Session;

const read = (session: Session): string[] => session.getSnapshot().notes.notes.map(({ content }) => content);
const outbox = (session: Session): string[] =>
  session.getSnapshot().outbox.map(({ content, state }) => `${content}: ${state}`);
const sent = (): number => clinic.backend.requests.filter(({ method }) => method === 'notes.add').length;
const unavailable = new SessionError('unavailable', 'Not now.');

beforeEach(async () => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
  booking = clinic.book({ startsIn: 0 });
  hers = clinic.open('ann').watch(booking.id);
  his = clinic.open('dr-smith').watch(booking.id);
  await clock.settle();
});

const late = (minute: number, content: string) => ({
  id: `note-${minute}`,
  providerName: 'Dr. Smith',
  timestamp: new Date(clock.trueTime() + minute * 60_000).toISOString(),
  content,
});

describe('reading', () => {
  it('notes arrive live, and a late one takes its place', async () => {
    clinic.backend.putNote(booking.id, late(1, 'one'));
    clinic.backend.putNote(booking.id, late(3, 'three'));
    clinic.backend.putNote(booking.id, late(2, 'two'));
    await clock.settle();
    expect([read(hers), read(his)]).toEqual([
      ['one', 'two', 'three'],
      ['one', 'two', 'three'],
    ]);
  });

  it('a withdrawn note loses its content for the patient, and stays as a fact', async () => {
    clinic.backend.putNote(booking.id, late(1, 'wrong chart'));
    await clock.settle();
    clinic.backend.withdrawNote(booking.id, 'note-1');
    await clock.settle();
    expect(hers.getSnapshot().notes.notes).toMatchObject([{ content: '', withdrawnAt: expect.any(String) as string }]);
    expect(read(his)).toEqual(['wrong chart']);
  });

  it('what was missed is there when the stream is back, and when it has to begin anew', async () => {
    for (const how of [{}, { reset: true }]) {
      const reconnect = clinic.backend.disconnectEvents('ann');
      clinic.backend.putNote(booking.id, late(how.reset ? 2 : 1, how.reset ? 'second' : 'first'));
      await clock.settle();
      const before = read(hers);
      reconnect(how);
      await clock.settle();
      expect(read(hers)).toHaveLength(before.length + 1);
    }
    expect(read(hers)).toEqual(['first', 'second']);
  });

  it('notes that are here stay when reading them anew fails', async () => {
    clinic.backend.putNote(booking.id, late(1, 'here'));
    await clock.settle();
    clinic.backend.fail('notes.list', unavailable, { times: 2, person: 'ann' });
    hers.refresh();
    await clock.settle();
    expect(hers.getSnapshot().notes).toMatchObject({ state: 'ready', error: { code: 'unavailable' } });
    expect(read(hers)).toEqual(['here']);
    await clock.advance(10_000);
    expect(hers.getSnapshot().notes.error).toBeNull();
  });

  it('a refusal for good is told, and reading again helps', async () => {
    clinic.backend.fail('notes.list', new SessionError('forbidden', 'No.'), { person: 'ann' });
    hers.refresh();
    await clock.advance(60_000);
    expect(hers.getSnapshot().notes).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
    hers.refresh();
    await clock.settle();
    expect(hers.getSnapshot().notes).toMatchObject({ state: 'ready', error: null });
  });

  it('they are paged, and one that comes meanwhile is not lost', async () => {
    const small = createClinic({ clock, pageSize: 2 });
    const { id } = small.book({ startsIn: 0 });
    for (const minute of [1, 2, 3, 4, 5]) small.backend.putNote(id, late(minute, String(minute)));
    const goOn = small.backend.pause('notes.list');
    const session = small.open('ann').watch(id);
    await clock.settle();
    small.backend.putNote(id, late(6, '6'));
    await clock.settle();
    expect(read(session)).toEqual(['6']);
    goOn();
    await clock.settle();
    expect(read(session)).toEqual(['1', '2', '3', '4', '5', '6']);
  });
});

describe('sharing', () => {
  it('a note stands in the outbox until the backend has it, and then once among the notes', async () => {
    const goOn = clinic.backend.pause('notes.add');
    his.shareNote(his.writeNote({ content: 'hello', kind: 'resource' }));
    await clock.settle();
    expect([outbox(his), read(his)]).toEqual([['hello: sending'], []]);
    goOn();
    await clock.settle();
    expect([outbox(his), read(his), read(hers)]).toEqual([[], ['hello'], ['hello']]);
    expect(hers.getSnapshot().notes.notes[0]?.kind).toBe('resource');
  });

  it('notes go out one after the other, in the order of sharing, through failures', async () => {
    clinic.backend.fail('notes.add', unavailable, { times: 3 });
    for (const content of ['a', 'b', 'c', 'd']) his.shareNote(his.writeNote({ content }));
    await clock.settle();
    expect(outbox(his)).toEqual(['a: waiting', 'b: waiting', 'c: waiting', 'd: waiting']);
    expect(his.getSnapshot().outbox[0]?.error?.code).toBe('unavailable');
    await clock.advance(30_000);
    expect([outbox(his), read(hers)]).toEqual([[], ['a', 'b', 'c', 'd']]);
  });

  it('a note whose answer was lost is sent again under the same key, and is one note', async () => {
    clinic.backend.fail('notes.add', new SessionError('network', 'Gone.'), { afterDoing: true });
    const keys: string[] = [];
    const session = clinic
      .open('dr-smith', {
        backend: (backend) => ({
          ...backend,
          notes: {
            ...backend.notes,
            add(id, note, options) {
              keys.push(note.id, options.idempotencyKey);
              return backend.notes.add!(id, note, options);
            },
          },
        }),
      })
      .watch(booking.id);
    await clock.settle();
    // Nor does it hear of it in another way.
    clinic.backend.disconnectEvents('dr-smith');
    session.shareNote(session.writeNote({ content: 'once' }));
    await clock.advance(5_000);
    expect([sent(), keys.length, new Set(keys).size]).toEqual([2, 4, 1]);
    expect([read(session), read(hers), outbox(session)]).toEqual([['once'], ['once'], []]);
  });

  it('a note whose answer was lost is not said to be refused: everybody was told of it', async () => {
    clinic.backend.fail('notes.add', new SessionError('network', 'Gone.'), { afterDoing: true });
    clinic.backend.fail('notes.add', new SessionError('forbidden', 'Not any more.'), { times: 5 });
    his.shareNote(his.writeNote({ content: 'once' }));
    await clock.advance(5_000);
    expect([outbox(his), read(his), read(hers)]).toEqual([[], ['once'], ['once']]);
  });

  it('word of a note that comes before its answer is as good: it is shown once, and the next one goes out', async () => {
    let answer = (): void => undefined;
    const session = clinic
      .open('dr-smith', {
        backend: (backend) => ({
          ...backend,
          notes: {
            ...backend.notes,
            async add(...given) {
              const note = await backend.notes.add!(...given);
              await new Promise<void>((resolve) => (answer = resolve));
              return note;
            },
          },
        }),
      })
      .watch(booking.id);
    await clock.settle();
    session.shareNote(session.writeNote({ content: 'first' }));
    session.shareNote(session.writeNote({ content: 'second' }));
    await clock.settle();
    expect([outbox(session), read(session)]).toEqual([[], ['first', 'second']]);
    answer();
    await clock.settle();
    expect(read(hers)).toEqual(['first', 'second']);
  });

  it('the same text shared twice on purpose is two notes', async () => {
    his.shareNote(his.writeNote({ content: 'drink water' }));
    his.shareNote(his.writeNote({ content: 'drink water' }));
    await clock.settle();
    expect(read(hers)).toEqual(['drink water', 'drink water']);
  });

  it('a refused note stays with its reason, holds up no other, and can be sent again or taken back', async () => {
    clinic.backend.fail('notes.add', new SessionError('forbidden', 'Not now.'), { times: 2 });
    his.shareNote(his.writeNote({ content: 'a' }));
    his.shareNote(his.writeNote({ content: 'b', kind: 'diagnosis' }));
    his.shareNote(his.writeNote({ content: 'c' }));
    await clock.settle();
    expect([outbox(his), read(hers)]).toEqual([['a: refused', 'b: refused'], ['c']]);
    const [a, b] = his.getSnapshot().outbox;
    his.retryNote(a!.id);
    const revised = his.reviseNote(b!.id)!;
    expect(his.getSnapshot().drafts).toMatchObject([{ id: revised, content: 'b', kind: 'diagnosis', error: null }]);
    expect(revised).not.toBe(b!.id);
    await clock.settle();
    expect([outbox(his), read(hers)]).toEqual([[], ['c', 'a']]);
    expect(his.reviseNote(b!.id)).toBeNull();
    his.discardNote(revised);
    expect(his.getSnapshot().drafts).toEqual([]);
  });

  it('a note that waits can be taken back before it goes out, and the ones behind it go on', async () => {
    clinic.backend.fail('notes.add', new SessionError('network', 'Cut.'), { times: 1 });
    his.shareNote(his.writeNote({ content: 'in the wrong chart' }));
    his.shareNote(his.writeNote({ content: 'b' }));
    await clock.settle();
    expect(outbox(his)).toEqual(['in the wrong chart: waiting', 'b: waiting']);
    const draft = his.reviseNote(his.getSnapshot().outbox[0]!.id);
    expect(his.getSnapshot().drafts).toMatchObject([{ id: draft, content: 'in the wrong chart', error: null }]);
    await clock.advance(60_000);
    expect([outbox(his), read(hers)]).toEqual([[], ['b']]);
  });

  it('pressing retry twice does no harm', async () => {
    clinic.backend.fail('notes.add', new SessionError('forbidden', 'Not now.'));
    his.shareNote(his.writeNote({ content: 'a' }));
    await clock.settle();
    const { id } = his.getSnapshot().outbox[0]!;
    const goOn = clinic.backend.pause('notes.add');
    his.retryNote(id);
    his.retryNote(id);
    await clock.settle();
    his.discardNote(id);
    expect(his.reviseNote(id)).toBeNull();
    goOn();
    await clock.settle();
    expect([outbox(his), read(hers)]).toEqual([[], ['a']]);
    his.shareNote(his.writeNote({ content: 'b' }));
    await clock.settle();
    expect(read(hers)).toEqual(['a', 'b']);
  });

  it('what is unsent goes out at once when the network is back', async () => {
    const page = clinic.open('dr-smith');
    const session = page.watch(booking.id);
    await clock.settle();
    const comeBack = clinic.backend.goOffline('dr-smith');
    session.shareNote(session.writeNote({ content: 'offline' }));
    await clock.advance(60_000);
    expect(outbox(session)).toEqual(['offline: waiting']);
    comeBack();
    page.platform.wakeUp('online');
    await clock.settle();
    expect([outbox(session), read(hers)]).toEqual([[], ['offline']]);
  });

  it('an expired sign-in keeps it, and it goes out after', async () => {
    clinic.backend.fail('notes.add', new SessionError('unauthenticated', 'Sign in.'), { times: 4 });
    his.shareNote(his.writeNote({ content: 'kept' }));
    await clock.advance(2_000);
    expect(outbox(his)).toEqual(['kept: waiting']);
    await clock.advance(60_000);
    expect(read(hers)).toEqual(['kept']);
  });

  it('an unsent note outlives the element that showed it', async () => {
    const page = clinic.open('dr-smith');
    const session = page.watch(booking.id);
    await clock.settle();
    clinic.backend.fail('notes.add', unavailable, { times: 12 });
    session.shareNote(session.writeNote({ content: 'still here' }));
    session.unwatch();
    await clock.advance(3 * 60_000);
    expect(read(hers)).toEqual(['still here']);
  });

  it('after the session, and not before the window', async () => {
    his.end();
    await clock.settle();
    expect(his.getSnapshot().canWrite).toBe(true);
    his.shareNote(his.writeNote({ content: 'after' }));
    await clock.settle();
    expect(read(hers)).toEqual(['after']);
    const early = clinic.open('dr-smith').watch(clinic.book({ startsIn: 5 * 60 * 60_000 }).id);
    await clock.settle();
    expect(early.getSnapshot().canWrite).toBe(false);
    expect(hers.getSnapshot().canWrite).toBe(false);
  });

  it('where a backend takes no notes, it is refused and nothing breaks', async () => {
    const page = clinic.open('dr-smith', {
      backend: ({ notes, ...backend }) => ({ ...backend, notes: { list: notes.list.bind(notes) } }),
    });
    const session = page.watch(booking.id);
    await clock.settle();
    expect([session.getSnapshot().canWrite, page.client.getSnapshot().can.writeNotes]).toEqual([false, false]);
    session.shareNote(session.writeNote({ content: 'x' }));
    await clock.settle();
    expect(session.getSnapshot().outbox).toMatchObject([{ state: 'refused', error: { code: 'not-supported' } }]);
  });
});

import { createClinic, createSimulatedClock, type Clinic, type SimulatedClock } from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, toIso } from './booking/instant.schema.js';
import { SessionError } from './errors.js';

const HOUR = 60 * MINUTE;

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;

beforeEach(() => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
});

describe('the client', () => {
  it('knows who is signed in and what is booked, and is told of more', async () => {
    const later = clinic.book({ startsIn: 26 * HOUR });
    const { client } = clinic.open('ann');
    expect(client.getSnapshot()).toMatchObject({ state: 'loading', me: null, active: null, connection: 'connecting' });
    await clock.settle();
    expect(client.getSnapshot()).toMatchObject({ state: 'ready', me: { id: 'ann' }, connection: 'live', queue: [] });
    expect(client.active?.booking.id).toBe(later.id);
    const sooner = clinic.book({ startsIn: 2 * HOUR });
    await clock.settle();
    expect(client.active).toMatchObject({
      booking: { id: sooner.id },
      role: 'patient',
      verdict: { phase: 'upcoming' },
    });
    expect(client.getSnapshot().bookings.map(({ booking }) => booking.id)).toEqual([sooner.id, later.id]);
  });

  it('a provider has today’s bookings as a queue, and sees who waits', async () => {
    const today = clinic.book({ startsIn: 0 });
    clinic.book({ startsIn: 3 * 24 * HOUR });
    const { client } = clinic.open('dr-smith');
    const hers = clinic.open('ann').watch(today.id);
    await clock.settle();
    hers.start();
    await clock.settle();
    const { queue } = client.getSnapshot();
    expect(queue.map(({ booking, role }) => [booking.id, role])).toEqual([[today.id, 'provider']]);
    const patient = queue[0]?.parties.find(({ role }) => role === 'patient');
    expect(patient).toMatchObject({ presence: 'waiting', since: toIso(clock.trueTime()) });
    const session = client.session(today.id);
    session.subscribe(() => undefined);
    expect(session.getSnapshot().parties.find(({ role }) => role === 'patient')?.presence).toBe('waiting');
  });

  it('a provider who opens the page later sees who waits', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const hers = clinic.open('ann').watch(id);
    await clock.settle();
    hers.start();
    await clock.advance(5 * MINUTE);
    const { client } = clinic.open('dr-smith');
    await clock.settle();
    const patient = client.getSnapshot().queue[0]?.parties.find(({ role }) => role === 'patient');
    expect(patient).toMatchObject({ presence: 'waiting', since: toIso(clock.trueTime() - 5 * MINUTE) });
  });

  it('one session is one object, whatever the type of its id', () => {
    const { client } = clinic.open('ann');
    expect(client.session(7)).toBe(client.session('7'));
    expect(client.session(7)).not.toBe(client.session(8));
  });

  it('a booking that is not yours is missing', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const session = clinic.open('bob').watch(id);
    await clock.settle();
    expect(session.getSnapshot()).toMatchObject({ state: 'missing', booking: null, canStart: false });
  });

  it.each(['access.me', 'bookings.list'] as const)(
    '%s fails at first: not missing, but failed, and then there',
    async (method) => {
      const { id } = clinic.book({ startsIn: 0 });
      clinic.backend.fail(method, new SessionError('network', 'Gone.'), { times: 3 });
      const page = clinic.open('ann');
      const session = page.watch(id);
      const states = new Set<string>();
      session.subscribe(({ state }) => states.add(state));
      await clock.settle();
      expect(page.client.getSnapshot()).toMatchObject({ state: 'failed', error: { code: 'network' } });
      await clock.advance(10_000);
      expect(page.client.getSnapshot()).toMatchObject({ state: 'ready', error: null });
      expect(session.getSnapshot()).toMatchObject({ state: 'ready', phase: 'open' });
      expect(states).not.toContain('missing');
    },
  );

  it('keeps what it has when reading anew fails', async () => {
    clinic.book({ startsIn: 0 });
    const { client } = clinic.open('ann');
    await clock.settle();
    clinic.backend.fail('bookings.list', new SessionError('unavailable', 'Not now.'));
    client.refresh();
    await clock.settle();
    expect(client.getSnapshot()).toMatchObject({ state: 'ready', error: { code: 'unavailable' } });
    expect(client.active).not.toBeNull();
    await clock.advance(10_000);
    expect(client.getSnapshot().error).toBeNull();
  });

  it('keeps what was booked while it read', async () => {
    let answer = (): void => undefined;
    const { client } = clinic.open('ann', {
      backend: (backend) => ({
        ...backend,
        bookings: {
          ...backend.bookings,
          async list(query, options) {
            const page = await backend.bookings.list!(query, options);
            await new Promise<void>((resolve) => (answer = resolve));
            return page;
          },
        },
      }),
    });
    await clock.settle();
    clinic.book({ startsIn: HOUR });
    await clock.settle();
    client.refresh();
    answer();
    await clock.settle();
    expect(client.getSnapshot().bookings).toHaveLength(1);
    // What was asked for while it read is not forgotten.
    expect(clinic.backend.requests.filter(({ method }) => method === 'bookings.list')).toHaveLength(2);
  });

  it('drops an older state that comes late', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    let old = (): void => undefined;
    const page = clinic.open('ann', {
      backend: (backend) => ({
        ...backend,
        events: {
          subscribe(listener, options) {
            const booking = clinic.backend.booking(id);
            old = () => listener({ type: 'event', event: { type: 'booking.changed', booking } });
            backend.events?.subscribe(listener, options);
          },
        },
      }),
    });
    const session = page.watch(id);
    await clock.settle();
    session.end();
    await clock.settle();
    old();
    await clock.settle();
    expect(session.getSnapshot().phase).toBe('completed');
    expect(page.client.getSnapshot().bookings[0]?.verdict.phase).toBe('completed');
  });

  it('books once, however often the same key is sent', async () => {
    const { client } = clinic.open('ann');
    const request = { provider: 'dr-smith', dateTime: toIso(clock.trueTime() + 24 * HOUR), notes: '' };
    clinic.backend.fail('bookings.book', new SessionError('network', 'Gone.'), { afterDoing: true });
    const options = { idempotencyKey: 'one' };
    await expect(client.book(request, options)).rejects.toMatchObject({ code: 'network' });
    const booking = await client.book(request, options);
    await clock.settle();
    expect(client.getSnapshot().bookings.map((item) => item.booking.id)).toEqual([booking.id]);
    await expect(clinic.open('bob').client.book(request)).rejects.toMatchObject({ code: 'slot-taken' });
  });

  it('cancels, for both', async () => {
    const { id } = clinic.book({ startsIn: HOUR });
    const [ann, smith] = [clinic.open('ann'), clinic.open('dr-smith')];
    const his = smith.watch(id);
    await clock.settle();
    await ann.client.cancel(id, 'I am well again');
    await clock.settle();
    expect(ann.client.active).toBeNull();
    expect(his.getSnapshot()).toMatchObject({
      phase: 'cancelled',
      canStart: false,
      booking: { cancelReason: 'I am well again' },
    });
  });
});

describe('a backend that offers little', () => {
  it('with only the seed’s routes it has bookings and notes, and says what is missing', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const page = clinic.open('ann', {
      backend: ({ bookings, notes }) => ({
        bookings: { active: bookings.active.bind(bookings) },
        notes: { list: notes.list.bind(notes) },
      }),
    });
    const session = page.watch(id);
    await clock.settle();
    expect(page.client.getSnapshot()).toMatchObject({
      state: 'ready',
      connection: 'polling',
      active: { booking: { id }, role: 'patient' },
      can: { book: false, cancel: false, call: false, end: false, writeNotes: false },
    });
    expect(session.getSnapshot()).toMatchObject({ phase: 'open', canStart: false, canEnd: false });
    await expect(page.client.providers()).rejects.toMatchObject({ code: 'not-supported' });
    await expect(page.client.cancel(id)).rejects.toMatchObject({ code: 'not-supported' });
    session.start();
    session.end();
    await clock.advance(1_000);
    expect(session.getSnapshot()).toMatchObject({ call: null, endError: { code: 'not-supported' } });
  });

  it('without events it reads anew, bookings and notes', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const page = clinic.open('ann', { backend: ({ events: _, ...backend }) => backend });
    const session = page.watch(id);
    await clock.settle();
    clinic.backend.putNote(id, { providerName: 'Dr. Smith', timestamp: toIso(clock.trueTime()), content: 'hello' });
    const smith = clinic.open('dr-smith');
    await clock.settle();
    smith.client.session(id).subscribe(() => undefined);
    await clock.settle();
    smith.client.session(id).end();
    await clock.advance(30_000);
    expect(session.getSnapshot().phase).toBe('completed');
    expect(session.getSnapshot().notes.notes).toHaveLength(1);
  });
});

describe('the end of a client', () => {
  it('close gives the seat back, so that the other one sees it at once', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const [ann, smith] = [clinic.open('ann'), clinic.open('dr-smith')];
    const [hers, his] = [ann.watch(id), smith.watch(id)];
    await clock.settle();
    hers.start();
    his.start();
    await clock.advance(100);
    ann.client.close();
    await clock.advance(3_000);
    expect(his.getSnapshot().call?.state).toBe('waiting');
    expect(clinic.backend.booking(id).status).toBe('scheduled');
  });

  it('signing out wipes what the page, its sessions and its storage hold', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const ann = clinic.open('ann');
    const hers = ann.watch(id);
    await ann.platform.storage.set('draft', new Uint8Array([1]));
    clinic.backend.putNote(id, { providerName: 'Dr. Smith', timestamp: toIso(clock.trueTime()), content: 'private' });
    await clock.settle();
    expect(JSON.stringify(hers.getSnapshot())).toContain('private');
    await ann.client.signOut();
    expect(ann.client.getSnapshot()).toMatchObject({ state: 'signed-out', me: null, bookings: [], active: null });
    expect(JSON.stringify([hers.getSnapshot(), ann.client.getSnapshot()])).not.toMatch(/private|Dr\. Smith|Ann/);
    expect(ann.platform.stored.size).toBe(0);
  });

  it('an answer that comes after signing out, of a backend that knows no abort, brings nobody back', async () => {
    clinic.book({ startsIn: 0 });
    let answer = (): void => undefined;
    const late = new Promise<void>((resolve) => (answer = resolve));
    const { signal } = new AbortController();
    const { client } = clinic.open('ann', {
      backend: ({ access, ...rest }) => ({
        ...rest,
        access: { ...access!, me: async () => late.then(() => access!.me({ signal })) },
      }),
    });
    await clock.settle();
    await client.signOut();
    answer();
    await clock.settle();
    expect([client.me, client.active]).toEqual([null, null]);
  });

  it('after it nothing runs any more', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const ann = clinic.open('ann');
    const hers = ann.watch(id);
    await clock.settle();
    ann.client.close();
    const before = clinic.backend.requests.length;
    const views: unknown[] = [];
    ann.client.subscribe((view) => views.push(view));
    clinic.book({ startsIn: HOUR });
    hers.start();
    hers.end();
    ann.platform.wakeUp('online');
    await clock.advance(10 * MINUTE);
    expect([clinic.backend.requests.length, views]).toEqual([before, []]);
    await expect(ann.client.cancel(id)).rejects.toMatchObject({ code: 'aborted' });
  });
});

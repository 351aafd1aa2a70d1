import { createClinic, createSimulatedClock, type Clinic, type SimulatedClock } from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { operations, type OperationId } from '../contract/operations.js';
import { SessionError } from '../errors.js';
import type { Backend } from '../ports/backend.port.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;

beforeEach(() => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
});

const notSupported = (): Promise<never> => Promise.reject(new SessionError('not-supported', 'There is no such route.'));

describe('another person signs in on this page', () => {
  /** One page whose cookie is that of somebody else from a moment on. */
  function shared() {
    let who: 'ann' | 'bob' = 'ann';
    const of = (): Backend => clinic.backend.for(who);
    const page = clinic.open('ann', {
      backend: (backend) => ({
        ...backend,
        bookings: {
          ...backend.bookings,
          list: (...given) => of().bookings.list!(...given),
          get: (...given) => of().bookings.get!(...given),
        },
        notes: { ...backend.notes, list: (...given) => of().notes.list(...given) },
        access: { ...backend.access!, me: (options) => of().access!.me(options) },
      }),
    });
    return {
      page,
      signIn: () => {
        who = 'bob';
      },
    };
  }

  it('nothing of the former is shown, kept on the device, or on air', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const { page, signIn } = shared();
    const hers = page.watch(id);
    await clock.settle();
    hers.start();
    await page.platform.storage.set('draft', new Uint8Array([1]));
    clinic.backend.putNote(id, {
      id: 'n',
      providerName: 'Dr. Smith',
      timestamp: '2026-01-07T08:00:00Z',
      content: 'private',
    });
    await clock.settle();
    expect(JSON.stringify(hers.getSnapshot())).toContain('private');
    const seen: string[] = [];
    page.client.subscribe((view) => seen.push(`${view.me?.id ?? 'nobody'} ${view.bookings.length}`));
    signIn();
    page.client.refresh();
    await clock.advance(5_000);
    expect(page.client.getSnapshot()).toMatchObject({ state: 'ready', me: { id: 'bob' }, bookings: [], active: null });
    expect(JSON.stringify([hers.getSnapshot(), page.client.getSnapshot()])).not.toMatch(/private|Dr\. Smith|Ann/);
    expect(seen).not.toContain('bob 1');
    expect(page.devices.running).toEqual([]);
    expect([...page.platform.stored.keys()]).toEqual(['owner']);
  });

  it('the session of the former’s booking is missing for who is here now', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const { page, signIn } = shared();
    page.watch(id);
    await clock.settle();
    signIn();
    page.client.refresh();
    await clock.settle();
    const session = page.watch(id);
    await clock.settle();
    expect(session.getSnapshot()).toMatchObject({ state: 'missing', booking: null, notes: { notes: [] } });
  });

  it('the same person who signs in again finds all as it was', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const { page } = shared();
    const hers = page.watch(id);
    await clock.settle();
    hers.start();
    await page.platform.storage.set('draft', new Uint8Array([1]));
    page.client.refresh();
    await clock.settle();
    expect(hers.getSnapshot().call?.state).toBe('waiting');
    expect(page.platform.stored.has('draft')).toBe(true);
  });
});

describe('a session of a booking that is not among those that were read', () => {
  const withoutList = (backend: Backend): Backend => ({
    ...backend,
    bookings: { ...backend.bookings, list: async () => ({ items: [], problems: [] }) },
  });

  it('is read by itself', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const page = clinic.open('ann', { backend: withoutList });
    const session = page.watch(id);
    await clock.settle();
    expect(session.getSnapshot()).toMatchObject({ state: 'ready', phase: 'open', canStart: true });
    expect(page.client.getSnapshot().bookings.map(({ booking }) => booking.id)).toEqual([id]);
  });

  it('is missing where it is not this person’s, and says why where it can not be read', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const bobs = clinic.open('bob').watch(id);
    await clock.settle();
    expect(bobs.getSnapshot()).toMatchObject({ state: 'missing', error: { code: 'not-found' } });
    clinic.backend.fail('bookings.get', new SessionError('forbidden', 'No.'));
    const hers = clinic.open('ann', { backend: withoutList }).watch(id);
    await clock.settle();
    expect(hers.getSnapshot()).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
  });

  it.each<[string, (backend: Backend) => Backend]>([
    [
      'there is no such method',
      (backend) => {
        const bookings = { ...withoutList(backend).bookings };
        delete bookings.get;
        return { ...backend, bookings };
      },
    ],
    [
      'the backend does not offer it',
      (backend) => ({
        ...withoutList(backend),
        access: {
          ...backend.access!,
          me: async (options) => ({ ...(await backend.access!.me(options)), offers: ['listBookings'] }),
        },
      }),
    ],
  ])('is missing, and not asked for, where %s', async (_, backend) => {
    const { id } = clinic.book({ startsIn: 0 });
    const session = clinic.open('ann', { backend }).watch(id);
    await clock.settle();
    expect(session.getSnapshot().state).toBe('missing');
    expect(clinic.backend.requests.some(({ method }) => method === 'bookings.get')).toBe(false);
  });

  it('one that was wanted before anybody is known waits until it is known who they are', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const goOn = clinic.backend.pause('access.me');
    const session = clinic.open('ann').watch(id);
    await clock.settle();
    expect(session.getSnapshot().state).toBe('loading');
    goOn();
    await clock.settle();
    expect(session.getSnapshot().state).toBe('ready');
  });
});

describe('a booking that is taken from this person', () => {
  it('is gone from the list, its call has ended, its notes are read anew', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const smith = clinic.open('dr-smith');
    const his = smith.watch(id);
    await clock.settle();
    his.start();
    his.shareNote(his.writeNote({ content: 'my own' }));
    clinic.backend.putNote(id, {
      id: 'x',
      author: 'dr-jones',
      providerName: 'Dr. Jones',
      timestamp: '2026-01-07T08:00:00Z',
      content: 'another’s',
    });
    await clock.settle();
    expect(his.getSnapshot().notes.notes).toHaveLength(2);
    expect(smith.devices.running).toHaveLength(1);
    const { bookings } = clinic.backend.for('dr-smith');
    const version = clinic.backend.booking(id).version ?? 0;
    const { signal } = new AbortController();
    await bookings.reassign(id, { provider: 'dr-jones' }, { version, signal });
    await clock.settle();
    expect(his.getSnapshot()).toMatchObject({
      state: 'missing',
      booking: null,
      phase: null,
      call: null,
      canWrite: false,
      parties: [],
    });
    expect(his.getSnapshot().notes.notes.map(({ content }) => content)).toEqual(['my own']);
    expect([smith.client.active, smith.client.getSnapshot().queue]).toEqual([null, []]);
    await clock.advance(3_000);
    expect(smith.devices.running).toEqual([]);
  });
});

describe('a backend that says what it has', () => {
  const offering = (...offers: OperationId[]): Clinic<SimulatedClock> => createClinic({ clock, offers });
  const all = Object.keys(operations) as OperationId[];

  it('with everything, everything can be done', async () => {
    const { client } = offering(...all).open('dr-smith');
    await clock.settle();
    expect(Object.values(client.getSnapshot().can)).not.toContain(false);
  });

  it('without the calls it has bookings and notes, and offers no start', async () => {
    clinic = offering(...all.filter((id) => !['takeSeat', 'join', 'reportPresence'].includes(id)));
    const { id } = clinic.book({ startsIn: 0 });
    const page = clinic.open('ann');
    const session = page.watch(id);
    await clock.settle();
    expect(page.client.getSnapshot().can).toMatchObject({ call: false, cancel: true, end: true });
    expect(session.getSnapshot()).toMatchObject({ phase: 'open', canStart: false, canEnd: true });
    session.start();
    await clock.settle();
    expect(session.getSnapshot().call).toBeNull();
    expect(clinic.backend.requests.some(({ method }) => method === 'access.takeSeat')).toBe(false);
  });

  it('that has no list is read by its active booking', async () => {
    clinic = offering('getMe', 'getActiveBooking', 'listNotes');
    const { id } = clinic.book({ startsIn: 0 });
    const page = clinic.open('ann');
    await clock.settle();
    expect(page.client.active?.booking.id).toBe(id);
    expect(clinic.backend.requests.some(({ method }) => method === 'bookings.list')).toBe(false);
  });
});

describe('a backend of the seed’s own, behind an adapter that has every method', () => {
  const seedOnly = (backend: Backend): Backend => ({
    ...backend,
    bookings: {
      ...backend.bookings,
      list: notSupported,
      get: notSupported,
      complete: notSupported,
      cancel: notSupported,
    },
    access: { ...backend.access!, me: notSupported, takeSeat: notSupported, admit: notSupported },
    events: {
      subscribe(listener) {
        listener({ type: 'connection', state: 'down', error: new SessionError('not-supported', 'No events.') });
      },
    },
  });

  it('works: the booking and its notes are there, and what is missing is said', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    clinic.backend.putNote(id, { providerName: 'Dr. Smith', timestamp: '2026-01-07T08:00:00Z', content: 'hello' });
    const page = clinic.open('ann', { backend: seedOnly });
    const session = page.watch(id);
    await clock.settle();
    expect(page.client.getSnapshot()).toMatchObject({
      state: 'ready',
      error: null,
      connection: 'polling',
      active: { booking: { id } },
    });
    const { can } = page.client.getSnapshot();
    expect(Object.entries(can).flatMap(([what, is]) => (is ? [what] : []))).toEqual(['writeNotes']);
    expect(session.getSnapshot()).toMatchObject({ state: 'ready', phase: 'open', canStart: false, canEnd: false });
    expect(session.getSnapshot().notes.notes.map(({ content }) => content)).toEqual(['hello']);
  });

  it('is read again now and then, bookings and notes', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const page = clinic.open('ann', { backend: seedOnly });
    const session = page.watch(id);
    await clock.settle();
    clinic.backend.putNote(id, { providerName: 'Dr. Smith', timestamp: '2026-01-07T08:00:00Z', content: 'hello' });
    clinic.book({ startsIn: -HOUR / 2 });
    await clock.advance(31_000);
    expect(session.getSnapshot().notes.notes).toHaveLength(1);
  });

  it('another failure is no answer: it is tried again', async () => {
    clinic.backend.fail('access.me', new SessionError('unavailable', 'Busy.'));
    const { client } = clinic.open('ann');
    await clock.settle();
    expect(client.getSnapshot()).toMatchObject({ state: 'failed', me: null });
    await clock.advance(2_000);
    expect(client.getSnapshot()).toMatchObject({ state: 'ready', me: { id: 'ann' } });
  });
});

describe('signing out in one tab (X4)', () => {
  it('ends it in every tab of this person, and nothing stays in any', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const here = clinic.open('ann');
    const there = clinic.open('ann', { besides: here });
    const hers = there.watch(id);
    await clock.settle();
    hers.start();
    await clock.settle();
    expect(there.devices.running).toHaveLength(1);
    await here.client.signOut();
    await clock.settle();
    expect([here, there].map(({ client }) => client.getSnapshot().state)).toEqual(['signed-out', 'signed-out']);
    expect(JSON.stringify([hers.getSnapshot(), there.client.getSnapshot()])).not.toMatch(/Dr\. Smith|Ann/);
    expect([there.devices.running, here.platform.stored.size]).toEqual([[], 0]);
  });

  it('another person in another tab, and another browser, go on', async () => {
    const here = clinic.open('ann');
    const others = [clinic.open('bob', { besides: here }), clinic.open('ann')];
    await clock.settle();
    await here.client.signOut();
    await clock.settle();
    expect(others.map(({ client }) => client.getSnapshot().state)).toEqual(['ready', 'ready']);
  });

  it('closing a page is no signing out', async () => {
    const here = clinic.open('ann');
    const there = clinic.open('ann', { besides: here });
    await clock.settle();
    here.client.close();
    await clock.settle();
    expect(there.client.getSnapshot().state).toBe('ready');
  });
});

import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../booking/booking.schema.js';
import { toInstant, toIso } from '../booking/instant.schema.js';
import { SessionError } from '../errors.js';
import type { Backend } from '../ports/backend.port.js';
import type { Session } from '../session/session.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;
let booking: Booking;
let ann: Page;
let smith: Page;
let hers: Session;
let his: Session;

beforeEach(async () => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
  booking = clinic.book({ startsIn: HOUR });
  [ann, smith] = [clinic.open('ann'), clinic.open('dr-smith')];
  [hers, his] = [ann.watch(booking.id), smith.watch(booking.id)];
  await clock.settle();
});

const onServer = (): Booking => clinic.backend.booking(booking.id);
const shownTo = (session: Session) => session.getSnapshot().booking;
const hoursLater = (hours: number): string => toIso(toInstant(booking.dateTime) + hours * HOUR);

/** Notes what is asked of a port's method, and asks it. */
function recording<P extends object>(port: P, method: keyof P, asked: unknown[][]): P {
  const own = port[method];
  if (typeof own !== 'function') return port;
  return {
    ...port,
    [method]: (...given: unknown[]) => {
      asked.push(given);
      return own.apply(port, given) as unknown;
    },
  };
}

describe('rescheduling', () => {
  it('reaches both sides live, and the window is that of the new time', async () => {
    await ann.client.reschedule(booking.id, hoursLater(2));
    expect(shownTo(hers)?.dateTime).toBe(hoursLater(2));
    await clock.settle();
    expect(his.getSnapshot()).toMatchObject({
      phase: 'upcoming',
      opensAt: toInstant(hoursLater(1)),
      booking: { rescheduledFrom: booking.dateTime },
    });
  });

  it('is for the version that this page knows', async () => {
    const asked: unknown[][] = [];
    const page = clinic.open('ann', {
      backend: (backend) => ({ ...backend, bookings: recording(backend.bookings, 'reschedule', asked) }),
    });
    await clock.settle();
    await smith.client.late(booking.id, { minutes: 5 });
    await clock.settle();
    await page.client.reschedule(booking.id, hoursLater(2));
    expect(asked).toMatchObject([[booking.id, { dateTime: hoursLater(2) }, { version: 2 }]]);
  });

  it('of a booking that has changed since is a conflict, and changes nothing', async () => {
    clinic.backend.disconnectEvents('ann');
    await smith.client.late(booking.id, { minutes: 5 });
    await expect(ann.client.reschedule(booking.id, hoursLater(2))).rejects.toMatchObject({ code: 'conflict' });
    expect(onServer().dateTime).toBe(booking.dateTime);
  });

  it('of a booking that this page does not know is not asked for', async () => {
    await expect(ann.client.reschedule('other', hoursLater(2))).rejects.toMatchObject({ code: 'not-found' });
    expect(clinic.backend.requests.some(({ method }) => method === 'bookings.reschedule')).toBe(false);
  });

  it('is refused while somebody is in the call: there are never two windows', async () => {
    hers.start();
    his.start();
    await clock.advance(100);
    await expect(smith.client.reschedule(booking.id, hoursLater(2))).rejects.toMatchObject({ code: 'conflict' });
    expect([onServer().dateTime, hers.getSnapshot().call?.state]).toEqual([booking.dateTime, 'connected']);
  });

  it('what comes late of the time before is dropped', async () => {
    let old = (): void => undefined;
    const page = clinic.open('ann', {
      backend: (backend) => ({
        ...backend,
        events: {
          subscribe(listener, options) {
            const before = onServer();
            old = () => listener({ type: 'event', event: { type: 'booking.changed', booking: before } });
            backend.events?.subscribe(listener, options);
          },
        },
      }),
    });
    const session = page.watch(booking.id);
    await clock.settle();
    await smith.client.reschedule(booking.id, hoursLater(2));
    await clock.settle();
    old();
    expect([shownTo(session)?.dateTime, page.client.active?.booking.dateTime]).toEqual([hoursLater(2), hoursLater(2)]);
  });
});

describe('cancelling during a call', () => {
  it('ends it on both sides, and what was written so far stays', async () => {
    hers.start();
    his.start();
    await clock.advance(100);
    his.shareNote(his.writeNote({ content: 'so far' }));
    await clock.settle();
    await ann.client.cancel(booking.id);
    await clock.advance(1_000);
    for (const session of [hers, his]) {
      expect(session.getSnapshot()).toMatchObject({ phase: 'cancelled', call: null, canStart: false });
      expect(session.getSnapshot().notes.notes.map(({ content }) => content)).toEqual(['so far']);
    }
    expect([...ann.devices.running, ...smith.devices.running]).toEqual([]);
  });
});

describe('the provider', () => {
  it('reopens what was ended by mistake: the same call can be joined again', async () => {
    hers.start();
    his.start();
    await clock.advance(100);
    his.end();
    await clock.settle();
    expect([hers.getSnapshot().phase, hers.getSnapshot().canStart]).toEqual(['completed', false]);
    await smith.client.reopen(booking.id);
    await clock.settle();
    expect(hers.getSnapshot()).toMatchObject({ phase: 'open', canStart: true, booking: { status: 'scheduled' } });
    expect(shownTo(hers)).not.toHaveProperty('completedAt');
    hers.start();
    his.start();
    await clock.advance(100);
    expect([hers.getSnapshot().call?.state, his.getSnapshot().call?.state]).toEqual(['connected', 'connected']);
  });

  it('is late, and the patient reads it', async () => {
    await smith.client.late(booking.id, { minutes: 15, message: 'Still with somebody.' });
    await clock.settle();
    expect(shownTo(hers)?.late).toMatchObject({ minutes: 15, message: 'Still with somebody.' });
  });

  it('says that the patient did not come', async () => {
    await clock.advance(HOUR + 10 * MINUTE);
    await smith.client.noShow(booking.id);
    await clock.settle();
    expect(hers.getSnapshot()).toMatchObject({ phase: 'cancelled', reason: 'no-show' });
  });

  it('withdraws a note, and both see it at once', async () => {
    his.shareNote(his.writeNote({ content: 'wrong chart' }));
    await clock.settle();
    const [note] = his.getSnapshot().notes.notes;
    await smith.client.withdrawNote(booking.id, note?.id ?? '');
    expect(his.getSnapshot().notes.notes[0]?.withdrawnAt).toBeDefined();
    await clock.settle();
    expect(hers.getSnapshot().notes.notes).toMatchObject([{ content: '', withdrawnAt: expect.any(String) as string }]);
  });

  it('reads earlier bookings of a patient with their notes', async () => {
    his.shareNote(his.writeNote({ content: 'Drink water.' }));
    await clock.settle();
    await clock.advance(2 * HOUR);
    const { items } = await smith.client.history('ann');
    expect(items.map((entry) => [entry.booking.id, entry.notes.map(({ content }) => content)])).toEqual([
      [booking.id, ['Drink water.']],
    ]);
  });
});

describe('handing a booking over', () => {
  let jones: Page;
  let theirs: Session;

  beforeEach(async () => {
    jones = clinic.open('dr-jones');
    theirs = jones.watch(booking.id);
    his.shareNote(his.writeNote({ content: 'by Smith' }));
    await clock.settle();
  });

  it('takes the call and the writing from one and gives all to the other, notes too', async () => {
    hers.start();
    his.start();
    await clock.advance(100);
    expect(theirs.getSnapshot()).toMatchObject({ state: 'missing', notes: { notes: [] } });
    await smith.client.reassign(booking.id, 'dr-jones');
    expect(his.getSnapshot()).toMatchObject({ state: 'missing', booking: null, call: null, canWrite: false });
    await clock.advance(3_000);
    expect(smith.devices.running).toEqual([]);
    expect(smith.client.getSnapshot().bookings).toEqual([]);
    expect(his.getSnapshot().notes.notes.map(({ content }) => content)).toEqual(['by Smith']);
    expect(theirs.getSnapshot()).toMatchObject({ state: 'ready', role: 'provider', canStart: true, canWrite: true });
    expect(theirs.getSnapshot().notes.notes.map(({ content }) => content)).toEqual(['by Smith']);
    expect(jones.client.active?.booking.id).toBe(booking.id);
    expect(shownTo(hers)).toMatchObject({ provider: 'dr-jones', providerName: 'Dr. Jones' });
    theirs.start();
    await clock.advance(3_000);
    expect([hers.getSnapshot().call?.state, theirs.getSnapshot().call?.state]).toEqual(['connected', 'connected']);
  });

  it('is known to the former provider’s other pages by the event', async () => {
    const other = clinic.open('dr-smith', { besides: smith });
    const there = other.watch(booking.id);
    await clock.settle();
    await smith.client.reassign(booking.id, 'dr-jones');
    await clock.settle();
    expect(there.getSnapshot()).toMatchObject({ state: 'missing', booking: null });
    expect(other.client.getSnapshot().bookings).toEqual([]);
  });

  it('and back: who has it again reads what was written meanwhile', async () => {
    await smith.client.reassign(booking.id, 'dr-jones');
    await clock.settle();
    theirs.shareNote(theirs.writeNote({ content: 'by Jones' }));
    await clock.settle();
    await jones.client.reassign(booking.id, 'dr-smith');
    await clock.settle();
    expect(his.getSnapshot()).toMatchObject({ state: 'ready', canWrite: true });
    expect(his.getSnapshot().notes.notes.map(({ content }) => content)).toEqual(['by Smith', 'by Jones']);
    expect(theirs.getSnapshot()).toMatchObject({ state: 'missing' });
    expect(theirs.getSnapshot().notes.notes.map(({ content }) => content)).toEqual(['by Jones']);
  });

  it('to themselves leaves it where it is', async () => {
    await smith.client.reassign(booking.id, 'dr-smith');
    expect(his.getSnapshot()).toMatchObject({ state: 'ready', booking: { provider: 'dr-smith' } });
    expect(smith.client.getSnapshot().bookings).toHaveLength(1);
  });

  it('is for the version that this page knows', async () => {
    clinic.backend.disconnectEvents('dr-smith');
    await ann.client.reschedule(booking.id, hoursLater(2));
    await expect(smith.client.reassign(booking.id, 'dr-jones')).rejects.toMatchObject({ code: 'conflict' });
    expect([onServer().provider, his.getSnapshot().state]).toEqual(['dr-smith', 'ready']);
  });
});

describe('two commands that race', () => {
  it('both end at once: one completion, and no error to either', async () => {
    const before = onServer().version ?? 0;
    hers.end();
    his.end();
    await clock.settle();
    expect(onServer()).toMatchObject({ status: 'completed', version: before + 1 });
    for (const session of [hers, his]) expect(session.getSnapshot().endError).toBeNull();
  });

  it.each(['cancel', 'end'] as const)('%s comes first: the other one learns how it stands', async (first) => {
    const pause = clinic.backend.pause(first === 'cancel' ? 'bookings.complete' : 'bookings.cancel');
    his.end();
    const cancelled = ann.client.cancel(booking.id).then(
      () => 'done',
      (error: unknown) => (error instanceof SessionError ? error.code : 'unknown'),
    );
    await clock.settle();
    pause();
    await clock.settle();
    const status = first === 'cancel' ? 'cancelled' : 'completed';
    expect(onServer().status).toBe(status);
    expect(await cancelled).toBe(first === 'cancel' ? 'done' : 'session-ended');
    for (const session of [hers, his]) expect(session.getSnapshot()).toMatchObject({ phase: status, ending: false });
  });

  it('the event comes before the answer, or after it: the same state', async () => {
    for (const eventFirst of [true, false]) {
      const { id } = clinic.book({ startsIn: 30 * MINUTE });
      let answer = (): void => undefined;
      const page = clinic.open('ann', {
        backend: (backend) => ({
          ...backend,
          bookings: {
            ...backend.bookings,
            async cancel(...given) {
              const cancelled = await backend.bookings.cancel!(...given);
              if (eventFirst) await new Promise<void>((resolve) => (answer = resolve));
              return cancelled;
            },
          },
        }),
      });
      const session = page.watch(id);
      await clock.settle();
      const reconnect = eventFirst ? () => undefined : clinic.backend.disconnectEvents('ann');
      const done = page.client.cancel(id);
      await clock.settle();
      expect(session.getSnapshot().phase).toBe('cancelled');
      const version = session.getSnapshot().booking?.version;
      answer();
      reconnect();
      await done;
      await clock.settle();
      expect(session.getSnapshot()).toMatchObject({ phase: 'cancelled', booking: { version } });
    }
  });
});

describe('what a backend does not have', () => {
  const commands: readonly [keyof Backend['bookings'], (page: Page) => Promise<unknown>][] = [
    ['providers', ({ client }) => client.providers()],
    ['slots', ({ client }) => client.slots('dr-smith', { from: 0, to: 1 })],
    ['book', ({ client }) => client.book({ provider: 'dr-smith', dateTime: hoursLater(2), notes: '' })],
    ['cancel', ({ client }) => client.cancel(booking.id)],
    ['reschedule', ({ client }) => client.reschedule(booking.id, hoursLater(2))],
    ['reopen', ({ client }) => client.reopen(booking.id)],
    ['late', ({ client }) => client.late(booking.id, { minutes: 5 })],
    ['noShow', ({ client }) => client.noShow(booking.id)],
    ['reassign', ({ client }) => client.reassign(booking.id, 'dr-jones')],
  ];
  it.each(commands)('bookings.%s: it is said, and nothing breaks', async (method, work) => {
    const page = clinic.open('dr-smith', {
      backend: (backend) => ({ ...backend, bookings: { ...backend.bookings, [method]: undefined } }),
    });
    await clock.settle();
    await expect(work(page)).rejects.toMatchObject({ code: 'not-supported' });
  });

  it('admission, a network test, a history, withdrawing', async () => {
    const page = clinic.open('dr-smith', {
      backend: ({ access: _, notes, ...backend }) => ({ ...backend, notes: { list: notes.list.bind(notes) } }),
    });
    await clock.settle();
    const { client } = page;
    const tries = [
      client.admit(booking.id),
      client.hold(booking.id),
      client.testNetwork(),
      client.history('ann'),
      client.withdrawNote(booking.id, 'n'),
    ];
    for (const one of tries) await expect(one).rejects.toMatchObject({ code: 'not-supported' });
  });

  it('a backend without versions can not be asked for what needs one', async () => {
    const page = clinic.open('ann', {
      backend: (backend) => ({
        ...backend,
        bookings: {
          ...backend.bookings,
          async list(...given) {
            const { items, ...rest } = await backend.bookings.list!(...given);
            return { ...rest, items: items.map(({ version: _, ...one }) => one) };
          },
        },
      }),
    });
    await clock.settle();
    await expect(page.client.reschedule(booking.id, hoursLater(2))).rejects.toMatchObject({ code: 'not-supported' });
  });

  it('the test of the network is asked for, and can be given up', async () => {
    const test = await ann.client.testNetwork();
    expect(test.probe.token).toBeTruthy();
    const own = new AbortController();
    const pause = clinic.backend.pause('access.testNetwork');
    const asked = ann.client.testNetwork({ signal: own.signal });
    own.abort();
    await expect(asked).rejects.toMatchObject({ code: 'aborted' });
    pause();
  });
});

import {
  createClinic,
  createFakeDevices,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../booking/booking.schema.js';
import { SessionError } from '../errors.js';
import type { Session } from './session.js';
import type { SessionView } from './session.view.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;

beforeEach(() => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
});

/** What changed in a view, step by step. */
function follow<T>(session: Session, what: (view: SessionView) => T): T[] {
  const seen: T[] = [];
  session.subscribe((view) => {
    const now = what(view);
    if (seen.length === 0 || seen.at(-1) !== now) seen.push(now);
  });
  return seen;
}

interface Both {
  readonly booking: Booking;
  readonly ann: Page;
  readonly smith: Page;
  readonly hers: Session;
  readonly his: Session;
}

async function open(startsIn = 0): Promise<Both> {
  const booking = clinic.book({ startsIn });
  const [ann, smith] = [clinic.open('ann'), clinic.open('dr-smith')];
  const [hers, his] = [ann.watch(booking.id), smith.watch(booking.id)];
  await clock.settle();
  return { booking, ann, smith, hers, his };
}

async function inCall(startsIn = 0): Promise<Both> {
  const both = await open(startsIn);
  both.hers.start();
  await clock.settle();
  both.his.start();
  await clock.settle();
  expect([call(both.hers), call(both.his)]).toEqual(['connected', 'connected']);
  return both;
}

const call = (session: Session): string | null => session.getSnapshot().call?.state ?? null;
const phase = (session: Session): string | null => session.getSnapshot().phase;

/** However a call ends, nothing of it stays on this page. */
function expectFreed(page: Page, seat: string): void {
  expect(page.devices.opened.length).toBeGreaterThan(0);
  expect(page.devices.running).toEqual([]);
  expect(clinic.network.connections.filter((connection) => connection.seat === seat)).toEqual([]);
}

describe('the gate', () => {
  it('opens and closes at the right millisecond, with no reload', async () => {
    const { hers, booking } = await open(3 * HOUR);
    const start = Date.parse(booking.dateTime);
    const at = async (instant: number): Promise<string | null> => {
      await clock.advance(instant - clock.trueTime());
      return phase(hers);
    };
    expect(await at(start - HOUR - 1)).toBe('upcoming');
    expect(await at(start - HOUR)).toBe('open');
    expect(await at(start + 2 * HOUR - 1)).toBe('open');
    expect(await at(start + 2 * HOUR)).toBe('expired');
    expect(hers.getSnapshot()).toMatchObject({ reason: 'missed', canStart: false });
  });

  it('opens after a wait that no timer can hold', async () => {
    const { id } = clinic.book({ startsIn: 25 * DAY + HOUR });
    const ann = clinic.open('ann');
    const hers = ann.watch(id);
    const seen = follow(hers, (view) => view.phase);
    await clock.advance(25 * DAY - 1);
    expect([phase(hers), new Set(seen)]).toEqual(['upcoming', new Set([null, 'upcoming'])]);
    await clock.advance(1);
    expect([phase(hers), ann.client.active?.verdict.phase]).toEqual(['open', 'open']);
  }, 60_000);

  it.each([9 * MINUTE, -9 * MINUTE, DAY, -DAY])(
    'goes by the server’s clock on a device %d ms ahead',
    async (deviceAhead) => {
      const { id } = clinic.book({ startsIn: 2 * HOUR });
      const page = clinic.open('ann', { clock: clock.another({ deviceAhead }) });
      const session = page.watch(id);
      await clock.advance(HOUR - 1);
      expect(phase(session)).toBe('upcoming');
      await clock.advance(1);
      expect(phase(session)).toBe('open');
      expect(page.client.clock.deviceAhead()).toBe(deviceAhead);
    },
  );

  it('is right as soon as a device wakes that slept across the edge', async () => {
    const { id } = clinic.book({ startsIn: HOUR + 10 * MINUTE });
    const device = clock.another();
    const page = clinic.open('ann', { clock: device });
    const session = page.watch(id);
    await clock.settle();
    await device.sleep(30 * MINUTE);
    expect(phase(session)).toBe('upcoming');
    page.platform.wakeUp('visible');
    expect(phase(session)).toBe('open');
  });

  it('is right within a minute where nothing tells that the device slept', async () => {
    const { id } = clinic.book({ startsIn: HOUR + 10 * MINUTE });
    const device = clock.another();
    const session = clinic.open('ann', { clock: device }).watch(id);
    await clock.settle();
    await device.sleep(30 * MINUTE);
    await clock.advance(MINUTE);
    expect(phase(session)).toBe('open');
  });

  it('does not believe a clock that was changed', async () => {
    const { id } = clinic.book({ startsIn: 2 * HOUR });
    const device = clock.another();
    const page = clinic.open('ann', { clock: device });
    const session = page.watch(id);
    await clock.settle();
    device.jumpWall(3 * HOUR);
    page.platform.wakeUp('visible');
    await clock.settle();
    expect(phase(session)).toBe('upcoming');
    await clock.advance(HOUR);
    expect(phase(session)).toBe('open');
  });

  it('asks for the time once, also of a server that does not say it', async () => {
    const device = clock.another();
    let asked = 0;
    const page = clinic.open('ann', {
      clock: device,
      backend: (backend) => ({
        ...backend,
        time: {
          subscribe: (listener) => backend.time?.subscribe(listener) ?? (() => undefined),
          measure: () => {
            asked += 1;
            return asked > 50 ? new Promise(() => undefined) : Promise.resolve();
          },
        },
      }),
    });
    await clock.settle();
    await device.sleep(HOUR);
    page.platform.wakeUp('visible');
    await clock.settle();
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('follows a correction of the clock at once', async () => {
    const { id } = clinic.book({ startsIn: 2 * HOUR });
    let correct = (): void => undefined;
    const page = clinic.open('ann', {
      backend: (backend) => ({
        ...backend,
        time: {
          subscribe(listener) {
            correct = () => {
              const at = clock.monotonic();
              listener({ serverTime: clock.trueTime() + HOUR, sentAt: at, receivedAt: at });
            };
            return () => undefined;
          },
          measure: () => new Promise(() => undefined),
        },
      }),
    });
    const session = page.watch(id);
    await clock.settle();
    expect(phase(session)).toBe('upcoming');
    correct();
    expect([phase(session), page.client.active?.verdict.phase]).toEqual(['open', 'open']);
  });

  it('follows the server where it refuses: it waits for opensAt, and does not loop', async () => {
    const { id } = clinic.book({ startsIn: 2 * HOUR });
    // This page believes that it is an hour later, and no answer tells it better.
    const page = clinic.open('ann', {
      clock: clock.another({ deviceAhead: HOUR }),
      backend: ({ bookings, notes, access, events }) => ({
        bookings,
        notes,
        ...(access && { access }),
        ...(events && { events }),
      }),
    });
    const session = page.watch(id);
    await clock.settle();
    expect(session.getSnapshot().canStart).toBe(true);
    session.start();
    await clock.advance(5_000);
    expect(session.getSnapshot().lastCall).toMatchObject({ outcome: 'failed', error: { code: 'outside-window' } });
    expect(clinic.backend.requests.filter(({ method }) => method === 'access.takeSeat')).toHaveLength(1);
    expectFreed(page, 'patient');
  });
});

describe('a call', () => {
  it('waits, connects on both sides, and starts the timer', async () => {
    const { hers, his } = await open();
    const [seenHers, seenHis] = [follow(hers, (view) => view.call?.state), follow(his, (view) => view.call?.state)];
    hers.start();
    await clock.advance(4 * MINUTE);
    expect(call(hers)).toBe('waiting');
    expect(his.getSnapshot().parties.find(({ seat }) => seat === 'patient')).toMatchObject({ presence: 'waiting' });
    his.start();
    await clock.settle();
    expect(seenHers).toEqual(['preparing', 'waiting', 'connecting', 'connected']);
    expect(seenHis.filter((state) => state !== undefined && state !== 'waiting')).toEqual([
      'preparing',
      'connecting',
      'connected',
    ]);
    for (const session of [hers, his]) expect(session.getSnapshot().callStartedAt).toBe(clock.trueTime());
    expect(clinic.network.built).toBe(1);
  });

  it('goes on for hours, with the seats renewed and nothing built anew', async () => {
    const { hers, his } = await inCall();
    await clock.advance(90 * MINUTE);
    expect([call(hers), call(his), clinic.network.built]).toEqual(['connected', 'connected', 1]);
  });

  it('can be left and come back to, and the timer goes on', async () => {
    const { hers, his, ann } = await inCall();
    const startedAt = clock.trueTime();
    await clock.advance(5 * MINUTE);
    hers.leave();
    await clock.advance(3_000);
    expect(hers.getSnapshot()).toMatchObject({
      call: null,
      phase: 'open',
      canStart: true,
      lastCall: { outcome: 'left' },
    });
    expect(call(his)).toBe('waiting');
    expectFreed(ann, 'patient');
    hers.start();
    await clock.settle();
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
    expect(hers.getSnapshot().callStartedAt).toBe(startedAt);
  });

  it('mutes and darkens, and says why where a device can not be turned on', async () => {
    const { hers, ann } = await inCall();
    hers.setMicrophone(false);
    hers.setCamera(false);
    await clock.settle();
    expect(hers.getSnapshot().call).toMatchObject({ microphone: 'off', camera: 'off', devicesError: null });
    ann.devices.failTurn('devices-busy');
    hers.setCamera(true);
    await clock.settle();
    expect(hers.getSnapshot().call).toMatchObject({
      state: 'connected',
      camera: 'off',
      devicesError: { code: 'devices-busy' },
    });
    hers.setCamera(true);
    await clock.settle();
    expect(hers.getSnapshot().call).toMatchObject({ camera: 'on', devicesError: null });
    // Pressed twice in quick succession: the first turn was overtaken, which is no failure.
    ann.devices.failTurn('aborted');
    hers.setCamera(false);
    await clock.settle();
    expect(hers.getSnapshot().call?.devicesError).toBeNull();
    ann.devices.opened[0]?.change('microphone', 'missing');
    await clock.settle();
    expect(hers.getSnapshot().call?.microphone).toBe('missing');
  });

  it('is left when another one begins on this page: nobody overhears the next patient', async () => {
    const { his, hers, smith } = await inCall();
    const next = clinic.backend.putBooking({ patient: 'bob', provider: 'dr-smith', start: clinic.backend.now() + 1 });
    const [bob, other] = [clinic.open('bob'), smith.watch(next.id)];
    const waits = bob.watch(next.id);
    await clock.settle();
    waits.start();
    await clock.settle();
    other.start();
    await clock.advance(3_000);
    expect([call(his), call(other), call(waits)]).toEqual([null, 'connected', 'connected']);
    expect(his.getSnapshot()).toMatchObject({ phase: 'open', canStart: true, lastCall: { outcome: 'left' } });
    expect(call(hers)).toBe('waiting');
    expect(smith.devices.running).toHaveLength(1);
  });

  it('can be joined with devices off', async () => {
    const { hers } = await open();
    hers.start({ microphone: true, camera: false });
    await clock.settle();
    expect(hers.getSnapshot().call).toMatchObject({ state: 'waiting', microphone: 'on', camera: 'missing' });
  });

  it('may wait long for the answer to the question for the camera', async () => {
    const { hers, his, ann } = await open();
    const { answer } = ann.devices.ask();
    hers.start();
    his.start();
    await clock.advance(5 * MINUTE);
    expect(call(hers)).toBe('preparing');
    answer();
    await clock.advance(10_000);
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
  });
});

describe('however a call ends, camera and microphone are off', () => {
  type Ending = (both: Both) => unknown;
  const endings: readonly [string, Ending][] = [
    ['leave', ({ hers }) => hers.leave()],
    ['end', ({ hers }) => hers.end()],
    ['the other ends', ({ his }) => his.end()],
    ['the other cancels', ({ smith, booking }) => smith.client.cancel(booking.id)],
    ['the client is closed', ({ ann }) => ann.client.close()],
    ['signing out', ({ ann }) => ann.client.signOut()],
    ['the engine gives up', () => clinic.network.close('patient', 'video-failed')],
    [
      'another tab takes over',
      async ({ ann, booking }) => {
        const other = clinic.open('ann', { besides: ann }).watch(booking.id);
        await clock.settle();
        other.continueHere();
        await clock.settle();
      },
    ],
  ];
  it.each(endings)('%s', async (_, ending) => {
    const both = await inCall();
    expect(both.ann.devices.running).toHaveLength(1);
    await ending(both);
    await clock.advance(3_000);
    expect(both.ann.devices.running).toEqual([]);
    expect(both.hers.getSnapshot().call).toBeNull();
    expect(call(both.his)).not.toBe('reconnecting');
  });

  it.each(endings)('%s, while the question for the camera is still open', async (name, ending) => {
    if (name === 'the engine gives up') return;
    const both = await open();
    const { answer } = both.ann.devices.ask();
    both.hers.start();
    await clock.settle();
    await ending(both);
    answer();
    await clock.advance(3_000);
    expect(both.ann.devices.opened).toHaveLength(1);
    expect(both.ann.devices.running).toEqual([]);
  });

  it('the window closes while she waits', async () => {
    const { hers, ann } = await open();
    hers.start();
    await clock.advance(2 * HOUR - 1);
    expect(call(hers)).toBe('waiting');
    await clock.advance(1);
    expect(hers.getSnapshot()).toMatchObject({ phase: 'expired', call: null });
    expectFreed(ann, 'patient');
  });

  it('the devices break: the call has failed, and can be tried again', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const page = clinic.open('ann', {
      client: {
        devices: {
          ...createFakeDevices(),
          open: () => {
            throw new TypeError('No such method.');
          },
        },
      },
    });
    const session = page.watch(id);
    await clock.settle();
    session.start();
    await clock.settle();
    expect(session.getSnapshot()).toMatchObject({
      call: null,
      canStart: true,
      lastCall: { outcome: 'failed', error: { code: 'unknown', message: 'No such method.' } },
    });
  });

  it('the devices are refused: the seat is given back', async () => {
    const { hers, his, ann } = await open();
    ann.devices.failOpen('devices-denied');
    hers.start();
    await clock.settle();
    expect(hers.getSnapshot()).toMatchObject({
      call: null,
      canStart: true,
      lastCall: { outcome: 'failed', error: { code: 'devices-denied' } },
    });
    expect(his.getSnapshot().parties.find(({ seat }) => seat === 'patient')?.presence ?? 'away').toBe('away');
    hers.start();
    await clock.settle();
    expect(call(hers)).toBe('waiting');
  });

  it.each(['access.takeSeat', 'access.join'] as const)('%s is refused', async (method) => {
    const { hers, ann } = await open();
    clinic.backend.fail(method, new SessionError('unavailable', 'Not now.'));
    hers.start();
    await clock.settle();
    expect(hers.getSnapshot()).toMatchObject({ canStart: true, lastCall: { error: { code: 'unavailable' } } });
    expectFreed(ann, 'patient');
  });
});

describe('ending', () => {
  it('by either, is completion for both', async () => {
    const { hers, his, booking } = await inCall();
    await clock.advance(10 * MINUTE);
    hers.end();
    await clock.settle();
    for (const session of [hers, his]) {
      expect(session.getSnapshot()).toMatchObject({
        phase: 'completed',
        call: null,
        canStart: false,
        duration: 10 * MINUTE,
      });
    }
    expect(clinic.backend.booking(booking.id).status).toBe('completed');
  });

  it('by both at once is one completion', async () => {
    const { hers, his, booking } = await inCall();
    const before = clinic.backend.booking(booking.id).version ?? 0;
    hers.end();
    his.end();
    await clock.settle();
    for (const session of [hers, his])
      expect(session.getSnapshot()).toMatchObject({ phase: 'completed', endError: null });
    expect(clinic.backend.booking(booking.id).version).toBe(before + 1);
  });

  it('is tried until the backend is back, with the camera off meanwhile', async () => {
    const { hers, his, ann, booking } = await inCall();
    const comeBack = clinic.backend.goOffline('ann');
    hers.end();
    await clock.advance(20_000);
    expect(hers.getSnapshot()).toMatchObject({
      ending: true,
      endError: { code: 'network' },
      call: null,
      phase: 'open',
    });
    expectFreed(ann, 'patient');
    comeBack();
    await clock.advance(8_000);
    expect([phase(hers), phase(his)]).toEqual(['completed', 'completed']);
    expect(hers.getSnapshot()).toMatchObject({ ending: false, endError: null });
    expect(clinic.backend.booking(booking.id).status).toBe('completed');
  });

  it('whose answer is lost is done once', async () => {
    const { hers, booking } = await inCall();
    clinic.backend.fail('bookings.complete', new SessionError('network', 'Gone.'), { afterDoing: true });
    hers.end();
    await clock.advance(2_000);
    expect(hers.getSnapshot()).toMatchObject({ phase: 'completed', ending: false });
    expect(clinic.backend.booking(booking.id).status).toBe('completed');
  });

  it('that is refused for good can be tried again', async () => {
    const { his } = await open();
    clinic.backend.fail('bookings.complete', new SessionError('forbidden', 'Not you.'));
    his.end();
    await clock.settle();
    expect(his.getSnapshot()).toMatchObject({ ending: false, endError: { code: 'forbidden' }, canEnd: true });
    his.end();
    await clock.settle();
    expect(his.getSnapshot()).toMatchObject({ phase: 'completed', endError: null });
  });

  it('is heard of where the event was lost, from the next refusal', async () => {
    const { hers, his } = await inCall();
    clinic.backend.disconnectEvents('ann');
    his.end();
    // At the next presence report, and before bookings are read anew for want of events.
    await clock.advance(22_000);
    expect(hers.getSnapshot()).toMatchObject({ phase: 'completed', call: null });
  });
});

describe('after the window', () => {
  it('a running call is not cut; it is completed once all had time to come back', async () => {
    const { hers, his, booking } = await inCall();
    await clock.advance(3 * HOUR);
    expect([call(hers), hers.getSnapshot().reason]).toEqual(['connected', 'in-call']);
    hers.leave();
    await clock.advance(3_000);
    expect(hers.getSnapshot()).toMatchObject({ phase: 'open', reason: 'may-return', canStart: true });
    hers.start();
    await clock.settle();
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
    hers.leave();
    his.leave();
    await clock.advance(10 * MINUTE + 3_000);
    expect(clinic.backend.booking(booking.id).status).toBe('completed');
    expect([phase(hers), phase(his)]).toEqual(['completed', 'completed']);
  });

  it('a running call is not cut where the backend says nothing of attendance', async () => {
    const booking = clinic.book({ startsIn: 0 });
    const ann = clinic.open('ann', {
      backend: ({ events: _, ...backend }) => ({
        ...backend,
        bookings: {
          async active(options) {
            const { booking: own, verdict } = await backend.bookings.active(options);
            if (own === null) return { booking: own, verdict };
            const { attendance: __, ...rest } = own;
            return { booking: rest, verdict };
          },
        },
      }),
    });
    const [hers, his] = [ann.watch(booking.id), clinic.open('dr-smith').watch(booking.id)];
    await clock.settle();
    hers.start();
    his.start();
    await clock.advance(MINUTE);
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
    await clock.advance(2 * HOUR);
    expect([call(hers), call(his), hers.getSnapshot().reason]).toEqual(['connected', 'connected', 'in-call']);
  });

  it('who could not end the session, and is out of the call, does not count as in it', async () => {
    const { hers } = await inCall();
    clinic.backend.fail('bookings.complete', new SessionError('forbidden', 'Not you.'));
    hers.end();
    await clock.advance(2 * HOUR + 5 * MINUTE);
    expect(hers.getSnapshot()).toMatchObject({ phase: 'open', reason: 'may-return', call: null });
  });

  it('nobody who was not in joins', async () => {
    const { hers, his } = await open();
    await clock.advance(2 * HOUR);
    hers.start();
    his.start();
    await clock.settle();
    expect([call(hers), call(his), phase(hers)]).toEqual([null, null, 'expired']);
  });
});

describe('one seat', () => {
  it('held by another tab: it says so, and continues here when asked', async () => {
    const { hers, his, ann, booking } = await inCall();
    const other = clinic.open('ann', { besides: ann });
    const there = other.watch(booking.id);
    await clock.settle();
    there.start();
    await clock.settle();
    expect(there.getSnapshot()).toMatchObject({ call: null, lastCall: { outcome: 'elsewhere' }, canStart: true });
    expect([call(hers), other.devices.running]).toEqual(['connected', []]);
    there.continueHere();
    await clock.advance(3_000);
    expect(hers.getSnapshot()).toMatchObject({ call: null, lastCall: { outcome: 'displaced', error: null } });
    expect([call(there), call(his)]).toEqual(['connected', 'connected']);
    expect(ann.devices.running).toEqual([]);
  });

  it('is not given up because word of its own take-over comes late', async () => {
    const { ann, booking } = await inCall();
    const other = clinic.open('ann', { besides: ann });
    const there = other.watch(booking.id);
    await clock.settle();
    const reconnect = clinic.backend.disconnectEvents('ann');
    there.continueHere();
    await clock.advance(1_000);
    reconnect();
    await clock.advance(1_000);
    expect(there.getSnapshot()).toMatchObject({ call: { state: 'connected' }, lastCall: null });
    expect(ann.devices.running).toEqual([]);
  });

  it('is left to the tab of this browser that has it, also while the backend can’t be reached', async () => {
    const { hers, ann, booking } = await inCall();
    const other = clinic.open('ann', { besides: ann });
    const there = other.watch(booking.id);
    await clock.settle();
    const restore = clinic.backend.goOffline('ann');
    there.start();
    await clock.settle();
    expect(there.getSnapshot()).toMatchObject({ call: null, lastCall: { outcome: 'elsewhere' } });
    there.continueHere();
    await clock.settle();
    expect(hers.getSnapshot().lastCall?.outcome).toBe('displaced');
    expect(ann.devices.running).toEqual([]);
    restore();
  });

  it('of a page that crashed is had again at once in its browser; on another device only when asked (X3)', async () => {
    const { his, ann, booking } = await inCall();
    ann.crash();
    const phone = clinic.open('ann').watch(booking.id);
    const again = clinic.open('ann', { besides: ann }).watch(booking.id);
    await clock.settle();
    phone.start();
    await clock.settle();
    expect(phone.getSnapshot().lastCall?.outcome).toBe('elsewhere');
    again.start();
    await clock.advance(3_000);
    expect([call(again), call(his)]).toEqual(['connected', 'connected']);
  });

  it('taken over on another device is not had back by a reload', async () => {
    const { ann, booking } = await inCall();
    const phone = clinic.open('ann').watch(booking.id);
    await clock.settle();
    phone.continueHere();
    await clock.advance(3_000);
    ann.crash();
    const again = clinic.open('ann', { besides: ann }).watch(booking.id);
    await clock.settle();
    again.start();
    await clock.advance(1_000);
    expect([again.getSnapshot().lastCall?.outcome, call(phone)]).toEqual(['elsewhere', 'connected']);
  });

  it('a page that reloads gets its seat when the former one has left', async () => {
    const { his, ann, booking } = await inCall();
    ann.platform.wakeUp('leaving');
    ann.client.close();
    const again = clinic.open('ann').watch(booking.id);
    await clock.settle();
    again.start();
    await clock.advance(3_000);
    expect([call(again), call(his)]).toEqual(['connected', 'connected']);
  });
});

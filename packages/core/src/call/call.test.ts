import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../booking/booking.schema.js';
import { SessionError } from '../errors.js';
import type { AccessPort } from '../ports/backend.port.js';
import type { Session } from '../session/session.js';
import type { Seat } from './ticket.schema.js';

const MINUTE = 60_000;

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;
let booking: Booking;
let ann: Page;
let hers: Session;
let his: Session;
let seen: string[];

const call = (session: Session): string | null => session.getSnapshot().call?.state ?? null;
const tickets = (person: string): number =>
  clinic.backend.requests.filter((request) => request.person === person && request.method === 'access.join').length;

async function meet(access: (own: AccessPort) => AccessPort = (own) => own): Promise<void> {
  ann = clinic.open('ann', {
    backend: (backend) => ({ ...backend, ...(backend.access && { access: access(backend.access) }) }),
  });
  hers = ann.watch(booking.id);
  his = clinic.open('dr-smith').watch(booking.id);
  await clock.settle();
  hers.start();
  his.start();
  await clock.advance(100);
  expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
  seen = ['connected'];
  hers.subscribe(({ call: now }) => {
    if (seen.at(-1) !== now?.state) seen.push(now?.state ?? 'none');
  });
}

beforeEach(() => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
  booking = clinic.book({ startsIn: 0 });
});

describe('signalling is lost', () => {
  it('the call goes on untouched, and this side makes itself reachable with one new ticket', async () => {
    await meet();
    const before = tickets('ann');
    clinic.network.loseSignalling('patient');
    await clock.settle();
    expect(tickets('ann')).toBe(before + 1);
    await clock.advance(MINUTE);
    expect([tickets('ann'), call(hers), call(his)]).toEqual([before + 1, 'connected', 'connected']);
    expect(new Set(seen)).toEqual(new Set(['connected']));
    expect(clinic.network.violations).toEqual([]);
  });

  it('while she waits: the other one finds her at her new address', async () => {
    await meet();
    his.leave();
    await clock.advance(3_000);
    expect(call(hers)).toBe('waiting');
    clinic.network.loseSignalling('patient');
    await clock.settle();
    his.start();
    await clock.advance(100);
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
  });

  it('and no ticket can be had: it asks again, with waits between, until it gets one', async () => {
    await meet();
    clinic.backend.fail('access.join', new SessionError('unavailable', 'Busy.'), { times: 5, person: 'ann' });
    const before = tickets('ann');
    clinic.network.loseSignalling('patient');
    await clock.advance(2_000);
    expect(tickets('ann') - before).toBeLessThan(5);
    await clock.advance(MINUTE);
    expect(tickets('ann')).toBe(before + 6);
    expect(call(hers)).toBe('connected');
  });

  it('and a ticket is refused for good: the call has failed, and the camera is off', async () => {
    await meet();
    clinic.backend.fail('access.join', new SessionError('forbidden', 'No.'), { person: 'ann' });
    clinic.network.loseSignalling('patient');
    await clock.advance(3_000);
    expect(hers.getSnapshot()).toMatchObject({
      call: null,
      lastCall: { outcome: 'failed', error: { code: 'forbidden' } },
    });
    expect(ann.devices.running).toEqual([]);
  });
});

describe('media are interrupted', () => {
  it('it says so, and is connected again when the network is', async () => {
    await meet();
    clinic.network.cut('media');
    await clock.advance(2_000);
    expect([call(hers), call(his)]).toEqual(['reconnecting', 'reconnecting']);
    await clock.advance(20_000);
    clinic.network.heal();
    await clock.advance(100);
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
    expect(seen).toEqual(['connected', 'reconnecting', 'connected']);
  });

  it('for good: they are built anew, and the former ones are not let go before', async () => {
    await meet();
    const timer = hers.getSnapshot().callStartedAt;
    clinic.network.breakMedia();
    await clock.advance(2_500);
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
    expect(seen).toEqual(['connected', 'reconnecting', 'connected']);
    expect(hers.getSnapshot().callStartedAt).toBe(timer);
  });

  it('with all of the network: nobody is hung up for four minutes', async () => {
    await meet();
    const back = [clinic.backend.goOffline('ann'), clinic.backend.goOffline('dr-smith')];
    clinic.network.cut('all');
    await clock.advance(4 * MINUTE);
    expect(call(hers)).toBe('reconnecting');
    for (const comeBack of back) comeBack();
    clinic.network.heal();
    await clock.advance(20_000);
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
  });

  it('and after five minutes it gives up, with the devices off and a way back', async () => {
    await meet();
    clinic.network.cut('media');
    await clock.advance(5 * MINUTE + 5_000);
    expect(hers.getSnapshot()).toMatchObject({
      call: null,
      canStart: true,
      phase: 'open',
      lastCall: { outcome: 'failed', error: { code: 'video-lost' } },
    });
    expect(ann.devices.running).toEqual([]);
    clinic.network.heal();
    hers.start();
    his.start();
    await clock.advance(5_000);
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
  });

  it('because the other one is gone: it waits for them', async () => {
    await meet();
    clinic.backend.goOffline('dr-smith');
    clinic.network.close('provider', 'video-failed');
    await clock.advance(2_000);
    expect(call(hers)).toBe('reconnecting');
    await clock.advance(2 * MINUTE);
    expect(call(hers)).toBe('waiting');
    expect(clinic.backend.booking(booking.id).status).toBe('scheduled');
  });
});

describe('the backend is away', () => {
  it('a call goes on without it, longer than a seat lives, and is in order again after', async () => {
    await meet();
    const comeBack = clinic.backend.goOffline('ann');
    await clock.advance(5 * MINUTE);
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
    comeBack();
    await clock.advance(10_000);
    expect(new Set(seen)).toEqual(new Set(['connected']));
    expect(call(his)).toBe('connected');
    expect(his.getSnapshot().parties.find(({ seat }) => seat === 'patient')?.presence).toBe('in-call');
    expect(clinic.network.violations).toEqual([]);
  });

  it('the seat was lost: it is taken again, and the call goes on', async () => {
    await meet();
    clinic.backend.dropSeat(booking.id, 'ann');
    await clock.advance(30_000);
    expect([call(hers), call(his)]).toEqual(['connected', 'connected']);
    expect(his.getSnapshot().parties.find(({ seat }) => seat === 'patient')?.presence).toBe('in-call');
    expect(new Set(seen)).toEqual(new Set(['connected']));
  });

  it('the seat was lost and taking it again is slow: it is not asked for over and over', async () => {
    let asked = 0;
    await meet((own) => ({
      ...own,
      async takeSeat(id, request, options) {
        asked += 1;
        if (asked > 1) await new Promise<void>((resolve) => void clock.setTimeout(resolve, 7_000));
        return own.takeSeat(id, request, options);
      },
    }));
    clinic.backend.dropSeat(booking.id, 'ann');
    await clock.advance(45_000);
    expect(asked).toBe(2);
    expect(his.getSnapshot().parties.find(({ seat }) => seat === 'patient')?.presence).toBe('in-call');
  });

  it('the seat was lost to another device: the call is there now', async () => {
    await meet();
    clinic.backend.disconnectEvents('ann');
    const there = clinic.open('ann').watch(booking.id);
    await clock.settle();
    there.continueHere();
    await clock.advance(30_000);
    expect(hers.getSnapshot()).toMatchObject({ call: null, lastCall: { outcome: 'elsewhere' } });
    expect(ann.devices.running).toEqual([]);
    expect([call(there), call(his)]).toEqual(['connected', 'connected']);
  });

  it('a call that ended while its seat was being asked for leaves no seat behind', async () => {
    ann = clinic.open('ann');
    hers = ann.watch(booking.id);
    await clock.settle();
    const answer = clinic.backend.pause('access.takeSeat', 'ann');
    hers.start();
    await clock.settle();
    hers.leave();
    await clock.settle();
    answer();
    await clock.settle();
    const other = clinic.open('ann').watch(booking.id);
    await clock.settle();
    other.start();
    await clock.settle();
    expect(call(other)).toBe('waiting');
  });

  it('starting again while an earlier start is being taken back is a call all the same', async () => {
    let first: Promise<Seat> | undefined;
    let asked = 0;
    ann = clinic.open('ann', {
      backend: ({ access, ...rest }) => ({
        ...rest,
        access: {
          ...access!,
          // Both requests are of this page, so a backend may give it one lease twice; the one taken back ends it.
          takeSeat: (...request) =>
            asked++ < 2 ? (first ??= access!.takeSeat(...request)) : access!.takeSeat(...request),
        },
      }),
    });
    hers = ann.watch(booking.id);
    await clock.settle();
    const answer = clinic.backend.pause('access.takeSeat', 'ann');
    const join = clinic.backend.pause('access.join', 'ann');
    hers.start();
    await clock.settle();
    hers.leave();
    await clock.settle();
    hers.start();
    await clock.settle();
    answer();
    await clock.settle();
    join();
    await clock.settle();
    expect(hers.getSnapshot()).toMatchObject({ call: { state: 'waiting' }, lastCall: null });
    expect(asked).toBe(3);
  });

  it('a seat that goes to another tab between seat and ticket is not taken back from it', async () => {
    ann = clinic.open('ann');
    hers = ann.watch(booking.id);
    const there = clinic.open('ann').watch(booking.id);
    await clock.settle();
    there.start();
    await clock.settle();
    clinic.backend.disconnectEvents('ann');
    const join = clinic.backend.pause('access.join', 'ann');
    hers.continueHere();
    await clock.settle();
    there.leave();
    await clock.settle();
    there.continueHere();
    await clock.settle();
    join();
    await clock.settle();
    expect(hers.getSnapshot()).toMatchObject({ call: null, lastCall: { outcome: 'elsewhere' } });
    expect(call(there)).toBe('waiting');
  });
});

it('an answer that was overtaken by an event does not bring back who was there before', async () => {
  let hold: Promise<void> | null = null;
  let release = (): void => undefined;
  let held = 0;
  await meet((own) => ({
    ...own,
    async presence(...args) {
      const answer = await own.presence(...args);
      if (hold !== null) {
        held += 1;
        await hold;
      }
      return answer;
    },
  }));
  hold = new Promise((resolve) => {
    release = resolve;
  });
  await clock.advance(MINUTE);
  expect(held).toBe(1);
  const other = () => hers.getSnapshot().parties.find(({ seat }) => seat === 'provider');
  const before = other()?.peerId;
  clinic.network.loseSignalling('provider');
  await clock.settle();
  const now = other()?.peerId;
  expect(now).not.toBe(before);
  hold = null;
  release();
  await clock.settle();
  expect(other()?.peerId).toBe(now);
});

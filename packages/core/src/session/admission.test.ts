import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_WINDOW_POLICY } from '../booking/policy.schema.js';
import type { Booking } from '../booking/booking.schema.js';
import type { Session } from './session.js';

const MINUTE = 60_000;

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;
let booking: Booking;
let ann: Page;
let smith: Page;
let hers: Session;
let his: Session;

const states = (): (string | undefined)[] => [hers, his].map((session) => session.getSnapshot().call?.state);
/** Who is reachable for somebody, as their page was told. */
const reachable = (session: Session): string[] =>
  session.getSnapshot().parties.flatMap(({ role, peerId }) => (peerId === null ? [] : [role]));
const patientFor = (session: Session) => session.getSnapshot().parties.find(({ role }) => role === 'patient');

async function begin(admission: 'automatic' | 'provider'): Promise<void> {
  clock = createSimulatedClock();
  clinic = createClinic({ clock, policy: { ...DEFAULT_WINDOW_POLICY, admission } });
  booking = clinic.book({ startsIn: 0 });
  [ann, smith] = [clinic.open('ann'), clinic.open('dr-smith')];
  [hers, his] = [ann.watch(booking.id), smith.watch(booking.id)];
  await clock.settle();
}

async function bothCome(): Promise<void> {
  hers.start();
  await clock.settle();
  his.start();
  await clock.advance(MINUTE);
}

describe('where the provider decides who comes in', () => {
  beforeEach(async () => {
    await begin('provider');
    await bothCome();
  });

  it('she asks: both wait, nobody is dialled, nobody is said to be in the call', () => {
    expect(states()).toEqual(['waiting', 'waiting']);
    expect(clinic.network.built).toBe(0);
    expect([reachable(hers), reachable(his)]).toEqual([['patient'], ['provider']]);
    expect(patientFor(his)).toMatchObject({ admission: 'asking', presence: 'waiting' });
    expect(clinic.backend.booking(booking.id).attendance).toEqual([]);
    expect(hers.getSnapshot().callStartedAt).toBeNull();
  });

  it('he lets her in: media start by themselves, and the timer with them', async () => {
    await smith.client.admit(booking.id);
    await clock.settle();
    expect([...states(), clinic.network.built]).toEqual(['connected', 'connected', 1]);
    expect(hers.getSnapshot().callStartedAt).toBe(clock.trueTime());
  });

  it('he asks her to wait, with a word: she reads it, and is not dialled', async () => {
    await smith.client.hold(booking.id, { message: 'Ten minutes, please.' });
    await clock.advance(MINUTE);
    expect(patientFor(hers)).toMatchObject({ admission: 'held', message: 'Ten minutes, please.' });
    expect([...states(), clinic.network.built]).toEqual(['waiting', 'waiting', 0]);
  });

  it('who was let in stays so through leaving, a reload and another tab', async () => {
    await smith.client.admit(booking.id);
    await clock.settle();
    hers.leave();
    await clock.advance(3_000);
    hers.start();
    await clock.advance(3_000);
    expect(states()).toEqual(['connected', 'connected']);
    ann.platform.wakeUp('leaving');
    ann.client.close();
    hers = clinic.open('ann').watch(booking.id);
    await clock.settle();
    hers.start();
    await clock.advance(5_000);
    expect(states()).toEqual(['connected', 'connected']);
  });

  it('a provider who comes after he let her in finds her at once', async () => {
    his.leave();
    await clock.advance(3_000);
    await smith.client.admit(booking.id);
    his.start();
    await clock.advance(100);
    expect(states()).toEqual(['connected', 'connected']);
  });
});

describe('out of a running call', () => {
  beforeEach(async () => {
    await begin('automatic');
    await bothCome();
    expect(states()).toEqual(['connected', 'connected']);
    await smith.client.hold(booking.id, { message: 'One moment.' });
    await clock.settle();
  });

  it('hold ends media on both sides at once; both are where they were, and wait', () => {
    expect(states()).toEqual(['waiting', 'waiting']);
    for (const session of [hers, his]) expect(session.getSnapshot().call?.remote).toBeNull();
    expect(patientFor(hers)).toMatchObject({ admission: 'held', presence: 'waiting', message: 'One moment.' });
    expect(hers.getSnapshot()).toMatchObject({ phase: 'open', lastCall: null });
    expect([ann.devices.running, smith.devices.running].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('they do not come back by themselves, whatever the network does', async () => {
    clinic.network.cut('all');
    await clock.advance(20_000);
    clinic.network.heal();
    clinic.network.loseSignalling('patient');
    clinic.network.loseSignalling('provider');
    await clock.advance(5 * MINUTE);
    expect([...states(), clinic.network.built]).toEqual(['waiting', 'waiting', 1]);
  });

  it('she does not count as in the call meanwhile', async () => {
    await clock.advance(MINUTE);
    const open = clinic.backend.booking(booking.id).attendance?.filter(({ leftAt }) => leftAt === undefined);
    expect(open?.map(({ role }) => role)).not.toContain('patient');
  });

  it('admit brings them back, and the timer goes on from where it began', async () => {
    const startedAt = hers.getSnapshot().callStartedAt;
    await clock.advance(2 * MINUTE);
    await smith.client.admit(booking.id);
    await clock.advance(100);
    expect(states()).toEqual(['connected', 'connected']);
    expect([startedAt, hers.getSnapshot().callStartedAt]).toEqual([startedAt, startedAt]);
    expect(patientFor(hers)).not.toHaveProperty('message');
  });

  it('she may leave and come again, and is still asked to wait', async () => {
    hers.leave();
    await clock.advance(3_000);
    expect(hers.getSnapshot()).toMatchObject({ call: null, canStart: true });
    hers.start();
    await clock.advance(MINUTE);
    expect([...states(), clinic.network.built]).toEqual(['waiting', 'waiting', 1]);
  });
});

it('a page that is told of nobody’s admission lets everybody in: such a backend has none', async () => {
  await begin('automatic');
  const page = clinic.open('ann', {
    besides: ann,
    backend: (backend) => ({
      ...backend,
      access: {
        ...backend.access!,
        async join(...given) {
          const ticket = await backend.access!.join(...given);
          return { ...ticket, parties: ticket.parties.map(({ admission: _, ...party }) => party) };
        },
      },
    }),
  });
  hers = page.watch(booking.id);
  await clock.settle();
  await bothCome();
  expect(states()).toEqual(['connected', 'connected']);
});

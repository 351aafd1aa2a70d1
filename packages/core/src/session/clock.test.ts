import { createClinic, createSimulatedClock, type Clinic, type SimulatedClock } from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Party } from '../booking/party.schema.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;

beforeEach(() => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
});

describe('a device’s clock that is set during a session', () => {
  it.each([3 * HOUR, -3 * HOUR, 20 * 365 * 24 * HOUR])('by %d ms ends no call, and opens none', async (by) => {
    const { id } = clinic.book({ startsIn: 0 });
    const device = clock.another();
    const page = clinic.open('ann', { clock: device });
    const session = page.watch(id);
    await clock.settle();
    session.start();
    await clock.settle();
    device.jumpWall(by);
    const states = new Set<string | undefined>();
    session.subscribe(({ call, phase }) => states.add(`${phase} ${call?.state}`));
    // Something happens before the page has asked for the time.
    await clinic.open('dr-smith').client.late(id, { minutes: 5 });
    await clock.advance(10 * MINUTE);
    expect([...states]).toEqual(['open waiting']);
    expect(page.client.clock.now()).toBe(clock.trueTime());
  });

  it('does not keep a call that the server has ended', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const device = clock.another();
    const session = clinic.open('ann', { clock: device }).watch(id);
    const other = clinic.open('dr-smith').watch(id);
    await clock.settle();
    session.start();
    await clock.settle();
    device.jumpWall(3 * HOUR);
    other.end();
    await clock.settle();
    expect(session.getSnapshot()).toMatchObject({ phase: 'completed', call: null });
  });

  it('is noticed within a minute, also where events put the alarm off', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const device = clock.another();
    const { client } = clinic.open('ann', { clock: device });
    await clock.settle();
    device.jumpWall(5 * HOUR);
    const other = clinic.open('dr-smith').watch(id);
    for (let second = 0; second < 60; second += 10) {
      await clock.advance(10_000);
      if (second % 20 === 0) other.start();
      else other.leave();
    }
    expect(client.clock.now()).toBe(clock.trueTime());
  });
});

describe('a laptop that sleeps', () => {
  it('in the waiting room, past the end of the window: on waking, the session is over', async () => {
    const { id } = clinic.book({ startsIn: -HOUR });
    const device = clock.another();
    const page = clinic.open('ann', { clock: device });
    const session = page.watch(id);
    await clock.settle();
    session.start();
    await clock.settle();
    const comeBack = clinic.backend.goOffline('ann');
    await device.sleep(2 * HOUR);
    comeBack();
    page.platform.wakeUp('visible');
    await clock.advance(3_000);
    expect(session.getSnapshot()).toMatchObject({ phase: 'expired', call: null, canStart: false });
    expect(page.devices.running).toEqual([]);
  });

  it('before the call: on waking, it sees who came meanwhile, where nobody could tell', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const device = clock.another();
    const page = clinic.open('ann', { clock: device });
    const session = page.watch(id);
    const other = clinic.open('dr-smith').watch(id);
    await clock.settle();
    const reconnect = clinic.backend.disconnectEvents('ann');
    clock.setTimeout(() => {
      other.start();
    }, 60_000);
    await device.sleep(120_000);
    reconnect({ reset: true });
    page.platform.wakeUp('resumed');
    await clock.advance(3_000);
    const presenceIn = ({ parties }: { parties: readonly Party[] }) =>
      parties.find(({ seat }) => seat === 'provider')?.presence;
    expect(presenceIn(session.getSnapshot())).toBe('waiting');
    expect(page.client.active && presenceIn(page.client.active)).toBe('waiting');
  });

  it('in a call, for longer than a seat lives: on waking, it has its seat again at once', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const device = clock.another();
    const page = clinic.open('ann', { clock: device });
    const [hers, his] = [page.watch(id), clinic.open('dr-smith').watch(id)];
    await clock.settle();
    hers.start();
    his.start();
    await clock.advance(100);
    const presence = () => his.getSnapshot().parties.find(({ seat }) => seat === 'patient')?.presence;
    const comeBack = clinic.backend.goOffline('ann');
    await device.sleep(100_000);
    expect(presence()).toBe('away');
    comeBack();
    page.platform.wakeUp('visible');
    await clock.settle();
    expect(presence()).toBe('in-call');
    expect(hers.getSnapshot().call?.state).toBe('connected');
  });
});

it('a laptop that sleeps past the end, after she left: it shows that it is over before anything is asked', async () => {
  const { id } = clinic.book({ startsIn: -HOUR });
  const device = clock.another();
  const page = clinic.open('ann', { clock: device });
  const session = page.watch(id);
  await clock.settle();
  session.start();
  await clock.settle();
  session.leave();
  await clock.advance(3_000);
  await device.sleep(2 * HOUR);
  page.platform.wakeUp('visible');
  expect(session.getSnapshot()).toMatchObject({ phase: 'expired', canStart: false });
});

describe('a page that is opened again', () => {
  it('has no snapshot to go by: what is left is counted anew from instants, and the call can be joined', async () => {
    const { id } = clinic.book({ startsIn: HOUR + 5 * MINUTE });
    const first = clinic.open('ann');
    first.watch(id);
    await clock.settle();
    first.client.close();
    expect([...first.platform.stored.keys()]).toEqual(['owner']);
    await clock.advance(10 * MINUTE);
    const again = clinic.open('ann', { besides: first });
    const session = again.watch(id);
    await clock.settle();
    expect(session.getSnapshot()).toMatchObject({ phase: 'open', canStart: true });
    const closesAt = session.getSnapshot().closesAt ?? 0;
    await clock.advance(closesAt - clock.trueTime() - 1);
    expect(session.getSnapshot().phase).toBe('open');
    await clock.advance(1);
    expect(session.getSnapshot().phase).toBe('expired');
  });

  it('after a drop at the last second: the return that the server grants is what counts', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const ann = clinic.open('ann');
    const [hers, his] = [ann.watch(id), clinic.open('dr-smith').watch(id)];
    await clock.settle();
    hers.start();
    his.start();
    await clock.advance(2 * HOUR - 1_000);
    ann.platform.wakeUp('leaving');
    ann.client.close();
    await clock.advance(2_000);
    const again = clinic.open('ann').watch(id);
    await clock.settle();
    expect(again.getSnapshot()).toMatchObject({ phase: 'open', reason: 'may-return', canStart: true });
    again.start();
    await clock.advance(5_000);
    expect(again.getSnapshot().call?.state).toBe('connected');
  });
});

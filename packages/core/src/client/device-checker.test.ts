import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeviceChecker } from './device-checker.js';

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;
let page: Page;
let check: DeviceChecker;
const view = () => check.getSnapshot();

beforeEach(async () => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
  page = clinic.open('ann');
  ({ check } = page.client);
  await clock.settle();
});

const start = async (...request: Parameters<DeviceChecker['start']>): Promise<void> => {
  check.start(...request);
  await clock.settle();
};

describe('a device check', () => {
  it('opens nothing by itself', () => {
    expect([view().state, view().result, page.devices.opened]).toEqual(['closed', {}, []]);
    expect(check.level()).toBe(null);
    check.stop();
    expect(view().state).toBe('closed');
  });

  it('asks, shows what is sent, and says what works', async () => {
    const { answer } = page.devices.ask();
    await start();
    expect(view()).toMatchObject({ state: 'asking', local: null, result: {} });
    answer();
    await clock.settle();
    expect(view()).toMatchObject({ state: 'open', microphone: 'on', camera: 'on', refused: {}, error: null });
    expect(view().local?.active).toBe(true);
    expect(view().result).toEqual({ microphone: 'works', camera: 'works' });
    page.devices.opened[0]?.setLevel(0.4);
    expect(check.level()).toBe(0.4);
  });

  it('lets go of the devices when it is stopped, and still knows what it found', async () => {
    await start();
    check.stop();
    expect([view().state, view().local, page.devices.running]).toEqual(['closed', null, []]);
    expect(view().result).toEqual({ microphone: 'works', camera: 'works' });
    expect(check.level()).toBe(null);
  });

  it('says which one of two can not be had, and goes on with the other', async () => {
    page.devices.refuse('camera', 'devices-busy');
    await start();
    expect(view()).toMatchObject({ state: 'open', microphone: 'on', camera: 'missing' });
    expect(view().refused.camera?.code).toBe('devices-busy');
    expect(view().result).toEqual({ microphone: 'works', camera: 'busy' });
    page.devices.refuse('camera', 'devices-system');
    await start();
    expect(view().result).toEqual({ microphone: 'works', camera: 'denied' });
  });

  it.each([
    ['devices-denied', 'denied'],
    ['devices-dismissed', 'denied'],
    ['devices-insecure', 'blocked'],
  ] as const)('says why none can be had (%s), and tries again when asked', async (code, outcome) => {
    page.devices.failOpen(code);
    await start();
    expect(view()).toMatchObject({ state: 'refused', error: { code } });
    expect(view().result).toEqual({ microphone: outcome, camera: outcome });
    await start();
    expect(view()).toMatchObject({ state: 'open', error: null, result: { microphone: 'works', camera: 'works' } });
    page.devices.failOpen('devices-denied');
    await start();
    check.stop();
    expect([view().state, page.devices.running]).toEqual(['closed', []]);
  });

  it('checks one alone, and says nothing of the other', async () => {
    await start({ microphone: true, camera: false });
    expect(view().result).toEqual({ microphone: 'works' });
    check.turn('camera', true);
    await clock.settle();
    expect(view()).toMatchObject({ camera: 'on', result: { microphone: 'works', camera: 'works' } });
    page.devices.failTurn('devices-busy');
    check.turn('camera', false);
    await clock.settle();
    expect(view().changeError?.code).toBe('devices-busy');
    check.turn('camera', false);
    expect(view().changeError).toBe(null);
  });

  it('of one alone that can not be had, says nothing of the other', async () => {
    page.devices.refuse('microphone', 'devices-missing');
    await start({ microphone: true, camera: false });
    expect(view()).toMatchObject({ state: 'refused', asked: { microphone: true, camera: false } });
    expect(view().result).toEqual({ microphone: 'missing' });
  });

  it('says which devices are in use, and that one is gone, until it is opened anew', async () => {
    await start();
    expect(view().using).toEqual({ camera: 'camera-1', microphone: 'microphone-1' });
    page.devices.running[0]?.change('camera', 'missing');
    expect(view().refused.camera?.code).toBe('devices-lost');
    expect(view().result).toEqual({ microphone: 'works', camera: 'missing' });
    page.devices.running[0]?.change('camera', 'on');
    expect(view()).toMatchObject({ refused: {}, result: { microphone: 'works', camera: 'works' } });
    page.devices.running[0]?.change('camera', 'missing');
    check.stop();
    expect(view()).toMatchObject({ state: 'closed', using: {}, result: { microphone: 'works', camera: 'missing' } });
    await start();
    expect(view()).toMatchObject({ refused: {}, result: { microphone: 'works', camera: 'works' } });
  });

  it('opened again it lets go of what it had', async () => {
    await start();
    await start();
    expect([page.devices.opened.length, page.devices.running.length]).toEqual([2, 1]);
  });

  it('the person says whether they hear', () => {
    check.heard(false);
    expect([view().heard, view().result]).toEqual([false, { speaker: 'failed' }]);
    check.heard(true);
    expect(view().result).toEqual({ speaker: 'works' });
  });

  it('what was heard was the speaker of then: another one is untested', () => {
    check.heard(true);
    page.client.devices.choose('microphone', 'headset');
    expect(view().heard).toBe(true);
    page.client.devices.choose('speaker', 'headset');
    expect([view().heard, view().result]).toEqual([null, {}]);
    page.client.devices.choose('speaker', 'room');
    check.heard(false);
    page.client.devices.choose('speaker', 'headset');
    expect(view().heard).toBe(null);
  });
});

describe('the network', () => {
  it('is tested, and what was found is said', async () => {
    check.testNetwork();
    expect(view().network).toBe('testing');
    await clock.settle();
    expect(view()).toMatchObject({
      network: 'works',
      networkReport: { path: 'direct', signalling: 20 },
      result: { network: 'works' },
    });
  });

  it('that lets no video through is said; one that could not be asked is not known', async () => {
    clinic.network.answerProbe('video-failed');
    check.testNetwork();
    await clock.settle();
    expect(view()).toMatchObject({ network: 'failed', result: { network: 'failed' } });
    clinic.network.answerProbe('network');
    check.testNetwork();
    await clock.settle();
    expect(view()).toMatchObject({ network: 'untested', networkError: { code: 'network' }, result: {} });
  });

  it('is not tested where nothing offers it', async () => {
    const other = clinic.open('ann', {
      backend: ({ access, ...rest }) => {
        const without = { ...access! };
        Reflect.deleteProperty(without, 'testNetwork');
        return { ...rest, access: without };
      },
    });
    await clock.settle();
    other.client.check.testNetwork();
    await clock.settle();
    expect(other.client.check.getSnapshot()).toMatchObject({
      network: 'untested',
      networkError: { code: 'not-supported' },
    });
  });
});

describe('with a session', () => {
  it('a call that starts has the devices, and the provider sees what was found', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const his = clinic.open('dr-smith').watch(id);
    const hers = page.watch(id);
    page.devices.refuse('camera', 'devices-busy');
    await start();
    check.heard(true);
    page.devices.refuse('camera', null);
    hers.start({ microphone: true, camera: false });
    await clock.settle();
    expect([view().state, page.devices.running.length]).toEqual(['closed', 1]);
    const party = his.getSnapshot().parties.find(({ seat }) => seat === 'patient');
    expect(party?.devices).toEqual({ microphone: 'works', camera: 'busy', speaker: 'works' });
  });

  it('what opening the devices for the call finds counts more than what the check did', async () => {
    const { id } = clinic.book({ startsIn: 0 });
    const his = clinic.open('dr-smith').watch(id);
    const hers = page.watch(id);
    await start();
    page.devices.refuse('camera', 'devices-busy');
    hers.start();
    await clock.settle();
    expect(hers.getSnapshot().call).toMatchObject({ state: 'waiting', camera: 'missing' });
    expect(hers.getSnapshot().call?.refused.camera?.code).toBe('devices-busy');
    const party = his.getSnapshot().parties.find(({ seat }) => seat === 'patient');
    expect(party?.devices).toEqual({ microphone: 'works', camera: 'busy' });
  });

  it('who signs out, or somebody else who signs in, leaves nothing of it', async () => {
    await start();
    await page.client.signOut();
    expect([view().state, view().result, page.devices.running]).toEqual(['closed', {}, []]);
    check.start();
    await clock.settle();
    expect(page.devices.running).toEqual([]);
  });
});

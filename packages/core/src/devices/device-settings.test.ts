import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '../ports/devices.port.js';

const HEADSET: Device = { id: 'headset', kind: 'microphone', label: 'Headset' };

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;
let page: Page;

beforeEach(async () => {
  clock = createSimulatedClock();
  clinic = createClinic({ clock });
  page = await open();
});

async function open(besides?: Page, person = 'ann'): Promise<Page> {
  const opened = clinic.open(person, besides && { besides });
  opened.devices.plug([...(await opened.devices.list({ signal: new AbortController().signal })), HEADSET]);
  await clock.settle();
  return opened;
}
const settings = ({ client }: Page) => client.devices.getSnapshot();

describe('which devices somebody wants', () => {
  it('lists them while somebody looks, and when they are plugged in or out', async () => {
    expect(settings(page).list).toEqual([]);
    const subscription = page.client.devices.subscribe(() => undefined);
    await clock.settle();
    expect(settings(page).list).toContainEqual(HEADSET);
    expect(settings(page).can).toEqual({ share: true, chooseSpeaker: true });
    page.devices.plug([]);
    await clock.settle();
    expect(settings(page).list).toEqual([]);
    subscription.unsubscribe();
    subscription.unsubscribe();
    page.devices.plug([HEADSET]);
    await clock.settle();
    expect(settings(page).list).toEqual([]);
  });

  it('is kept on this device for next time', async () => {
    page.client.devices.choose('microphone', 'headset');
    page.client.devices.choose('speaker', 'speaker-1');
    await clock.settle();
    const again = await open(page);
    expect(settings(again).choice).toEqual({ microphone: 'headset', speaker: 'speaker-1' });
    again.client.check.start();
    await clock.settle();
    expect(again.devices.running[0]?.using.microphone).toBe('headset');
  });

  it('takes effect at once where a check or a call uses it', async () => {
    page.client.check.start();
    await clock.settle();
    page.client.devices.choose('microphone', 'headset');
    await clock.settle();
    expect(page.devices.running[0]?.using.microphone).toBe('headset');
    const { id } = clinic.book({ startsIn: 0 });
    const session = page.watch(id);
    await clock.settle();
    session.start();
    await clock.settle();
    expect(page.devices.running.map(({ using }) => using.microphone)).toEqual(['headset']);
    page.client.devices.choose('microphone', 'microphone-1');
    await clock.settle();
    expect(page.devices.running.map(({ using }) => using.microphone)).toEqual(['microphone-1']);
    page.devices.failTurn('devices-busy');
    page.client.devices.choose('microphone', 'headset');
    await clock.settle();
    expect(session.getSnapshot().call).toMatchObject({ microphone: 'on', devicesError: { code: 'devices-busy' } });
  });

  it('goes when this person signs out, or another one signs in', async () => {
    page.client.devices.choose('microphone', 'headset');
    await clock.settle();
    await page.client.signOut();
    expect(settings(page).choice).toEqual({});
    page.client.devices.choose('microphone', 'headset');
    await clock.settle();
    expect(settings(await open(page)).choice).toEqual({});
  });

  it('another person does not get it, though the first one never signed out', async () => {
    page.client.devices.choose('camera', 'camera-1');
    await clock.settle();
    expect(settings(await open(page, 'bob')).choice).toEqual({});
  });

  it('what is kept and can not be read is as if nothing was', async () => {
    for (const kept of ['{', '[]', '{"camera":1}', 'null']) {
      await page.platform.storage.set('devices', new TextEncoder().encode(kept));
      expect(settings(await open(page)).choice).toEqual({});
    }
  });

  it('where a browser keeps nothing it is chosen for as long as the page lives', async () => {
    page.platform.storage.set = () => Promise.reject(new Error('No storage.'));
    page.client.devices.choose('camera', 'camera-1');
    await clock.settle();
    expect(settings(page).choice).toEqual({ camera: 'camera-1' });
  });
});

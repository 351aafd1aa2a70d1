import { createClinic, createSimulatedClock, type Page, type SimulatedClock } from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StoragePort } from '../ports/platform.port.js';
import { createArrivalSound } from './arrival-sound.js';

let clock: SimulatedClock;
let open: (person: string, besides?: Page) => Promise<Page>;

beforeEach(() => {
  clock = createSimulatedClock();
  const clinic = createClinic({ clock });
  open = async (person, besides) => {
    const page = clinic.open(person, besides && { besides });
    await clock.settle();
    return page;
  };
});
const isOn = ({ client }: Page): boolean => client.arrivalSound.getSnapshot();

describe('the sound of an arrival', () => {
  it('is on at first, and told when it is turned off', async () => {
    const page = await open('dr-smith');
    const told: boolean[] = [];
    page.client.arrivalSound.subscribe((on) => told.push(on));
    expect(isOn(page)).toBe(true);
    page.client.arrivalSound.turn(true);
    page.client.arrivalSound.turn(false);
    expect(told).toEqual([false]);
  });

  it('is kept on this device for next time', async () => {
    const page = await open('dr-smith');
    page.client.arrivalSound.turn(false);
    await clock.settle();
    const again = await open('dr-smith', page);
    expect(isOn(again)).toBe(false);
    again.client.arrivalSound.turn(true);
    await clock.settle();
    expect(isOn(await open('dr-smith', again))).toBe(true);
  });

  it('is the choice of one person, and gone after signing out', async () => {
    const page = await open('dr-smith');
    page.client.arrivalSound.turn(false);
    await clock.settle();
    expect(isOn(await open('ann', page))).toBe(true);
    const his = await open('dr-smith');
    his.client.arrivalSound.turn(false);
    await his.client.signOut();
    await clock.settle();
    expect(isOn(his)).toBe(true);
    expect(isOn(await open('dr-smith', his))).toBe(true);
  });
});

describe('where it is kept', () => {
  const { signal } = new AbortController();
  const made = (storage: Partial<StoragePort>) =>
    createArrivalSound({
      signal,
      storage: {
        get: async () => undefined,
        set: async () => undefined,
        delete: async () => undefined,
        keys: async () => [],
        ...storage,
      },
    });

  it.each(['{', '"off"', '0'])('%s says nothing', async (text) => {
    const own = made({ get: async () => new TextEncoder().encode(text) });
    await own.load();
    expect(own.getSnapshot()).toBe(true);
  });

  it('a browser that forbids storage knows it until the page goes', async () => {
    const forbidden = (): Promise<never> => Promise.reject(new Error('SecurityError'));
    const own = made({ get: forbidden, set: forbidden });
    await own.load();
    own.turn(false);
    expect(own.getSnapshot()).toBe(false);
  });

  it('what was chosen while it was read is what counts', async () => {
    const own = made({ get: async () => new TextEncoder().encode('false') });
    const loaded = own.load();
    own.turn(true);
    await loaded;
    expect(own.getSnapshot()).toBe(true);
  });
});

import { createClinic, createSimulatedClock, type Page, type SimulatedClock } from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StoragePort } from '../ports/platform.port.js';
import { createReadMarks } from './read-marks.js';

const TEN = Date.UTC(2026, 0, 7, 10);
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
const marks = ({ client }: Page) => client.readMarks.getSnapshot();

describe('what somebody has read', () => {
  it('is nothing at first, and told when it is marked', async () => {
    const { client } = await open('ann');
    const told: unknown[] = [];
    client.readMarks.subscribe((view) => told.push(view));
    expect(client.readMarks.getSnapshot()).toEqual(new Map());
    client.readMarks.mark(1, TEN);
    expect(told).toEqual([new Map([['1', TEN]])]);
  });

  it('does not become unread', async () => {
    const page = await open('ann');
    page.client.readMarks.mark('a', TEN);
    page.client.readMarks.mark('a', TEN - 1);
    expect(marks(page)).toEqual(new Map([['a', TEN]]));
    page.client.readMarks.mark('a', TEN + 1);
    expect(marks(page)).toEqual(new Map([['a', TEN + 1]]));
  });

  it('is kept on this device for next time', async () => {
    const page = await open('ann');
    page.client.readMarks.mark(7, TEN);
    await clock.settle();
    expect(marks(await open('ann', page))).toEqual(new Map([['7', TEN]]));
  });

  it('is nobody else’s, and gone after signing out', async () => {
    const page = await open('ann');
    page.client.readMarks.mark(7, TEN);
    await clock.settle();
    expect(marks(await open('bob', page))).toEqual(new Map());
    const hers = await open('ann');
    hers.client.readMarks.mark(7, TEN);
    await hers.client.signOut();
    await clock.settle();
    expect(marks(hers)).toBe(null);
    expect(marks(await open('ann', hers))).toEqual(new Map());
  });
});

describe('where it is kept', () => {
  const { signal } = new AbortController();
  const made = (storage: Partial<StoragePort>) =>
    createReadMarks({
      signal,
      storage: {
        get: async () => undefined,
        set: async () => undefined,
        delete: async () => undefined,
        keys: async () => [],
        ...storage,
      },
    });

  it.each(['{', '[]x', '{"a":1}', '[["a","b"]]'])('%s says nothing', async (text) => {
    const own = made({ get: async () => new TextEncoder().encode(text) });
    await own.load('ann');
    expect(own.getSnapshot()).toEqual(new Map());
  });

  it('a browser that forbids storage knows it until the page goes', async () => {
    const forbidden = (): Promise<never> => Promise.reject(new Error('SecurityError'));
    const own = made({ get: forbidden, set: forbidden });
    await own.load('ann');
    own.mark(1, TEN);
    expect(own.getSnapshot()).toEqual(new Map([['1', TEN]]));
  });

  it('nothing is written of somebody without a name, nor before it is known who reads', async () => {
    const written: string[] = [];
    const own = made({ set: async (key) => void written.push(key) });
    own.mark(1, TEN);
    expect(own.getSnapshot()).toBe(null);
    await own.load('');
    own.mark(1, TEN);
    expect(own.getSnapshot()).toEqual(new Map([['1', TEN]]));
    expect(written).toEqual([]);
  });

  it('does not grow without end: the bookings that were looked at last are kept', async () => {
    const own = made({});
    await own.load('ann');
    for (let id = 0; id < 1_005; id += 1) own.mark(id, TEN);
    expect(own.getSnapshot()?.size).toBe(1_000);
    expect(own.getSnapshot()?.has('4')).toBe(false);
    expect(own.getSnapshot()?.has('1004')).toBe(true);
  });
});

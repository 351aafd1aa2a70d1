import { createFakePlatform, createSimulatedClock } from '@active-session/testing';
import { expect, it } from 'vitest';
import { SessionError } from '../errors.js';
import type { Platform } from '../ports/platform.port.js';
import { createSeatHolding } from './seat-holding.js';

const refused = (): Promise<never> => Promise.reject(new SessionError('not-supported', 'Forbidden here.'));
const platform = createFakePlatform({ clock: createSimulatedClock() });
let names = 0;

/** A page that asks once, and what becomes of that. */
function page(where: Pick<Platform, 'seats' | 'storage'>) {
  const holding = createSeatHolding(where, () => `name ${(names += 1)}`);
  const lost: string[] = [];
  const closing = new AbortController();
  const hold = (takeOver: boolean, bookingId: number | string = 1) =>
    holding.hold(bookingId, { takeOver, onLost: () => void lost.push(String(bookingId)), signal: closing.signal });
  const close = (): void => {
    closing.abort();
  };
  return { hold, lost, close };
}

it('pages of a browser ask under one name, one after the other; a take-over is under a new one', async () => {
  const [first, second, third] = [page(platform), page(platform), page(platform)];
  const name = await first.hold(false);
  expect(name).toMatch(/^name \d+$/);
  expect(await second.hold(false)).toBe(null);
  expect([await second.hold(false, 'another booking'), first.lost]).toEqual([name, []]);
  const taken = await second.hold(true);
  expect(taken).not.toBe(name);
  expect([first.lost, second.lost]).toEqual([['1'], []]);
  second.close();
  expect(await third.hold(false)).toBe(taken);
});

it('where a browser has no locks each page has a name of its own, also to take over', async () => {
  const locked = { storage: platform.storage, seats: { hold: refused } };
  const [here, there] = [page(locked), page(locked)];
  const name = await here.hold(false);
  expect([await here.hold(true), await here.hold(false)]).toEqual([name, name]);
  expect(await there.hold(false)).not.toBe(name);
});

it('where a browser keeps nothing a page keeps its name as long as it is there', async () => {
  const storage = { get: refused, set: refused, delete: refused, keys: refused };
  const { seats } = createFakePlatform({ clock: createSimulatedClock() });
  const [here, there] = [page({ seats, storage }), page({ seats, storage })];
  const name = await here.hold(false);
  here.close();
  expect(await there.hold(false)).not.toBe(name);
});

it('whoever gives up waiting is told so, and asks under no name', async () => {
  const { hold, close } = page(platform);
  close();
  await expect(hold(false)).rejects.toMatchObject({ name: 'AbortError' });
});

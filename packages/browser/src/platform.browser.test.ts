import { SessionError } from '@active-session/core';
import type { WakeReason } from '@active-session/core';
import { describe, expect, it } from 'vitest';
import { createBrowserPlatform } from './platform.js';

const name = () => `test-${Math.random()}`;

describe('storage', () => {
  it('keeps bytes by key, apart by namespace', async () => {
    const [here, there] = [name(), name()];
    const { storage } = createBrowserPlatform({ namespace: here });
    await storage.set('a', new Uint8Array([1, 2, 3]));
    await storage.set('b', new Uint8Array(0));
    const again = createBrowserPlatform({ namespace: here }).storage;
    expect(await again.get('a')).toEqual(new Uint8Array([1, 2, 3]));
    expect([...(await again.keys())].sort()).toEqual(['a', 'b']);
    await again.delete('a');
    expect(await storage.get('a')).toBe(undefined);
    expect(await createBrowserPlatform({ namespace: there }).storage.keys()).toEqual([]);
    [here, there].forEach((database) => indexedDB.deleteDatabase(database));
  });
});

describe('seats', () => {
  const hold = (seat: string, steal = false, signal = new AbortController().signal) => {
    const lost: string[] = [];
    const { seats } = createBrowserPlatform({ namespace: 'test' });
    return { lost, held: seats.hold(seat, { steal, onLost: () => lost.push(seat), signal }) };
  };

  it('have one holder, until it lets go', async () => {
    const seat = name();
    const first = await hold(seat).held;
    expect(first).toBeTypeOf('function');
    expect(await hold(seat).held).toBe(null);
    expect(await hold(name()).held).toBeTypeOf('function');
    first?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await hold(seat).held).toBeTypeOf('function');
  });

  it('can be taken over, and the former holder hears of it once', async () => {
    const seat = name();
    const first = hold(seat);
    await first.held;
    const release = await hold(seat, true).held;
    expect(release).toBeTypeOf('function');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(first.lost).toEqual([seat]);
    (await first.held)?.();
    expect(await hold(seat).held).toBe(null);
  });

  it('are given up by an abort', async () => {
    const seat = name();
    const control = new AbortController();
    const first = hold(seat, false, control.signal);
    await first.held;
    control.abort();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await hold(seat).held).toBeTypeOf('function');
    expect(first.lost).toEqual([]);
    const error = await hold(seat, false, control.signal).held.catch((reason: unknown) => reason);
    expect(error instanceof SessionError && error.code).toBe('aborted');
  });

  it('are not there where the browser has no locks, and it is said so', async () => {
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
    try {
      const error = await hold(name()).held.catch((reason: unknown) => reason);
      expect(error instanceof SessionError && error.code).toBe('not-supported');
    } finally {
      Reflect.deleteProperty(navigator, 'locks');
    }
  });
});

describe('tabs', () => {
  it('hear what another one posts, not what they post themselves, and nothing that is no word of ours', async () => {
    const [here, there, elsewhere] = [name(), name()].flatMap((namespace) => [
      createBrowserPlatform({ namespace }).tabs,
      createBrowserPlatform({ namespace }).tabs,
    ]);
    const heard: string[] = [];
    const done = new Promise<void>((resolve) => {
      there?.subscribe(({ person }) => (person === 'last' ? resolve() : heard.push(`there: ${person}`)));
    });
    const stops = [here, elsewhere].map((tab) => tab?.subscribe(({ person }) => heard.push(person)));
    here?.post({ type: 'signed-out', person: 'ann' });
    here?.post({ type: 'gossip', person: 'ann' } as never);
    here?.post(null as never);
    stops.forEach((stop) => stop?.());
    // One that does not listen can post too.
    here?.post({ type: 'signed-out', person: 'last' });
    await done;
    expect(heard).toEqual(['there: ann']);
  });
});

describe('wake', () => {
  it('tells why, to all who listen, until they stop', () => {
    const { wake } = createBrowserPlatform();
    const heard: WakeReason[] = [];
    const other: WakeReason[] = [];
    const stop = wake.subscribe((reason) => heard.push(reason));
    const stopOther = wake.subscribe((reason) => other.push(reason));
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    stopOther();
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    stop();
    stop();
    window.dispatchEvent(new Event('online'));
    const seen = document.visibilityState === 'visible' ? ['visible'] : [];
    expect(heard).toEqual(['online', 'resumed', ...seen, 'leaving']);
    expect(other).toEqual(['online', 'resumed']);
  });
});

import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';
import type { FakeClient } from './fake-client.js';
import { countWatchers, heldAfter } from './leaks.js';
import { settled } from './page.js';

const TIMES = 50;

export interface MountOptions {
  /** The element as a page has it, with this client. */
  readonly make: (client: FakeClient) => LitElement;
  readonly client: () => FakeClient;
  /** What the person does while it is there. */
  readonly use?: (element: LitElement, client: FakeClient) => void | Promise<void>;
}

/**
 * Puts an element into the page and takes it out again, 50 times, some of them twice at once as React's StrictMode does
 * and some by moving it, and expects that nothing of it is left: no listener, timer, observer, subscription or lock.
 */
export async function expectNothingLeft({ make, client: makeClient, use }: MountOptions): Promise<void> {
  const client = makeClient();
  const watchers = countWatchers(client);
  const [shown] = client.getSnapshot().bookings;
  const sessionWatchers = shown === undefined ? () => 0 : countWatchers(client.session(shown.booking.id));
  // What a module does once, it has done now.
  await mountOnce(0, { make, client, ...(use && { use }) });
  const held = await heldAfter(async () => {
    for (let time = 0; time < TIMES; time += 1) await mountOnce(time, { make, client, ...(use && { use }) });
  });
  expect(held).to.deep.equal({ listeners: [], timers: 0, observers: 0 });
  expect([watchers(), sessionWatchers()]).to.deep.equal([0, 0]);
  const locks = await navigator.locks.query();
  expect([locks.held, locks.pending]).to.deep.equal([[], []]);
}

async function mountOnce(
  time: number,
  { make, client, use }: Omit<MountOptions, 'client'> & { client: FakeClient },
): Promise<void> {
  const element = make(client);
  const elsewhere = document.createElement('div');
  document.body.append(elsewhere, element);
  if (time % 2 === 1) {
    element.remove();
    document.body.append(element);
  }
  await settled(element);
  await use?.(element, client);
  if (time % 3 === 1) {
    elsewhere.append(element);
    await settled(element);
  }
  element.remove();
  elsewhere.remove();
  await element.updateComplete;
}

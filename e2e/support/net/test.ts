import { existsSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { Portal, type Engine } from '../portal.js';
import { expect, newPerson, test as base, type Person } from '../test.js';
import { launchIn } from './browser.js';
import { Network } from './network.js';
import type { Place } from './place.js';
import { recordCall } from './recorder.js';

/** Every engine that is there: a journey is played with each. */
export const ENGINES: readonly Engine[] = existsSync(new URL('../../../packages/adapter-webrtc', import.meta.url))
  ? ['peerjs', 'webrtc']
  : ['peerjs'];

export interface Places {
  readonly server: Place;
  readonly patient: Place;
  readonly provider: Place;
}

interface Fixtures {
  engine: Engine;
  /** Further settings of the server. */
  settings: Readonly<Record<string, string>>;
  network: Network;
  places: Places;
}

/**
 * Two people and the server, each with a cable to the same switch and a browser of their own. What a journey breaks is
 * the network itself, not the browser's idea of it.
 */
export const test = base.extend<Fixtures>({
  engine: ['peerjs', { option: true }],
  settings: [{}, { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright wants to see what is asked for
  network: async ({}, use) => {
    const network = Network.build();
    await use(network);
    network.takeDown();
  },
  places: async ({ network }, use) => {
    await use({
      server: network.place('server'),
      patient: network.place('patient'),
      provider: network.place('provider'),
    });
  },
  portal: async ({ window, engine, places, settings }, use) => {
    const portal = await Portal.start({ window, engine, place: places.server, env: settings });
    await use(portal);
    await portal.stop();
  },
  patient: async ({ portal, places }, use) => {
    await withPerson(places.patient, portal, use);
  },
  provider: async ({ portal, places }, use) => {
    await withPerson(places.provider, portal, use);
  },
});

export { expect };

async function withPerson(place: Place, portal: Portal, use: (person: Person) => Promise<void>): Promise<void> {
  const browser: Browser = await launchIn(place, portal.origin);
  try {
    const person = await newPerson(browser);
    await person.context.addInitScript(recordCall);
    await use(person);
    expect(person.troubles).toEqual([]);
  } finally {
    await browser.close();
  }
}

export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** What the session's own clock shows on this page, in s. */
export async function timerOf(page: Page): Promise<number> {
  const text = await page.locator('session-call [part~=timer]').first().innerText();
  return text
    .split(':')
    .map((part) => Number(part.replaceAll(/\D/g, '')))
    .reduce((sum, part) => sum * 60 + part, 0);
}

/** Who holds a seat now, by what they hold it. */
export function seatsOf(portal: Portal): Promise<readonly { seat: string; lease: string; holder: string }[]> {
  return Promise.resolve(portal.seats());
}

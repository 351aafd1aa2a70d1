import { expect, test as base, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { watchContract, type ContractWatch } from './contract.js';
import { Portal, type WindowPolicy } from './portal.js';

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What their pages refused by the portal's policy, or threw and nobody caught: nothing, in every journey. */
  readonly troubles: readonly string[];
}

interface Fixtures {
  /** The portal with the seed's own booking window. */
  portal: Portal;
  patient: Person;
  provider: Person;
  window: WindowPolicy | undefined;
  /** Every answer that a page of this test gets is one that the contract describes. */
  contract: ContractWatch;
}

/** Two people in two browsers' worth of storage, and the demo that both of them open. */
export const test = base.extend<Fixtures>({
  window: [undefined, { option: true }],
  portal: async ({ window }, use) => {
    const portal = await Portal.start({ window });
    await use(portal);
    await portal.stop();
  },
  contract: async ({ portal }, use) => {
    const contract = await watchContract(`${portal.origin}/api/session/v1`);
    await use(contract);
    expect(await contract.faults()).toEqual([]);
  },
  patient: async ({ browser, contract }, use) => {
    const person = await newPerson(browser);
    contract.watch(person.page);
    await use(person);
    await person.context.close();
    expect(person.troubles).toEqual([]);
  },
  provider: async ({ browser, contract }, use) => {
    const person = await newPerson(browser);
    contract.watch(person.page);
    await use(person);
    await person.context.close();
    expect(person.troubles).toEqual([]);
  },
});

export { expect };

export async function newPerson(browser: Browser): Promise<Person> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const troubles: string[] = [];
  context.on('weberror', (error) => troubles.push(error.error().message));
  await context.exposeFunction('reportRefusal', (what: string) => troubles.push(what));
  await context.addInitScript(recordTracks);
  await context.addInitScript(reportRefusals);
  return { context, page: await context.newPage(), troubles };
}

/** Runs in the page. */
function reportRefusals(): void {
  const { reportRefusal } = window as unknown as { reportRefusal: (what: string) => void };
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
    reportRefusal(`${violatedDirective} ${blockedURI} ${sample}`);
  });
}

/** Runs in the page: remembers every track that a device gave, so that a test can see each of them end. */
function recordTracks(): void {
  const tracks: MediaStreamTrack[] = [];
  Object.assign(window, { deviceTracks: tracks });
  const { mediaDevices } = navigator as Partial<Navigator>;
  // An empty page is not secure, and has none.
  if (mediaDevices === undefined) return;
  const original = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
}

/** How many devices are running: 0 means that the camera light is off. */
export function runningDevices(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      (window as unknown as { deviceTracks: MediaStreamTrack[] }).deviceTracks.filter(
        ({ readyState }) => readyState === 'live',
      ).length,
  );
}

/** The other's video, on this person's page. */
export function remoteVideo(page: Page): Locator {
  return page.locator('session-call video:not([data-self])').first();
}

/** Waits until at least `count` more frames of the other side have been decoded. */
export async function expectFrames(page: Page, count = 5): Promise<void> {
  const decoded = (): Promise<number> =>
    remoteVideo(page).evaluate((video) =>
      video instanceof HTMLVideoElement && video.videoWidth > 0 ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
    );
  await expect.poll(decoded, { timeout: 30_000 }).toBeGreaterThan(0);
  const before = await decoded();
  // A new attempt may bring a new counter, so count from whatever is lower.
  await expect
    .poll(async () => Math.abs((await decoded()) - before), { timeout: 30_000 })
    .toBeGreaterThanOrEqual(count);
}

/** Sam and Dr. Smith, who have a booking that is open, join and see each other. */
export async function meet(portal: Portal, patient: Person, provider: Person): Promise<void> {
  await patient.page.goto(portal.page('patient', 'sam'));
  await patient.page.getByRole('tab', { name: 'Active Session' }).click();
  await patient.page.getByRole('button', { name: 'Start Call' }).click();
  await provider.page.goto(portal.page('provider', 'dr-smith'));
  await provider.page.getByRole('button', { name: /Sam Rivera/ }).click();
  await provider.page.getByRole('button', { name: 'Start Call' }).click();
  await Promise.all([expectFrames(patient.page), expectFrames(provider.page)]);
}

import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import type { ChurnStep, Who } from './churn-steps.js';
import { leftoversOf, NOTHING, watchLeftovers } from './leftovers.js';
import { Portal, type Engine } from './portal.js';
import { remoteVideo } from './test.js';

const WITHIN = 45_000;
const BEGIN = /^(Start Call|Come back|Continue here)$/;

/** One of the two, on whichever page they are now. */
export class ChurnPerson {
  readonly context: BrowserContext;
  readonly #who: Who;
  readonly #address: string;
  page: Page;
  isIn = false;

  private constructor(who: Who, address: string, context: BrowserContext, page: Page) {
    this.#who = who;
    this.#address = address;
    this.context = context;
    this.page = page;
  }

  static async open(browser: Browser, portal: Portal, who: Who, troubles: string[]): Promise<ChurnPerson> {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    context.on('weberror', (error) => troubles.push(`${who}: ${error.error().message}`));
    await watchLeftovers(context);
    const address = portal.page(who, who === 'patient' ? 'sam' : 'dr-smith');
    const person = new ChurnPerson(who, address, context, await context.newPage());
    await person.page.goto(address);
    await person.#find();
    return person;
  }

  /** In this order, the microphone and the camera. */
  get toggles(): readonly [Locator, Locator] {
    const named = (name: string): Locator =>
      this.page
        .locator('session-call')
        .getByRole('button', { name, exact: true })
        .and(this.page.locator('[aria-pressed]'));
    return [named('Microphone'), named('Camera')];
  }

  async come(): Promise<void> {
    await this.page.getByRole('button', { name: BEGIN }).first().click({ timeout: WITHIN });
    this.isIn = true;
    await expect(this.#end).toBeVisible({ timeout: WITHIN });
  }

  /** The call is in another tab: whoever presses *Start Call* before this page knows is asked whether to go on here. */
  async #comeFromOtherTab(): Promise<void> {
    await this.page.getByRole('button', { name: BEGIN }).first().click({ timeout: WITHIN });
    const asked = this.page.getByRole('button', { name: 'Continue here' });
    const isHere = async (): Promise<boolean> => {
      await asked.evaluateAll((buttons: HTMLElement[]) => buttons.forEach((button) => button.click()));
      return this.#end.isVisible();
    };
    await expect.poll(isHere, { timeout: WITHIN, message: 'goes on in this tab' }).toBe(true);
  }

  async leave(): Promise<void> {
    await this.#end.click({ timeout: WITHIN });
    const leave = this.page.getByRole('dialog').getByRole('button', { name: /Leave for now/ });
    await leave.click({ timeout: WITHIN });
    this.isIn = false;
    await this.expectNothingLeft();
  }

  async toggle(at: 0 | 1): Promise<void> {
    const toggle = this.toggles[at];
    await expect(toggle).toBeEnabled({ timeout: WITHIN });
    // In one go: what it says can change between looking and pressing.
    const before = await toggle.evaluate((button: HTMLElement) => {
      const said = button.getAttribute('aria-pressed');
      button.click();
      return said;
    });
    await expect(toggle).toHaveAttribute('aria-pressed', before === 'true' ? 'false' : 'true', { timeout: WITHIN });
  }

  /** Both devices, whatever was chosen before. */
  async turnOn(): Promise<void> {
    for (const at of [0, 1] as const)
      if ((await this.toggles[at].getAttribute('aria-pressed', { timeout: WITHIN })) === 'false') await this.toggle(at);
  }

  async act(act: ChurnStep['act']): Promise<void> {
    if (act === 'come-or-leave') return this.isIn ? this.leave() : this.come();
    if (act === 'microphone' || act === 'camera') {
      if (!this.isIn) await this.come();
      return this.toggle(act === 'microphone' ? 0 : 1);
    }
    if (act === 'second-tab') return this.#takeOver();
    if (act === 'reload') await this.page.reload();
    else if (act === 'back-and-forward') {
      await this.page.goto('about:blank');
      await this.page.goBack();
      await this.page.goForward();
      await this.page.goBack();
    } else {
      await this.page.close();
      await this.#openTab();
    }
    await this.#find();
    if (this.isIn) await this.come();
    return undefined;
  }

  /** Two tabs for a while; the call goes to the second one, and the first lets go of it. */
  async #takeOver(): Promise<void> {
    const former = this.page;
    await this.#openTab();
    await this.#find();
    await (this.isIn ? this.#comeFromOtherTab() : this.come());
    await expect.poll(() => leftoversOf(former), { timeout: WITHIN }).toEqual(NOTHING);
    await former.close();
  }

  async #openTab(): Promise<void> {
    this.page = await this.context.newPage();
    await this.page.goto(this.#address);
  }

  /** Devices run as the buttons say. */
  async expectDevices(): Promise<void> {
    const [microphone, camera] = this.toggles;
    await expect
      .poll(
        async () => {
          const pressed = await Promise.all([microphone, camera].map((one) => one.getAttribute('aria-pressed')));
          const { tracks } = await leftoversOf(this.page);
          return tracks - pressed.filter((value) => value === 'true').length;
        },
        { timeout: WITHIN, message: `${this.#who}: devices run as the buttons say` },
      )
      .toBe(0);
  }

  expectNothingLeft(): Promise<void> {
    return expect
      .poll(() => leftoversOf(this.page), { timeout: WITHIN, message: `${this.#who}: nothing is left` })
      .toEqual(NOTHING);
  }

  async sends(): Promise<boolean> {
    return (await this.toggles[1].getAttribute('aria-pressed')) === 'true';
  }

  get call(): Locator {
    return this.page.locator('session-call');
  }

  get #end(): Locator {
    return this.call.getByRole('button', { name: 'End Call' });
  }

  /** The way from the portal's first screen to the session. */
  async #find(): Promise<void> {
    if (this.#who === 'patient') await this.page.getByRole('tab', { name: 'Active Session' }).click();
    else await this.page.getByRole('button', { name: /Sam Rivera/ }).click();
  }
}

export interface People {
  readonly patient: ChurnPerson;
  readonly provider: ChurnPerson;
}

/** Sam and Dr. Smith, who have a booking that is open, each on the page where it can be joined. */
export async function withTwo(
  browser: Browser,
  engine: Engine,
  run: (people: People, portal: Portal) => Promise<void>,
): Promise<void> {
  const portal = await Portal.start({ engine });
  try {
    await portal.book('sam', 'dr-smith');
    const troubles: string[] = [];
    const patient = await ChurnPerson.open(browser, portal, 'patient', troubles);
    const provider = await ChurnPerson.open(browser, portal, 'provider', troubles);
    await run({ patient, provider }, portal);
    expect(troubles).toEqual([]);
    await Promise.all([patient.context.close(), provider.context.close()]);
  } finally {
    await portal.stop();
  }
}

/** One call of both, seen and heard, and nobody in it afterwards: the same screens each time. */
export async function meetAndPart(people: People): Promise<void> {
  const { patient, provider } = people;
  for (const person of [provider, patient]) {
    if (!person.isIn) await person.come();
    await person.turnOn();
  }
  await expectMet(people);
  for (const person of [patient, provider]) {
    await person.toggle(0);
    await person.toggle(0);
    await person.leave();
  }
}

/** Who is in the call has devices as they chose; who is not has none; and two who are in see each other. */
export async function expectMet({ patient, provider }: People): Promise<void> {
  for (const person of [patient, provider]) await (person.isIn ? person.expectDevices() : person.expectNothingLeft());
  if (!patient.isIn || !provider.isIn) return;
  await Promise.all([expectSeen(patient, provider), expectSeen(provider, patient)]);
}

async function expectSeen(one: ChurnPerson, other: ChurnPerson): Promise<void> {
  await expect
    .poll(() => one.call.evaluate((call) => call.matches(':state(connected)')), {
      timeout: WITHIN,
      message: 'connected',
    })
    .toBe(true);
  if (!(await other.sends())) return;
  const shown = (): Promise<number> =>
    remoteVideo(one.page).evaluate((video) =>
      video instanceof HTMLVideoElement && video.videoWidth > 0 ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
    );
  let before = await shown();
  await expect
    .poll(
      async () => {
        const now = await shown();
        // Another connection begins to count anew.
        if (now < before) before = now;
        return now - before;
      },
      { timeout: WITHIN, message: 'frames of the other arrive', intervals: [50, 100, 250] },
    )
    .toBeGreaterThan(0);
}

import type { Browser, BrowserContext, Page } from '@playwright/test';
import { judge, type Found, type Screen, type StoredNote, type Told } from './history-judge.js';
import { oneOf, randomOf, type Ending, type HistoryPlan, type Step } from './history-steps.js';
import type { Portal } from './portal.js';
import { ProviderPage, textsOf, type Writing } from './provider-page.js';

export interface HistoryOptions {
  readonly browser: Browser;
  /** Behind wires, with nothing booked. */
  readonly portal: Portal;
  /** Runs in the provider's pages before anything else: how a fault is planted. */
  readonly plant?: (() => void) | undefined;
  /** ms until all that was shared must be there, once everything is well again. */
  readonly patience?: number;
}

const PATIENCE = 60_000;
/** ms; the server lets nobody ask for more than it would be asked for by a page. */
const LOOK_EVERY = 250;
/** ms; more than any device needs for a note, and not to be had while nobody knows the key. */
const KEEPING_TAKES = 1_000;
const TABS = 2;
const PERSON = 'dr-smith';
/** As people write, and as machines stumble over. */
const WORDS = [
  'Rest for a week.',
  'Two lines:\nand more',
  'Tea ☕ and 👩🏽‍⚕️',
  'שלום <b>bold</b> & "quoted"',
  'x'.repeat(900),
];

/** Plays a history in a real browser against the real server, makes everything well, and judges. Empty: it holds. */
export async function playHistory(plan: HistoryPlan, options: HistoryOptions): Promise<readonly string[]> {
  const history = new History(options);
  try {
    await history.begin();
    for (const step of plan.steps) await history.act(step);
    return await history.end(plan.ending);
  } finally {
    await history.close();
  }
}

type Disturbance = Exclude<Step, { tab: number } | { do: 'second-tab' } | { do: 'withdraw' }>;

class History {
  readonly #browser: Browser;
  readonly #portal: Portal;
  readonly #plant: (() => void) | undefined;
  readonly #patience: number;
  readonly #random = randomOf(1);
  readonly #told = new Map<string, Told>();
  readonly #overwritten: string[] = [];
  readonly #faults: string[] = [];
  /** What is broken now, and when it is well again. */
  readonly #outages = new Map<'network' | 'server' | 'sign-in', Promise<void>>();
  #contexts: BrowserContext[] = [];
  #tabs: ProviderPage[] = [];
  #patient: Page | undefined;
  #booking = '';
  #count = 0;

  constructor({ browser, portal, plant, patience = PATIENCE }: HistoryOptions) {
    this.#browser = browser;
    this.#portal = portal;
    this.#plant = plant;
    this.#patience = patience;
  }

  async begin(): Promise<void> {
    this.#contexts = [await this.#browser.newContext(), await this.#browser.newContext()];
    for (const context of this.#contexts) {
      context.on('weberror', (error) => this.#faults.push(`a page failed: ${error.error().message}`));
    }
    const [own, other] = this.#contexts;
    if (own === undefined || other === undefined) throw new Error('There are two people.');
    if (this.#plant !== undefined) await own.addInitScript(this.#plant);
    this.#booking = (await this.#portal.book('sam', PERSON)).id;
    this.#patient = await other.newPage();
    await Promise.all([this.#openPatient(this.#patient), this.#openTab()]);
  }

  async act(step: Step): Promise<void> {
    if ('tab' in step) {
      const own = this.#tabs[step.tab % this.#tabs.length];
      if (own === undefined) throw new Error('There is always a tab.');
      if (step.do === 'write') await this.#write(own);
      else if (step.do === 'share') await this.#share(own);
      else if (step.do === 'correct') await this.#correct(own);
      else await this.#leave(own, step.do);
    } else if (step.do === 'second-tab') {
      if (this.#tabs.length < TABS) await this.#openTab();
    } else if (step.do === 'withdraw') await this.#withdraw();
    else await this.#disturb(step);
  }

  /** Everything is well again; what was refused is sent again. */
  async end(ending: Ending): Promise<readonly string[]> {
    await this.#health();
    this.#portal.wires.gate.heal();
    const deadline = Date.now() + this.#patience;
    if (ending === 'reload') await Promise.all(this.#tabs.map((tab) => this.#leave(tab, 'reload')));
    if (ending === 'online') for (const page of this.#pages()) await page.evaluate(comeOnline);
    let found = await this.#look();
    while (this.#judge(found).length > 0 && Date.now() < deadline) {
      for (const tab of this.#tabs) {
        await this.#resend(tab);
        await tab.settled(this.#booking, 1_000).catch(() => undefined);
      }
      await lasting(LOOK_EVERY);
      found = await this.#look();
    }
    return [...this.#faults, ...this.#judge(found)];
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#outages.values(), ...this.#contexts.map((context) => context.close())]);
  }

  async #write(own: ProviderPage): Promise<string> {
    const text = `[note ${(this.#count += 1)}] ${oneOf(WORDS, this.#random)}`;
    await own.write(text);
    const draft = (await own.writing(this.#booking)).drafts.find(({ content }) => content === text);
    if (draft === undefined) throw new Error(`What was typed is in no draft: ${text}`);
    const before = this.#told.get(draft.id);
    if (before !== undefined) this.#overwritten.push(before.text);
    this.#told.set(draft.id, { text, state: 'draft', isSafe: true, after: [], isResent: false });
    return draft.id;
  }

  async #share(own: ProviderPage): Promise<void> {
    const written = await own.field.inputValue();
    const { drafts } = await own.writing(this.#booking);
    const id = drafts.find(({ content }) => content === written)?.id ?? (await this.#write(own));
    const { outbox } = await own.writing(this.#booking);
    await own.share();
    this.#mark(id, { state: 'shared', after: onTheirWay(outbox) });
  }

  async #correct(own: ProviderPage): Promise<void> {
    const { notes, outbox } = await own.writing(this.#booking);
    const wrong = notes.find(({ id }) => this.#told.get(id)?.state === 'shared');
    if (wrong === undefined) return;
    const text = `[note ${(this.#count += 1)}] A correction.`;
    const id = await own.shareByClient(this.#booking, text, wrong.id);
    const after = onTheirWay(outbox);
    this.#told.set(id, { text, state: 'shared', isSafe: true, after, isResent: false, amends: wrong.id });
  }

  async #withdraw(): Promise<void> {
    await this.#outages.get('server');
    const amended = new Set([...this.#told.values()].map(({ amends }) => amends));
    const wrong = (await this.#stored(PERSON)).find(
      ({ id }) => this.#told.get(id)?.state === 'shared' && !amended.has(id),
    );
    if (wrong === undefined) return;
    const { status } = await this.#portal.api(PERSON, 'POST', `/bookings/${this.#booking}/notes/${wrong.id}/withdraw`);
    if (status !== 200) throw new Error(`Withdrawing was answered ${status}.`);
    this.#mark(wrong.id, { state: 'withdrawn' });
  }

  /** A page goes, with or without a last word, and the person opens it again once they can. */
  async #leave(own: ProviderPage, how: 'crash' | 'reload'): Promise<void> {
    // Mostly the device has it all by then. Where it has not, the page says so, and the judge is told.
    if (this.#random() < 0.75) await own.keeps(KEEPING_TAKES).catch(() => undefined);
    const { isKept, drafts, outbox } = await own.writing(this.#booking);
    if (!isKept) for (const { id } of [...drafts, ...outbox]) this.#mark(id, { isSafe: false });
    if (how === 'crash') await own.crash();
    else await own.page.close({ runBeforeUnload: false });
    this.#tabs = this.#tabs.filter((other) => other !== own);
    await this.#openTab();
  }

  async #openTab(): Promise<void> {
    await this.#health();
    const [context] = this.#contexts;
    if (context === undefined) throw new Error('It has not begun.');
    const tab = await new ProviderPage(await context.newPage()).open(this.#portal.page('provider', PERSON));
    await tab.field.isEditable();
    this.#tabs = [...this.#tabs, tab];
  }

  async #openPatient(page: Page): Promise<void> {
    await page.goto(this.#portal.page('patient', 'sam'));
    await page.getByRole('tab', { name: 'Notes' }).click();
  }

  async #disturb(step: Disturbance): Promise<void> {
    const { relay, gate } = this.#portal.wires;
    if (step.do === 'spoil') gate.spoil(step.fault);
    else if (step.do === 'expire') gate.expire();
    else if (step.do === 'kill') {
      await this.#outage('server', () => this.#portal.kill().then(() => this.#portal.run()));
    } else if (step.do === 'sign-in-refused') {
      await this.#outage('sign-in', async () => {
        gate.signInIsRefused = true;
        gate.expire();
        await lasting(step.ms);
        gate.signInIsRefused = false;
      });
    } else {
      await this.#outage('network', async () => {
        if (step.do === 'cut') relay.cut();
        else relay.silence();
        await lasting(step.ms);
        relay.restore({ remembering: step.do === 'stall' && step.remembering });
      });
    }
  }

  /** What follows goes on meanwhile; two of a kind come one after the other. */
  async #outage(kind: 'network' | 'server' | 'sign-in', run: () => Promise<void>): Promise<void> {
    await this.#outages.get(kind);
    this.#outages.set(kind, run());
  }

  async #health(): Promise<void> {
    await Promise.all(this.#outages.values());
  }

  async #resend(own: ProviderPage): Promise<void> {
    const refused = (await own.writing(this.#booking)).outbox.filter(({ state }) => state === 'refused');
    for (const { id } of refused) {
      await own.tryAgain.first().click();
      this.#mark(id, { isResent: true });
    }
  }

  async #look(): Promise<Found> {
    const writings = await Promise.all(this.#tabs.map((tab) => tab.writing(this.#booking)));
    const screens: Screen[] = [];
    for (const [at, { shared }] of this.#tabs.entries()) {
      screens.push({ name: `the provider’s page ${at + 1}`, isWriters: true, texts: await textsOf(shared) });
    }
    if (this.#patient !== undefined) {
      const texts = await textsOf(this.#patient.locator('#panel-notes [part=note]'));
      screens.push({ name: 'the patient’s page', isWriters: false, texts });
    }
    return {
      provider: await this.#stored(PERSON),
      patient: await this.#stored('sam'),
      screens,
      drafts: writings.flatMap(({ drafts }) => drafts),
      unsent: writings.flatMap(({ outbox }) => outbox.map(({ content, state }) => `${content} (${state})`)),
      hasLeft: (text) => this.#portal.wires.relay.hasSent(text.slice(0, text.indexOf(']') + 1)),
    };
  }

  async #stored(person: string): Promise<readonly StoredNote[]> {
    const { status, body } = await this.#portal.api(person, 'GET', `/bookings/${this.#booking}/notes`);
    if (status !== 200) throw new Error(`The notes were answered ${status}.`);
    return (body as { items: StoredNote[] }).items;
  }

  #judge(found: Found): string[] {
    return judge(this.#told, this.#overwritten, found);
  }

  #mark(id: string, change: Partial<Told>): void {
    const told = this.#told.get(id);
    if (told !== undefined) this.#told.set(id, { ...told, ...change });
  }

  #pages(): readonly Page[] {
    return [...this.#tabs.map(({ page }) => page), ...(this.#patient === undefined ? [] : [this.#patient])];
  }
}

function onTheirWay(outbox: Writing['outbox']): readonly string[] {
  return outbox.filter(({ state }) => state === 'waiting' || state === 'sending').map(({ id }) => id);
}

/** An outage is a time, and nothing tells that it is over. */
function lasting(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Runs in the page: what a browser says when a network is there again. */
function comeOnline(): void {
  window.dispatchEvent(new Event('online'));
}

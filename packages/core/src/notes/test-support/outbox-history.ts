import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import fc from 'fast-check';
import type { Booking } from '../../booking/booking.schema.js';
import { SessionError, type SessionErrorCode } from '../../errors.js';
import type { Backend } from '../../ports/backend.port.js';
import type { StoragePort } from '../../ports/platform.port.js';
import type { Session } from '../../session/session.js';
import { holds, type NamedProperty } from '../../test-support/named-property.js';

export { quickCrypto } from './quick-cipher.js';

/** What a provider does with notes of one booking, on up to two tabs, and what goes wrong meanwhile. */
export type Step =
  | { do: 'type' | 'share' | 'begin' | 'discard' | 'reload' | 'crash'; tab: number }
  | { do: 'again' | 'change'; tab: number; share: boolean }
  | { do: 'open' | 'offline' | 'online' | 'disk-full' | 'disk-free' | 'wake' | 'sign-in-expires' }
  | { do: 'fail'; code: SessionErrorCode; afterDoing: boolean; times: number }
  | { do: 'wait'; ms: number };

/** How a fault is planted: what a page gets of the backend and of storage. */
export interface Plant {
  readonly backend?: (backend: Backend) => Backend;
  readonly storage?: (storage: StoragePort) => StoragePort;
}

const tab = fc.integer({ min: 0, max: 1 });
const PASSING: readonly SessionErrorCode[] = ['network', 'timeout', 'unavailable', 'rate-limited', 'unauthenticated'];
const FINAL: readonly SessionErrorCode[] = ['forbidden', 'conflict', 'invalid'];
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('type' as const), tab }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('share' as const), tab }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('begin', 'discard', 'reload', 'crash'), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('again', 'change'), tab, share: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('open', 'offline', 'online', 'disk-full', 'disk-free', 'wake', 'sign-in-expires'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      code: fc.constantFrom(...PASSING, ...FINAL),
      afterDoing: fc.boolean(),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(100, 2_000, 40_000) }),
  },
);

export function outboxProperty(plant: Plant = {}, length = 30): NamedProperty {
  return holds(
    'whatever goes wrong, each shared note is there once and in order, and no draft is lost or shared',
    fc.asyncProperty(fc.array(anyStep, { maxLength: length }), (steps) => play(steps, plant)),
  );
}

interface Tab {
  readonly page: Page;
  readonly session: Session;
  readonly number: number;
  /** The draft that is being written. */
  draft: string | null;
}

interface Told {
  text: string;
  state: 'draft' | 'shared' | 'discarded';
  /** On which tab and when; null: a note that was refused meanwhile has no place of its own. */
  shared: { tab: number; order: number } | null;
}

/** Plays a history, mends everything, and looks. @throws Error that says what does not hold */
export async function play(steps: readonly Step[], plant: Plant = {}): Promise<void> {
  const world = new World(plant);
  await world.open();
  for (const step of steps) await world.act(step);
  await world.mend();
  await world.examine();
  world.close();
}

class World {
  readonly #clock: SimulatedClock = createSimulatedClock();
  readonly #clinic: Clinic<SimulatedClock> = createClinic({ clock: this.#clock });
  readonly #booking: Booking = this.#clinic.book({ startsIn: 0 });
  readonly #plant: Plant;
  readonly #told = new Map<string, Told>();
  #tabs: Tab[] = [];
  #browser: Page | undefined;
  #network: (() => void) | null = null;
  #isFull = false;
  #count = 0;

  constructor(plant: Plant) {
    this.#plant = plant;
  }

  async open(): Promise<void> {
    const { backend = (own: Backend) => own, storage = (own: StoragePort) => own } = this.#plant;
    const page = this.#clinic.open('dr-smith', {
      ...(this.#browser && { besides: this.#browser }),
      backend,
    });
    const own = { ...page.platform.storage };
    const limited = {
      ...own,
      set: (...given: Parameters<StoragePort['set']>) => (this.#isFull ? full() : own.set(...given)),
    };
    Object.assign(page.platform.storage, storage(limited));
    this.#browser = page;
    const session = page.watch(this.#booking.id);
    this.#tabs = [...this.#tabs, { page, session, number: (this.#count += 1), draft: null }];
    await this.#clock.settle();
  }

  async act(step: Step): Promise<void> {
    if ('tab' in step) {
      const own = this.#tabs[step.tab % this.#tabs.length];
      if (own !== undefined) await this.#write(own, step);
    } else if (step.do === 'wait') await this.#clock.advance(step.ms);
    else if (step.do === 'open' && this.#tabs.length < 2) await this.open();
    else this.#disturb(step);
    await this.#clock.settle();
  }

  async #write(own: Tab, step: Extract<Step, { tab: number }>): Promise<void> {
    const { session } = own;
    const refused = session.getSnapshot().outbox.find(({ state }) => state === 'refused');
    switch (step.do) {
      case 'type':
        this.#type(own);
        break;
      case 'begin':
        own.draft = null;
        break;
      case 'share':
        if (own.draft !== null) this.#share(own, own.draft);
        break;
      case 'discard':
        if (own.draft === null) break;
        session.discardNote(own.draft);
        this.#mark(own.draft, { state: 'discarded' });
        own.draft = null;
        break;
      case 'again':
        if (refused === undefined) break;
        this.#mark(refused.id, { shared: null });
        session.retryNote(refused.id);
        break;
      case 'change':
        if (refused !== undefined) this.#change(own, refused.id, step.share);
        break;
      default:
        await this.#leave(own, step.do);
    }
  }

  #type(own: Tab): void {
    const text = `note ${(this.#count += 1)}`;
    // A page that was reloaded goes on with what it finds.
    own.draft ??= own.session.getSnapshot().drafts[0]?.id ?? null;
    own.draft = own.session.writeNote({ content: text }, own.draft ?? undefined);
    this.#told.set(own.draft, { text, state: 'draft', shared: null });
  }

  #share(own: Tab, id: string): void {
    own.session.shareNote(id);
    this.#mark(id, { state: 'shared', shared: { tab: own.number, order: (this.#count += 1) } });
    own.draft = null;
  }

  #change(own: Tab, id: string, share: boolean): void {
    const revised = own.session.reviseNote(id);
    const before = this.#told.get(id);
    if (revised === null || before === undefined) return;
    // The former one may have got there all the same, where only its answer was a refusal.
    this.#told.set(id, { ...before, state: 'discarded' });
    this.#told.set(revised, { ...before, text: `${before.text}, changed`, state: 'draft', shared: null });
    own.session.writeNote({ content: `${before.text}, changed` }, revised);
    if (share) this.#share(own, revised);
  }

  async #leave(own: Tab, how: 'reload' | 'crash'): Promise<void> {
    const onDevice = own.page.client.keeping.getSnapshot();
    const isSafe = onDevice.state === 'device' && !onDevice.saving;
    const { drafts, outbox } = own.session.getSnapshot();
    for (const { id } of [...drafts, ...outbox]) if (!isSafe) this.#told.delete(id);
    if (how === 'reload') own.page.platform.wakeUp('leaving');
    own.page.crash();
    this.#tabs = this.#tabs.filter((other) => other !== own);
    await this.#clock.settle();
    if (how === 'reload' || this.#tabs.length === 0) await this.open();
  }

  #mark(id: string, change: Partial<Told>): void {
    const told = this.#told.get(id);
    if (told !== undefined) this.#told.set(id, { ...told, ...change });
  }

  #disturb(step: Exclude<Step, { tab: number } | { do: 'wait' }>): void {
    const { backend } = this.#clinic;
    if (step.do === 'offline') this.#network ??= backend.goOffline('dr-smith');
    if (step.do === 'online') this.#goOnline();
    if (step.do === 'disk-full') this.#isFull = true;
    if (step.do === 'disk-free') this.#isFull = false;
    if (step.do === 'wake') for (const { page } of this.#tabs) page.platform.wakeUp('visible');
    if (step.do === 'sign-in-expires') {
      const expired = new SessionError('unauthenticated', 'Expired.');
      for (const method of ['notes.add', 'access.me', 'access.draftKey'] as const)
        backend.fail(method, expired, { person: 'dr-smith' });
    }
    if (step.do === 'fail') {
      const { code, afterDoing, times } = step;
      // Who refuses for good has not done it.
      const isDone = afterDoing && PASSING.includes(code);
      backend.fail('notes.add', new SessionError(code, 'Told to fail.'), { afterDoing: isDone, times });
    }
  }

  #goOnline(): void {
    this.#network?.();
    this.#network = null;
  }

  /** Whatever was wrong is not any more, and what was refused is sent again. */
  async mend(): Promise<void> {
    this.#goOnline();
    this.#isFull = false;
    // Each round uses up one fault at least.
    for (let round = 0; round < 100 && (round < 2 || this.#isUnsent()); round += 1) {
      for (const { page, session } of this.#tabs) {
        page.platform.wakeUp('visible');
        page.client.refresh();
        for (const { id, state } of session.getSnapshot().outbox) {
          if (state !== 'refused') continue;
          this.#mark(id, { shared: null });
          session.retryNote(id);
        }
      }
      await this.#clock.advance(40_000);
    }
  }

  #isUnsent(): boolean {
    return this.#tabs.some(({ session }) => session.getSnapshot().outbox.length > 0);
  }

  async examine(): Promise<void> {
    const ann = this.#clinic.open('ann');
    const session = ann.watch(this.#booking.id);
    await this.#clock.settle();
    const { notes } = session.getSnapshot().notes;
    ann.client.close();
    const told = [...this.#told];
    for (const [id, { text, state }] of told) {
      const copies = notes.filter(({ content }) => content === text).length;
      if (state === 'shared') insist(copies === 1, `“${text}” was shared and is there ${copies} times`);
      if (state === 'draft') insist(copies === 0, `“${text}” is a draft and was shared`);
      const drafts = this.#tabs.flatMap((one) => one.session.getSnapshot().drafts.filter((draft) => draft.id === id));
      if (state !== 'draft') insist(drafts.length === 0, `“${text}” is ${state} and still a draft`);
      else
        insist(
          drafts.length === 1 && drafts[0]?.content === text,
          `the draft “${text}” is there as ${JSON.stringify(drafts)}`,
        );
    }
    this.#examineOrder(notes.map(({ content }) => content));
    const left = this.#tabs.flatMap((one) => one.session.getSnapshot().outbox.map(({ content }) => content));
    insist(left.length === 0, `${left.join()} is still on its way`);
    this.#examineDevice();
  }

  /** What was shared on one tab is there in that order. */
  #examineOrder(texts: readonly string[]): void {
    const shared = [...this.#told.values()].flatMap(({ text, state, shared: place }) =>
      place === null || state !== 'shared' ? [] : [{ text, ...place }],
    );
    for (const a of shared)
      for (const b of shared)
        if (a.tab === b.tab && a.order < b.order)
          insist(texts.indexOf(a.text) < texts.indexOf(b.text), `“${a.text}” comes after “${b.text}”`);
  }

  /** What is on the device is the drafts, and nothing besides. */
  #examineDevice(): void {
    const kept = [...(this.#browser?.platform.stored.keys() ?? [])].filter((key) => key.startsWith('note/'));
    const ids = kept.map((key) => key.slice(key.lastIndexOf('/') + 1));
    const drafts = this.#tabs.flatMap(({ session }) => session.getSnapshot().drafts.map(({ id }) => id));
    insist(
      ids.toSorted().join() === drafts.toSorted().join(),
      `on the device are ${ids.join()}, drafts are ${drafts.join()}`,
    );
  }

  close(): void {
    for (const { page } of this.#tabs) page.client.close();
  }
}

function full(): Promise<never> {
  return Promise.reject(new SessionError('not-supported', 'The disk is full.'));
}

function insist(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

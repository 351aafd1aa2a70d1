import type { JSHandle, Locator, Page } from '@playwright/test';

/** A note on a provider's page that the server does not have. */
export interface UnsharedNote {
  readonly id: string;
  readonly content: string;
  readonly state: 'draft' | 'waiting' | 'sending' | 'refused';
}

/** What the page's client knows of the notes of one booking. */
export interface Writing {
  /** What is written here is safe on the device, every stroke of it. */
  readonly isKept: boolean;
  readonly drafts: readonly UnsharedNote[];
  readonly outbox: readonly UnsharedNote[];
  readonly notes: readonly { readonly id: string; readonly content: string; readonly withdrawnAt?: string }[];
}

/** A provider's page, found as a person finds their way on it. Whatever is renamed there is renamed here. */
export class ProviderPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get field(): Locator {
    return this.page.getByRole('textbox', { name: /^note/i });
  }

  get shareButton(): Locator {
    return this.page.getByRole('button', { name: 'Share', exact: true });
  }

  /** Said while what is in the field is safe on this device. */
  get kept(): Locator {
    return this.page.getByText('Kept on this device until you share it.');
  }

  /** Said of what waits: for the network, for the server, for a sign-in, or for the one before it. */
  get waiting(): Locator {
    const words = /Waiting for the connection|does not answer right now|Sign in again: your note|after the one before/;
    return this.page.getByRole('listitem').getByText(words);
  }

  /** Said of what was refused. */
  get refused(): Locator {
    return this.page.getByRole('listitem').getByText('Not shared.');
  }

  get tryAgain(): Locator {
    return this.page.getByRole('listitem').getByRole('button', { name: 'Try again' });
  }

  /** Makes a draft of what was refused. */
  get change(): Locator {
    return this.page.getByRole('button', { name: 'Change the text' });
  }

  /** The notes that the patient can read too, in the order of the page. */
  get shared(): Locator {
    return this.page.locator('provider-notes [part=note]');
  }

  /** Goes to the provider's page and opens the session of a patient. */
  async open(address: string, patient: RegExp = /Sam Rivera/): Promise<this> {
    await this.page.goto(address);
    await this.page.getByRole('button', { name: patient }).click();
    return this;
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
  }

  async share(text?: string): Promise<void> {
    if (text !== undefined) await this.write(text);
    await this.shareButton.click();
  }

  /** The renderer dies, as of a page that ran out of memory: nothing on it has time for a last word. */
  async crash(): Promise<void> {
    const crashed = this.page.waitForEvent('crash');
    await this.page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    await this.page.close();
  }

  async writing(bookingId: string): Promise<Writing> {
    return (await this.#client()).evaluate(readWriting, bookingId);
  }

  /** Resolves when the client knows no note of this booking that is on its way. Refused ones stay. */
  async settled(bookingId: string, timeout: number): Promise<void> {
    await this.page.waitForFunction(hasNothingOnItsWay, { client: await this.#client(), bookingId }, { timeout });
  }

  /** Resolves when all that is written here is safe on the device. */
  async keeps(timeout: number): Promise<void> {
    await this.page.waitForFunction(isAllKept, await this.#client(), { timeout });
  }

  /** Writes and shares past the field, which lets some texts not pass, and has no way to a correction. Returns its id. */
  async shareByClient(bookingId: string, content: string, amends?: string): Promise<string> {
    return (await this.#client()).evaluate(writeAndShare, { bookingId, content, amends });
  }

  /** Signs out as a portal does, and resolves when nothing of this person is left. */
  async signOut(): Promise<void> {
    await (await this.#client()).evaluate((client) => client.signOut());
  }

  /** The page's client, had in the way in which any element of the portal's own would. */
  async #client(): Promise<JSHandle<PageClient>> {
    return this.page.evaluateHandle(askForClient);
  }
}

/** Those that stand on a page, in its order; a withdrawn one without its words. */
export function textsOf(notes: Locator): Promise<readonly string[]> {
  return notes.evaluateAll((all) => all.map((one) => one.querySelector('[part=text]')?.textContent ?? ''));
}

interface PageSession {
  getSnapshot(): {
    readonly drafts: readonly UnsharedNote[];
    readonly outbox: readonly UnsharedNote[];
    readonly notes: { readonly notes: Writing['notes'] };
  };
  writeNote(change: object): string;
  shareNote(id: string): void;
}

interface PageClient {
  readonly keeping: { getSnapshot(): { readonly state: string; readonly saving: boolean } };
  session(id: string): PageSession;
  signOut(): Promise<void>;
}

// What follows runs in the page.

function askForClient(): PageClient {
  let client: PageClient | undefined;
  const request = {
    context: Symbol.for('@active-session/client'),
    callback: (given: PageClient) => {
      client = given;
    },
  };
  const event = new Event('context-request', { bubbles: true, composed: true });
  document.querySelector('session-scope > *')?.dispatchEvent(Object.assign(event, request));
  if (client === undefined) throw new Error('This page has no client.');
  return client;
}

function readWriting(client: PageClient, bookingId: string): Writing {
  const { drafts, outbox, notes } = client.session(bookingId).getSnapshot();
  const { state, saving } = client.keeping.getSnapshot();
  const plain = ({ id, content, state: how }: UnsharedNote): UnsharedNote => ({ id, content, state: how });
  return {
    isKept: state === 'device' && !saving,
    drafts: drafts.map(plain).filter(({ content }) => content.trim() !== ''),
    outbox: outbox.map(plain),
    notes: notes.notes,
  };
}

function isAllKept(client: PageClient): boolean {
  const { state, saving } = client.keeping.getSnapshot();
  return state === 'device' && !saving;
}

function hasNothingOnItsWay({ client, bookingId }: { client: PageClient; bookingId: string }): boolean {
  const { state, saving } = client.keeping.getSnapshot();
  const { outbox } = client.session(bookingId).getSnapshot();
  return state === 'device' && !saving && outbox.every((note) => note.state === 'refused');
}

interface OwnNote {
  readonly bookingId: string;
  readonly content: string;
  readonly amends: string | undefined;
}

function writeAndShare(client: PageClient, { bookingId, content, amends }: OwnNote): string {
  const session = client.session(bookingId);
  const id = session.writeNote({ content, amends });
  session.shareNote(id);
  return id;
}

import type { BookingId, ClientView, Session, SessionClient, SessionView } from '@active-session/core';
import { html, LitElement, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { adoptSheets } from './adopt-sheets.js';
import { Announcer } from './announcer.controller.js';
import { ClientSource } from './client-source.controller.js';
import { controls } from './controls.styles.js';
import type { Formats } from './formats.js';
import { Localize } from './localize.controller.js';
import type { MessageArguments, MessageKey, Messages } from './messages.js';
import { Snapshot } from './snapshot.controller.js';
import { States } from './states.js';
import { Ticker } from './ticker.controller.js';
import { tokens } from './tokens.styles.js';

/**
 * What every element of this package has: a client, words and times, a clock to show and somebody to tell.
 *
 * @csspart signed-out - What is said once somebody has signed out.
 * @csspart missing - What is said where no client is to be had.
 * @cssprop --as-inset - The room around the content; `0px` where a portal has its own around the element.
 */
export abstract class SessionElement extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls];

  /** The client to show. Where it is not set, the nearest `<session-scope>` is asked. */
  @property({ attribute: false }) client: SessionClient | undefined = undefined;

  /** IANA time zone in which times are shown; the browser's own by default. */
  @property({ attribute: 'time-zone' }) timeZone = '';

  /** Own words for single sentences; the keys are those of `Messages`. */
  @property({ attribute: false }) messages: Partial<Messages> = {};

  protected readonly source = new ClientSource(this);
  protected readonly localize = new Localize(this);
  protected readonly announcer = new Announcer(this);
  protected readonly ticker = new Ticker(this);
  protected readonly states = new States(this);
  protected readonly clientSnapshot = new Snapshot<ClientView>(this);
  protected readonly sessionSnapshot = new Snapshot<SessionView>(this);

  /** Whose data this element holds; null once it has been forgotten. */
  #owner: SessionClient | null = null;
  /** Who was signed in last. */
  #person: string | null = null;
  #language = '';

  protected override createRenderRoot(): ShadowRoot {
    const { shadowRootOptions, elementStyles } = this.constructor as typeof SessionElement;
    const root = this.shadowRoot ?? this.attachShadow(shadowRootOptions);
    adoptSheets(root, elementStyles);
    return root;
  }

  /** Moved into another window, a shadow root loses its styles. */
  adoptedCallback(): void {
    const { elementStyles } = this.constructor as typeof SessionElement;
    if (this.shadowRoot !== null) adoptSheets(this.shadowRoot, elementStyles);
  }

  /** Nothing is shown in one language and a moment later in another: the first render waits for the words, not for long. */
  protected override scheduleUpdate(): Promise<unknown> | undefined {
    const words = this.localize.arrival;
    if (words !== null) return words.then(() => super.scheduleUpdate());
    void super.scheduleUpdate();
    return undefined;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const client = this.source.current;
    this.clientSnapshot.follow(client);
    const gone = this.clientSnapshot.value?.state === 'signed-out';
    const person = this.clientSnapshot.value?.me?.id ?? this.#person;
    const isOther = client !== this.#owner || (this.#person !== null && person !== this.#person);
    this.#person = person;
    if (this.#owner !== null && client !== undefined && (gone || isOther)) {
      this.announcer.say('');
      this.forget();
    }
    if (client !== undefined) this.#owner = gone ? null : client;
    // What was said in another language is not to be found in this one.
    const { language } = this.localize;
    if (this.#language !== '' && this.#language !== language) this.announcer.say('');
    this.#language = language;
    this.choose();
    this.sessionSnapshot.follow(this.session);
  }

  /** Somebody signed out, or somebody else signed in: what was entered or chosen goes. */
  protected forget(): void {
    // Most elements hold nothing of their own.
  }

  /** Decides what to show, before the session of it is followed. */
  protected choose(): void {
    // Most elements are told by `shownId` alone.
  }

  protected override render(): TemplateResult {
    const client = this.source.current;
    const view = this.clientSnapshot.value;
    return html`${this.#renderFor(client, view)} ${this.announcer.region}`;
  }

  #renderFor(client: SessionClient | undefined, view: ClientView | undefined): TemplateResult {
    if (client === undefined || view === undefined) return this.#renderWithout();
    return view.state === 'signed-out' ? this.renderSignedOut() : this.renderClient(client, view);
  }

  protected renderSignedOut(): TemplateResult {
    return html`<p class="card alone" part="signed-out">${this.t('client.signed-out')}</p>`;
  }

  protected abstract renderClient(client: SessionClient, view: ClientView): TemplateResult;

  /** Which booking this element shows; null for none. */
  protected get shownId(): BookingId | null {
    return null;
  }

  /** The session of the shown booking; it is the client's, so it lives on when the element moves or goes. */
  protected get session(): Session | undefined {
    const id = this.shownId;
    const client = this.source.current;
    if (id === null || client === undefined || client.getSnapshot().state === 'signed-out') return undefined;
    return client.session(id);
  }

  protected get formats(): Formats {
    return this.localize.formats;
  }

  protected t<K extends MessageKey>(key: K, ...args: MessageArguments<K>): string {
    return this.localize.t(key, ...args);
  }

  /** The server's time, as the client knows it. */
  protected get now(): number {
    return this.source.current?.clock.now() ?? Date.now();
  }

  #renderWithout(): TemplateResult {
    return html`<p class="card muted" part="missing">
      ${this.source.unanswered ? this.t('client.missing') : nothing}
    </p>`;
  }
}

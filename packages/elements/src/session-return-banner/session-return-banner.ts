import type { BookingId, ClientView, SessionClient } from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { defineElement } from '../shared/define-element.js';
import { videoIcon, xIcon } from '../shared/icons.js';
import type { MessageKey } from '../shared/messages.js';
import { placesOf } from '../shared/on-show.js';
import { pageAddress } from '../shared/page-address.js';
import { otherName } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { HiddenBanners } from './hidden-banners.js';
import { SessionReturnRequestEvent } from './session-return-banner.events.js';
import { sessionReturnBannerStyles } from './session-return-banner.styles.js';
import { wayBackIn, type WayBack, type WayBackKind } from './way-back.js';

const SENTENCE = {
  call: 'return.call',
  elsewhere: 'return.elsewhere',
  left: 'return.open',
} as const satisfies Record<WayBackKind, MessageKey>;

const LABEL = {
  call: 'return.go-call',
  elsewhere: 'call.continue-here',
  left: 'return.go',
} as const satisfies Record<WayBackKind, MessageKey>;

/**
 * For any page of a portal: the way back into a session that is still open and that this person was in, or whose call runs
 * on this page where one can't see it. It shows nothing else, and nothing where the session itself is to be seen.
 *
 * It takes its place where it stands, when there is something to say. With `sticky` it lies over the top of what it stands
 * in, and nothing moves.
 *
 * @tag session-return-banner
 * @fires session-return-request - The person wants to go back. Cancelable. Else the page goes to `href`; without one, the
 * session starts here, or comes over from the other tab or device.
 * @csspart banner - The banner.
 * @csspart sentence - What it says.
 * @csspart return-button - The way back; a link where there is `href`.
 * @csspart hide-button - Puts it away until the session is left again.
 * @cssprop --as-banner-layer - The `z-index` with `sticky`; 100 where it is not set.
 * @cssstate shown - It has something to say.
 */
export class SessionReturnBanner extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, sessionReturnBannerStyles];

  /** Address of the page that shows the session. Left out: the session is on this page, or the portal hears the event. */
  @property() href = '';

  /** Lies over the top of what it stands in, and stays in view. */
  @property({ type: Boolean, reflect: true }) sticky = false;

  readonly #hidden = new HiddenBanners();
  #places: { unsubscribe(): void } | undefined;
  #placesClient: SessionClient | undefined;
  #way: WayBack | null = null;
  #said = '';
  #pressed: BookingId | null = null;

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('session-return-banner', SessionReturnBanner, registry);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watchPlaces(undefined);
  }

  /** A call that runs here is followed; that asks the backend for nothing. */
  protected override get shownId(): BookingId | null {
    return this.#way?.kind === 'call' ? this.#way.item.booking.id : null;
  }

  protected override choose(): void {
    const client = this.source.current;
    const view = this.clientSnapshot.value;
    this.#watchPlaces(this.isConnected ? client : undefined);
    this.#way = client === undefined || view?.state !== 'ready' ? null : this.#wayBack(client, view);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.states.set('shown', this.#way === null ? null : 'shown');
    if (this.clientSnapshot.value?.state === 'signed-out') this.#hidden.forget();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const text = this.#way === null ? '' : this.#sentence(this.#way);
    if (text !== this.#said) queueMicrotask(() => this.announcer.say(text));
    this.#said = text;
    if (this.#way === null) this.#handOver();
  }

  protected override forget(): void {
    this.#way = null;
    this.#hidden.forget();
  }

  protected override renderClient(): TemplateResult {
    const way = this.#way;
    if (way === null) return html``;
    return html`<section class="banner" part="banner" aria-label=${this.t('return.label')}>
      <p class="sentence" part="sentence">${videoIcon()} <bdi>${this.#sentence(way)}</bdi></p>
      <div class="buttons">${this.#renderWay(way)} ${way.kind === 'call' ? nothing : this.#renderHide(way)}</div>
    </section>`;
  }

  protected override renderSignedOut(): TemplateResult {
    return html``;
  }

  #renderWay(way: WayBack): TemplateResult {
    const label = this.t(LABEL[way.kind]);
    const address = pageAddress(this.href);
    return address === null
      ? html`<button class="button primary" part="return-button" @click=${() => this.#onReturn(way)}>${label}</button>`
      : html`<a
          class="button primary"
          part="return-button"
          href=${address}
          @click=${(event: Event) => this.#onLink(event, way)}
          >${label}</a
        >`;
  }

  /** A call that runs, with its camera, is never put out of reach. */
  #renderHide(way: WayBack): TemplateResult {
    return html`<button
      class="button hide"
      part="hide-button"
      aria-label=${this.t('return.hide')}
      @click=${() => this.#onHide(way)}
    >
      ${xIcon()}
    </button>`;
  }

  #wayBack(client: SessionClient, view: ClientView): WayBack | null {
    const places = placesOf(client);
    const way = wayBackIn(client, view, (id) => places.of(id) !== undefined);
    return way !== null && way.kind !== 'call' && this.#hidden.has(keyOf(way)) ? null : way;
  }

  #sentence({ kind, item }: WayBack): string {
    return this.t(SENTENCE[kind], otherName(item.booking, item.role, this.localize));
  }

  #watchPlaces(client: SessionClient | undefined): void {
    if (client === this.#placesClient) return;
    this.#places?.unsubscribe();
    this.#placesClient = client;
    this.#places = client === undefined ? undefined : placesOf(client).subscribe(() => this.requestUpdate());
  }

  /** The button is gone because the session is there now: so goes the focus. */
  #handOver(): void {
    const id = this.#pressed;
    const client = this.source.current;
    this.#pressed = null;
    if (id !== null && client !== undefined && document.activeElement === document.body) {
      placesOf(client).of(id)?.focus();
    }
  }

  #onReturn({ kind, item }: WayBack): void {
    const { id } = item.booking;
    this.#pressed = id;
    if (!this.dispatchEvent(new SessionReturnRequestEvent(id))) return;
    const session = this.source.current?.session(id);
    if (kind === 'left') session?.start();
    if (kind === 'elsewhere') session?.continueHere();
  }

  #onLink(event: Event, { item }: WayBack): void {
    if (!this.dispatchEvent(new SessionReturnRequestEvent(item.booking.id))) event.preventDefault();
  }

  #onHide(way: WayBack): void {
    this.#hidden.add(keyOf(way));
    this.requestUpdate();
  }
}

function keyOf({ item, visits }: WayBack): string {
  return `${String(item.booking.id)} ${String(visits)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'session-return-banner': SessionReturnBanner;
  }
}

import { toInstant, type ClientView, type JudgedBooking, type SessionClient } from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { countdownTemplate } from '../shared/countdown.js';
import { defineElement } from '../shared/define-element.js';
import { errorWords } from '../shared/error-words.js';
import { calendarIcon } from '../shared/icons.js';
import { otherName } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { BookAppointmentRequestEvent } from './booking-required.events.js';
import { bookingRequiredStyles } from './booking-required.styles.js';

/**
 * Says that no session is open, when the next one is, and offers to book.
 *
 * @tag booking-required
 * @fires book-appointment-request - The person wants to book. The dialog closes.
 * @fires close - The dialog was closed.
 * @csspart dialog - The dialog.
 * @csspart content - What it says.
 * @csspart heading - Its first sentence.
 * @csspart countdown - The time until the next session opens.
 * @csspart book-button - The button that asks to book.
 */
export class BookingRequired extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, bookingRequiredStyles];

  /** Whether the dialog shows. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** Shows the same content in the page instead of in a dialog. */
  @property({ type: Boolean, reflect: true }) inline = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement | null;

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('booking-required', BookingRequired, registry);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.open = false;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.dialog === null) return;
    if (this.open && !this.dialog.open) {
      this.dialog.showModal();
      this.dialog.querySelector('h2')?.focus();
    } else if (!this.open && this.dialog.open) this.dialog.close();
  }

  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    if (this.inline) return this.#renderContent(client, view);
    return html`
      <dialog part="dialog" aria-labelledby="heading" @close=${this.#onClose}>
        ${this.open ? this.#renderContent(client, view) : nothing}
      </dialog>
    `;
  }

  /** A dialog that nobody opened says nothing in the page. */
  protected override renderSignedOut(): TemplateResult {
    return this.inline ? super.renderSignedOut() : html``;
  }

  #renderContent(client: SessionClient, view: ClientView): TemplateResult {
    const next = view.active;
    return html`
      <div class="content" part="content">
        <span class="sign">${calendarIcon()}</span>
        ${next === null ? this.#renderNone(view) : this.#renderNext(next)}
        <div class="actions">
          ${
            view.state === 'failed'
              ? html`<button class="button primary" part="retry-button" @click=${() => client.refresh()}>
                  ${this.t('action.try-again')}
                </button>`
              : nothing
          }
          ${
            view.state === 'ready' && view.can.book
              ? html`<button class="button primary" part="book-button" @click=${this.#onBook}>
                  ${this.t('gate.book')}
                </button>`
              : nothing
          }
          ${
            this.inline
              ? nothing
              : html`<button class="button" part="close-button" @click=${() => this.close()}>
                  ${this.t('action.close')}
                </button>`
          }
        </div>
      </div>
    `;
  }

  /** Nothing is said to be booked, or not, before it is known. */
  #renderNone({ state, error }: ClientView): TemplateResult {
    if (state === 'loading') {
      return html`<h2 id="heading" part="heading" tabindex="-1">${this.t('client.loading')}</h2>
        <div class="skeleton sentence line" aria-hidden="true"></div>`;
    }
    if (state === 'failed') {
      return html`<h2 id="heading" part="heading" tabindex="-1">${this.t('client.failed')}</h2>
        <p class="sentence muted">${errorWords(error, this.localize).help}</p>`;
    }
    return html`
      <h2 id="heading" part="heading" tabindex="-1">${this.t('gate.none')}</h2>
      <p class="sentence muted">${this.t('gate.none-help')}</p>
    `;
  }

  #renderNext({ booking, role, verdict }: JudgedBooking): TemplateResult {
    const { formats, now } = this;
    const at = toInstant(booking.dateTime);
    const when = formats.when(at, now, (day) => this.t('time.on', day));
    const name = otherName(booking, role, this.localize);
    const isOpen = verdict.phase === 'open';
    return html`
      <h2 id="heading" part="heading" tabindex="-1">${isOpen ? this.t('session.open') : this.t('gate.dialog')}</h2>
      <p class="sentence">${this.t('gate.next', name, when)}</p>
      ${
        isOpen
          ? nothing
          : html`
              <p class="muted">${this.t('session.join-from', formats.timeBeside(verdict.opensAt, at, now))}</p>
              ${countdownTemplate(verdict.opensAt - now, this.localize, this.ticker)}
            `
      }
    `;
  }

  readonly #onBook = (): void => {
    this.close();
    this.dispatchEvent(new BookAppointmentRequestEvent());
  };

  readonly #onClose = (): void => {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };

  /** Takes the focus to the first sentence. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector('h2')?.focus(options);
  }

  /** Opens the dialog. Focus returns to where it was when it closes. */
  show(): void {
    this.open = true;
  }

  /** Closes the dialog. */
  close(): void {
    this.open = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'booking-required': BookingRequired;
  }
}

import { toInstant, type ClientView, type JudgedBooking, type SessionClient } from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { BookAppointment } from '../book-appointment/book-appointment.js';
import { countdownTemplate } from '../shared/countdown.js';
import { defineElement } from '../shared/define-element.js';
import { errorWords } from '../shared/error-words.js';
import { calendarIcon, chevronLeftIcon } from '../shared/icons.js';
import { KeptFocus } from '../shared/kept-focus.controller.js';
import { placesOf } from '../shared/on-show.js';
import { pageAddress } from '../shared/page-address.js';
import { otherName } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { unreadableCount, unreadableTemplate } from '../shared/unreadable.js';
import { whenOf } from '../shared/when-of.js';
import { BookAppointmentRequestEvent, SessionShowRequestEvent } from './booking-required.events.js';
import { bookingRequiredStyles } from './booking-required.styles.js';

/**
 * Says that no session is open, when the next one is, and offers to book. It keeps itself right while it shows: when the
 * session opens meanwhile, it says so and leads there.
 *
 * @tag booking-required
 * @fires book-appointment-request - The person wants to book. Cancelable: the dialog closes, and the portal goes where it
 * books. Else the form shows here.
 * @fires session-show-request - The person wants to see their session, which is open now. The dialog closes. Cancelable:
 * the portal goes there. Else the focus goes to the `<active-session>` of this page, or the page to `href`.
 * @fires appointment-booked - An appointment was booked here.
 * @fires close - The dialog was closed.
 * @csspart dialog - The dialog.
 * @csspart content - What it says.
 * @csspart heading - Its first sentence.
 * @csspart countdown - The time until the next session opens.
 * @csspart go-button - The button that leads to the open session.
 * @csspart book-button - The button that asks to book.
 * @csspart retry-button - Tries to read the appointments again.
 * @csspart back-button - From the form back to what was said.
 * @csspart close-button - Closes the dialog.
 * @csspart unreadable - What is said of bookings that this page can't read.
 */
export class BookingRequired extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, bookingRequiredStyles];

  /** Whether the dialog shows. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** Shows the same content in the page instead of in a dialog. */
  @property({ type: Boolean, reflect: true }) inline = false;

  /** Address of the page that shows the session, where it is another one. */
  @property() href = '';

  @state() private formShown = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement | null;

  readonly #focus = new KeptFocus(this, () => void this.#regainFocus());
  #isBooked = false;
  /** Whether a session was open when this was last looked at; undefined before. */
  #wasOpen: boolean | undefined;
  #toSay = '';

  static define(registry: CustomElementRegistry = customElements): void {
    BookAppointment.define(registry);
    defineElement('booking-required', BookingRequired, registry);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // One that only moves in the page stays open.
    queueMicrotask(() => {
      if (!this.isConnected) this.open = false;
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const view = this.clientSnapshot.value;
    const opened = view?.active?.verdict.phase === 'open' ? view.active : null;
    const before = this.#wasOpen;
    if (view?.state === 'ready') this.#wasOpen = opened !== null;
    const isSeen = this.open || this.inline;
    if (before !== false || opened === null || !isSeen) return;
    this.#toSay = this.t('gate.opened', otherName(opened.booking, opened.role, this.localize));
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const text = this.#toSay;
    this.#toSay = '';
    if (text !== '' && !this.#focus.isLost) queueMicrotask(() => this.announcer.say(text));
    if (this.dialog === null) return;
    if (this.open) this.#showDialog(this.dialog);
    else if (this.dialog.open) this.dialog.close();
  }

  protected override forget(): void {
    this.open = false;
    this.formShown = false;
    this.#wasOpen = undefined;
  }

  /** While the dialog is open nothing outside of it is read, so what is announced is announced in it, too. */
  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    if (this.inline) return this.#renderContent(client, view);
    return html`
      <dialog part="dialog" aria-labelledby=${this.formShown ? nothing : 'heading'} @close=${this.#onClose}>
        ${this.open || this.formShown ? this.#renderContent(client, view) : nothing} ${this.announcer.region}
      </dialog>
    `;
  }

  /** A dialog that nobody opened says nothing in the page. */
  protected override renderSignedOut(): TemplateResult {
    return this.inline ? super.renderSignedOut() : html``;
  }

  #renderContent(client: SessionClient, view: ClientView): TemplateResult {
    const next = view.active;
    const isOpen = next?.verdict.phase === 'open';
    return html`
      <div class="content" part="content">
        ${
          this.formShown
            ? this.#renderForm(client, isOpen ? next : null)
            : html`<span class="sign">${calendarIcon()}</span>
                ${next === null ? this.#renderNone(view) : this.#renderNext(next, view)}`
        }
        <div class="actions">
          ${
            isOpen
              ? html`<button class="button primary" part="go-button" @click=${() => this.#onGo(client, next)}>
                  ${this.t('gate.go')}
                </button>`
              : nothing
          }
          ${this.formShown ? nothing : this.#renderButtons(client, view, isOpen ? 'button' : 'button primary')}
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

  #renderButtons(client: SessionClient, view: ClientView, style: string): TemplateResult {
    const isUnsure = view.state === 'failed' || (view.active === null && view.problems.length > 0);
    return html`
      ${
        isUnsure
          ? html`<button class="button primary" part="retry-button" @click=${() => client.refresh()}>
              ${this.t('action.try-again')}
            </button>`
          : nothing
      }
      ${
        view.state === 'ready' && view.can.book
          ? html`<button class=${isUnsure ? 'button' : style} part="book-button" @click=${this.#onBook}>
              ${this.t('gate.book')}
            </button>`
          : nothing
      }
    `;
  }

  #renderForm(client: SessionClient, opened: JudgedBooking | null): TemplateResult {
    return html`
      <button class="button plain" part="back-button" @click=${this.#onBack}>
        <span class="backward">${chevronLeftIcon()}</span> ${this.t('action.back')}
      </button>
      ${
        opened === null
          ? nothing
          : html`<p class="sentence">
              ${this.t('gate.opened', otherName(opened.booking, opened.role, this.localize))}
            </p>`
      }
      <book-appointment
        class="line"
        .client=${client}
        .messages=${this.messages}
        .timeZone=${this.timeZone}
        .sessionUrl=${pageAddress(this.href) ?? ''}
        @appointment-booked=${this.#onBooked}
      ></book-appointment>
    `;
  }

  /** Nothing is said to be booked, or not, before it is known. */
  #renderNone(view: ClientView): TemplateResult {
    if (view.state === 'loading') {
      return html`<h2 id="heading" part="heading" tabindex="-1">${this.t('client.loading')}</h2>
        <div class="skeleton sentence line" aria-hidden="true"></div>`;
    }
    if (view.state === 'failed') {
      return html`<h2 id="heading" part="heading" tabindex="-1">${this.t('client.failed')}</h2>
        <p class="sentence muted">${errorWords(view.error, this.localize).help}</p>`;
    }
    if (view.problems.length > 0) {
      return html`<h2 id="heading" part="heading" tabindex="-1">${this.t('gate.unreadable', unreadableCount(view))}</h2>
        <p class="sentence muted">${this.t('gate.unreadable-help')}</p>`;
    }
    return html`
      <h2 id="heading" part="heading" tabindex="-1">${this.t('gate.none')}</h2>
      <p class="sentence muted">${this.t('gate.none-help')}</p>
    `;
  }

  #renderNext({ booking, role, verdict }: JudgedBooking, view: ClientView): TemplateResult {
    const { formats, now } = this;
    const at = toInstant(booking.dateTime);
    const when = whenOf(booking, now, this.localize);
    const name = otherName(booking, role, this.localize);
    const isOpen = verdict.phase === 'open';
    return html`
      <h2 id="heading" part="heading" tabindex="-1">${isOpen ? this.t('gate.opened', name) : this.t('gate.dialog')}</h2>
      ${
        isOpen
          ? html`<p class="sentence">${this.t('session.is-open-until', formats.time(verdict.closesAt))}</p>`
          : html`
              <p class="sentence">${this.t('gate.next', name, when)}</p>
              <p class="muted">${this.t('session.join-from', formats.timeBeside(verdict.opensAt, at, now))}</p>
              ${countdownTemplate(verdict.opensAt - now, this.localize, this.ticker)}
            `
      }
      ${view.problems.length > 0 ? unreadableTemplate(view, this.localize) : nothing}
    `;
  }

  #showDialog(dialog: HTMLDialogElement): void {
    if (dialog.matches(':modal')) return;
    // It was taken out of the page while it was open, and is back.
    dialog.removeAttribute('open');
    dialog.showModal();
    this.focus();
  }

  /** The dialog closes first, so that a portal can take the focus to where it books. */
  readonly #onBook = (): void => {
    const { dialog } = this;
    dialog?.close();
    if (this.dispatchEvent(new BookAppointmentRequestEvent())) {
      this.formShown = true;
      if (dialog !== null) this.#showDialog(dialog);
    } else this.open = false;
  };

  async #regainFocus(): Promise<void> {
    await this.shadowRoot?.querySelector('book-appointment')?.updateComplete;
    if (!this.#focus.isInside && (this.open || this.inline)) this.focus();
  }

  readonly #onBooked = (): void => {
    this.#isBooked = true;
  };

  readonly #onBack = (): void => {
    this.formShown = false;
  };

  readonly #onGo = (client: SessionClient, { booking }: JudgedBooking): void => {
    this.open = false;
    this.dialog?.close();
    if (!this.dispatchEvent(new SessionShowRequestEvent(booking.id))) return;
    const address = pageAddress(this.href);
    if (address === null) placesOf(client).of(booking.id)?.focus();
    else location.assign(address);
  };

  readonly #onClose = (): void => {
    if (this.dialog?.open === true) return;
    this.open = false;
    if (this.#isBooked) this.formShown = false;
    this.#isBooked = false;
    this.dispatchEvent(new Event('close'));
  };

  /** Takes the focus to the first sentence. */
  override focus(options?: FocusOptions): void {
    const target = this.shadowRoot?.querySelector<HTMLElement>(this.formShown ? 'book-appointment' : 'h2');
    target?.focus(options);
  }

  /** Opens the dialog. Focus returns to where it was when it closes. */
  show(): void {
    this.open = true;
  }

  /** Closes the dialog. What was entered in the form stays until the next time. */
  close(): void {
    this.open = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'booking-required': BookingRequired;
  }
}

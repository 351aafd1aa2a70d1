import {
  sameId,
  toInstant,
  type Booking,
  type BookingId,
  type ClientView,
  type JudgedBooking,
  type Phase,
  type SessionClient,
  type SessionView,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { BookAppointment } from '../book-appointment/book-appointment.js';
import { BookingRequired } from '../booking-required/booking-required.js';
import { BookAppointmentRequestEvent } from '../booking-required/booking-required.events.js';
import { ProviderNotes } from '../provider-notes/provider-notes.js';
import { SessionCall } from '../session-call/session-call.js';
import { SessionStartRequestEvent } from '../session-call/session-call.events.js';
import { defineElement } from '../shared/define-element.js';
import { errorWords } from '../shared/error-words.js';
import { chevronLeftIcon, circleAlertIcon } from '../shared/icons.js';
import { NewestNote } from '../shared/newest-note.js';
import { knownId, otherName } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { SessionAvailabilityChangeEvent } from './active-session.events.js';
import { activeSessionStyles } from './active-session.styles.js';
import { openTemplate, overTemplate, personTemplate, upcomingTemplate, type CardOptions } from './session-card.js';

/**
 * The whole session for one person: what is booked, the wait, the call with its notes, and the summary after it.
 *
 * @tag active-session
 * @fires session-availability-change - Whether there is a session to join has become known or has changed.
 * @fires book-appointment-request - The person wants to book. Unless it is cancelled, the form shows here.
 * @fires appointment-booked - An appointment was booked here.
 * @fires session-start-request - The person wants to join. Cancelable.
 * @fires session-leave-request - The person leaves for now. Cancelable.
 * @fires session-end-request - The person ends the session for both. Cancelable.
 * @csspart heading - The sentence that says where you are.
 * @csspart provider-name - The provider's name.
 * @csspart countdown - The time until the session opens.
 * @csspart facts - When, with whom, how long.
 * @csspart start-button - *Start Call*.
 * @csspart call - The `<session-call>`; its parts are exported as `call-…`.
 * @csspart notes - The `<provider-notes>`.
 * @cssstate upcoming - And `open`, `completed`, `cancelled`, `expired`, `none`: where the shown booking stands.
 */
export class ActiveSession extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, activeSessionStyles];

  /** The booking to show; without it the one that is open or next, and its summary after it. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  @state() private formShown = false;

  @query('.scroller') private readonly scroller!: HTMLElement | null;

  #shown: BookingId | null = null;
  #available: boolean | undefined;
  #news: SessionAvailabilityChangeEvent | undefined;
  readonly #newest = new NewestNote();
  #hadFocus = false;
  #phase: Phase | null = null;

  static define(registry: CustomElementRegistry = customElements): void {
    BookAppointment.define(registry);
    BookingRequired.define(registry);
    ProviderNotes.define(registry);
    SessionCall.define(registry);
    defineElement('active-session', ActiveSession, registry);
  }

  /** Whether there is a session to join now. */
  get available(): boolean {
    return this.#available ?? false;
  }

  protected override get shownId(): BookingId | null {
    const view = this.clientSnapshot.value;
    if (this.bookingId === undefined || view === undefined) return this.#shown;
    return knownId(view, this.bookingId);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#hadFocus = this.#isFocused;
    this.states.set('phase', this.sessionSnapshot.value?.phase ?? 'none');
    this.#noticeAvailability();
    this.#noticeEnd();
  }

  protected override forget(): void {
    this.#shown = null;
    this.formShown = false;
    this.#available = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#news !== undefined) this.dispatchEvent(this.#news);
    this.#news = undefined;
    this.#newest.follow(this.sessionSnapshot.value, this.scroller);
    if (this.#hadFocus && !this.#isFocused) void this.#keepFocus();
  }

  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    if (this.formShown) return this.#renderForm(client);
    const session = this.sessionSnapshot.value;
    if (session !== undefined) return this.#renderSession(client, view, session);
    if (view.state === 'loading') return this.#renderLoading();
    if (view.state === 'failed') return this.#renderFailure(this.t('client.failed'), view, () => client.refresh());
    return html`<booking-required
      inline
      .client=${client}
      .messages=${this.messages}
      .timeZone=${this.timeZone}
      @book-appointment-request=${this.#onBookRequest}
    ></booking-required>`;
  }

  #renderSession(client: SessionClient, view: ClientView, session: SessionView): TemplateResult {
    if (session.state === 'missing') return html`<p class="card">${this.t('session.missing')}</p>`;
    const { booking } = session;
    if (booking === null) {
      if (session.state === 'loading') return this.#renderLoading();
      const { title } = errorWords(session.error, this.localize);
      return this.#renderFailure(title, session, () => this.session?.refresh());
    }
    const booked = { ...session, booking };
    if (inCall(session)) return this.#renderCall(client, booking);
    return html`
      <div class="card stack">
        ${personTemplate(booked, this.#cardOptions(view))} ${this.#renderPhase(booked, view)}
      </div>
      ${
        session.notes.notes.length > 0 || session.phase === 'completed'
          ? html`<div class="below">${this.#renderNotes(client, booking)}</div>`
          : nothing
      }
    `;
  }

  #renderPhase(session: SessionView & { booking: Booking }, view: ClientView): TemplateResult {
    const options = this.#cardOptions(view);
    if (session.phase === 'upcoming') return upcomingTemplate(session, options);
    if (session.phase === 'open') return openTemplate(session, options, this.#onStart);
    const rebook = session.phase !== 'completed' && session.role === 'patient' && view.can.book;
    return html`${overTemplate(session, options)}
    ${
      rebook
        ? html`<button class="button primary" part="book-button" @click=${this.#onBook}>${this.t('gate.book')}</button>`
        : nothing
    }
    ${this.bookingId === undefined ? this.#renderOnward(view) : nothing}`;
  }

  /** After a session: the next one where there is one, and a way out of the summary. */
  #renderOnward(view: ClientView): TemplateResult {
    const next = view.active;
    if (next === null || this.#shown === null || sameId(next.booking.id, this.#shown)) {
      return html`<button class="button" part="close-summary-button" @click=${() => this.showNext()}>
        ${this.t('session.summary-close')}
      </button>`;
    }
    return html`<div class="next wide">
      <p>${this.#nextSentence(next)}</p>
      <button class="button" part="next-button" @click=${() => this.showNext()}>${this.t('session.to-next')}</button>
    </div>`;
  }

  #nextSentence({ booking, role, verdict }: JudgedBooking): string {
    const when = this.formats.when(toInstant(booking.dateTime), this.now, (day) => this.t('time.on', day));
    const sentence = this.t('gate.next', otherName(booking, role, this.localize), when);
    return verdict.phase === 'open' ? `${sentence} ${this.t('session.open')}` : sentence;
  }

  #renderCall(client: SessionClient, booking: Booking): TemplateResult {
    return html`<div class="layout with-notes">
      <session-call
        part="call"
        exportparts="base: call-base, stage: call-stage, controls: call-controls, control: call-control"
        .client=${client}
        .bookingId=${booking.id}
        .messages=${this.messages}
        .timeZone=${this.timeZone}
      ></session-call>
      <div class="beside">
        <div class="scroller" tabindex="0" role="group" aria-label=${this.t('notes.heading')}>
          ${this.#renderNotes(client, booking)}
        </div>
      </div>
    </div>`;
  }

  #renderNotes(client: SessionClient, booking: Booking): TemplateResult {
    return html`<provider-notes
      part="notes"
      .client=${client}
      .bookingId=${booking.id}
      .messages=${this.messages}
      .timeZone=${this.timeZone}
    ></provider-notes>`;
  }

  #renderForm(client: SessionClient): TemplateResult {
    return html`
      <div class="card over">
        <button class="button plain" part="back-button" @click=${this.#onFormClose}>
          <span class="backward">${chevronLeftIcon()}</span> ${this.t('action.back')}
        </button>
      </div>
      <book-appointment
        .client=${client}
        .messages=${this.messages}
        .timeZone=${this.timeZone}
        @appointment-booked=${this.#onBooked}
      ></book-appointment>
    `;
  }

  #renderLoading(): TemplateResult {
    return html`<div class="card stack" aria-busy="true">
      <span class="visually-hidden">${this.t('client.loading')}</span>
      <div class="skeleton loading-person wide"></div>
      <div class="skeleton loading-line wide"></div>
      <div class="skeleton loading-line wide"></div>
    </div>`;
  }

  #renderFailure(title: string, { error }: Pick<ClientView, 'error'>, retry: () => void): TemplateResult {
    return html`<div class="card">
      <div class="notice warning" part="error">
        ${circleAlertIcon()}
        <p>${title} ${errorWords(error, this.localize).help}</p>
        <button class="button" @click=${retry}>${this.t('action.try-again')}</button>
      </div>
    </div>`;
  }

  #cardOptions(view: ClientView): CardOptions {
    const trouble = view.connection === 'down' ? this.t('client.offline') : '';
    return { localize: this.localize, ticker: this.ticker, now: this.now, trouble };
  }

  /** What is on show stays until it is over and the person has closed it, or until something else is to be joined. */
  protected override choose(): void {
    const active = this.clientSnapshot.value?.active?.booking.id ?? null;
    if (this.#shown === null) {
      this.#shown = active;
      return;
    }
    if (active !== null && sameId(active, this.#shown)) return;
    const session = this.source.current?.session(this.#shown).getSnapshot();
    const over = session?.phase === 'completed' || session?.phase === 'cancelled' || session?.phase === 'expired';
    if (!over && session?.call === null && active !== null) this.#shown = active;
  }

  /** What is open, or no longer, is told after the page shows it. */
  #noticeAvailability(): void {
    const view = this.clientSnapshot.value;
    if (view?.state !== 'ready' && view?.state !== 'signed-out') return;
    const own = this.bookingId === undefined ? undefined : this.sessionSnapshot.value;
    if (this.bookingId !== undefined && own?.state === 'loading') return;
    const phase = own === undefined ? (view.active?.verdict.phase ?? null) : own.phase;
    const id = own === undefined ? (view.active?.booking.id ?? null) : (own.booking?.id ?? null);
    const available = phase === 'open';
    if (available === this.#available) return;
    const flipped = this.#available !== undefined;
    this.#available = available;
    this.states.set('available', available ? 'available' : null);
    if (flipped && available && view.active !== null) {
      const { booking, role } = view.active;
      this.announcer.say(this.t('session.announce-open', otherName(booking, role, this.localize)));
    }
    this.#news = new SessionAvailabilityChangeEvent(available, phase, id);
  }

  /** The end is said once: here, or by the heading where that takes the focus. */
  #noticeEnd(): void {
    const session = this.sessionSnapshot.value;
    const before = this.#phase;
    this.#phase = session?.phase ?? null;
    if (before !== 'open' || session?.phase !== 'completed' || session.booking === null || this.#hadFocus) return;
    this.announcer.say(this.t('session.ended', otherName(session.booking, session.role, this.localize)));
  }

  get #isFocused(): boolean {
    return (this.shadowRoot?.activeElement ?? null) !== null;
  }

  /** The button that had the focus is gone: on to what stands in its place, not to the top of the page. */
  async #keepFocus(): Promise<void> {
    const inside = this.shadowRoot?.querySelector<SessionElement>('session-call, book-appointment, booking-required');
    await inside?.updateComplete;
    if (!this.#isFocused) (inside ?? this.shadowRoot?.querySelector('h2'))?.focus();
  }

  readonly #onStart = (): void => {
    const id = this.shownId;
    if (id !== null && this.dispatchEvent(new SessionStartRequestEvent(id))) this.session?.start();
  };

  /** The portal hears of it first, from the element inside; here it is only followed. */
  readonly #onBookRequest = (event: BookAppointmentRequestEvent): void => {
    queueMicrotask(() => {
      if (!event.defaultPrevented) this.formShown = true;
    });
  };

  readonly #onBook = (): void => {
    if (this.dispatchEvent(new BookAppointmentRequestEvent())) this.formShown = true;
  };

  readonly #onFormClose = (): void => {
    this.formShown = false;
  };

  readonly #onBooked = (): void => {
    this.#shown = null;
  };

  /** Puts the summary of an ended session away and shows what is open or next. */
  showNext(): void {
    this.#shown = this.clientSnapshot.value?.active?.booking.id ?? null;
    this.requestUpdate();
  }
}

/** A call runs on this page, or how it ended is still to be said. */
function inCall({ call, lastCall, phase, ending, endError }: SessionView): boolean {
  return call !== null || ending || endError !== null || (lastCall !== null && phase === 'open');
}

declare global {
  interface HTMLElementTagNameMap {
    'active-session': ActiveSession;
  }
}

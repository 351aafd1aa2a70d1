import type { Booking, ClientView, SessionClient } from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { AppointmentActions } from '../appointment-actions/appointment-actions.js';
import { defineElement } from '../shared/define-element.js';
import { startOf } from '../shared/free-times.controller.js';
import { infoIcon } from '../shared/icons.js';
import { problemNotice } from '../shared/problem.js';
import { SessionElement } from '../shared/session-element.js';
import { FIRST_SLOT, slotPicker } from '../shared/slot-picker.js';
import { slotPickerStyles } from '../shared/slot-picker.styles.js';
import { whenOf } from '../shared/when-of.js';
import { AppointmentBookedEvent } from './book-appointment.events.js';
import { bookAppointmentStyles } from './book-appointment.styles.js';
import { BookingFlow } from './booking-flow.controller.js';
import { judgedOf, STEPS } from './booking-form.js';
import { doneStep, nextSteps, reviewStep, whoStep, whyStep, type DoneOptions, type StepOptions } from './steps.js';

const QUESTIONS = {
  who: 'book.who',
  when: 'book.when',
  why: 'book.why',
  review: 'book.review',
  done: 'book.done',
} as const;

/**
 * Books an appointment: with whom, when, about what, then a look at it all before it is sent. In a form of the portal
 * it is a field like others: its value is the id of the booked appointment.
 *
 * @tag book-appointment
 * @fires appointment-booked - An appointment was booked.
 * @fires change - The value has changed.
 * @fires appointment-cancel-request - The person wants to cancel what was booked. Cancelable.
 * @fires appointment-cancelled - It is cancelled.
 * @fires appointment-reschedule-request - The person wants another time for what was booked. Cancelable.
 * @fires appointment-rescheduled - It has another time.
 * @csspart heading - The question of the step.
 * @csspart avatar - The initials of a provider.
 * @csspart provider - A provider to choose.
 * @csspart day - A day to choose.
 * @csspart slot - A time to choose.
 * @csspart kind - A kind of session to choose, where a provider offers several.
 * @csspart reason - The text field.
 * @csspart review - What is going to be booked.
 * @csspart continue-button - On to the next step, or *Confirm booking*.
 * @csspart back-button - To the step before.
 * @csspart confirmation - What was booked.
 * @csspart again-button - Begins anew after booking.
 * @csspart error - What went wrong.
 */
export class BookAppointment extends SessionElement {
  static readonly formAssociated = true;
  static override styles: CSSResultGroup = [SessionElement.styles, slotPickerStyles, bookAppointmentStyles];

  /** Id of a provider to begin with. */
  @property() provider = '';

  /** Address of the portal's page where the session opens; it goes into the calendar entry. */
  @property({ attribute: 'session-url' }) sessionUrl = '';

  /** Under which name a form sends the id of the appointment. */
  @property({ reflect: true }) name = '';

  /** Whether a form can only be sent with an appointment. */
  @property({ type: Boolean, reflect: true }) required = false;

  /** Disabled, by itself or by a fieldset around it. */
  @state() private barred = false;

  @query('h2') private readonly heading!: HTMLElement | null;
  @query('#problem') private readonly problem!: HTMLElement | null;

  readonly #flow = new BookingFlow({
    host: this,
    localize: this.localize,
    now: () => this.now,
    wanted: () => this.provider,
    onFocus: (where) => {
      this.#focus = where;
      this.announcer.say('');
    },
    onSending: () => this.announcer.say(this.t('book.confirming')),
    onBooked: ({ id }, byItself) => {
      const isSaid = byItself && !this.#isFocused;
      this.announcer.say(isSaid ? this.t('book.done') : '');
      this.#focus = isSaid ? undefined : 'heading';
      this.#news = new AppointmentBookedEvent(id);
    },
  });
  #focus: 'heading' | 'problem' | undefined;
  #hadFocus = false;
  #news: AppointmentBookedEvent | undefined;
  #toldValue = '';

  static define(registry: CustomElementRegistry = customElements): void {
    AppointmentActions.define(registry);
    defineElement('book-appointment', BookAppointment, registry);
  }

  /** Id of the booked appointment; empty until one is booked, and when it has been cancelled. */
  get value(): string {
    const { booked } = this.#flow.form;
    const view = this.clientSnapshot.value;
    if (booked === null || view === undefined) return '';
    const { status } = judgedOf(booked, view)?.booking ?? booked;
    return status === 'cancelled' ? '' : String(booked.id);
  }

  /** Nothing can be chosen, and a form does not send it. It is the attribute, as it is of other fields. */
  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }

  set disabled(disabled: boolean) {
    this.toggleAttribute('disabled', disabled);
  }

  /** The form around it. */
  get form(): HTMLFormElement | null {
    return this.states.internals.form;
  }

  get validity(): ValidityState {
    return this.states.internals.validity;
  }

  get validationMessage(): string {
    return this.states.internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.states.internals.willValidate;
  }

  formResetCallback(): void {
    this.reset();
  }

  formDisabledCallback(disabled: boolean): void {
    this.barred = disabled;
  }

  /** After a reload what was booked is shown again, if it is this person's. What was written is kept nowhere. */
  formStateRestoreCallback(value: unknown, mode: string): void {
    if (mode === 'restore' && typeof value === 'string') this.#flow.restore(value);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#hadFocus = this.#isFocused;
    this.#flow.follow(this.source.current, this.clientSnapshot.value);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#moveFocus();
    this.#tellForm();
    if (this.#news !== undefined) this.dispatchEvent(this.#news);
    this.#news = undefined;
  }

  protected override forget(): void {
    this.reset();
    this.#focus = undefined;
    this.#news = undefined;
  }

  protected override renderClient(_client: SessionClient, view: ClientView): TemplateResult {
    const { step, problem } = this.#flow.form;
    if (view.state === 'ready' && !view.can.book && step !== 'done') {
      return html`<p class="card">${this.t('book.not-offered')}</p>`;
    }
    const number = STEPS.findIndex((one) => one === step) + 1;
    const question = step === 'done' && this.value === '' ? 'book.done-cancelled' : QUESTIONS[step];
    return html`<form novalidate @submit=${this.#onSubmit} aria-labelledby="heading">
      <fieldset class="stack" ?disabled=${this.barred}>
        <div class="head">
          <p class="muted small">
            ${this.t('book.heading')}${number > 0 ? html` · ${this.t('book.step', number, STEPS.length)}` : nothing}
          </p>
          <h2 id="heading" part="heading" tabindex="-1">${this.t(question)}</h2>
        </div>
        ${problem === null ? nothing : problemNotice(problem)} ${this.#renderStep(view)}
        ${step === 'done' ? this.#renderAgain() : this.#renderActions()}
      </fieldset>
    </form>`;
  }

  #renderStep(view: ClientView): TemplateResult {
    const { form, providers } = this.#flow;
    const options: StepOptions = {
      localize: this.localize,
      form,
      providers,
      onChange: (change) => this.#flow.change(change),
      onProvider: (provider) => this.#flow.choose(provider),
      onGo: (step) => this.#flow.go(step),
      onReload: () => this.#flow.reload(),
    };
    switch (form.step) {
      case 'who':
        return whoStep(options);
      case 'when':
        return this.#renderTimes();
      case 'why':
        return whyStep(options);
      case 'review':
        return reviewStep(options);
      case 'done':
        return this.#renderDone(view);
    }
  }

  #renderTimes(): TemplateResult {
    const { form, times } = this.#flow;
    return slotPicker({
      localize: this.localize,
      ticker: this.ticker,
      now: this.now,
      times,
      choice: form,
      name: form.provider?.name ?? '',
      zone: form.provider?.timeZone,
      emptyHelp: this.t('book.no-slots-help'),
      isWrong: form.problem !== null,
      onChange: (choice) => this.#flow.change(choice),
      onReload: () => this.#flow.reload(),
      onLater: () => void this.#onLater(),
    });
  }

  #renderDone(view: ClientView): TemplateResult {
    const { booked, provider } = this.#flow.form;
    if (booked === null) return html``;
    const judged = judgedOf(booked, view);
    const booking = judged?.booking ?? booked;
    const zone = booking.timeZone ?? provider?.timeZone;
    const options: DoneOptions = { localize: this.localize, now: this.now, booking, judged, zone };
    return html`${doneStep(options)} ${this.#renderAppointmentActions(booking)} ${this.#renderBesides(view)}
    ${nextSteps(options)}`;
  }

  #renderBesides(view: ClientView): TemplateResult {
    const besides = judgedOf(this.#flow.besides, view)?.booking;
    if (besides?.status !== 'scheduled') return html``;
    return html`<div class="notice warning wide" role="alert">
      ${infoIcon()}
      <p>${this.t('book.besides', whenOf(besides, this.now, this.localize))}</p>
      ${this.#renderAppointmentActions(besides)}
    </div>`;
  }

  #renderAppointmentActions({ id }: Booking): TemplateResult {
    return html`<appointment-actions
      class="wide"
      .client=${this.source.current}
      .bookingId=${id}
      .messages=${this.messages}
      .timeZone=${this.timeZone}
      .sessionUrl=${this.sessionUrl}
    ></appointment-actions>`;
  }

  #renderAgain(): TemplateResult {
    return html`<button class="button" type="button" part="again-button" @click=${() => this.reset()}>
      ${this.t('book.again')}
    </button>`;
  }

  #renderActions(): TemplateResult {
    const { step, sending } = this.#flow.form;
    const label = step !== 'review' ? 'book.continue' : sending ? 'book.confirming' : 'book.confirm';
    const busy = sending ? 'true' : 'false';
    return html`<div class="actions forth wide">
      ${
        this.#flow.canGoOn
          ? html`<button class="button primary forward" part="continue-button" aria-disabled=${busy}>
              ${this.t(label)}
            </button>`
          : nothing
      }
      ${
        step === 'who'
          ? nothing
          : html`<button
              class="button"
              type="button"
              part="back-button"
              aria-disabled=${busy}
              @click=${() => this.#flow.back()}
            >
              ${this.t('action.back')}
            </button>`
      }
    </div>`;
  }

  /** To what the person did, or, where what had the focus is gone (a time that has begun), to what stands in its place. */
  #moveFocus(): void {
    const focus = this.#focus;
    this.#focus = undefined;
    if (focus === 'heading') this.heading?.focus();
    else if (focus === 'problem') this.problem?.focus();
    else if (this.#hadFocus && !this.#isFocused) {
      (this.renderRoot.querySelector<HTMLElement>(FIRST_SLOT) ?? this.heading)?.focus();
    }
  }

  /** What the form around it sends, and whether it may. */
  #tellForm(): void {
    const { internals } = this.states;
    const { value, heading } = this;
    if (this.required && value === '' && heading !== null) {
      internals.setValidity({ valueMissing: true }, this.t('book.required'), heading);
    } else internals.setValidity({});
    if (value === this.#toldValue) return;
    this.#toldValue = value;
    internals.setFormValue(value === '' ? null : value);
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  get #isFocused(): boolean {
    return (this.shadowRoot?.activeElement ?? null) !== null;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!this.barred) this.#flow.submit();
  };

  async #onLater(): Promise<void> {
    const { times } = this.#flow;
    await times.readLater();
    const last = times.load.state === 'ready' ? times.load.value.at(-1) : undefined;
    if (times.later === 'idle' && last !== undefined) {
      this.announcer.say(this.t('book.shown-until', this.formats.day(startOf(last))));
    }
  }

  /** Takes the focus to the question of the step. */
  override focus(options?: FocusOptions): void {
    this.heading?.focus(options);
  }

  /** Whether a form can be sent with it; where not, `invalid` is fired. */
  checkValidity(): boolean {
    return this.states.internals.checkValidity();
  }

  /** The same, and says to the person what is missing. */
  reportValidity(): boolean {
    return this.states.internals.reportValidity();
  }

  /** Empties the form and begins anew. The focus stays in it, where it was in it. */
  reset(): void {
    this.#flow.reset();
    if (this.#isFocused) this.#focus = 'heading';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'book-appointment': BookAppointment;
  }
}

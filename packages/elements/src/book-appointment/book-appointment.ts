import {
  randomId,
  sameId,
  toSessionError,
  type ClientView,
  type Provider,
  type SessionClient,
  type SessionError,
  type Slot,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { defineElement } from '../shared/define-element.js';
import { errorWords } from '../shared/error-words.js';
import { circleAlertIcon } from '../shared/icons.js';
import { SessionElement } from '../shared/session-element.js';
import { AppointmentBookedEvent } from './book-appointment.events.js';
import { bookAppointmentStyles } from './book-appointment.styles.js';
import {
  EMPTY_FORM,
  REASON_MAX_LENGTH,
  requestOf,
  slotRange,
  startOf,
  STEPS,
  type BookingForm,
  type Load,
  type Step,
} from './booking-form.js';
import { doneStep, reviewStep, whenStep, whoStep, whyStep, type StepOptions } from './steps.js';

const QUESTIONS = {
  who: 'book.who',
  when: 'book.when',
  why: 'book.why',
  review: 'book.review',
  done: 'book.done',
} as const;

/**
 * Books an appointment: with whom, when, about what, then a look at it all before it is sent.
 *
 * @tag book-appointment
 * @fires appointment-booked - An appointment was booked.
 * @csspart heading - The question of the step.
 * @csspart provider - A provider to choose.
 * @csspart day - A day to choose.
 * @csspart slot - A time to choose.
 * @csspart reason - The text field.
 * @csspart review - What is going to be booked.
 * @csspart continue-button - On to the next step, or *Confirm booking*.
 * @csspart confirmation - What was booked.
 * @csspart error - What went wrong.
 */
export class BookAppointment extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, bookAppointmentStyles];

  /** Id of a provider to begin with. */
  @property() provider = '';

  @state() private form: BookingForm = EMPTY_FORM;
  @state() private providers: Load<readonly Provider[]> = { state: 'loading' };
  @state() private slots: Load<readonly Slot[]> = { state: 'loading' };

  @query('h2') private readonly heading!: HTMLElement | null;
  @query('#problem') private readonly problem!: HTMLElement | null;

  #client: SessionClient | undefined;
  #reading = new AbortController();
  /** The key of a booking that was sent: the same one for the same booking, so that trying again can't book twice. */
  #attempt: { readonly content: string; readonly key: string } | undefined;
  #focus: 'heading' | 'problem' | undefined;

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('book-appointment', BookAppointment, registry);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#reading.abort();
    this.#client = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const client = this.source.current;
    if (client === this.#client || client === undefined) return;
    this.#client = client;
    this.#reading = new AbortController();
    void this.#readProviders(client);
    if (this.form.provider !== null && this.form.booked === null) void this.#readSlots(this.form.provider);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const focus = this.#focus;
    this.#focus = undefined;
    if (focus === 'heading') this.heading?.focus();
    if (focus === 'problem') this.problem?.focus();
  }

  protected override renderClient(_client: SessionClient, view: ClientView): TemplateResult {
    if (view.state === 'ready' && !view.can.book) return html`<p class="card">${this.t('book.not-offered')}</p>`;
    const { step, problem } = this.form;
    const number = STEPS.findIndex((one) => one === step) + 1;
    return html`<form class="stack" novalidate @submit=${this.#onSubmit} aria-labelledby="heading">
      <div class="head">
        <p class="muted small">
          ${this.t('book.heading')}${number > 0 ? html` · ${this.t('book.step', number, STEPS.length)}` : nothing}
        </p>
        <h2 id="heading" part="heading" tabindex="-1">${this.t(QUESTIONS[step])}</h2>
      </div>
      ${
        problem === ''
          ? nothing
          : html`<div class="notice danger wide" id="problem" part="error" role="alert" tabindex="-1">
              ${circleAlertIcon()}
              <p>${problem}</p>
            </div>`
      }
      ${this.#renderStep(view)} ${this.#renderActions()}
    </form>`;
  }

  #renderStep(view: ClientView): TemplateResult {
    const options: StepOptions = {
      localize: this.localize,
      now: this.now,
      form: this.form,
      providers: this.providers,
      slots: this.slots,
      onChange: this.#change,
      onGo: this.#go,
      onReload: this.#onReload,
    };
    const { booked } = this.form;
    switch (this.form.step) {
      case 'who':
        return whoStep(options);
      case 'when':
        return whenStep(options);
      case 'why':
        return whyStep(options);
      case 'review':
        return reviewStep(options);
      case 'done':
        return doneStep(
          options,
          view.bookings.find(({ booking }) => booked !== null && sameId(booking.id, booked.id)),
        );
    }
  }

  #renderActions(): TemplateResult {
    const { step, sending } = this.form;
    if (step === 'done') {
      return html`<button class="button" type="button" part="again-button" @click=${() => this.reset()}>
        ${this.t('book.again')}
      </button>`;
    }
    const label = step !== 'review' ? 'book.continue' : sending ? 'book.confirming' : 'book.confirm';
    return html`<div class="actions wide">
      ${
        this.#canGoOn
          ? html`<button
              class="button primary forward"
              part="continue-button"
              aria-disabled=${sending ? 'true' : 'false'}
            >
              ${this.t(label)}
            </button>`
          : nothing
      }
      ${
        step === 'who'
          ? nothing
          : html`<button class="button" type="button" part="back-button" @click=${this.#onBack}>
              ${this.t('action.back')}
            </button>`
      }
    </div>`;
  }

  /** Where there is nothing to choose from there is no way on. */
  get #canGoOn(): boolean {
    const { step } = this.form;
    const needed = step === 'who' ? this.providers : step === 'when' ? this.slots : null;
    return needed === null || (needed.state === 'ready' && needed.value.length > 0);
  }

  readonly #change = (change: Partial<BookingForm>): void => {
    const before = this.form.provider;
    this.form = { ...this.form, ...change };
    const { provider } = this.form;
    if (provider !== null && provider.id !== before?.id) void this.#readSlots(provider);
  };

  readonly #go = (step: Step, problem = ''): void => {
    this.form = { ...this.form, step, problem };
    this.#focus = problem === '' ? 'heading' : 'problem';
  };

  readonly #onBack = (): void => {
    const index = STEPS.findIndex((one) => one === this.form.step);
    if (!this.form.sending) this.#go(STEPS[Math.max(0, index - 1)] ?? 'who');
  };

  readonly #onReload = (): void => {
    const client = this.#client;
    if (client === undefined) return;
    if (this.form.step === 'who') void this.#readProviders(client);
    else if (this.form.provider !== null) void this.#readSlots(this.form.provider);
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { step, provider, slot, reason, sending } = this.form;
    if (sending) return;
    if (step === 'who') {
      if (provider === null) this.#go('who', this.t('book.choose-provider'));
      else this.#go('when');
    } else if (step === 'when') {
      if (slot === null) this.#go('when', this.t('book.choose-time'));
      else this.#go('why');
    } else if (step === 'why') {
      const excess = reason.length - REASON_MAX_LENGTH;
      if (excess > 0) this.#go('why', this.t('book.too-long', excess));
      else this.#go('review');
    } else if (step === 'review') void this.#book();
  };

  async #readProviders(client: SessionClient): Promise<void> {
    const { signal } = this.#reading;
    this.providers = { state: 'loading' };
    try {
      const value = await client.providers({ signal });
      if (signal.aborted) return;
      this.providers = { state: 'ready', value };
      const wanted = value.find(({ id }) => id === this.provider);
      if (wanted !== undefined && this.form.provider === null) this.#change({ provider: wanted, step: 'when' });
    } catch (error) {
      if (!signal.aborted) this.providers = { state: 'failed', error: toSessionError(error) };
    }
  }

  async #readSlots(provider: Provider): Promise<void> {
    const client = this.#client;
    const { signal } = this.#reading;
    if (client === undefined) return;
    this.slots = { state: 'loading' };
    const outdated = (): boolean => signal.aborted || this.form.provider?.id !== provider.id;
    try {
      const value = await client.slots(provider.id, slotRange(client.clock.now()), { signal });
      if (!outdated()) this.slots = { state: 'ready', value };
    } catch (error) {
      if (!outdated()) this.slots = { state: 'failed', error: toSessionError(error) };
    }
  }

  async #book(): Promise<void> {
    const client = this.#client;
    const request = requestOf(this.form);
    if (client === undefined || request === null) return;
    const content = JSON.stringify(request);
    if (this.#attempt?.content !== content) this.#attempt = { content, key: randomId() };
    this.form = { ...this.form, sending: true, problem: '' };
    this.announcer.say(this.t('book.confirming'));
    try {
      const booked = await client.book(request, { idempotencyKey: this.#attempt.key });
      this.#attempt = undefined;
      this.form = { ...this.form, sending: false, booked };
      this.#go('done');
      this.dispatchEvent(new AppointmentBookedEvent(booked.id));
    } catch (error) {
      this.form = { ...this.form, sending: false };
      this.#explain(toSessionError(error));
    }
  }

  /** What went wrong, where it can be mended. All that was entered stays. */
  #explain(error: SessionError): void {
    const { slot, provider } = this.form;
    switch (error.code) {
      case 'slot-taken':
        if (provider !== null) void this.#readSlots(provider);
        this.form = { ...this.form, slot: null };
        this.#go('when', this.t('book.slot-taken', slot === null ? '' : this.formats.time(startOf(slot))));
        return;
      case 'invalid':
        if (provider !== null) void this.#readSlots(provider);
        this.#go('when', this.t('book.failed-invalid'));
        return;
      case 'network':
      case 'timeout':
      case 'unavailable':
        this.#go('review', this.t('book.failed-unknown-outcome'));
        return;
      default: {
        const { title, help } = errorWords(error, this.localize);
        this.#go('review', `${title} ${help} ${this.t('book.failed')}`);
      }
    }
  }

  protected override forget(): void {
    this.reset();
    this.#focus = undefined;
  }

  /** Takes the focus to the question of the step. */
  override focus(options?: FocusOptions): void {
    this.heading?.focus(options);
  }

  /** Empties the form and begins anew. */
  reset(): void {
    this.form = EMPTY_FORM;
    this.slots = { state: 'loading' };
    this.#attempt = undefined;
    this.#focus = 'heading';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'book-appointment': BookAppointment;
  }
}

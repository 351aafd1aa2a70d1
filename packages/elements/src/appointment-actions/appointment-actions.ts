/*
 * Placed into a card: html`<appointment-actions class="wide" .client=${client} .bookingId=${booking.id}
 * .messages=${this.messages} .timeZone=${this.timeZone}></appointment-actions>`. It shows what can be done, asks,
 * does it and says so; where there is nothing to do it takes no room.
 */
import { sameId, type BookingId, type ClientView, type JudgedBooking, type SessionClient } from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { defineElement } from '../shared/define-element.js';
import { startOf } from '../shared/free-times.controller.js';
import { calendarIcon, calendarXIcon, circleAlertIcon, circleCheckIcon, clockIcon } from '../shared/icons.js';
import { otherName } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { slotPickerStyles } from '../shared/slot-picker.styles.js';
import { whenOf } from '../shared/when-of.js';
import {
  AppointmentCancelledEvent,
  AppointmentCancelRequestEvent,
  AppointmentRescheduledEvent,
  AppointmentRescheduleRequestEvent,
} from './appointment-actions.events.js';
import { appointmentActionsStyles } from './appointment-actions.styles.js';
import { CalendarFile, calendarEntry } from './calendar-file.controller.js';
import { dialogTemplate } from './dialogs.js';
import { AppointmentTask } from './appointment-task.js';
import { cancelledSentence, permission, problemOf, type Act } from './task.js';

/**
 * What can be done with a booked appointment: add it to a calendar, change its time, cancel it. It offers what the
 * backend has and the rules allow now, and takes no room where that is nothing.
 *
 * @tag appointment-actions
 * @fires appointment-cancel-request - The person wants to cancel. Unless it is cancelled, they are asked here.
 * @fires appointment-cancelled - The person has cancelled the appointment.
 * @fires appointment-reschedule-request - The person wants another time. Unless it is cancelled, they choose here.
 * @fires appointment-rescheduled - The person has moved the appointment.
 * @csspart calendar-link - Downloads the appointment for a calendar.
 * @csspart change-button - *Change the time*.
 * @csspart cancel-button - *Cancel appointment*.
 * @csspart dialog - The dialog in which the person is asked.
 * @csspart slot - A time to choose.
 * @csspart day - A day to choose.
 * @csspart reason - Why they cancel.
 * @csspart confirm-button - What does it.
 * @csspart keep-button - Leaves everything as it is.
 * @csspart outcome - What was done.
 * @csspart error - What went wrong.
 * @cssstate empty - There is nothing to do and nothing to say.
 */
export class AppointmentActions extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, slotPickerStyles, appointmentActionsStyles];

  /** The booking that it is about. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  /** Address of the portal's page where the session opens; it goes into the calendar entry. */
  @property({ attribute: 'session-url' }) sessionUrl = '';

  @query('dialog') private readonly dialog!: HTMLDialogElement | null;

  readonly #file = new CalendarFile(this);
  readonly #flow = new AppointmentTask({
    host: this,
    localize: this.localize,
    now: () => this.now,
    onProblem: () => {
      this.#focus = '#problem';
    },
    onSending: (act) =>
      this.announcer.say(this.t(act === 'cancel' ? 'appointment.cancelling' : 'appointment.changing')),
    onDone: (act, { id }) => {
      this.#news = act === 'cancel' ? new AppointmentCancelledEvent(id) : new AppointmentRescheduledEvent(id);
    },
  });
  #judged: JudgedBooking | undefined;
  #focus: string | undefined;
  #hadFocus = false;
  #news: Event | undefined;

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('appointment-actions', AppointmentActions, registry);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Out of the page it is no modal dialog any more, and would not become one again by itself.
    this.dialog?.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#hadFocus = (this.shadowRoot?.activeElement ?? null) !== null;
    if (changed.get('bookingId') !== undefined) this.forget();
    const client = this.source.current;
    this.#judged = this.clientSnapshot.value?.bookings.find(
      ({ booking }) => this.bookingId !== undefined && sameId(booking.id, this.bookingId),
    );
    if (client !== undefined) this.#flow.follow(client, this.#judged);
    this.states.set('empty', this.#isEmpty ? 'empty' : null);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#showDialog();
    if (this.#focus !== undefined) this.renderRoot.querySelector<HTMLElement>(this.#focus)?.focus();
    this.#focus = undefined;
    if (this.#news !== undefined) this.dispatchEvent(this.#news);
    this.#news = undefined;
  }

  protected override forget(): void {
    this.#flow.forget();
    this.#news = undefined;
  }

  protected override renderSignedOut(): TemplateResult {
    return html``;
  }

  protected override renderClient(_client: SessionClient, view: ClientView): TemplateResult {
    const judged = this.#judged;
    if (judged === undefined) return html``;
    const { task } = this.#flow;
    return html`
      ${this.#renderOutcome(judged)} ${this.#renderOffers(judged)}
      <dialog
        part="dialog"
        class=${task?.act === 'reschedule' ? 'change' : ''}
        aria-labelledby="question"
        @close=${this.#onClose}
      >
        ${
          task === null
            ? nothing
            : html`<div class="inside">
                ${dialogTemplate({
                  localize: this.localize,
                  ticker: this.ticker,
                  now: this.now,
                  judged,
                  task,
                  permission: permission(task.act, judged, view, this.now),
                  flow: this.#flow,
                  onLater: () => void this.#onLater(),
                })}
                ${this.announcer.region}
              </div>`
        }
      </dialog>
    `;
  }

  #renderOffers(judged: JudgedBooking): TemplateResult {
    const offers = [
      this.#isAhead ? this.#renderCalendarLink(judged) : nothing,
      this.#allows('reschedule')
        ? html`<button class="button" type="button" part="change-button" @click=${() => this.#onAct('reschedule')}>
            ${clockIcon()}
            ${this.t(this.#flow.sending === 'reschedule' ? 'appointment.changing' : 'appointment.change-time')}
          </button>`
        : nothing,
      this.#allows('cancel')
        ? html`<button class="button" type="button" part="cancel-button" @click=${() => this.#onAct('cancel')}>
            ${calendarXIcon()}
            ${this.t(this.#flow.sending === 'cancel' ? 'appointment.cancelling' : 'appointment.cancel')}
          </button>`
        : nothing,
    ].filter((offer) => offer !== nothing);
    if (offers.length === 0) return html``;
    return html`<div class="actions offers" role="group" aria-label=${this.t('appointment.actions')}>${offers}</div>`;
  }

  #renderCalendarLink(judged: JudgedBooking): TemplateResult {
    const name = otherName(judged.booking, judged.role, this.localize);
    const entry = calendarEntry(judged, { name, localize: this.localize, sessionUrl: this.sessionUrl });
    const day = judged.booking.dateTime.slice(0, 10);
    return html`<a
      class="button"
      part="calendar-link"
      href=${this.#file.addressOf(entry, this.now) ?? nothing}
      download="appointment-${day}.ics"
      >${calendarIcon()} ${this.t('appointment.add-to-calendar')}</a
    >`;
  }

  #renderOutcome(judged: JudgedBooking): TemplateResult {
    const { outcome } = this.#flow;
    if (outcome === null) return html``;
    const { booking, role } = judged;
    const here = { localize: this.localize, now: this.now };
    if (outcome.is === 'failed') {
      const problem = problemOf(outcome.task, judged, here);
      return html`<div class="notice danger" part="error" role="alert">
        ${circleAlertIcon()}
        <p>${problem?.text}</p>
      </div>`;
    }
    const name = otherName(booking, role, this.localize);
    const when = whenOf(booking, this.now, this.localize);
    const sentence =
      outcome.is === 'cancelled-already'
        ? cancelledSentence(judged, here)
        : this.t(`appointment.${outcome.is}`, name, when);
    const hint = outcome.is === 'changed' ? 'appointment.changed-calendar' : 'appointment.cancelled-calendar';
    return html`<div class="notice good" part="outcome" id="outcome" tabindex="-1">
      ${circleCheckIcon()}
      <p><strong>${sentence}</strong></p>
      <p>${this.t(hint)}</p>
    </div>`;
  }

  get #isAhead(): boolean {
    const phase = this.#judged?.verdict.phase;
    return phase === 'upcoming' || phase === 'open';
  }

  #allows(act: Act): boolean {
    const view = this.clientSnapshot.value;
    if (view === undefined || this.#judged === undefined) return false;
    return this.#flow.sending === act || permission(act, this.#judged, view, this.now)?.is === 'allowed';
  }

  get #isEmpty(): boolean {
    if (this.source.current === undefined) return !this.source.unanswered;
    if (this.#judged === undefined) return true;
    const { task, outcome } = this.#flow;
    return (
      task === null && outcome === null && !this.#isAhead && !this.#allows('cancel') && !this.#allows('reschedule')
    );
  }

  /** The dialog is open while there is a task. Where that was done, what came of it takes the focus. */
  #showDialog(): void {
    const { dialog } = this;
    const { task, outcome } = this.#flow;
    if (dialog === null) return;
    if (task === null && dialog.open) {
      dialog.close();
      if (outcome !== null && outcome.is !== 'failed') this.#focus = '#outcome';
    } else if (task !== null && !dialog.open) {
      dialog.showModal();
      this.#focus = '#question';
    } else if (this.#hadFocus && this.shadowRoot?.activeElement === null) {
      // What had the focus is gone, because the booking has changed under the person's hands.
      this.#focus ??= task === null ? '.offers .button' : '#question';
    }
  }

  readonly #onAct = (act: Act): void => {
    const id = this.#judged?.booking.id;
    if (id === undefined || this.#flow.sending !== null) return;
    const request =
      act === 'cancel' ? new AppointmentCancelRequestEvent(id) : new AppointmentRescheduleRequestEvent(id);
    if (this.dispatchEvent(request)) this.#flow.open(act);
  };

  readonly #onClose = (): void => {
    if (this.dialog?.open !== true && this.#flow.task !== null) this.#flow.close();
  };

  async #onLater(): Promise<void> {
    const { times } = this.#flow;
    await times.readLater();
    const last = times.load.state === 'ready' ? times.load.value.at(-1) : undefined;
    if (times.later === 'idle' && last !== undefined) {
      this.announcer.say(this.t('book.shown-until', this.formats.day(startOf(last))));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'appointment-actions': AppointmentActions;
  }
}

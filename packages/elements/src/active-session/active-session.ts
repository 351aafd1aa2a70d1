import type { BookingId, ClientView, SessionClient, SessionView } from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { AppointmentActions } from '../appointment-actions/appointment-actions.js';
import { BookAppointment } from '../book-appointment/book-appointment.js';
import { BookingRequired } from '../booking-required/booking-required.js';
import { BookAppointmentRequestEvent } from '../booking-required/booking-required.events.js';
import { DeviceCheck } from '../device-check/device-check.js';
import { ProviderNotes } from '../provider-notes/provider-notes.js';
import { providerNotesStyles } from '../provider-notes/provider-notes.styles.js';
import { SessionCall } from '../session-call/session-call.js';
import { SessionStartRequestEvent } from '../session-call/session-call.events.js';
import { defineElement } from '../shared/define-element.js';
import { errorWords } from '../shared/error-words.js';
import { KeptFocus } from '../shared/kept-focus.controller.js';
import { NewestNote } from '../shared/newest-note.js';
import { OnShow } from '../shared/on-show.js';
import { paperStyles } from '../shared/paper.styles.js';
import { knownId, otherName } from '../shared/person.js';
import { printAlone } from '../shared/print-alone.js';
import { SessionElement } from '../shared/session-element.js';
import { unreadableTemplate } from '../shared/unreadable.js';
import type { SessionAvailabilityChangeEvent } from './active-session.events.js';
import { activeSessionStyles, paperSummaryStyles } from './active-session.styles.js';
import { Availability } from './availability.js';
import { clockTemplate, personTemplate, type CardOptions } from './card-parts.js';
import { Choice } from './choice.js';
import { endingTemplate } from './guest-card.js';
import { isInCall, standOf, type BookedView } from './headline.js';
import { actionsTemplate, callTemplate, checkTemplate, formTemplate, type Inner, notesTemplate } from './inner.js';
import { News } from './news.js';
import { NotesSheet } from './notes-sheet.js';
import { nextTemplate, othersTemplate } from './onward.js';
import { overTemplate } from './over-card.js';
import { elsewhereParts, openParts, upcomingParts, type CardParts } from './session-card.js';
import { canPrint, paperTemplate, summaryTemplate } from './summary.js';
import { failureTemplate, loadingTemplate } from './unknown-card.js';

/**
 * The whole session for one person: what is booked, the wait, the call with its notes, and the summary after it.
 *
 * @tag active-session
 * @slot device-check - Where camera and microphone can be tried, while the session is upcoming or open; a folded
 * `<device-check>` by default.
 * @slot waiting - What a portal has for who waits in the call.
 * @slot after-session - The portal's own, below the summary of a session that has ended: a survey, say. It is not printed.
 * @fires session-availability-change - Whether there is a session to join has become known or has changed.
 * @fires book-appointment-request - The person wants to book. Unless it is cancelled, the form shows here.
 * @fires appointment-booked - An appointment was booked here.
 * @fires session-start-request - The person wants to join. Cancelable.
 * @fires session-leave-request - The person leaves for now. Cancelable.
 * @fires session-end-request - The person ends the session for both. Cancelable.
 * @fires session-help-request - With `help`: the provider is to be told that the person needs help. Cancelable.
 * @csspart avatar - The other's initials.
 * @csspart heading - The sentence that says where you are.
 * @csspart provider-name - The provider's name.
 * @csspart countdown - The time until the session opens.
 * @csspart late - What is said when the provider is running late.
 * @csspart facts - When, with whom, how long.
 * @csspart start-button - *Start Call*.
 * @csspart continue-button - *Continue here*, where the session is open in another tab or device.
 * @csspart actions - The `<appointment-actions>`.
 * @csspart clock - What is said when the clock of the device is wrong.
 * @csspart others - The other sessions that are open now; also `other-button`, which goes there.
 * @csspart call - The `<session-call>`; also `call-base`, `call-stage`, `call-controls`, `call-control`: parts of it.
 * @csspart notes - The `<provider-notes>`.
 * @csspart notes-sheet - Around the notes of a call: beside it, or below it where there is no room.
 * @csspart notes-handle - The button that folds and unfolds them there.
 * @csspart reason - Why it was cancelled; also `text`, somebody's own words.
 * @csspart print-button - *Print this summary*.
 * @csspart next - What happens after a session; also `book-button`, `next-button`, `close-summary-button`.
 * @csspart contact - Whom to turn to where this page can't help.
 * @csspart unreadable - What is said of bookings that this page can't read.
 * @csspart opened - What is said when a session opens while another one is being booked; also `back-button`.
 * @csspart error - What is said when nothing can be read.
 * @cssstate upcoming - And `open`, `elsewhere`, `completed`, `cancelled`, `no-show`, `expired`, `none`: where the shown booking stands.
 * @cssstate available - There is a session to join now.
 */
export class ActiveSession extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, activeSessionStyles];

  /** The booking to show; without it the one that is open or next, and its summary after it. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  /** Address of the page that shows the session, for the calendar entry of an appointment. */
  @property({ attribute: 'session-url' }) sessionUrl = '';

  /** Whether this is the portal's page for guests: a link that is void is then told so in a guest's words. */
  @property({ type: Boolean }) guest = false;

  /** Whether the portal passes `session-help-request` on; see `<session-call>`. */
  @property({ type: Boolean }) help = false;

  /** Whether single keys work in the call; see `<session-call>`. */
  @property({ type: Boolean }) shortcuts = false;

  @state() private formShown = false;

  @query('.scroller') private readonly scroller!: HTMLElement | null;

  readonly #choice = new Choice();
  readonly #news = new News();
  readonly #newest = new NewestNote();
  readonly #sheet = new NotesSheet(this);
  readonly #focus = new KeptFocus(this, () => void this.#regainFocus());
  readonly #availability = new Availability();
  #availabilityNews: SessionAvailabilityChangeEvent | undefined;
  /** What is to be said once this render is on the page. */
  #toSay = '';
  #cancelledHere: BookingId | null = null;
  #unprint: (() => void) | undefined;

  constructor() {
    super();
    new OnShow(this, () => ({ client: this.source.current, id: this.shownId }));
  }

  static define(registry: CustomElementRegistry = customElements): void {
    AppointmentActions.define(registry);
    BookAppointment.define(registry);
    BookingRequired.define(registry);
    DeviceCheck.define(registry);
    ProviderNotes.define(registry);
    SessionCall.define(registry);
    defineElement('active-session', ActiveSession, registry);
  }

  /** Whether there is a session to join now. */
  get available(): boolean {
    return this.#availability.isAvailable;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unprint?.();
  }

  protected override get shownId(): BookingId | null {
    const view = this.clientSnapshot.value;
    if (this.bookingId === undefined || view === undefined) return this.#choice.id;
    return knownId(view, this.bookingId);
  }

  /** What is on show stays until it is over and the person has closed it, or until something else is to be joined. */
  protected override choose(): void {
    const view = this.clientSnapshot.value;
    this.#choice.follow(view, (id) => this.source.current?.session(id).getSnapshot(), this.#focus.isInside);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#sheet.follow(this.source.current, this.session, this.sessionSnapshot.value);
    const booked = this.#booked;
    this.states.set('phase', (booked === null ? null : standOf(booked)) ?? 'none');
    const news = booked === null ? '' : this.#news.notice(booked, this.localize, this.now);
    const opened = this.#noticeAvailability();
    // A call says itself where it stands.
    this.#toSay = booked !== null && isInCall(booked) ? '' : news || opened;
  }

  protected override forget(): void {
    this.#choice.forget();
    this.#news.forget();
    this.#unprint?.();
    this.#availability.forget();
    this.#cancelledHere = null;
    this.formShown = false;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const news = this.#availabilityNews;
    this.#availabilityNews = undefined;
    if (news !== undefined) this.dispatchEvent(news);
    this.#newest.follow(this.sessionSnapshot.value, this.scroller);
    const text = this.#toSay;
    const note = text === '' ? this.#sheet.news(this.localize) : '';
    this.#toSay = '';
    // The heading says it where that takes the focus.
    if (text !== '' && !this.#focus.isLost) queueMicrotask(() => this.announcer.say(text));
    if (note !== '') queueMicrotask(() => this.announcer.tell(note));
  }

  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    if (this.formShown) return this.#renderForm(client, view);
    const session = this.sessionSnapshot.value;
    const ending = endingTemplate(view, session, { isGuest: this.guest, localize: this.localize });
    if (ending !== null) return ending;
    if (session !== undefined) return this.#renderSession(client, view, session);
    if (view.state === 'loading') return loadingTemplate(this.localize);
    if (view.state === 'failed') {
      const onRetry = (): void => client.refresh();
      return failureTemplate(this.t('client.failed'), view.error, { localize: this.localize, onRetry });
    }
    return html`<booking-required
      inline
      .client=${client}
      .messages=${this.messages}
      .timeZone=${this.timeZone}
      @book-appointment-request=${this.#onInnerBook}
    ></booking-required>`;
  }

  /** A session that opens while the person books another one is not hidden by that. */
  #renderForm(client: SessionClient, { active }: ClientView): TemplateResult {
    const opened = active?.verdict.phase === 'open' ? active : null;
    return formTemplate(this.#inner(client), { opened, onBack: this.#onFormClose, onBooked: this.#onBooked });
  }

  #renderSession(client: SessionClient, view: ClientView, session: SessionView): TemplateResult {
    if (session.state === 'missing') return html`<p class="card alone">${this.t('session.missing')}</p>`;
    const booked = this.#booked;
    if (booked === null) {
      if (session.state === 'loading') return loadingTemplate(this.localize);
      const { title } = errorWords(session.error, this.localize);
      const onRetry = (): void => this.session?.refresh();
      return failureTemplate(title, session.error, { localize: this.localize, onRetry });
    }
    return html`
      ${isInCall(booked) ? callTemplate(this.#inner(client), booked.booking.id, booked, this.#sheet) : this.#renderCard(client, view, booked)}
      ${booked.call === null ? this.#renderBelow(view, booked) : nothing}
    `;
  }

  #renderCard(client: SessionClient, view: ClientView, booked: BookedView): TemplateResult {
    const options = this.#cardOptions(view);
    if (booked.role === 'guest') return this.#renderWhere(client, view, booked, options);
    const hasNotes = booked.notes.notes.length > 0 || booked.phase === 'completed';
    return html`
      ${this.#renderWhere(client, view, booked, options)}
      ${hasNotes ? html`<div class="below">${notesTemplate(this.#inner(client), booked.booking.id)}</div>` : nothing}
      ${
        booked.phase === 'upcoming' || booked.phase === 'open'
          ? nothing
          : nextTemplate(view, booked, {
              ...options,
              canMoveOn: this.bookingId === undefined,
              onPrint: canPrint(booked) ? this.#onPrint : null,
              onBook: this.#onBook,
              onNext: this.#onNext,
            })
      }
    `;
  }

  #renderWhere(client: SessionClient, view: ClientView, booked: BookedView, options: CardOptions): TemplateResult {
    const stand = standOf(booked);
    const { first, rest } = this.#parts(client, booked, options);
    const isToCome = stand === 'upcoming' || (stand === 'open' && booked.callStartedAt === null);
    const isOwn = booked.role !== 'guest';
    const hasCheck = view.can.call && (stand === 'upcoming' || (stand === 'open' && booked.canStart));
    return html`<div class="card stack">
      ${personTemplate(booked, options)} ${first} ${hasCheck ? checkTemplate(this.#inner(client)) : nothing} ${rest}
      ${isToCome && isOwn ? actionsTemplate(this.#inner(client), booked.booking.id, this.#onCancelled) : nothing}
      ${stand === 'upcoming' || booked.phase === 'open' ? clockTemplate(options) : nothing}
    </div>`;
  }

  #parts(client: SessionClient, booked: BookedView, options: CardOptions): CardParts {
    const onStart = (): void => this.#start((id) => client.session(id).start());
    const onContinueHere = (): void => this.#start((id) => client.session(id).continueHere());
    switch (standOf(booked)) {
      case 'upcoming':
        return upcomingParts(booked, options);
      case 'open':
        return openParts(booked, { ...options, onStart, onContinueHere });
      case 'elsewhere':
        return elsewhereParts(booked, { ...options, onStart, onContinueHere });
      case 'completed':
        return { first: summaryTemplate(booked, options), rest: html`` };
      default: {
        const cancelledHere = this.#cancelledHere === booked.booking.id;
        return { first: overTemplate(booked, { ...options, cancelledHere }), rest: html`` };
      }
    }
  }

  /** Beside the session on show: others that are open, and what this page could not read. */
  #renderBelow(view: ClientView, { booking }: BookedView): TemplateResult {
    const { localize, now } = this;
    return html`
      ${this.bookingId === undefined ? othersTemplate(view, booking.id, { localize, now, onGo: this.#onGo }) : nothing}
      ${view.problems.length > 0 ? html`<div class="card">${unreadableTemplate(view, localize)}</div>` : nothing}
    `;
  }

  #inner(client: SessionClient): Inner {
    const { localize, messages, timeZone, sessionUrl, help, shortcuts } = this;
    return { client, localize, messages, timeZone, sessionUrl, help, shortcuts };
  }

  #cardOptions(view: ClientView): CardOptions {
    return {
      localize: this.localize,
      ticker: this.ticker,
      now: this.now,
      trouble: view.connection === 'down' ? this.t('client.offline') : '',
      ahead: this.source.current?.clock.deviceAhead() ?? null,
      contact: view.me?.contact,
    };
  }

  get #booked(): BookedView | null {
    const session = this.sessionSnapshot.value;
    return session === undefined || session.booking === null ? null : { ...session, booking: session.booking };
  }

  /** What is open, or no longer, is told after the page shows it. Gives what is to be said of one that is not on show. */
  #noticeAvailability(): string {
    const own = this.bookingId === undefined ? null : (this.sessionSnapshot.value ?? null);
    const change = this.#availability.notice(this.clientSnapshot.value, own);
    if (change === null) return '';
    this.#availabilityNews = change.event;
    this.states.set('available', change.event.available ? 'available' : null);
    if (change.opened === null) return '';
    return this.t('session.announce-open', otherName(change.opened.booking, change.opened.role, this.localize));
  }

  /** The button that had the focus is gone: on to what stands in its place, not to the top of the page. */
  async #regainFocus(): Promise<void> {
    await this.#inside?.updateComplete;
    if (!this.#focus.isInside) this.focus();
  }

  get #inside(): SessionElement | null {
    return this.shadowRoot?.querySelector<SessionElement>('session-call, book-appointment, booking-required') ?? null;
  }

  #start(command: (id: BookingId) => void): void {
    const id = this.shownId;
    if (id !== null && this.dispatchEvent(new SessionStartRequestEvent(id))) command(id);
  }

  /** The gate inside asks; the portal is asked by this element, once. */
  readonly #onInnerBook = (event: BookAppointmentRequestEvent): void => {
    event.stopPropagation();
    event.preventDefault();
    this.#onBook();
  };

  readonly #onBook = (): void => {
    if (this.dispatchEvent(new BookAppointmentRequestEvent())) this.formShown = true;
  };

  readonly #onFormClose = (): void => {
    this.formShown = false;
  };

  readonly #onBooked = (): void => {
    this.#choice.forget();
  };

  readonly #onCancelled = (): void => {
    this.#cancelledHere = this.shownId;
  };

  readonly #onGo = (id: BookingId): void => {
    this.#choice.choose(id);
    this.requestUpdate();
  };

  readonly #onNext = (): void => {
    this.showNext();
  };

  readonly #onPrint = (): void => {
    const booked = this.#booked;
    const view = this.clientSnapshot.value;
    if (booked === null || view === undefined) return;
    this.#unprint?.();
    this.#unprint = printAlone(paperTemplate(booked, this.#cardOptions(view)), {
      styles: [...ActiveSession.elementStyles, providerNotesStyles, paperStyles, paperSummaryStyles],
      like: this,
      lang: this.localize.language,
      dir: this.localize.dir(),
    });
  };

  /** Takes the focus to the sentence that says where you are, or to the call. */
  override focus(options?: FocusOptions): void {
    (this.#inside ?? this.shadowRoot?.querySelector('h2'))?.focus(options);
  }

  /** Puts the summary of an ended session away and shows what is open or next. */
  showNext(): void {
    this.#choice.release(this.clientSnapshot.value);
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'active-session': ActiveSession;
  }
}

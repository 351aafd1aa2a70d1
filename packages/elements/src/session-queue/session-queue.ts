import {
  queueView,
  sameId,
  type BookingId,
  type ClientView,
  type JudgedBooking,
  type QueueCommand,
  type QueueItem,
  type SessionClient,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import {
  AppointmentCancelledEvent,
  AppointmentCancelRequestEvent,
} from '../appointment-actions/appointment-actions.events.js';
import { SessionLeaveRequestEvent, SessionStartRequestEvent } from '../session-call/session-call.events.js';
import { defineElement } from '../shared/define-element.js';
import { errorWords } from '../shared/error-words.js';
import { circleAlertIcon } from '../shared/icons.js';
import { KeptFocus } from '../shared/kept-focus.controller.js';
import { otherName } from '../shared/person.js';
import { SessionChooseRequestEvent } from '../shared/session-choose.events.js';
import { SessionElement } from '../shared/session-element.js';
import { Snapshot } from '../shared/snapshot.controller.js';
import type { News } from './arrivals.js';
import { chime } from './chime.js';
import { DayWatch } from './day-watch.controller.js';
import type { EntryOptions } from './entry.js';
import { KeptInSight } from './kept-in-sight.js';
import { newsWords } from './news-words.js';
import { minutesOf } from './late-fields.js';
import { barTemplate, firstOf, listTemplate } from './lists.js';
import { isTask, QueueTasks, type SentCommand } from './queue-tasks.js';
import { sessionQueueStyles } from './session-queue.styles.js';
import { soundTemplate } from './sound.js';
import { statusWords, type Here } from './status.js';
import { dialogsTemplate } from './task-dialogs.js';
import { taskDialogsStyles } from './task-dialogs.styles.js';

/**
 * A provider's sessions of today, live: who waits since when, who is late, whose devices failed the check, which one is
 * next, and what can be done about each of them. Somebody who begins to wait is said, heard, and counted in the page's title.
 *
 * @tag session-queue
 * @fires session-choose-request - The provider wants to see a session. Cancelable; else `booking-id` is that one.
 * @fires session-start-request - The provider wants to join. Cancelable.
 * @fires session-leave-request - The provider leaves a call for now, to join another one. Cancelable.
 * @fires appointment-cancel-request - The provider wants to cancel. Unless it is cancelled, they are asked here.
 * @fires appointment-cancelled - The provider has cancelled an appointment.
 * @csspart bar - With `compact`, the one line that is always to be seen; in it `list-button`.
 * @csspart list-button - With `compact`, opens the list.
 * @csspart bar-guests - In the bar, in whose session a guest waits; where it is not the chosen one, chooses it.
 * @csspart panel - The list with its heading.
 * @csspart heading - *Today*.
 * @csspart sound-button - Turns the sound on and off, or allows it.
 * @csspart item - One session, to choose.
 * @csspart join-button - *Join*.
 * @csspart admit-button - *Let in*.
 * @csspart more-button - Opens what else can be done with a session.
 * @csspart fold - What is over today.
 * @csspart dialog - A dialog: what else can be done, or a question.
 * @csspart command - In a dialog, something that can be done.
 * @csspart message - What the patient is told, or why it is cancelled.
 * @csspart minutes - How many minutes late, in numbers of one's own.
 * @csspart confirm-button - What does it.
 * @csspart close-button - Leaves everything as it is.
 * @csspart error - Why something was not done.
 * @cssprop --as-queue-layer - With `compact`, the `z-index` while the list is open; 10 where it is not set.
 * @cssstate waiting - Somebody waits.
 */
export class SessionQueue extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, sessionQueueStyles, taskDialogsStyles];

  /** The booking that is chosen. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  /** No sound, and nothing in the title of the page. */
  @property({ type: Boolean }) quiet = false;

  /** One line, whose button opens the list over what is below. */
  @property({ type: Boolean, reflect: true }) compact = false;

  /** With `compact`, whether the list is open. */
  @property({ type: Boolean, reflect: true }) open = false;

  readonly #sound = new Snapshot<boolean>(this);
  readonly #kept = new KeptInSight();
  readonly #tasks = new QueueTasks({ host: this, onDone: (command, id) => this.#onDone(command, id) });
  readonly #watch = new DayWatch({
    host: this,
    isQuiet: () => this.quiet,
    onNews: (news, isSpeaker) => this.#onNews(news, isSpeaker),
  });
  #items: readonly QueueItem[] = [];
  /** Whose call runs on this page. */
  #calling: QueueItem | undefined;
  /** Whose arrival was said last. */
  #said: readonly string[] = [];
  #touched: string | null = null;
  #news: Event | undefined;

  constructor() {
    super();
    // After the dialogs: what they give the focus back to has it.
    new KeptFocus(this, () => this.#onFocusLost());
  }

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('session-queue', SessionQueue, registry);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#onPressElsewhere);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#onPressElsewhere);
  }

  /** The call that runs on this page is followed. No other: to watch a session is to read its notes. */
  protected override get shownId(): BookingId | null {
    return this.#calling?.booking.id ?? null;
  }

  protected override choose(): void {
    const view = this.clientSnapshot.value;
    this.#items = view === undefined || view.state === 'signed-out' ? [] : queueView(view, this.now);
    this.#calling = this.#items.find(
      ({ booking, isOver }) =>
        !isOver && (this.source.current?.session(booking.id).getSnapshot().call ?? null) !== null,
    );
    if (view?.state === 'ready') this.#kept.follow(this.#items, this.bookingId);
  }

  protected override forget(): void {
    this.#kept.forget();
    this.#tasks.forget();
    this.#said = [];
    this.#touched = null;
    this.#news = undefined;
    this.bookingId = undefined;
    this.open = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#watch.follow(this.source.current);
    this.#sound.follow(this.source.current?.arrivalSound);
    const there = this.#items.filter(({ status }) => ['waiting', 'asking', 'held'].includes(status));
    this.states.set('waiting', there.length === 0 ? null : 'waiting');
    // Where the same one comes again, it is something new to say.
    if (this.#said.length > 0 && !there.some(({ booking }) => this.#said.includes(String(booking.id)))) {
      this.#said = [];
      this.announcer.say('');
    }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const news = this.#news;
    this.#news = undefined;
    if (news !== undefined) this.dispatchEvent(news);
  }

  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    if (view.state === 'failed') return this.#renderFailure(client, view);
    const { id } = this.#tasks;
    const options = this.#entryOptions;
    const list = { ...options, items: this.#items, kept: this.#kept };
    const item = id === null ? undefined : this.#items.find(({ booking }) => sameId(booking.id, id));
    return html`<nav aria-labelledby="today" @keydown=${this.#onKey} @focusin=${this.#onFocus}>
        ${
          this.compact
            ? barTemplate({ ...list, isLoading: view.state === 'loading', isOpen: this.open, onToggle: this.#onToggle })
            : nothing
        }
        <div class="panel" part="panel" id="panel" ?hidden=${this.compact && !this.open}>
          <header>
            <h2 id="today" part="heading">${this.t('queue.heading')}</h2>
            ${this.#renderSound(client)}
          </header>
          <p class="offline muted small" role="status">
            ${view.connection === 'down' ? this.t('client.offline') : nothing}
          </p>
          ${view.state === 'loading' ? this.#renderLoading() : listTemplate(list)}
        </div>
      </nav>
      ${dialogsTemplate({
        ...options,
        tasks: this.#tasks,
        item,
        isHere: item !== undefined && options.isHere(item),
        calling: this.#calling === undefined ? '' : this.#nameOf(this.#calling),
        onAnswer: this.#onAnswer,
        onSwitchCall: this.#onSwitchCall,
        region: this.announcer.region,
      })}`;
  }

  get #entryOptions(): EntryOptions & { onDo: (command: QueueCommand, item: QueueItem) => void } {
    const { shownId } = this;
    const first = firstOf(this.#items);
    return {
      ...this.#here,
      isChosen: ({ booking }) => this.bookingId !== undefined && sameId(this.bookingId, booking.id),
      isFirst: (item) => item === first,
      isHere: ({ booking }) => shownId !== null && sameId(shownId, booking.id),
      workOf: ({ booking }) => this.#tasks.workOf(booking.id),
      isAsked: ({ booking }) =>
        this.#tasks.isAbout(booking.id) && this.#tasks.workOf(booking.id)?.command === this.#tasks.dialogs.open,
      onChoose: this.#onChoose,
      onDo: this.#onDo,
      onMore: (id) => this.#tasks.ask('more', id),
      onClose: (id) => {
        this.#tasks.dismiss(id);
        this.#focusItem(String(id));
      },
    };
  }

  #renderSound(client: SessionClient): TemplateResult | typeof nothing {
    if (this.quiet) return nothing;
    return soundTemplate({
      localize: this.localize,
      isOn: this.#sound.value ?? true,
      state: chime.state,
      onTurn: (on) => {
        client.arrivalSound.turn(on);
        // So that they know what to listen for.
        if (!on) return;
        chime.allow();
        chime.play();
      },
    });
  }

  #renderLoading(): TemplateResult {
    return html`<div class="loading" aria-busy="true">
      <span class="visually-hidden">${this.t('client.loading')}</span>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`;
  }

  #renderFailure(client: SessionClient, view: ClientView): TemplateResult {
    return html`<div class="notice warning">
      ${circleAlertIcon()}
      <p>${this.t('client.failed')} ${errorWords(view.error, this.localize).help}</p>
      <button class="button" @click=${() => client.refresh()}>${this.t('action.try-again')}</button>
    </div>`;
  }

  readonly #onChoose = (id: BookingId): void => {
    if (this.dispatchEvent(new SessionChooseRequestEvent(id))) this.bookingId = id;
    if (!this.open) return;
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('[part=list-button]')?.focus();
  };

  readonly #onDo = (command: QueueCommand, item: QueueItem): void => {
    const { id } = item.booking;
    const client = this.source.current;
    if (client === undefined) return;
    if (command === 'join') {
      this.#join(id);
      return;
    }
    if (command === 'cancel' && !this.dispatchEvent(new AppointmentCancelRequestEvent(id))) {
      this.#tasks.dialogs.close();
    } else if (isTask(command)) {
      this.#tasks.ask(command, id);
    } else {
      this.#tasks.dialogs.close();
      void this.#tasks.send(client, command, id);
    }
  };

  #join(id: BookingId): void {
    const { shownId } = this;
    if (shownId !== null && !sameId(shownId, id)) {
      this.#tasks.ask('leave', id);
      return;
    }
    this.#tasks.dialogs.close();
    this.#onChoose(id);
    if (!this.dispatchEvent(new SessionStartRequestEvent(id))) return;
    this.source.current?.session(id).start();
    this.requestUpdate();
  }

  readonly #onSwitchCall = (id: BookingId): void => {
    const { shownId } = this;
    if (shownId !== null && !sameId(shownId, id)) {
      if (!this.dispatchEvent(new SessionLeaveRequestEvent(shownId))) return;
      this.source.current?.session(shownId).leave();
    }
    this.#tasks.dialogs.close();
    this.#onChoose(id);
    if (this.dispatchEvent(new SessionStartRequestEvent(id))) this.source.current?.session(id).start();
    this.requestUpdate();
  };

  readonly #onAnswer = (command: SentCommand, item: QueueItem): void => {
    const client = this.source.current;
    const { id } = item.booking;
    if (client === undefined) return;
    const minutes = command === 'late' ? minutesOf(item, this.#tasks.enteredFor('late', id), this.now) : 0;
    if (typeof minutes === 'number') {
      void this.#tasks.send(client, command, id, minutes);
      return;
    }
    this.#tasks.enter('late', id, { problem: minutes });
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#late-own')?.focus());
  };

  #onDone(command: SentCommand, id: BookingId): void {
    const client = this.source.current;
    const view = client?.getSnapshot();
    const item = view && queueView(view, this.now).find(({ booking }) => sameId(booking.id, id));
    if (command === 'cancel') this.#news = new AppointmentCancelledEvent(id);
    if (item === undefined) return;
    if (item.isOver) this.#kept.touch(id);
    this.#said = [];
    this.announcer.tell(`${this.#nameOf(item)}: ${statusWords(item, this.#here)}`);
  }

  #onNews(news: readonly News[], isSpeaker: boolean): void {
    if (!isSpeaker) return;
    this.#said = news
      .filter(({ is }) => is === 'waiting' || is === 'asking')
      .map(({ item }) => String(item.booking.id));
    this.announcer.tell(
      news
        .map((one) => newsWords(one, this.#nameOf(one.item), this.bookingId, this.localize))
        .filter(Boolean)
        .join(' '),
    );
  }

  get #here(): Here {
    const { localize, ticker, now } = this;
    return { localize, ticker, now };
  }

  #nameOf({ booking, role }: Pick<JudgedBooking, 'booking' | 'role'>): string {
    return otherName(booking, role, this.localize);
  }

  readonly #onToggle = (): void => {
    this.open = !this.open;
  };

  readonly #onPressElsewhere = (event: Event): void => {
    if (this.compact && this.open && !event.composedPath().includes(this)) this.open = false;
  };

  readonly #onFocus = (event: Event): void => {
    const entry = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null;
    this.#touched = entry?.dataset['id'] ?? null;
  };

  /** What had the focus has moved to or from what is over: so does the focus. */
  #onFocusLost(): void {
    if (this.#tasks.dialogs.open === null && this.#touched !== null) this.#focusItem(this.#touched);
  }

  #focusItem(id: string): void {
    const entry = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-id]')].find(
      (one) => one.dataset['id'] === id,
    );
    entry?.closest('details')?.setAttribute('open', '');
    entry?.querySelector<HTMLElement>('.item')?.focus();
  }

  /** Up and down from one session to the other; Escape closes the list of the bar. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.compact && this.open) {
      this.open = false;
      this.renderRoot.querySelector<HTMLElement>('[part=list-button]')?.focus();
      return;
    }
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>('.panel .item')].filter((one) =>
      one.checkVisibility(),
    );
    const at = items.findIndex((one) => one === this.shadowRoot?.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (at === -1 || to === undefined) return;
    event.preventDefault();
    items[to]?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'session-queue': SessionQueue;
  }
}

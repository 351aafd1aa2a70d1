import {
  DEFAULT_WINDOW_POLICY,
  type BookingId,
  type ClientView,
  type SessionClient,
  type SessionView,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { NoteComposer } from '../note-composer/note-composer.js';
import { ProviderNotes } from '../provider-notes/provider-notes.js';
import { SessionCall } from '../session-call/session-call.js';
import { SessionGuests } from '../session-guests/session-guests.js';
import { SessionHistory } from '../session-history/session-history.js';
import { SessionQueue } from '../session-queue/session-queue.js';
import { defineElement } from '../shared/define-element.js';
import { errorWords } from '../shared/error-words.js';
import { firstSession } from '../shared/first-session.js';
import { guestsAmong } from '../shared/guests.js';
import { circleAlertIcon } from '../shared/icons.js';
import { NewestNote } from '../shared/newest-note.js';
import { knownId, otherName } from '../shared/person.js';
import { Room } from '../shared/room.controller.js';
import type { SessionChooseRequestEvent } from '../shared/session-choose.events.js';
import { SessionElement } from '../shared/session-element.js';
import { headTemplate } from './head.js';
import { patientSees } from './patient-sees.js';
import { providerDashboardStyles } from './provider-dashboard.styles.js';
import { smallWindowTemplate } from './small-window.js';
import { SmallWindow } from './small-window.controller.js';
import { tabsTemplate, type Tab } from './tabs.js';

/**
 * A provider's day: who has a session today and who waits, the call, and the notes of the session that is chosen, with the
 * earlier sessions of its patient. Where the browser has windows that stay above all others, call and note field can go
 * into one.
 *
 * @tag provider-dashboard
 * @fires session-choose-request - The provider wants to see a session. Cancelable.
 * @fires session-start-request - The provider wants to join. Cancelable.
 * @fires session-leave-request - The provider leaves for now. Cancelable.
 * @fires session-end-request - The provider ends the session for both. Cancelable.
 * @csspart queue - The `<session-queue>`.
 * @csspart queue-item - One of today's sessions.
 * @csspart call - The `<session-call>`.
 * @csspart patient-sees - What the patient sees of the session now.
 * @csspart session-guests - The `<session-guests>`.
 * @csspart window-button - *Small window*.
 * @csspart tab - *This session* or *Earlier sessions*.
 * @csspart notes - The `<provider-notes>`.
 * @csspart history - The `<session-history>`.
 * @csspart composer - The `<note-composer>`.
 */
export class ProviderDashboard extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, providerDashboardStyles];

  /** The booking that is chosen; the one to join now by default. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  /** No sound of arrivals, and nothing of them in the title of the page. */
  @property({ type: Boolean }) quiet = false;

  /** Address of the portal's page for guests. Without it nobody can be invited here; see `<session-guests>`. */
  @property({ attribute: 'guest-page' }) guestPage = '';

  /** What is shown where there is room for one only. */
  @state() private pane: 'call' | 'notes' = 'call';

  /** What stands above the field to write in. */
  @state() private tab: Tab = 'session';

  @query('.scroller') private readonly scroller!: HTMLElement | null;

  /** Under it the day is one line. */
  readonly #room = new Room(this, 62.5);
  readonly #newest = new NewestNote();
  readonly #window = new SmallWindow(this);

  static define(registry: CustomElementRegistry = customElements): void {
    NoteComposer.define(registry);
    ProviderNotes.define(registry);
    SessionCall.define(registry);
    SessionGuests.define(registry);
    SessionHistory.define(registry);
    SessionQueue.define(registry);
    defineElement('provider-dashboard', ProviderDashboard, registry);
  }

  protected override get shownId(): BookingId | null {
    const view = this.clientSnapshot.value;
    if (view === undefined) return null;
    return this.bookingId === undefined ? firstSession(view) : knownId(view, this.bookingId);
  }

  /** Once a session is on show it stays, even when another one could be joined: a text may be half written. */
  protected override choose(): void {
    const { shownId } = this;
    if (this.bookingId === undefined && shownId !== null) this.bookingId = shownId;
  }

  protected override forget(): void {
    this.bookingId = undefined;
    this.tab = 'session';
    this.#window.close();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.tab === 'session') this.#newest.follow(this.sessionSnapshot.value, this.scroller);
    this.#showWindow();
  }

  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    if (view.state === 'failed') return this.#renderFailure(client, view);
    const session = this.sessionSnapshot.value;
    return html`<div class="board" data-pane=${this.pane} @session-choose-request=${this.#onChoose}>
      <session-queue
        class="queue"
        part="queue"
        exportparts="item: queue-item"
        ?compact=${this.#room.isScarce}
        ?quiet=${this.quiet}
        .client=${client}
        .bookingId=${this.shownId ?? undefined}
        .messages=${this.messages}
        .timeZone=${this.timeZone}
      ></session-queue>
      ${
        session === undefined
          ? html`<p class="placeholder main">${this.t('dashboard.choose')}</p>`
          : this.#renderChosen(client, session)
      }
    </div>`;
  }

  #renderChosen(client: SessionClient, session: SessionView): TemplateResult {
    const id = this.shownId ?? undefined;
    const { localize, now } = this;
    return html`
      ${this.#renderPanes(session)}
      <section class="main" aria-labelledby="patient" data-guests=${guestsAmong(session.parties).length}>
        ${headTemplate({
          localize,
          now,
          session,
          name: this.#name(session),
          seen: this.#seen(session),
          onWindow: this.#window.isOffered && session.call !== null ? this.#onWindow : null,
          isWindowOpen: this.#window.isOpen,
        })}
        <session-guests
          class="guests"
          part="session-guests"
          .client=${client}
          .bookingId=${id}
          .guestPage=${this.guestPage}
          .messages=${this.messages}
          .timeZone=${this.timeZone}
        ></session-guests>
        <session-call
          part="call"
          .client=${client}
          .bookingId=${id}
          .messages=${this.messages}
          .timeZone=${this.timeZone}
        ></session-call>
      </section>
      <section class="aside" aria-label=${this.t('dashboard.notes')}>
        ${this.#renderTabs(client, session)}
        <note-composer
          part="composer"
          .client=${client}
          .bookingId=${id}
          .messages=${this.messages}
          .timeZone=${this.timeZone}
        ></note-composer>
      </section>
    `;
  }

  #renderTabs(client: SessionClient, session: SessionView): TemplateResult {
    const id = this.shownId ?? undefined;
    const hasHistory = client.getSnapshot().can.history && session.booking?.patient !== undefined;
    const tab = hasHistory ? this.tab : 'session';
    const label = this.t(tab === 'session' ? 'notes.heading-shared' : 'dashboard.earlier');
    const onTab = (chosen: Tab): void => {
      this.tab = chosen;
    };
    return html`
      ${hasHistory ? tabsTemplate({ localize: this.localize, tab, onTab }) : nothing}
      <div class="scroller" id="panel" tabindex="0" role=${hasHistory ? 'tabpanel' : 'group'} aria-label=${label}>
        ${
          tab === 'earlier'
            ? html`<session-history
                part="history"
                .client=${client}
                .bookingId=${id}
                .messages=${this.messages}
                .timeZone=${this.timeZone}
              ></session-history>`
            : html`<provider-notes
                part="notes"
                no-tools
                .client=${client}
                .bookingId=${id}
                .messages=${this.messages}
                .timeZone=${this.timeZone}
              ></provider-notes>`
        }
      </div>
    `;
  }

  #renderPanes(session: SessionView): TemplateResult {
    const count = session.notes.notes.length;
    const pane = (which: 'call' | 'notes', badge: TemplateResult | typeof nothing): TemplateResult =>
      html`<button
        class="button"
        aria-pressed=${this.pane === which ? 'true' : 'false'}
        @click=${() => {
          this.pane = which;
        }}
      >
        ${this.t(`dashboard.${which}`)} ${badge}
      </button>`;
    return html`<div class="panes" role="group" aria-label=${this.t('dashboard.show')}>
      ${pane('call', nothing)} ${pane('notes', count === 0 ? nothing : html`<span class="badge">${count}</span>`)}
    </div>`;
  }

  #renderFailure(client: SessionClient, view: ClientView): TemplateResult {
    return html`<div class="card">
      <div class="notice warning">
        ${circleAlertIcon()}
        <p>${this.t('client.failed')} ${errorWords(view.error, this.localize).help}</p>
        <button class="button" @click=${() => client.refresh()}>${this.t('action.try-again')}</button>
      </div>
    </div>`;
  }

  #name({ booking, role }: SessionView): string {
    return booking === null ? this.t('person.patient') : otherName(booking, role, this.localize);
  }

  #seen(session: SessionView): string {
    const policy = this.source.current?.me?.policy ?? DEFAULT_WINDOW_POLICY;
    return patientSees(session, { localize: this.localize, name: this.#name(session), policy, now: this.now });
  }

  #showWindow(): void {
    const client = this.source.current;
    const view = this.sessionSnapshot.value;
    const { shownId: bookingId, localize, ticker, now, messages, timeZone } = this;
    if (!this.#window.isOpen || client === undefined || view === undefined || bookingId === null) return;
    const template = smallWindowTemplate({
      ...{ client, view, bookingId, localize, ticker, now, messages, timeZone },
      name: this.#name(view),
      seen: this.#seen(view),
      onChoose: this.#onChoose,
      onMicrophone: (on) => this.session?.setMicrophone(on),
      onBack: () => this.#window.close(),
    });
    this.#window.show(template, localize.language);
  }

  readonly #onWindow = (): void => {
    const view = this.sessionSnapshot.value;
    if (this.#window.isOpen) this.#window.close();
    // Titles are seen where screens are shared: no name in it.
    else if (view !== undefined) void this.#window.open(this.t('dashboard.session'));
  };

  /** The portal hears of it after this element, and may say no. */
  readonly #onChoose = (event: SessionChooseRequestEvent): void => {
    queueMicrotask(() => {
      if (!event.defaultPrevented) this.bookingId = event.bookingId;
    });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'provider-dashboard': ProviderDashboard;
  }
}

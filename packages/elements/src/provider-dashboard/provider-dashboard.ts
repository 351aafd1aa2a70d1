import {
  toInstant,
  type BookingId,
  type ClientView,
  type JudgedBooking,
  type SessionClient,
  type SessionView,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ProviderNotes } from '../provider-notes/provider-notes.js';
import { SessionCall } from '../session-call/session-call.js';
import { defineElement } from '../shared/define-element.js';
import { errorWords } from '../shared/error-words.js';
import { circleAlertIcon } from '../shared/icons.js';
import { NewestNote } from '../shared/newest-note.js';
import { knownId, otherName } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { composerTemplate } from './composer.js';
import { Drafts } from './drafts.js';
import { providerDashboardStyles } from './provider-dashboard.styles.js';
import { patientOf, queueTemplate } from './queue.js';

/**
 * A provider's day: who has a session today and who waits, the call, and the notes of the session that is chosen.
 *
 * @tag provider-dashboard
 * @fires session-start-request - The provider wants to join. Cancelable.
 * @fires session-leave-request - The provider leaves for now. Cancelable.
 * @fires session-end-request - The provider ends the session for both. Cancelable.
 * @csspart queue - Today's sessions.
 * @csspart queue-item - One of them.
 * @csspart call - The `<session-call>`.
 * @csspart notes - The `<provider-notes>`.
 * @csspart composer - Where a note is written; also `composer-label`, `note-field`, `share-button`, `composer-status`.
 * @csspart outbox - Notes that are not shared yet.
 * @csspart outbox-item - One of them.
 */
export class ProviderDashboard extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, providerDashboardStyles];

  /** The booking that is chosen; the one to join now by default. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  /** What is shown where there is room for one only. */
  @state() private pane: 'call' | 'notes' = 'call';

  @query('.scroller') private readonly scroller!: HTMLElement | null;

  #drafts = new Drafts();
  readonly #written = new Map<string, BookingId>();
  #waiting: ReadonlySet<string> | undefined;
  #unsent: { readonly id: BookingId; readonly waiting: number; readonly refused: number } | undefined;
  readonly #newest = new NewestNote();

  static define(registry: CustomElementRegistry = customElements): void {
    ProviderNotes.define(registry);
    SessionCall.define(registry);
    defineElement('provider-dashboard', ProviderDashboard, registry);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeunload', this.#onBeforeUnload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeunload', this.#onBeforeUnload);
  }

  protected override get shownId(): BookingId | null {
    const view = this.clientSnapshot.value;
    if (view === undefined) return null;
    return this.bookingId === undefined ? firstId(view) : knownId(view, this.bookingId);
  }

  /** Once a session is on show it stays, even when another one could be joined: a text may be half written. */
  protected override choose(): void {
    const { shownId } = this;
    if (this.bookingId === undefined && shownId !== null) this.bookingId = shownId;
  }

  protected override forget(): void {
    this.#drafts = new Drafts();
    this.#written.clear();
    this.#waiting = undefined;
    this.#unsent = undefined;
    this.bookingId = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const view = this.clientSnapshot.value;
    const session = this.sessionSnapshot.value;
    if (view !== undefined) this.#announceWaiting(view);
    if (this.shownId !== null && session !== undefined) this.#drafts.settle(this.shownId, session);
    this.#announceSent(session);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#newest.follow(this.sessionSnapshot.value, this.scroller);
  }

  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    if (view.state === 'failed') return this.#renderFailure(client, view);
    const session = this.sessionSnapshot.value;
    return html`<div class="board" data-pane=${this.pane}>
      <nav class="queue" part="queue" aria-labelledby="today">
        <h2 id="today">${this.t('dashboard.queue')}</h2>
        <p class="trouble muted small" role="status">
          ${view.connection === 'down' ? this.t('client.offline') : nothing}
        </p>
        ${view.state === 'loading' ? this.#renderLoading() : this.#renderQueue(view)}
      </nav>
      ${
        session === undefined
          ? html`<p class="placeholder main">${this.t('dashboard.choose')}</p>`
          : this.#renderChosen(client, session)
      }
    </div>`;
  }

  #renderQueue(view: ClientView): TemplateResult {
    return queueTemplate(view.queue, {
      localize: this.localize,
      ticker: this.ticker,
      now: this.now,
      selected: this.shownId,
      onSelect: (id) => {
        this.bookingId = id;
      },
    });
  }

  #renderChosen(client: SessionClient, session: SessionView): TemplateResult {
    const id = this.shownId ?? undefined;
    const { booking } = session;
    const name = booking === null ? this.t('person.patient') : otherName(booking, session.role, this.localize);
    return html`
      ${this.#renderPanes(session)}
      <section class="main" aria-labelledby="patient">
        <header class="who">
          <h2 id="patient"><bdi>${name}</bdi></h2>
          ${
            booking === null
              ? nothing
              : html`<span class="muted">${this.#whenOf(toInstant(booking.dateTime))}, ${booking.sessionType}</span>`
          }
        </header>
        ${
          booking === null || booking.notes.trim() === ''
            ? nothing
            : html`<details>
                <summary>${this.t('dashboard.patient-reason')}</summary>
                <p dir="auto">${booking.notes}</p>
              </details>`
        }
        <session-call
          part="call"
          .client=${client}
          .bookingId=${id}
          .messages=${this.messages}
          .timeZone=${this.timeZone}
        ></session-call>
      </section>
      <section class="aside" aria-label=${this.t('dashboard.notes')}>
        <div class="scroller" tabindex="0" role="group" aria-label=${this.t('notes.heading-shared')}>
          <provider-notes
            part="notes"
            no-tools
            .client=${client}
            .bookingId=${id}
            .messages=${this.messages}
            .timeZone=${this.timeZone}
          ></provider-notes>
        </div>
        ${id === undefined ? nothing : this.#renderComposer(id, name, session)}
      </section>
    `;
  }

  #renderComposer(id: BookingId, name: string, session: SessionView): TemplateResult {
    return composerTemplate(session, {
      localize: this.localize,
      name,
      draft: this.#drafts.of(id),
      onChange: (change) => {
        this.#drafts.set(id, change);
        this.requestUpdate();
      },
      onShare: () => this.#share(id, session),
      onRetry: (item) => this.session?.retryNote(item),
      onTakeBack: (item) => this.#takeBack(id, item),
    });
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

  #renderLoading(): TemplateResult {
    return html`<div class="queue-list" aria-busy="true">
      <span class="visually-hidden">${this.t('client.loading')}</span>
      <div class="skeleton item"></div>
      <div class="skeleton item"></div>
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

  #whenOf(at: number): string {
    return this.formats.when(at, this.now, (day) => day);
  }

  #share(id: BookingId, view: SessionView): void {
    const { content, kind } = this.#drafts.of(id);
    if (content.trim() === '' || this.#drafts.isHandedOver(id)) return;
    this.#drafts.handOver(id, view);
    this.#written.set(String(id), id);
    this.session?.shareNote(kind === undefined ? { content } : { content, kind });
    this.requestUpdate();
  }

  /** A refused note goes back where it was written, above what is being written now. */
  #takeBack(id: BookingId, item: string): void {
    const note = this.session?.discardNote(item);
    if (note === null || note === undefined) return;
    const { content } = this.#drafts.of(id);
    this.#drafts.set(id, { content: [note.content, content].filter(Boolean).join('\n\n'), kind: note.kind });
    this.requestUpdate();
  }

  /** Who has begun to wait is said once. */
  #announceWaiting(view: ClientView): void {
    const waiting = view.queue.filter((judged) => patientOf(judged)?.presence === 'waiting');
    const before = this.#waiting;
    this.#waiting = new Set(waiting.map(({ booking }) => String(booking.id)));
    const fresh = before === undefined ? undefined : waiting.find(({ booking }) => !before.has(String(booking.id)));
    // Who comes into the call that runs here is said by the call.
    const met = this.sessionSnapshot.value?.call !== null && fresh?.booking.id === this.shownId;
    if (fresh === undefined || met) return;
    this.announcer.say(this.t('dashboard.announce-waiting', otherName(fresh.booking, fresh.role, this.localize)));
  }

  /** What became of a note is said once: the field only empties. */
  #announceSent(session: SessionView | undefined): void {
    const id = this.shownId;
    const before = this.#unsent;
    if (id === null || session === undefined) return;
    const refused = session.outbox.filter((item) => item.state === 'refused').length;
    const waiting = session.outbox.length - refused;
    this.#unsent = { id, waiting, refused };
    if (before?.id !== id) return;
    if (refused > before.refused) this.announcer.say(this.t('outbox.refused'));
    else if (waiting > before.waiting) this.announcer.say('');
    else if (before.waiting > 0 && session.outbox.length === 0) this.announcer.say(this.t('composer.all-sent'));
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent): void => {
    const client = this.source.current;
    const unsent = [...this.#written.values()].some((id) => (client?.session(id).getSnapshot().outbox.length ?? 0) > 0);
    if (unsent || this.#drafts.hasText) event.preventDefault();
  };
}

/** The one to join now; else the first that is not over. */
function firstId({ active, queue }: ClientView): BookingId | null {
  if (active?.role === 'provider' && active.verdict.phase === 'open') return active.booking.id;
  const next = (judged: JudgedBooking): boolean => ['open', 'upcoming'].includes(judged.verdict.phase);
  return (queue.find(next) ?? queue[0])?.booking.id ?? null;
}

declare global {
  interface HTMLElementTagNameMap {
    'provider-dashboard': ProviderDashboard;
  }
}

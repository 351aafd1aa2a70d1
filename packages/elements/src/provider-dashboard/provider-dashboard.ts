import {
  toInstant,
  type BookingId,
  type ClientView,
  type JudgedBooking,
  type NoteKeepingView,
  type OutboxItem,
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
import { Snapshot } from '../shared/snapshot.controller.js';
import { composerTemplate } from './composer.js';
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
 * @csspart drafts - Notes that were begun, besides the one in the field.
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

  /** Of each booking the note in the field. */
  readonly #inHand = new Map<string, string>();
  /** Where something was written. */
  readonly #written = new Map<string, BookingId>();
  readonly #keeping = new Snapshot<NoteKeepingView>(this);
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
    this.#inHand.clear();
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
    this.#keeping.follow(this.source.current?.keeping);
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
      draft: this.#draftOf(id, session),
      keeping: this.#keeping.value,
      onChange: (change) => {
        const now = this.session?.getSnapshot() ?? session;
        const draft = this.session?.writeNote(change, this.#draftOf(id, now)?.id);
        if (draft !== undefined) this.#inHand.set(String(id), draft);
        this.#written.set(String(id), id);
      },
      onGoOn: (draft) => this.#take(id, draft),
      onShare: () => this.#share(id),
      onRetry: (item) => this.session?.retryNote(item),
      onRevise: (item) => this.#take(id, this.session?.reviseNote(item) ?? null),
    });
  }

  /** The note in the field: the one that was taken in hand, else the one that was begun first. */
  #draftOf(id: BookingId, { drafts }: SessionView): OutboxItem | undefined {
    const taken = this.#inHand.get(String(id));
    return drafts.find((draft) => draft.id === taken) ?? drafts[0];
  }

  #take(id: BookingId, draft: string | null): void {
    if (draft !== null) this.#inHand.set(String(id), draft);
    this.requestUpdate();
    this.renderRoot.querySelector('textarea')?.focus();
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

  #share(id: BookingId): void {
    const view = this.session?.getSnapshot();
    const draft = view && this.#draftOf(id, view);
    if (draft === undefined || draft.content.trim() === '') return;
    this.#inHand.delete(String(id));
    this.#written.set(String(id), id);
    this.session?.shareNote(draft.id);
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

  /** What the device keeps is there again after a reload; the rest would be lost. */
  readonly #onBeforeUnload = (event: BeforeUnloadEvent): void => {
    const keeping = this.#keeping.value;
    if (keeping?.state === 'device' && !keeping.saving) return;
    const client = this.source.current;
    const views = [...this.#written.values()].flatMap((id) => client?.session(id).getSnapshot() ?? []);
    const isUnsent = ({ drafts, outbox }: SessionView): boolean =>
      outbox.length > 0 || drafts.some(({ content }) => content.trim() !== '');
    if (views.some(isUnsent)) event.preventDefault();
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

import {
  noteKey,
  toInstant,
  type BookingId,
  type ClientView,
  type JudgedBooking,
  type NotesView,
  type SessionClient,
  type SessionView,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { defineElement } from '../shared/define-element.js';
import { knownId, nameIn, otherName } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { Snapshot } from '../shared/snapshot.controller.js';
import { noteListTemplate } from './note-list.js';
import { providerNotesStyles } from './provider-notes.styles.js';

/**
 * The notes that a provider shared, to read: of one booking, of the session that is on, or of all sessions.
 *
 * @tag provider-notes
 * @csspart heading - The heading.
 * @csspart list - The list of one session's notes.
 * @csspart note - One note.
 * @csspart note-provider - Who wrote it.
 * @csspart note-time - When.
 * @csspart text - What it says.
 * @csspart error - What is said when the notes can't be read.
 */
export class ProviderNotes extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, providerNotesStyles];

  /** The booking whose notes to show. Without it: the open session's, else the last one's. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  /** Shows the notes of every session, the latest first. */
  @property({ type: Boolean }) all = false;

  readonly #groups = new Map<string, Snapshot<SessionView>>();
  #seen: { readonly id: BookingId | null; readonly keys: Set<string> } | undefined;
  #fresh = new Set<string>();

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('provider-notes', ProviderNotes, registry);
  }

  protected override get shownId(): BookingId | null {
    const view = this.clientSnapshot.value;
    if (this.all || view === undefined) return null;
    return this.bookingId === undefined ? currentId(view) : knownId(view, this.bookingId);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#followAll();
    const view = this.sessionSnapshot.value;
    if (view !== undefined) this.#noticeNew(view);
  }

  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    const unknown = view.state === 'failed' && (this.all || this.sessionSnapshot.value === undefined);
    const rendered = (): TemplateResult => (this.all ? this.#renderAll(view) : this.#renderOne(view));
    return html`<section class="notes" aria-labelledby="heading">
      ${unknown ? this.#renderFailure(client, view) : rendered()}
    </section>`;
  }

  #renderOne(view: ClientView): TemplateResult {
    const session = this.sessionSnapshot.value;
    if (session === undefined) {
      const loading = view.state === 'loading';
      return html`
        <h2 id="heading" part="heading">${this.t('notes.heading')}</h2>
        ${loading ? this.#renderList(LOADING, '') : this.#renderEmpty(this.t('notes.empty-all'))}
      `;
    }
    const name = nameIn(session, this.localize);
    const count = session.notes.notes.length;
    return html`
      <header>
        <h2 id="heading" part="heading">${this.#heading(session, name)}</h2>
        ${count > 0 ? html`<bdi class="small muted">${this.t('notes.count', count)}</bdi>` : nothing}
      </header>
      ${this.#renderList(session.notes, this.#emptyHelp(session, name))}
    `;
  }

  #renderAll(view: ClientView): TemplateResult {
    const groups = pastAndOpen(view)
      .map((judged) => ({ judged, session: this.#groups.get(String(judged.booking.id))?.value }))
      .filter(({ session }) => (session?.notes.notes.length ?? 0) > 0 || session?.notes.state === 'failed');
    const loading = view.state === 'loading' || [...this.#groups.values()].some((one) => isLoading(one.value));
    return html`
      <h2 id="heading" part="heading">${this.t('notes.heading-all')}</h2>
      ${groups.map(({ judged, session }) => (session === undefined ? nothing : this.#renderGroup(judged, session)))}
      ${
        groups.length > 0
          ? nothing
          : loading
            ? this.#renderList(LOADING, '')
            : this.#renderEmpty(this.t('notes.empty-all'))
      }
    `;
  }

  /** Not even the sessions are known, so nobody can say that there are no notes. */
  #renderFailure(client: SessionClient, { error }: ClientView): TemplateResult {
    return html`
      <h2 id="heading" part="heading">${this.t(this.all ? 'notes.heading-all' : 'notes.heading')}</h2>
      ${noteListTemplate(
        { ...LOADING, state: 'failed', error },
        { localize: this.localize, fresh: this.#fresh, empty: html``, onRetry: () => client.refresh() },
      )}
    `;
  }

  #renderGroup({ booking, role }: JudgedBooking, session: SessionView): TemplateResult {
    const name = otherName(booking, role, this.localize);
    return html`<section class="group">
      <h3><bdi>${name}</bdi>, ${this.formats.longDay(toInstant(booking.dateTime))}</h3>
      ${this.#renderList(session.notes, '', booking.id)}
    </section>`;
  }

  #renderList(notes: NotesView, emptyHelp: string, id = this.shownId): TemplateResult {
    return noteListTemplate(notes, {
      localize: this.localize,
      fresh: this.#fresh,
      empty: this.#renderEmpty(emptyHelp),
      onRetry: () => {
        if (id !== null) this.source.current?.session(id).refresh();
      },
    });
  }

  #renderEmpty(help: string): TemplateResult {
    return html`<p class="empty" part="empty"><strong>${this.t('notes.empty')}</strong> ${help}</p>`;
  }

  #heading(session: SessionView, name: string): string {
    if (session.role === 'provider') return this.t('notes.heading-shared');
    return name === '' ? this.t('notes.heading') : this.t('notes.heading-from', name);
  }

  #emptyHelp(session: SessionView, name: string): string {
    return session.role === 'provider' ? this.t('notes.empty-provider') : this.t('notes.empty-help', name);
  }

  /** One snapshot for each session of the list; sessions that left it are let go. */
  #followAll(): void {
    const client = this.source.current;
    const view = this.clientSnapshot.value;
    const wanted = this.all && client !== undefined && view?.state === 'ready' ? pastAndOpen(view) : [];
    const ids = new Map(wanted.map(({ booking }) => [String(booking.id), booking.id]));
    for (const [key, snapshot] of this.#groups) {
      if (ids.has(key)) continue;
      snapshot.follow(undefined);
      this.removeController(snapshot);
      this.#groups.delete(key);
    }
    for (const [key, id] of ids) {
      const snapshot = this.#groups.get(key) ?? new Snapshot<SessionView>(this);
      snapshot.follow(client?.session(id));
      this.#groups.set(key, snapshot);
    }
  }

  /** What comes after the first reading is new to the reader: marked, and said once. A writer knows their own. */
  #noticeNew(view: SessionView): void {
    const id = view.booking?.id ?? null;
    if (view.notes.state === 'loading' || id === null) return;
    const keys = view.notes.notes.map(noteKey);
    if (this.#seen?.id !== id) {
      this.#seen = { id, keys: new Set(keys) };
      this.#fresh = new Set();
      return;
    }
    const { keys: seen } = this.#seen;
    const added = view.notes.notes.filter((note) => !seen.has(noteKey(note)));
    for (const key of keys) seen.add(key);
    const last = added.at(-1);
    if (last === undefined || view.role === 'provider') return;
    this.#fresh = new Set(added.map(noteKey));
    this.announcer.say(this.t('notes.new', last.providerName));
  }
}

const LOADING: NotesView = { state: 'loading', notes: [], problems: [], error: null };

function isLoading(view: SessionView | undefined): boolean {
  return view?.state === 'loading' || view?.notes.state === 'loading';
}

/** The session that is on; else the latest one that was; else the next one. */
function currentId(view: ClientView): BookingId | null {
  if (view.active?.verdict.phase === 'open') return view.active.booking.id;
  return (pastAndOpen(view)[0] ?? view.active)?.booking.id ?? null;
}

function pastAndOpen(view: ClientView): readonly JudgedBooking[] {
  return view.bookings.filter(({ verdict }) => verdict.phase !== 'upcoming').toReversed();
}

declare global {
  interface HTMLElementTagNameMap {
    'provider-notes': ProviderNotes;
  }
}

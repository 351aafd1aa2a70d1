import {
  toInstant,
  type BookingId,
  type ClientView,
  type HistoryFilter,
  type HistoryView,
  type PatientHistory,
  type SessionClient,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { Copying } from '../provider-notes/copying.controller.js';
import { Filling } from '../provider-notes/filling.controller.js';
import { actOf, goTo } from '../provider-notes/note-acts.js';
import { noteListTemplate } from '../provider-notes/note-list.js';
import { NoteShelf } from '../provider-notes/note-shelf.js';
import { noteWords, ONLY_READ, ownWords, type NoteWords } from '../provider-notes/note-words.js';
import { providerNotesStyles } from '../provider-notes/provider-notes.styles.js';
import { NoteSearch } from '../provider-notes/search.controller.js';
import { defineElement } from '../shared/define-element.js';
import { knownId } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { Snapshot } from '../shared/snapshot.controller.js';
import { emptyDays, filterBarTemplate, isFiltered } from './filter-bar.js';
import {
  countSentence,
  emptyTemplate,
  endTemplate,
  failureTemplate,
  hitsSentence,
  hitsTemplate,
  loadingTemplate,
  moreHitsTemplate,
  noneFitsTemplate,
  unreadableTemplate,
  whyTemplate,
} from './history-parts.js';
import { NearEnd } from './near-end.controller.js';
import { pictureTemplate } from './picture.js';
import { SessionLook, type FoundSession } from './search-sessions.js';
import { sessionHistoryStyles } from './session-history.styles.js';
import type { SessionItem, SessionItemOptions } from './session-item.js';
import { sessionItemTemplate } from './session-item.js';
import { Shown } from './shown.js';
import { whoseHistory, type Whose } from './whose.js';
import { yearsTemplate } from './year-list.js';
import { Years } from './years.js';

/** From so many sessions on, one searches and filters. */
const SEARCHABLE = 4;
/** So many of the sessions that a search finds are shown, and so many more each time: each with its notes. */
const FOUND = 20;

/**
 * A patient's earlier sessions with the provider who is signed in, and their notes: over time, by day and label, and
 * searched by words. Sessions and notes that come meanwhile show by themselves.
 *
 * More of them are read as their reader comes near the end. What is searched for stays in the page: while there are words
 * in the field, all that is left is read in the background, and what is found shows as it is found.
 *
 * @tag session-history
 * @csspart heading - The heading.
 * @csspart picture - The sessions over time.
 * @csspart tools - The fields to search and to filter by; from four sessions on.
 * @csspart search - The field to search in.
 * @csspart filters - The other fields.
 * @csspart from-field - The first day; for the last one also `to-field`.
 * @csspart label-field - The label.
 * @csspart clear-button - *Clear filters*.
 * @csspart hits - What a search found, in words.
 * @csspart session - One session.
 * @csspart session-button - Its head, which opens it.
 * @csspart reason - What its patient wanted to talk about.
 * @csspart list - The list of one session's notes.
 * @csspart note - One note, as `<provider-notes>` shows it; also `note-provider`, `note-new`, `note-kind`, `note-time`,
 * `correction`, `text`, `copy-button`, `correct-button`, `withdraw-button`.
 * @csspart more-button - *Show more sessions*.
 * @csspart empty - What is said where there is nothing.
 * @csspart error - What is said when they can't be read.
 */
export class SessionHistory extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, providerNotesStyles, sessionHistoryStyles];

  /** The patient, by their id. Without it: the patient of `booking-id`, else of the session that is on or next. */
  @property() patient = '';

  /** The booking whose patient it is. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  readonly #history = new Snapshot<HistoryView>(this);
  readonly #filling = new Filling(this);
  readonly #search = new NoteSearch(this, () => this.#sayHits(), FOUND);
  readonly #copying = new Copying(this, { localize: this.localize, tell: (text) => this.announcer.tell(text) });
  readonly #end = new NearEnd(this, () => this.#reader?.more());
  #reader: PatientHistory | undefined;
  /** Whose history that is, for whom. */
  #owner: readonly [SessionClient | undefined, string, string] = [undefined, '', ''];
  #shown = new Shown();
  #shelf = new NoteShelf();
  #words: NoteWords | undefined;
  #years = new Years();
  #look = new SessionLook();
  #found: readonly FoundSession[] = [];
  #hasTools = false;
  #name = '';
  /** What is to be said, or done, once what was asked for is here. */
  #awaited: 'search' | 'filter' | null = null;
  #moreFrom: number | null = null;

  constructor() {
    super();
    // One listener for the buttons of all notes.
    this.addEventListener('click', this.#onAct);
  }

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('session-history', SessionHistory, registry);
  }

  protected override get shownId(): BookingId | null {
    const view = this.clientSnapshot.value;
    if (this.patient !== '' || view === undefined) return null;
    if (this.bookingId !== undefined) return knownId(view, this.bookingId);
    return view.active?.role === 'provider' ? view.active.booking.id : null;
  }

  protected override forget(): void {
    this.#search.set('');
    this.#copying.forget();
    this.#shown = new Shown();
    this.#shelf = new NoteShelf();
    this.#years = new Years();
    this.#look = new SessionLook();
    this.#found = [];
    this.#hasTools = false;
    this.#name = '';
    this.#awaited = null;
    this.#moreFrom = null;
    emptyDays(this.shadowRoot);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#follow();
    const view = this.#history.value;
    if (view === undefined) return;
    const { localize } = this;
    const { isOn, query } = this.#search;
    this.#reader?.readAll(isOn);
    this.#found = this.#look.find(view.sessions, isOn ? query : '', localize);
    this.#hasTools ||= isOn || isFiltered(view.filter) || view.sessions.length >= SEARCHABLE;
    this.#name = view.sessions[0]?.booking.patientName ?? this.#name;
    this.#shelf.keep(this.#shown.listKeys(isOn ? this.#shownHits : []));
    this.#sayAwaited(view);
  }

  /** Another patient, or somebody else who looks: another history. */
  #follow(): void {
    const client = this.source.current;
    const view = this.clientSnapshot.value;
    const whose = this.#whose;
    const canRead = view?.state === 'ready' && view.can.history && 'patient' in whose;
    const owner = [client, canRead ? whose.patient : '', canRead ? (view.me?.id ?? '') : ''] as const;
    if (owner.every((one, index) => one === this.#owner[index])) return;
    if (this.#owner[1] !== '') this.forget();
    this.#owner = owner;
    this.#reader = canRead ? client?.historyOf(whose.patient) : undefined;
    this.#history.follow(this.#reader);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const root = this.shadowRoot;
    const sessions = this.#history.value?.sessions ?? [];
    this.#end.watch(root?.getElementById('end') ?? null, sessions.length);
    this.#search.mark(root?.getElementById('found') ?? null);
    if (this.#moreFrom === null || sessions.length <= this.#moreFrom) return;
    const next = sessions[this.#moreFrom];
    this.#moreFrom = null;
    if (next !== undefined) goTo(root?.getElementById(`${this.#shown.idOf(next)}-button`));
  }

  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    return html`<section class="history" aria-labelledby="heading">
      <h2 id="heading" part="heading"><bdi>${this.#heading}</bdi></h2>
      ${this.#renderFor(client, view)}
    </section>`;
  }

  #renderFor(client: SessionClient, view: ClientView): TemplateResult {
    const { localize } = this;
    const onRetry = (): void => client.refresh();
    if (view.state === 'failed') return failureTemplate('history.failed', view.error, { localize, onRetry });
    if (view.state === 'loading') return loadingTemplate(localize);
    if (!view.can.history) return whyTemplate('not-offered', localize);
    const whose = this.#whose;
    if ('error' in whose) return failureTemplate('history.failed', whose.error, { localize, onRetry });
    if ('why' in whose) return whose.why === 'loading' ? loadingTemplate(localize) : whyTemplate(whose.why, localize);
    const history = this.#history.value;
    return history === undefined ? loadingTemplate(localize) : this.#renderHistory(history);
  }

  #renderHistory(view: HistoryView): TemplateResult {
    const { localize } = this;
    const { state, error } = view;
    const onRetry = (): void => this.#reader?.retry();
    if (state === 'failed') {
      if (error?.code === 'not-found' || error?.code === 'forbidden') return whyTemplate('not-yours', localize);
      if (error?.code === 'not-supported') return whyTemplate('not-offered', localize);
      return html`${this.#renderTools(view)} ${failureTemplate('history.failed', error, { localize, onRetry })}`;
    }
    this.#words = noteWords(localize, this.timeZone, this.#words);
    const { isOn } = this.#search;
    return html`
      ${this.#renderPicture(view)} ${this.#renderTools(view)}
      ${error === null ? nothing : failureTemplate('history.stale', error, { localize, onRetry })}
      ${isOn ? this.#renderHits(view) : nothing}
      <div class="lists" ?hidden=${isOn}>${this.#renderList(view)}</div>
      ${unreadableTemplate(view, localize)}
    `;
  }

  #renderPicture({ sessions, isComplete }: HistoryView): unknown {
    const { localize, messages, timeZone } = this;
    return guard([sessions, isComplete, localize.language, messages, timeZone], () =>
      pictureTemplate({ sessions, isComplete, now: this.now, localize }),
    );
  }

  #renderTools({ filter, sessions, isComplete }: HistoryView): TemplateResult | typeof nothing {
    if (!this.#hasTools) return nothing;
    return filterBarTemplate({
      localize: this.localize,
      query: this.#search.query,
      onQuery: this.#onQuery,
      filter,
      onFilter: this.#onFilter,
      onClear: sessions.length === 0 && isComplete ? null : this.#onClear,
    });
  }

  #renderList(view: HistoryView): TemplateResult {
    const { localize } = this;
    const { sessions, state, isComplete, filter } = view;
    if (state === 'loading') return loadingTemplate(localize);
    if (sessions.length === 0 && isComplete) {
      return isFiltered(filter) ? noneFitsTemplate(localize, this.#onClear) : emptyTemplate(localize);
    }
    return html`
      ${yearsTemplate(this.#years.of(sessions, this.formats, localize.language), {
        ...this.#itemOptions,
        formats: this.formats,
        itemOf: (session) => this.#shown.item(session),
        changes: [this.#words, this.messages, localize.language],
      })}
      ${isComplete ? nothing : endTemplate(view, localize, this.#onMore)}
    `;
  }

  #renderHits(view: HistoryView): TemplateResult {
    const { localize } = this;
    const left = this.#found.length - this.#shownHits.length;
    const options = { ...this.#itemOptions, formats: this.formats };
    const items = this.#shownHits.map((found) => sessionItemTemplate(this.#shown.hit(found), options));
    return html`
      ${hitsTemplate({ ...this.#hits(view), localize, onAll: this.#onAll })}
      <ul class="sessions found" id="found">
        ${items}
      </ul>
      ${left > 0 ? moreHitsTemplate(Math.min(FOUND, left), localize, () => void this.#onMoreHits()) : nothing}
    `;
  }

  readonly #itemOptions: Omit<SessionItemOptions, 'formats'> = {
    localize: this.localize,
    notes: (item) => this.#renderNotes(item),
    onToggle: (item) => {
      this.#shown.toggle(item);
      this.requestUpdate();
    },
    onWhole: (item) => void this.#onWhole(item),
  };

  #renderNotes(item: SessionItem): TemplateResult {
    const { session, hits } = item;
    this.#words ??= noteWords(this.localize, this.timeZone, undefined);
    return noteListTemplate({
      // What they withdrew they read still.
      words: ownWords(this.#words, ONLY_READ),
      chunks: this.#shelf.list(this.#shown.listKey(item), hits ?? session.notes),
      filling: this.#filling,
      among: session.notes,
      label: this.formats.longDayAndTime(toInstant(session.booking.dateTime)),
      fresh: new Set(),
      copied: this.#copying.last,
    });
  }

  get #whose(): Whose {
    return whoseHistory(this.patient, this.sessionSnapshot.value);
  }

  get #heading(): string {
    const name = this.#name || this.#knownName;
    return name === '' ? this.t('history.heading') : this.t('history.heading-with', name);
  }

  /** As the page's own bookings have it. */
  get #knownName(): string {
    const whose = this.#whose;
    const own = (this.clientSnapshot.value?.bookings ?? []).map(({ booking }) => booking);
    const booking = 'patient' in whose ? own.find(({ patient }) => patient === whose.patient) : null;
    return (booking ?? this.sessionSnapshot.value?.booking)?.patientName ?? '';
  }

  get #shownHits(): readonly FoundSession[] {
    return this.#found.slice(0, this.#search.most);
  }

  #hits({ sessions, isComplete }: HistoryView) {
    return { query: this.#search.query, count: this.#found.length, searched: isComplete ? null : sessions.length };
  }

  #sayHits(): void {
    const view = this.#history.value;
    if (view === undefined) return;
    this.announcer.tell(hitsSentence({ ...this.#hits(view), localize: this.localize }));
    if (!view.isComplete) this.#awaited = 'search';
  }

  #sayAwaited(view: HistoryView): void {
    if (this.#awaited === 'search' && view.isComplete) {
      this.#awaited = null;
      this.#sayHits();
    } else if (this.#awaited === 'filter' && view.state === 'ready') {
      this.#awaited = null;
      this.announcer.tell(countSentence(view, this.localize));
    }
  }

  readonly #onQuery = (query: string): void => {
    this.#awaited = null;
    this.#shown.beginSearch();
    this.#search.set(query);
  };

  readonly #onFilter = (filter: HistoryFilter): void => {
    this.#awaited = 'filter';
    this.#reader?.setFilter(filter);
  };

  readonly #onClear = (): void => {
    emptyDays(this.shadowRoot);
    this.#onFilter({});
    this.renderRoot.querySelector<HTMLElement>('input.day')?.focus();
  };

  readonly #onAll = (): void => {
    this.#onQuery('');
    this.renderRoot.querySelector('input')?.focus();
  };

  readonly #onMore = (): void => {
    this.#moreFrom = this.#history.value?.sessions.length ?? null;
    this.#reader?.more();
  };

  readonly #onMoreHits = async (): Promise<void> => {
    const next = this.#found[this.#shownHits.length];
    this.#search.showMore();
    await this.updateComplete;
    if (next !== undefined) goTo(this.shadowRoot?.getElementById(`${this.#shown.hit(next).id}-button`));
  };

  async #onWhole(item: SessionItem): Promise<void> {
    this.#shown.showWhole(item);
    this.requestUpdate();
    await this.updateComplete;
    goTo(this.shadowRoot?.getElementById(item.id)?.querySelector('[role=listitem]'));
  }

  readonly #onAct = (event: Event): void => {
    const sections = (this.#history.value?.sessions ?? []).map((session) => this.#shown.sectionOf(session));
    const act = actOf(event, this.#shelf, sections);
    if (act === null) return;
    if (act.type === 'copy') void this.#copying.note(act, (this.#words ??= noteWords(this.localize, '', undefined)));
    else if (act.other !== undefined && this.shadowRoot !== null) {
      const { key } = act.section;
      const list = this.#search.isOn ? `hits ${key}` : `notes ${key}`;
      goTo(this.#shelf.nodeOf(list, act.other, this.shadowRoot));
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'session-history': SessionHistory;
  }
}

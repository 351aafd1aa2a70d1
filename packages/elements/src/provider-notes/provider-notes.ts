import type { BookingId, ClientView, ProviderNote, SessionClient } from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { defineElement } from '../shared/define-element.js';
import { knownId } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { Copying } from './copying.controller.js';
import { jump } from './jump.directive.js';
import { KeptPlace } from './kept-place.js';
import { actOf, goTo } from './note-acts.js';
import {
  emptyTemplate,
  failureTemplate,
  noteListTemplate,
  skeletonTemplate,
  unknownTemplate,
  unreadableTemplate,
} from './note-list.js';
import { Filling } from './filling.controller.js';
import { findIn, type Found } from './found.js';
import { endTemplate, headTemplate, jumpTemplate, toolsTemplate, troubleTemplate } from './notes-head.js';
import { NoteShelf } from './note-shelf.js';
import { allText } from './note-text.js';
import { noteWords, ownWords, type NoteWords } from './note-words.js';
import { ownActsIn, OwnNoteActs } from './own-acts.controller.js';
import { printNotes } from './paper.js';
import { providerNotesStyles } from './provider-notes.styles.js';
import { Reading } from './reading.controller.js';
import { HITS, NoteSearch, SEARCHABLE } from './search.controller.js';
import { hitsSentence, hitsTemplate, moreTemplate, type HitsOptions } from './search-bar.js';
import {
  currentId,
  emptyHelp,
  headingOfAll,
  headingOfOne,
  headingTemplate,
  movedBoxes,
  paperSections,
  pastAndOpen,
  sectionOf,
  unreadPlaces,
  type NoteSection,
} from './sections.js';
import { SessionGroups } from './session-groups.controller.js';
import { hasFailed, Trouble } from './trouble.js';
import { UnreadWatch } from './unread.controller.js';

/**
 * The notes that a provider shared, to read: of one booking, of the session that is on, or of all sessions. They are in
 * the order of their time, and a note that comes late takes its place. All of them are in the page.
 *
 * A note that comes after its reader last looked carries the word "New", and is counted beside the heading, until it was
 * in view for a second on a page that can be seen; the word itself stays until the next note comes. What was read is
 * known to every element of the page at once, and on this device for the next visit, until signing out. On a device
 * where a session's notes were never shown before, none of them is new. A provider has nothing unread.
 *
 * The provider of a session can correct each note, by a further one that names it, and withdraw it.
 *
 * @tag provider-notes
 * @fires note-amend-request - The provider wants to correct a note. Cancelable. Else a draft that names it begins, and the
 * session's `<note-composer>` takes it in hand.
 * @fires note-withdraw-request - The provider has said that the patient is to see a note no longer. Cancelable. Else it is
 * withdrawn.
 * @fires session-choose-request - With `all`: a correction has begun in this session. Cancelable.
 * @csspart heading - The heading.
 * @csspart unread - How many notes are new.
 * @csspart trouble - What is said while there is no connection.
 * @csspart tools - What can be done with the notes: to search, copy and print them.
 * @csspart search - The field to search in; from ten notes on.
 * @csspart hits - What a search found, in words.
 * @csspart list - The list of one session's notes.
 * @csspart note - One note.
 * @csspart note-provider - Who wrote it.
 * @csspart note-new - The word "New".
 * @csspart note-kind - Its label, such as "Diagnosis".
 * @csspart note-time - When.
 * @csspart copy-button - *Copy*.
 * @csspart correct-button - *Correct*; for the session's provider only.
 * @csspart withdraw-button - *Withdraw*; for the session's provider only.
 * @csspart withdraw-dialog - The question before a note is withdrawn; also `confirm-withdraw-button`.
 * @csspart confirm-withdraw-button - *Withdraw*, in that question.
 * @csspart correction - What a note says of its correction, and a correction of what it corrects.
 * @csspart text - What it says.
 * @csspart jump-button - Leads to new notes that are not in view.
 * @csspart empty - What is said where there are no notes.
 * @csspart error - What is said when the notes can't be read.
 */
export class ProviderNotes extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, providerNotesStyles];

  /** The booking whose notes to show. Without it: the open session's, else the last one's. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  /** Shows the notes of every session, the latest first. */
  @property({ type: Boolean }) all = false;

  /** Leaves *Copy all* and *Print* out, where what is around it has them or has no room for them. */
  @property({ type: Boolean, attribute: 'no-tools' }) noTools = false;

  /** It is to be printed once the notes of all sessions are here. */
  @state() private isPrinting = false;

  readonly #groups = new SessionGroups(this);
  readonly #filling = new Filling(this);
  readonly #reading = new Reading(this);
  readonly #unread = new UnreadWatch(this);
  readonly #search = new NoteSearch(this, () => this.announcer.tell(hitsSentence(this.#hitsOptions(this.#found))));
  readonly #place = new KeptPlace();
  readonly #copying = new Copying(this, { localize: this.localize, tell: (text) => this.announcer.tell(text) });
  readonly #own = new OwnNoteActs(this, {
    client: () => this.source.current,
    onDone: (error, section, id) => void this.#onWithdrawn(error === null, section, id),
  });
  #shelf = new NoteShelf();
  #words: NoteWords | undefined;
  #sections: readonly NoteSection[] = [];
  readonly #trouble = new Trouble();
  #unprint: (() => void) | undefined;

  constructor() {
    super();
    // One listener for the buttons of all notes.
    this.addEventListener('click', this.#onAct);
  }

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('provider-notes', ProviderNotes, registry);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unprint?.();
  }

  protected override get shownId(): BookingId | null {
    const view = this.clientSnapshot.value;
    if (this.all || view === undefined) return null;
    return this.bookingId === undefined ? currentId(view) : knownId(view, this.bookingId);
  }

  protected override forget(): void {
    this.#unprint?.();
    this.#search.set('');
    this.#own.forget();
    this.#copying.forget();
    this.isPrinting = false;
    this.#shelf = new NoteShelf();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const view = this.clientSnapshot.value;
    const wanted = this.all && view?.state === 'ready' ? pastAndOpen(view) : [];
    this.#groups.follow(this.source.current, wanted, this.#search.isOn || this.isPrinting);
    this.#sections = this.#collect();
    if (this.shadowRoot !== null) this.#place.take(movedBoxes(this.#sections, this.#shelf, this.shadowRoot), this);
    this.#shelf.keep(new Set(this.#sections.flatMap(({ key }) => [`notes ${key}`, `hits ${key}`])));
    this.#trouble.notice(view, this.#sections, this.now);
    this.#unread.follow(this.#sections.flatMap(({ unread }) => unread ?? []));
    const news = this.#unread.news(this.localize);
    if (news !== '') this.announcer.tell(news);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { shadowRoot } = this;
    if (shadowRoot === null) return;
    this.#place.restore();
    // Nothing here looks through all that is on the page: that can be very much.
    this.#groups.watchEnd(shadowRoot.getElementById('end'));
    this.#reading.follow(unreadPlaces(this.#sections, this.#shelf, shadowRoot));
    this.#search.mark(shadowRoot.getElementById('found'));
    if (this.isPrinting && this.#groups.isComplete) this.#print();
  }

  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    // Not even the sessions are known, so nobody can say that there are no notes.
    const isUnknown = view.state === 'failed' && (this.all || this.sessionSnapshot.value === undefined);
    return html`<section class="notes" aria-labelledby="heading">
      ${
        isUnknown
          ? html`${this.#renderHead()} ${unknownTemplate(view.error, this.localize, () => client.refresh())}`
          : this.#renderKnown(view)
      }
    </section>`;
  }

  #renderKnown(view: ClientView): TemplateResult {
    this.#words = noteWords(this.localize, this.timeZone, this.#words);
    const { isOn: isSearching } = this.#search;
    return html`
      ${this.#renderHead()}
      ${view.connection === 'down' && this.#count > 0 ? troubleTemplate(this.#asOf, this.localize) : nothing}
      ${this.#renderTools()} ${isSearching ? this.#renderHits() : nothing}
      <div class="lists" ?hidden=${isSearching}>
        ${this.all ? this.#renderAll(view) : this.#renderOne(view)}
        ${this.#isWhole ? nothing : endTemplate(this.localize)}
      </div>
      ${jump(this.#reading, (count) => jumpTemplate(count, this.localize, this.#onJump))}
      ${this.#own.render(this.localize)}
    `;
  }

  #renderHead(): TemplateResult {
    const unread = this.#sections.reduce((sum, section) => sum + (section.unread?.notes.size ?? 0), 0);
    const count = this.#isWhole ? this.#count : null;
    return headTemplate({ localize: this.localize, heading: this.#heading, count, unread });
  }

  #renderTools(): TemplateResult | typeof nothing {
    const count = this.#count;
    const hasSearch = this.#search.query !== '' || count >= SEARCHABLE || (count > 0 && !this.#isWhole);
    const hasTools = !this.noTools && count > 0;
    return toolsTemplate({
      localize: this.localize,
      query: this.#search.query,
      onQuery: hasSearch ? (text) => this.#search.set(text) : null,
      onCopyAll: hasTools && count > 1 && this.#isWhole ? this.#onCopyAll : null,
      // The browser of an app may have no paper.
      onPrint: hasTools && 'print' in window ? this.#onPrint : null,
    });
  }

  #renderOne(view: ClientView): TemplateResult {
    const [section] = this.#sections;
    if (section === undefined) {
      if (view.state === 'loading') return skeletonTemplate(this.t('notes.loading'));
      return emptyTemplate(this.t('notes.empty-all'), this.localize);
    }
    return this.#renderSection(section, emptyHelp(section.session, this.localize));
  }

  #renderAll(view: ClientView): TemplateResult {
    if (this.#sections.length > 0) {
      return html`${this.#sections.map(
        (section) =>
          html`<section class="group">
            ${headingTemplate(section, this.localize)} ${this.#renderSection(section, '')}
          </section>`,
      )}`;
    }
    if (view.state === 'loading') return skeletonTemplate(this.t('notes.loading'));
    return this.#groups.isComplete ? emptyTemplate(this.t('notes.empty-all'), this.localize) : html``;
  }

  #renderSection(section: NoteSection, help: string): TemplateResult {
    const { notes } = section.session;
    if (notes.notes.length === 0 && notes.state === 'loading') return skeletonTemplate(this.t('notes.loading'));
    const isFailed = hasFailed(notes);
    const onRetry = (): void => this.source.current?.session(section.id).refresh();
    return html`
      ${isFailed ? failureTemplate(notes, { localize: this.localize, since: this.#asOf, onRetry }) : nothing}
      ${
        notes.notes.length > 0
          ? this.#renderList('notes', section, notes.notes)
          : isFailed
            ? nothing
            : emptyTemplate(help, this.localize)
      }
      ${unreadableTemplate(notes, this.localize)}
    `;
  }

  #renderList(kind: 'notes' | 'hits', section: NoteSection, notes: readonly ProviderNote[]): TemplateResult {
    const client = this.source.current;
    const own = client === undefined ? null : ownActsIn(section, client);
    return noteListTemplate({
      words: own === null ? this.#knownWords : ownWords(this.#knownWords, own),
      chunks: this.#shelf.list(`${kind} ${section.key}`, notes),
      filling: this.#filling,
      among: section.session.notes.notes,
      label: this.#heading,
      fresh: section.unread?.fresh ?? new Set(),
      copied: this.#copying.last,
    });
  }

  #renderHits(): TemplateResult {
    const found = this.#found;
    const lists = found.lists.map(
      ({ section, notes }) =>
        html`<section class="group">
          ${this.all ? headingTemplate(section, this.localize) : nothing} ${this.#renderList('hits', section, notes)}
        </section>`,
    );
    return html`
      ${hitsTemplate({ ...this.#hitsOptions(found), onAll: this.#onAll })}
      <div class="found" id="found">${lists}</div>
      ${found.left > 0 ? moreTemplate(Math.min(HITS, found.left), this.localize, () => void this.#onMore()) : nothing}
    `;
  }

  get #heading(): string {
    const role = this.source.current?.me?.role;
    return this.all ? headingOfAll(role, this.localize) : headingOfOne(this.sessionSnapshot.value, this.localize);
  }

  get #knownWords(): NoteWords {
    return (this.#words ??= noteWords(this.localize, this.timeZone, undefined));
  }

  /** Whether the notes of every session are here that is to be shown. */
  get #isWhole(): boolean {
    return !this.all || this.#groups.isComplete;
  }

  get #count(): number {
    return this.#sections.reduce((sum, { session }) => sum + session.notes.notes.length, 0);
  }

  get #asOf(): string {
    const { since } = this.#trouble;
    return since === null ? '' : this.t('notes.as-of', this.formats.time(since));
  }

  #collect(): readonly NoteSection[] {
    const client = this.source.current;
    if (client === undefined || client.getSnapshot().state === 'signed-out') return [];
    if (this.all) return this.#groups.shown.map(({ judged, session }) => sectionOf(client, judged.booking.id, session));
    const { shownId } = this;
    const session = this.sessionSnapshot.value;
    return shownId === null || session === undefined ? [] : [sectionOf(client, shownId, session)];
  }

  get #found(): Found {
    return findIn(this.#sections, this.#search, this.localize);
  }

  #hitsOptions({ count }: Found): Omit<HitsOptions, 'onAll'> {
    const progress = this.#isWhole ? null : { known: this.#groups.known, total: this.#groups.total };
    return { localize: this.localize, query: this.#search.query, count, progress };
  }

  /** Takes its reader to a note of the whole list. */
  async #show(key: string, note: ProviderNote): Promise<void> {
    this.#search.set('');
    await this.updateComplete;
    if (this.shadowRoot !== null) goTo(this.#shelf.nodeOf(`notes ${key}`, note, this.shadowRoot));
  }

  /** Says so; its button is gone, so the focus goes to what stands in the note's place. */
  async #onWithdrawn(isDone: boolean, { key }: NoteSection, noteId: string): Promise<void> {
    this.announcer.tell(this.t(isDone ? 'notes.withdraw-done' : 'notes.withdraw-failed'));
    await this.updateComplete;
    if (isDone && this.shadowRoot) goTo(this.#shelf.nodeWithId(`notes ${key}`, noteId, this.shadowRoot));
  }

  #print(): void {
    this.isPrinting = false;
    this.#unprint?.();
    const { localize, now } = this;
    const sections = paperSections(this.#sections, localize, this.all);
    const styles = ProviderNotes.elementStyles;
    this.#unprint = printNotes({ heading: this.#heading, sections, localize, now, like: this, styles });
  }

  readonly #onAct = (event: Event): void => {
    const act = actOf(event, this.#shelf, this.#sections);
    if (act?.type === 'copy') void this.#copying.note(act, this.#knownWords);
    else if (act?.type === 'amend') this.#own.amend(act);
    else if (act?.type === 'withdraw') this.#own.ask(act);
    else if (act?.other !== undefined) void this.#show(act.section.key, act.other);
  };

  readonly #onCopyAll = (): void => {
    const sections = paperSections(this.#sections, this.localize, this.all);
    const text = allText(this.#heading, sections, this.#knownWords);
    void this.#copying.all(text, this.renderRoot.querySelector('.lists'));
  };

  readonly #onPrint = (): void => {
    if (this.#isWhole) this.#print();
    else this.isPrinting = true;
  };

  readonly #onAll = (): void => {
    this.#search.set('');
    this.renderRoot.querySelector('input')?.focus();
  };

  readonly #onMore = async (): Promise<void> => {
    const { length: before } = this.renderRoot.querySelectorAll('.found [role=listitem]');
    this.#search.showMore();
    await this.updateComplete;
    goTo(this.renderRoot.querySelectorAll<HTMLElement>('.found [role=listitem]')[before]);
  };

  readonly #onJump = (): void => {
    const [place] = this.#reading.elsewhere;
    this.#search.set('');
    void this.updateComplete.then(() => goTo(place?.node));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'provider-notes': ProviderNotes;
  }
}

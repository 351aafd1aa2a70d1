import {
  toPlainText,
  type BookingId,
  type ClientView,
  type NoteDraft,
  type NoteKeepingView,
  type OutboxItem,
  type Session,
  type SessionClient,
  type SessionView,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { copyText, selectText } from '../shared/clipboard.js';
import { defineElement } from '../shared/define-element.js';
import { Dialogs } from '../shared/dialogs.controller.js';
import { firstSession } from '../shared/first-session.js';
import { inHandOf, takeInHand, type InHand } from '../shared/in-hand.js';
import { knownId, nameIn } from '../shared/person.js';
import { SessionChooseRequestEvent } from '../shared/session-choose.events.js';
import { SessionElement } from '../shared/session-element.js';
import { Snapshot } from '../shared/snapshot.controller.js';
import { discardTemplate } from './discard-dialog.js';
import { elsewhereTemplate } from './elsewhere.js';
import { fieldTemplate, problemWords } from './field.js';
import { isSafe, keptOf, untilKeptChanges } from './keeping.js';
import { noteComposerStyles } from './note-composer.styles.js';
import { SentNotes } from './sent-notes.js';
import { closedWords, failureTemplate, loadingTemplate, statusWords, warningWords } from './states.js';
import { unsentTemplate, type UnsentAct } from './unsent-list.js';

/** For so long the field says that a note was shared, in ms. */
const MOMENT = 8_000;
/** A note that is sent within so many ms is not listed as being on its way. */
const QUICK = 1_000;

/**
 * Where a provider writes notes for the patient of a session, during the call and afterwards. What is written is a draft
 * that nobody but its writer sees, until *Share*; it belongs to its booking, and is there again when that one is chosen again.
 * Below the field stands every note that is begun or on its way, with its true state and what can be done.
 *
 * Ctrl+Enter, or ⌘ Enter, shares. The focus stays in the field for the next note.
 *
 * @tag note-composer
 * @fires session-choose-request - The provider wants to see another session, which has notes that are not shared.
 * Cancelable. Else this element shows it.
 * @csspart heading - Whose chart the note goes to.
 * @csspart correction - What the note in the field corrects.
 * @csspart note-field - Where one writes.
 * @csspart room - How many more characters fit.
 * @csspart problem - Why the text can't be shared as it is.
 * @csspart kind-select - The choice of a label.
 * @csspart share-button - *Share*.
 * @csspart discard-button - *Discard*.
 * @csspart discard-dialog - The question before a text is thrown away.
 * @csspart warning - What is said when a draft is not kept for long any more.
 * @csspart composer-status - Where the text is safe, and what became of the last one.
 * @csspart outbox - Notes that are not shared yet, besides the one in the field.
 * @csspart outbox-item - One of them.
 * @csspart elsewhere - What is said of notes in other tabs and of other sessions.
 */
export class NoteComposer extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, noteComposerStyles];

  /** The booking to write notes for. Without it: the session to join now, and while a text is in the field, that text's. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  /** Id of the note that was copied last. */
  @state() private copied: string | null = null;
  /** Id of the note that is asked about before it is thrown away. */
  @state() private doomed: string | null = null;

  @query('textarea') private readonly field!: HTMLTextAreaElement | null;

  readonly #keeping = new Snapshot<NoteKeepingView>(this);
  readonly #hand = new Snapshot<InHand>(this);
  readonly #dialogs = new Dialogs<'discard'>(this);
  readonly #sent = new SentNotes();
  /** The booking that was chosen here, where nobody says which one. */
  #chosen: BookingId | null = null;
  #news = { text: '', at: -Infinity };
  #problem = '';
  /** The session whose field is to have the focus. */
  #wanted: Session | undefined;

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('note-composer', NoteComposer, registry);
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
    const id = this.bookingId ?? this.#chosen;
    return view === undefined || id === null ? null : knownId(view, id);
  }

  protected override choose(): void {
    const view = this.clientSnapshot.value;
    if (this.bookingId !== undefined || view?.state !== 'ready' || this.#isBusy) return;
    this.#chosen = firstSession(view);
  }

  protected override forget(): void {
    this.#chosen = null;
    this.#wanted = undefined;
    this.#sent.forget();
    this.#news = { text: '', at: -Infinity };
    this.copied = null;
    this.doomed = null;
    this.#dialogs.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { session } = this;
    this.#keeping.follow(this.source.current?.keeping);
    this.#hand.follow(session === undefined ? undefined : inHandOf(session));
    this.#takeWish(session);
    this.#tellNews(session, this.sessionSnapshot.value);
    this.#tellProblem();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#wanted === undefined || this.#wanted !== this.session || this.field === null) return;
    this.#wanted = undefined;
    this.field.focus();
  }

  protected override renderClient(client: SessionClient, view: ClientView): TemplateResult {
    if (view.state === 'failed') return failureTemplate(view.error, this.localize, () => client.refresh());
    const session = this.sessionSnapshot.value;
    if (view.state === 'loading' || session?.state === 'loading') return loadingTemplate(this.localize);
    if (session === undefined ? view.me?.role === 'patient' : session.booking !== null && session.role !== 'provider') {
      return html``;
    }
    return html`<section class="composer" aria-labelledby="whose">
      ${
        session === undefined
          ? html`<p class="muted" id="whose">${this.t('composer.none')}</p>`
          : html`${this.#renderField(session, view)} ${this.#renderUnsent(session)}`
      }
      ${elsewhereTemplate({
        localize: this.localize,
        now: this.now,
        view,
        keeping: this.#keeping.value,
        shown: this.shownId,
        onChoose: this.#onChoose,
      })}
      ${this.#renderDialog(session)}
    </section>`;
  }

  #renderField(session: SessionView, view: ClientView): TemplateResult {
    const { localize, now } = this;
    const draft = this.#draft;
    const isWritten = draft !== undefined && draft.content.trim() !== '';
    const kept = isWritten ? keptOf(draft, this.#keeping.value, now) : null;
    if (isWritten) this.ticker.wakeIn(untilKeptChanges(draft, now));
    return fieldTemplate(session, {
      localize,
      now,
      name: this.#name,
      draft,
      closed: closedWords(session, view, localize),
      status: this.#momentary(session) ?? statusWords(kept, localize),
      warning: isWritten ? warningWords(draft, kept, { localize, now }) : '',
      isCopied: draft !== undefined && this.copied === draft.id,
      onChange: (change) => this.#write(change),
      onMend: () => this.#onMend(),
      onShare: () => this.#share(),
      onDiscard: () => this.#onDiscard(draft),
      onCopy: () => void this.#copy(draft, this.field),
    });
  }

  #renderUnsent(session: SessionView): ReturnType<typeof unsentTemplate> {
    const inField = this.#draft?.id;
    const begun = session.drafts.filter(({ id, content }) => id !== inField && content.trim() !== '');
    return unsentTemplate(session, {
      localize: this.localize,
      now: this.now,
      keeping: this.#keeping.value,
      items: [...session.outbox.filter((item) => !this.#isQuick(item)), ...begun],
      copied: this.copied,
      onAct: this.#onAct,
    });
  }

  #renderDialog(session: SessionView | undefined): TemplateResult | typeof nothing {
    if (this.doomed === null) return nothing;
    const note = [...(session?.drafts ?? []), ...(session?.outbox ?? [])].find(({ id }) => id === this.doomed);
    return discardTemplate({
      localize: this.localize,
      name: this.#name,
      content: note?.content ?? '',
      onYes: this.#onDiscarded,
      onNo: () => this.#dialogs.close(),
      onClose: this.#dialogs.onClose,
    });
  }

  get #name(): string {
    const view = this.sessionSnapshot.value;
    const name = view === undefined ? '' : nameIn(view, this.localize);
    return name === '' ? this.t('person.patient') : name;
  }

  /** The note in the field: the one that was taken in hand, else the one that was begun first. */
  get #draft(): OutboxItem | undefined {
    const { session } = this;
    if (session === undefined) return undefined;
    const { draft } = inHandOf(session).getSnapshot();
    const { drafts } = session.getSnapshot();
    return draft === undefined ? drafts[0] : drafts.find(({ id }) => id === draft);
  }

  /** A note that is begun, or is just going to be, stays with its booking, even when another session could be joined. */
  get #isBusy(): boolean {
    const draft = this.#draft;
    const isFocused = this.field !== null && this.shadowRoot?.activeElement === this.field;
    return isFocused || (draft !== undefined && (draft.content.trim() !== '' || draft.amends !== undefined));
  }

  /** What is said for a moment only. */
  #momentary({ outbox }: SessionView): string | null {
    const left = this.#news.at + MOMENT - this.now;
    if (this.#news.text !== '' && left > 0) {
      this.ticker.wakeIn(left);
      return this.#news.text;
    }
    return outbox.some((item) => this.#isQuick(item)) ? this.t('composer.sending') : null;
  }

  #isQuick({ state, error, at }: OutboxItem): boolean {
    const left = state === 'refused' || error !== null ? 0 : at + QUICK - this.now;
    if (left > 0) this.ticker.wakeIn(left);
    return left > 0;
  }

  /** Somebody wants to write on a note of this session: the field has the focus once it is there. */
  #takeWish(session: Session | undefined): void {
    const hand = this.#hand.value;
    if (session === undefined || hand?.isWanted !== true) return;
    this.#wanted = session;
    inHandOf(session).set({ ...hand, isWanted: false });
  }

  /** What became of a note is said once: the field only empties. */
  #tellNews(session: Session | undefined, view: SessionView | undefined): void {
    const { sent, refused } = this.#sent.look(session, view);
    if (refused > 0) this.announcer.tell(this.t('composer.refused', this.#name));
    if (sent === 0) return;
    const text = sent === 1 ? this.t('composer.sent', this.#name) : this.t('composer.sent-several', sent, this.#name);
    this.#news = { text, at: this.now };
    if (refused === 0) this.announcer.tell(text);
  }

  /** That a text can't be shared is said when it comes to be so. */
  #tellProblem(): void {
    const problem = problemWords(this.#draft?.content ?? '', this.localize);
    if (problem !== '' && this.#problem === '') this.announcer.say(problem);
    this.#problem = problem;
  }

  #write(change: Partial<NoteDraft>): void {
    const { session } = this;
    if (session === undefined) return;
    const before = this.#draft?.id;
    const id = session.writeNote(change, before);
    if (inHandOf(session).getSnapshot().draft !== id) takeInHand(session, id);
    this.#news = { text: '', at: -Infinity };
    this.copied = null;
    this.requestUpdate();
  }

  #share(): void {
    const { session } = this;
    const draft = this.#draft;
    const problem = problemWords(draft?.content ?? '', this.localize);
    this.field?.focus();
    if (problem !== '') this.announcer.tell(problem);
    if (session === undefined || draft === undefined || draft.content.trim() === '' || problem !== '') return;
    session.shareNote(draft.id);
    takeInHand(session, null);
  }

  #onMend(): void {
    this.#write({ content: toPlainText(this.#draft?.content ?? '') });
    this.field?.focus();
  }

  #onDiscard(note: OutboxItem | undefined): void {
    this.doomed = note?.id ?? null;
    if (note === undefined) return;
    if (note.content.trim() === '') this.#onDiscarded();
    else this.#dialogs.show('discard');
  }

  readonly #onDiscarded = (): void => {
    const { session } = this;
    const id = this.doomed;
    this.doomed = null;
    this.#dialogs.close();
    if (session === undefined || id === null) return;
    const inField = this.#draft?.id;
    session.discardNote(id);
    takeInHand(session, inField === id ? null : (inField ?? null), true);
  };

  readonly #onAct = (act: UnsentAct, item: OutboxItem, event: Event): void => {
    const { session } = this;
    if (session === undefined) return;
    if (act === 'go-on') takeInHand(session, item.id, true);
    if (act === 'retry') session.retryNote(item.id);
    if (act === 'revise' || act === 'take-back') {
      const revised = session.reviseNote(item.id);
      if (revised !== null) takeInHand(session, revised, true);
    }
    if (act === 'copy') {
      const pressed = event.currentTarget instanceof Element ? event.currentTarget : null;
      void this.#copy(item, pressed?.closest('li')?.querySelector('.text') ?? null);
    }
    if (act === 'discard') this.#onDiscard(item);
  };

  /** Where the browser does not copy, its writer can: the text is selected. */
  async #copy(item: OutboxItem | undefined, from: Element | null): Promise<void> {
    if (item === undefined) return;
    const isCopied = await copyText(item.content);
    this.announcer.tell(this.t(isCopied ? 'outbox.copy-done' : 'outbox.copy-failed'));
    if (isCopied) this.copied = item.id;
    else if (from instanceof HTMLTextAreaElement) from.select();
    else selectText(from);
  }

  readonly #onChoose = (id: BookingId): void => {
    if (this.dispatchEvent(new SessionChooseRequestEvent(id))) this.bookingId = id;
  };

  /** What the device keeps is there again after a reload; the rest would be lost. */
  readonly #onBeforeUnload = (event: BeforeUnloadEvent): void => {
    const client = this.source.current;
    const keeping = this.#keeping.value;
    const unsent = client?.getSnapshot().unsent ?? [];
    const items = unsent.flatMap(({ bookingId }) => {
      const { drafts = [], outbox = [] } = client?.session(bookingId).getSnapshot() ?? {};
      return [...outbox, ...drafts.filter(({ content }) => content.trim() !== '')];
    });
    if (items.some((item) => !isSafe(keptOf(item, keeping, this.now)))) event.preventDefault();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'note-composer': NoteComposer;
  }
}

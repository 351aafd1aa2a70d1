import type { Session, SessionClient, SessionView } from '@active-session/core';
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { headingOfOne } from '../provider-notes/sections.js';
import { UnreadWatch } from '../provider-notes/unread.controller.js';
import { unreadOf, type Unread } from '../provider-notes/unread.js';
import { chevronDownIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';

/** How far a finger goes before it is a swipe and not a press, in px. */
const SWIPE = 24;

/** The notes below the call where there is no room beside it: a sheet that its handle, a button, folds and unfolds. */
export class NotesSheet implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #watch: UnreadWatch;
  #isOpen = false;
  #session: Session | undefined;
  #unread: Unread | undefined;
  /** Where a finger came down on the handle. */
  #from: number | null = null;
  #swiped = false;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#watch = new UnreadWatch(host);
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  hostDisconnected(): void {
    this.#session = undefined;
  }

  /** Call it before each render. Another session begins folded. */
  follow(client: SessionClient | undefined, session: Session | undefined, view: SessionView | undefined): void {
    if (session !== this.#session) {
      if (this.#session !== undefined) this.#isOpen = false;
      this.#session = session;
    }
    const reads = session !== undefined && client !== undefined && view?.role === 'patient';
    this.#unread = reads ? unreadOf(session, client.readMarks) : undefined;
    this.#watch.follow(this.#unread === undefined ? [] : [this.#unread]);
    if (view !== undefined && view.notes.state !== 'loading') this.#unread?.meet(view.notes.notes);
  }

  /**
   * Call it after each render. Folded notes say nothing themselves, so this gives what came and is to be said in their
   * place; empty for nothing.
   */
  news(localize: Localize): string {
    return this.#isOpen || this.#handle?.checkVisibility() !== true ? '' : this.#watch.news(localize);
  }

  /** The handle; the notes come after it. */
  template(view: SessionView, localize: Localize): TemplateResult {
    const count = view.notes.notes.length;
    const unread = this.#unread?.notes.size ?? 0;
    return html`<button
      class="handle"
      part="notes-handle"
      aria-expanded=${this.#isOpen ? 'true' : 'false'}
      aria-controls="notes"
      @click=${this.#onClick}
      @pointerdown=${this.#onDown}
      @pointerup=${this.#onUp}
      @pointercancel=${this.#onCancel}
    >
      ${chevronDownIcon()}
      <span class="title">${headingOfOne(view, localize)}</span>
      ${unread === 0 ? nothing : html`<span class="badge new">${localize.t('notes.unread', unread)}</span>`}
      ${count === 0 ? nothing : html`<bdi class="count small muted">${localize.t('notes.count', count)}</bdi>`}
    </button>`;
  }

  readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.#isOpen) return;
    if (this.#handle?.checkVisibility() !== true) return;
    event.preventDefault();
    this.#turn(false);
    // What had the focus folds away.
    this.#handle.focus();
  };

  readonly #onClick = (): void => {
    if (!this.#swiped) this.#turn(!this.#isOpen);
    this.#swiped = false;
  };

  readonly #onDown = ({ clientY }: PointerEvent): void => {
    this.#from = clientY;
    this.#swiped = false;
  };

  readonly #onUp = ({ clientY }: PointerEvent): void => {
    const way = this.#from === null ? 0 : clientY - this.#from;
    this.#from = null;
    if (Math.abs(way) < SWIPE) return;
    this.#swiped = true;
    this.#turn(way < 0);
  };

  readonly #onCancel = (): void => {
    this.#from = null;
  };

  #turn(open: boolean): void {
    this.#isOpen = open;
    this.#host.requestUpdate();
    if (open) void this.#host.updateComplete.then(() => this.#showNewest());
  }

  /** The notes are read from the newest on where one came, else from the first. */
  #showNewest(): void {
    const scroller = this.#handle?.parentElement?.querySelector('.scroller');
    if ((this.#unread?.notes.size ?? 0) > 0) scroller?.scrollTo({ top: scroller.scrollHeight });
  }

  get #handle(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.handle') ?? null;
  }
}

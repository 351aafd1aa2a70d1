import {
  DEFAULT_WINDOW_POLICY,
  MOST_GUESTS,
  permit,
  type BookingCommand,
  type BookingId,
  type ClientView,
  type Party,
  type SessionClient,
  type SessionView,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { copyText } from '../shared/clipboard.js';
import { defineElement } from '../shared/define-element.js';
import { guestsAmong, guestWords } from '../shared/guests.js';
import { userPlusIcon } from '../shared/icons.js';
import { KeptFocus } from '../shared/kept-focus.controller.js';
import { pageAddress } from '../shared/page-address.js';
import { knownId, nameIn } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { guestLink } from './guest-link.js';
import { guestListTemplate, removeTemplate } from './guest-list.js';
import { GuestNews } from './guest-news.js';
import { GuestTasks, type GuestAct } from './guest-tasks.js';
import { inviteTemplate } from './invite-dialog.js';
import { sessionGuestsStyles } from './session-guests.styles.js';

/**
 * Guests of one session, for its provider: invite an interpreter or a relative by a link, let them in, ask them to wait,
 * remove them. It shows nothing to anybody else, and nothing where there is neither a guest nor a page for guests.
 *
 * @tag session-guests
 * @csspart invite-button - *Invite somebody*.
 * @csspart guests - The list of guests; also `guest`, each of them.
 * @csspart admit-button - *Let in*; also `hold-button`, `remove-button`.
 * @csspart dialog - The invitation, or the question before a guest is removed.
 * @csspart name - The field for the name; also `kind`, each choice.
 * @csspart create-button - *Create the link*.
 * @csspart link - The link; also `copy-button`, `share-button`.
 * @csspart confirm-button - Removes the guest.
 * @csspart close-button - Closes a dialog.
 * @csspart error - Why there is no link.
 * @cssstate waiting - A guest waits to be let in.
 */
export class SessionGuests extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, sessionGuestsStyles];

  /** The booking whose guests to show. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  /**
   * Address of the portal's page for guests, absolute or relative. A link is this address with `#` and the guest's token.
   * Without it nobody can be invited here.
   */
  @property({ attribute: 'guest-page' }) guestPage = '';

  readonly #tasks = new GuestTasks(this);
  readonly #news = new GuestNews();
  #shown: BookingId | null = null;

  constructor() {
    super();
    new KeptFocus(this, () => this.focus());
  }

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('session-guests', SessionGuests, registry);
  }

  protected override get shownId(): BookingId | null {
    const view = this.clientSnapshot.value;
    return view === undefined || this.bookingId === undefined ? null : knownId(view, this.bookingId);
  }

  protected override forget(): void {
    this.#tasks.forget();
    this.#news.forget();
  }

  /** What was entered for one session is not for another one. */
  protected override choose(): void {
    const { shownId } = this;
    if (this.#shown !== null && this.#shown !== shownId) this.#tasks.forget();
    this.#shown = shownId;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A link that nobody has passed on is no longer to be seen where the element comes back.
    this.#tasks.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const guests = this.#guests;
    this.states.set(
      'waiting',
      guests.some((one) => one.presence !== 'away' && one.admission === 'asking') ? 'waiting' : null,
    );
    const session = this.sessionSnapshot.value;
    if (session === undefined) return;
    const come = this.#news.waiting(this.shownId, guests);
    if (come.length === 0) return;
    const name = nameIn(session, this.localize);
    this.announcer.tell(come.map((one) => this.t('guest.waits', guestWords(one, this.localize), name)).join(' '));
  }

  protected override renderClient(_client: SessionClient, view: ClientView): TemplateResult {
    const session = this.sessionSnapshot.value;
    if (session?.role !== 'provider' || session.booking === null) return html``;
    const guests = this.#guests;
    const may = (command: BookingCommand): boolean => mayDo(command, view, session, this.now);
    const isInviting = view.can.guests && pageAddress(this.guestPage) !== null && may('invite');
    if (!isInviting && guests.length === 0) return html``;
    return html`<div class="area" tabindex="-1">
        ${
          guests.length === 0
            ? nothing
            : guestListTemplate(guests, {
                localize: this.localize,
                tasks: this.#tasks,
                canAdmit: view.can.admit && may('admit'),
                canRemove: view.can.guests && may('remove-guest'),
                onAct: this.#onAct,
              })
        }
        ${isInviting ? this.#renderInvite(guests.length) : nothing}
      </div>
      ${this.#renderDialogs(guests)}`;
  }

  #renderInvite(count: number): TemplateResult {
    if (count >= MOST_GUESTS) return html`<p class="full muted small">${this.t('guest.full')}</p>`;
    return html`<button
      class="button"
      part="invite-button"
      aria-haspopup="dialog"
      @click=${() => this.#tasks.show('invite')}
    >
      ${userPlusIcon()} ${this.t('guest.invite')}
    </button>`;
  }

  #renderDialogs(guests: readonly Party[]): TemplateResult {
    const { dialogs, seat } = this.#tasks;
    return html`
      <dialog part="dialog" data-name="invite" aria-labelledby="invite-title" @close=${this.#onDialogClose}>
        ${dialogs.open === 'invite' ? this.#renderInvitation() : nothing}
      </dialog>
      <dialog part="dialog" data-name="remove" aria-labelledby="remove-title" @close=${dialogs.onClose}>
        ${
          dialogs.open === 'remove'
            ? removeTemplate(
                guests.find((one) => one.seat === seat),
                { localize: this.localize, tasks: this.#tasks, onRemove: this.#onRemove },
              )
            : nothing
        }
      </dialog>
    `;
  }

  #renderInvitation(): TemplateResult {
    return inviteTemplate({
      localize: this.localize,
      tasks: this.#tasks,
      link: this.#link,
      canShare: 'share' in navigator,
      onInvite: () => void this.#onInvite(),
      onCopy: () => void this.#onCopy(),
      onShare: () => void this.#onShare(),
      onClose: () => this.#tasks.close(),
    });
  }

  get #guests(): readonly Party[] {
    const session = this.sessionSnapshot.value;
    return session?.role === 'provider' ? guestsAmong(session.parties) : [];
  }

  get #link(): string | null {
    const { invitation } = this.#tasks;
    return invitation === null ? null : guestLink(this.guestPage, invitation.token);
  }

  readonly #onAct = (act: GuestAct, seat: string): void => {
    const { shownId } = this;
    const client = this.source.current;
    if (act === 'remove') this.#tasks.show('remove', seat);
    else if (client !== undefined && shownId !== null) void this.#tasks.run(client, shownId, { act, seat });
  };

  readonly #onRemove = (): void => {
    const { shownId } = this;
    const { seat } = this.#tasks;
    const client = this.source.current;
    if (client === undefined || shownId === null || seat === null) return;
    void this.#tasks.run(client, shownId, { act: 'remove', seat });
  };

  async #onInvite(): Promise<void> {
    const { shownId } = this;
    const client = this.source.current;
    if (client === undefined || shownId === null) return;
    const invitation = await this.#tasks.invite(client, shownId);
    await this.updateComplete;
    const next = invitation !== null ? '#invite-title' : this.#tasks.isNameMissing ? '#name' : '#problem';
    this.shadowRoot?.querySelector<HTMLElement>(next)?.focus();
  }

  async #onCopy(): Promise<void> {
    const link = this.#link;
    if (link === null) return;
    this.#tasks.copied = await copyText(link);
    if (!this.#tasks.copied) this.shadowRoot?.querySelector<HTMLInputElement>('#link')?.select();
    this.requestUpdate();
  }

  async #onShare(): Promise<void> {
    const link = this.#link;
    // Who closes the sheet of the system has changed their mind; the link is still there to copy.
    if (link !== null) await navigator.share({ url: link }).catch(() => undefined);
  }

  readonly #onDialogClose = (event: Event): void => {
    this.#tasks.dialogs.onClose(event);
    if (this.#tasks.dialogs.open !== 'invite') this.#tasks.close();
  };

  /** Takes the focus to the guests. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('.area')?.focus(options);
  }
}

function mayDo(command: BookingCommand, { me }: ClientView, { booking, role }: SessionView, now: number): boolean {
  if (booking === null) return false;
  const { attendance = [] } = booking;
  const policy = me?.policy ?? DEFAULT_WINDOW_POLICY;
  return permit(command, { booking, attendance, now, policy, role }).is === 'allowed';
}

declare global {
  interface HTMLElementTagNameMap {
    'session-guests': SessionGuests;
  }
}

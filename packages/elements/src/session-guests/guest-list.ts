import { admissionOf, isAdmitted, type Party } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { errorWords } from '../shared/error-words.js';
import { guestWords } from '../shared/guests.js';
import { xIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import type { GuestAct, GuestTasks } from './guest-tasks.js';

export interface GuestListOptions {
  readonly localize: Localize;
  readonly tasks: GuestTasks;
  /** Letting in and asking to wait. */
  readonly canAdmit: boolean;
  readonly canRemove: boolean;
  readonly onAct: (act: GuestAct, seat: string) => void;
}

/** Everybody who was invited, how they stand, and what can be done about it. */
export function guestListTemplate(guests: readonly Party[], options: GuestListOptions): TemplateResult {
  return html`<ul class="guests" part="guests" aria-label=${options.localize.t('guest.list')}>
    ${repeat(
      guests,
      ({ seat }) => seat,
      (guest) => guestTemplate(guest, options),
    )}
  </ul>`;
}

export type GuestStatus = 'invited' | 'asking' | 'held' | 'admitted' | 'in-call';

export function statusOf(guest: Party): GuestStatus {
  if (guest.presence === 'away') return 'invited';
  return guest.presence === 'in-call' && isAdmitted(guest) ? 'in-call' : admissionOf(guest);
}

function guestTemplate(guest: Party, options: GuestListOptions): TemplateResult {
  const { localize, tasks, canAdmit, canRemove } = options;
  const status = statusOf(guest);
  const work = tasks.workOf(guest.seat);
  const words = work?.error && work.act !== 'remove' ? errorWords(work.error, localize) : null;
  return html`<li class="guest" part="guest" data-status=${status}>
    <p class="whom">
      <b><bdi>${guestWords(guest, localize)}</bdi></b>
      <span class="muted small">${localize.t(work?.error === null ? 'guest.working' : `guest.status-${status}`)}</span>
    </p>
    <div class="actions">
      ${canAdmit && (status === 'asking' || status === 'held') ? actTemplate('admit', guest, options) : nothing}
      ${canAdmit && status !== 'invited' && status !== 'held' ? actTemplate('hold', guest, options) : nothing}
      ${canRemove ? actTemplate('remove', guest, options) : nothing}
    </div>
    ${words === null ? nothing : html`<p class="wrong small" role="alert">${words.title} ${words.help}</p>`}
  </li>`;
}

/** Two of them may stand below each other: by its name alone a button says whom it is about. */
function actTemplate(act: GuestAct, guest: Party, { localize, tasks, onAct }: GuestListOptions): TemplateResult {
  const isWorking = tasks.workOf(guest.seat)?.error === null;
  const label = localize.t(`guest.${act}`);
  return html`<button
    class="button ${act === 'admit' ? 'primary' : act === 'remove' ? 'icon-only' : ''}"
    part=${act === 'admit' ? 'admit-button' : act === 'hold' ? 'hold-button' : 'remove-button'}
    aria-label="${label}: ${guest.name}"
    title=${act === 'remove' ? label : nothing}
    aria-haspopup=${act === 'remove' ? 'dialog' : nothing}
    aria-disabled=${isWorking ? 'true' : 'false'}
    @click=${() => onAct(act, guest.seat)}
  >
    ${act === 'remove' ? html`${xIcon()}<span class="visually-hidden">${label}</span>` : label}
  </button>`;
}

export function removeTemplate(
  guest: Party | undefined,
  { localize, tasks, onRemove }: Pick<GuestListOptions, 'localize' | 'tasks'> & { readonly onRemove: () => void },
): TemplateResult {
  const work = guest === undefined ? undefined : tasks.workOf(guest.seat);
  const words = work?.error ? errorWords(work.error, localize) : null;
  // Under the question they may have been removed on another page.
  const title = guest === undefined ? localize.t('guest.void') : localize.t('guest.remove-question', guest.name);
  return html`<div class="stack">
    <h2 id="remove-title" tabindex="-1"><bdi>${title}</bdi></h2>
    ${guest === undefined ? nothing : html`<p>${localize.t('guest.remove-help')}</p>`}
    ${words === null ? nothing : html`<p class="wrong" role="alert">${words.title} ${words.help}</p>`}
    <div class="actions wide">
      ${
        guest === undefined
          ? nothing
          : html`<button
              class="button danger"
              part="confirm-button"
              aria-disabled=${work?.error === null ? 'true' : 'false'}
              @click=${onRemove}
            >
              ${localize.t(work?.error === null ? 'guest.working' : 'guest.remove')}
            </button>`
      }
      <button class="button" part="close-button" @click=${() => tasks.dialogs.close()}>
        ${localize.t('action.back')}
      </button>
    </div>
  </div>`;
}

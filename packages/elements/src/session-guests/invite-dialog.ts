import { guestKindSchema, type GuestKind, type Invitation } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { errorWords } from '../shared/error-words.js';
import type { Localize } from '../shared/localize.controller.js';
import { problemNotice } from '../shared/problem.js';
import { guestWords } from '../shared/guests.js';
import type { GuestTasks } from './guest-tasks.js';

export interface InviteOptions {
  readonly localize: Localize;
  readonly tasks: GuestTasks;
  /** The guest's link, once there is one. */
  readonly link: string | null;
  readonly canShare: boolean;
  readonly onInvite: () => void;
  readonly onCopy: () => void;
  readonly onShare: () => void;
  readonly onClose: () => void;
}

/** First whom, then their link. The heading has the focus, so that a second Enter does nothing. */
export function inviteTemplate(options: InviteOptions): TemplateResult {
  const { invitation } = options.tasks;
  return invitation === null ? whomTemplate(options) : linkTemplate(invitation, options);
}

function whomTemplate({ localize, tasks, onInvite, onClose }: InviteOptions): TemplateResult {
  const { error, isInviting, isNameMissing } = tasks;
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    onInvite();
  };
  const words = error === null ? null : errorWords(error, localize);
  return html`<form class="stack" novalidate @submit=${onSubmit}>
    <h2 id="invite-title" tabindex="-1">${localize.t('guest.invite-title')}</h2>
    ${words === null ? nothing : problemNotice({ text: whyNot(error?.code === 'conflict', words, localize) })}
    <div class="wide field" ?data-wrong=${isNameMissing}>
      <label for="name">${localize.t('guest.name')}</label>
      <p class="muted small" id="name-hint">${localize.t('guest.name-hint')}</p>
      ${isNameMissing ? html`<p class="wrong" id="name-wrong">${localize.t('guest.name-missing')}</p>` : nothing}
      <input
        id="name"
        part="name"
        type="text"
        maxlength="100"
        autocomplete="off"
        dir="auto"
        aria-describedby="name-hint name-wrong"
        aria-invalid=${isNameMissing ? 'true' : 'false'}
        .value=${live(tasks.name)}
        @input=${(event: InputEvent) => {
          if (event.target instanceof HTMLInputElement) tasks.enter({ name: event.target.value });
        }}
      />
    </div>
    <fieldset class="wide">
      <legend>${localize.t('guest.kind')}</legend>
      ${guestKindSchema.options.map((kind) => kindTemplate(kind, localize, tasks))}
    </fieldset>
    <div class="actions wide">
      <button class="button primary" part="create-button" aria-disabled=${isInviting ? 'true' : 'false'}>
        ${localize.t(isInviting ? 'guest.creating' : 'guest.create')}
      </button>
      <button class="button" type="button" part="close-button" @click=${onClose}>${localize.t('action.back')}</button>
    </div>
  </form>`;
}

/** A second guest may have been invited on another page. */
function whyNot(isFull: boolean, { title, help }: { title: string; help: string }, localize: Localize): string {
  return isFull ? localize.t('guest.full') : `${title} ${help}`.trim();
}

function kindTemplate(kind: GuestKind, localize: Localize, tasks: GuestTasks): TemplateResult {
  return html`<label class="choice">
    <input
      type="radio"
      name="kind"
      part="kind"
      value=${kind}
      .checked=${live(tasks.kind === kind)}
      @change=${() => tasks.enter({ kind })}
    />
    ${localize.t(`guest.${kind}`)}
  </label>`;
}

function linkTemplate({ guest }: Invitation, options: InviteOptions): TemplateResult {
  const { localize, tasks, link, canShare, onCopy, onShare, onClose } = options;
  const { copied } = tasks;
  return html`<div class="stack">
    <h2 id="invite-title" tabindex="-1"><bdi>${localize.t('guest.link-title', guestWords(guest, localize))}</bdi></h2>
    <p>${localize.t('guest.link-help')}</p>
    <div class="wide field">
      <label for="link">${localize.t('guest.link')}</label>
      <input id="link" part="link" type="text" readonly dir="ltr" .value=${link ?? ''} />
      <p class="muted small">${localize.t('guest.link-once')}</p>
    </div>
    <div class="actions wide">
      <button class="button primary" part="copy-button" @click=${onCopy}>${localize.t('guest.copy')}</button>
      ${
        canShare
          ? html`<button class="button" part="share-button" @click=${onShare}>${localize.t('guest.share')}</button>`
          : nothing
      }
      <button class="button" part="close-button" @click=${onClose}>${localize.t('guest.done')}</button>
    </div>
    <p class="wide outcome" role="status">
      ${copied === null ? nothing : localize.t(copied ? 'guest.copied' : 'guest.copy-failed')}
    </p>
  </div>`;
}

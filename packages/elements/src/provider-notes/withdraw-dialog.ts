import type { SessionError } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { errorWords } from '../shared/error-words.js';
import { circleAlertIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';

export interface WithdrawOptions {
  readonly localize: Localize;
  /** Who would see it no longer. */
  readonly name: string;
  /** What the note says. */
  readonly content: string;
  readonly isSending: boolean;
  /** Why it did not work. */
  readonly error: SessionError | null;
  readonly onYes: () => void;
  readonly onNo: () => void;
  readonly onClose: (event: Event) => void;
}

/** Asks before a note is taken out of the patient's sight. */
export function withdrawTemplate(options: WithdrawOptions): TemplateResult {
  const { localize, name, content, isSending, error, onYes, onNo, onClose } = options;
  const label = isSending ? 'notes.withdrawing' : error === null ? 'notes.withdraw' : 'action.try-again';
  return html`<dialog part="withdraw-dialog" data-name="withdraw" aria-labelledby="withdraw-question" @close=${onClose}>
    <div class="stack">
      <h2 id="withdraw-question" tabindex="-1">${localize.t('notes.withdraw-question')}</h2>
      <p class="quote wide" dir="auto">${content}</p>
      <p><bdi>${localize.t('notes.withdraw-help', name)}</bdi></p>
      <div class="wide" role="alert">${error === null ? nothing : failure(error, localize)}</div>
      <div class="actions">
        <button
          class="button danger"
          type="button"
          part="confirm-withdraw-button"
          aria-disabled=${isSending ? 'true' : 'false'}
          @click=${onYes}
        >
          ${localize.t(label)}
        </button>
        <button class="button" type="button" @click=${onNo}>${localize.t('notes.withdraw-no')}</button>
      </div>
    </div>
  </dialog>`;
}

function failure(error: SessionError, localize: Localize): TemplateResult {
  const { title, help } = errorWords(error, localize);
  return html`<div class="notice danger">
    ${circleAlertIcon()}
    <p>${localize.t('notes.withdraw-failed')} ${title} ${help}</p>
  </div>`;
}

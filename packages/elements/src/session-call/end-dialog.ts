import type { PartyRole } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.controller.js';

export interface EndDialogOptions {
  readonly localize: Localize;
  readonly name: string;
  readonly role: PartyRole;
  /** Until when one can come back, in words; null: no time to say. */
  readonly until: string | null;
  readonly canLeave: boolean;
  readonly canEnd: boolean;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
  readonly onBack: () => void;
  readonly onClose: (event: Event) => void;
}

/** The one question of *End Call*. Its heading has the focus, so that a second Enter does nothing. */
export function endDialogTemplate(options: EndDialogOptions): TemplateResult {
  const { localize, name, role, until, canLeave, canEnd } = options;
  const comeBack = until === null ? localize.t('end.leave-help-no-time') : localize.t('end.leave-help', until);
  const forBoth = localize.t(role === 'provider' ? 'end.end-help-provider' : 'end.end-help', name);
  return html`
    <dialog
      part="end-dialog"
      class="end-dialog"
      data-name="end"
      aria-labelledby="end-question"
      @close=${options.onClose}
    >
      <div class="stack">
        <h2 id="end-question" tabindex="-1">${localize.t(canLeave ? 'end.question' : 'end.question-end')}</h2>
        ${canLeave ? choice('leave', '', localize.t('end.leave'), comeBack, options.onLeave) : nothing}
        ${canEnd ? choice('end', 'danger', localize.t('end.end'), forBoth, options.onEnd) : nothing}
        <button class="button plain" @click=${options.onBack}>
          ${localize.t(canLeave ? 'end.back' : 'action.back')}
        </button>
      </div>
    </dialog>
  `;
}

function choice(id: 'leave' | 'end', kind: string, label: string, help: string, onClick: () => void): TemplateResult {
  return html`<div class="wide choice">
    <button
      class="button ${kind}"
      part=${id === 'leave' ? 'leave-button' : 'end-button'}
      aria-describedby="${id}-help"
      @click=${onClick}
    >
      ${label}
    </button>
    <p class="muted small" id="${id}-help">${help}</p>
  </div>`;
}

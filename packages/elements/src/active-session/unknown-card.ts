import type { SessionError } from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import { errorWords } from '../shared/error-words.js';
import { circleAlertIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';

export function loadingTemplate(localize: Localize): TemplateResult {
  return html`<div class="card stack" aria-busy="true">
    <span class="visually-hidden">${localize.t('client.loading')}</span>
    <div class="skeleton loading-person wide"></div>
    <div class="skeleton loading-line wide"></div>
    <div class="skeleton loading-line wide"></div>
  </div>`;
}

/** What could not be read, what to do, and a way to try again. */
export function failureTemplate(
  title: string,
  error: SessionError | null,
  { localize, onRetry }: { readonly localize: Localize; readonly onRetry: () => void },
): TemplateResult {
  return html`<div class="card">
    <div class="notice warning" part="error">
      ${circleAlertIcon()}
      <p>${title} ${errorWords(error, localize).help}</p>
      <button class="button" @click=${onRetry}>${localize.t('action.try-again')}</button>
    </div>
  </div>`;
}

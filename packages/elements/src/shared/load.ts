import type { SessionError } from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import { errorWords } from './error-words.js';
import { circleAlertIcon } from './icons.js';
import type { Localize } from './localize.controller.js';

/** Something that is read from the backend. */
export type Load<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly error: SessionError };

/** Where choices will come. */
export function loadingTemplate(text: string): TemplateResult {
  return html`<div class="wide skeletons" aria-busy="true">
    <span class="visually-hidden">${text}</span>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`;
}

/** They could not be read. */
export function failureTemplate(
  sentence: string,
  error: SessionError,
  localize: Localize,
  onReload: () => void,
): TemplateResult {
  return html`<div class="notice warning wide" part="error">
    ${circleAlertIcon()}
    <p>${sentence} ${errorWords(error, localize).help}</p>
    <button class="button" type="button" @click=${onReload}>${localize.t('action.try-again')}</button>
  </div>`;
}

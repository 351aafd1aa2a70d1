import { keptUntil, type ClientView, type OutboxItem, type SessionError, type SessionView } from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import { errorWords } from '../shared/error-words.js';
import { circleAlertIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import type { Kept } from './keeping.js';

/** Why nothing can be written; null where it can. */
export function closedWords(session: SessionView, { can }: ClientView, localize: Localize): string | null {
  if (session.canWrite) return null;
  if (session.booking === null) return localize.t('composer.gone');
  if (!can.writeNotes) return localize.t('composer.not-offered');
  return localize.t(session.phase === 'cancelled' ? 'composer.cancelled' : 'composer.closed');
}

/** Where the text is safe, once there is one; before, how it is shared. */
export function statusWords(kept: Kept | null, localize: Localize): string {
  switch (kept) {
    // How long it is kept on its last day stands in a warning of its own.
    case 'ends':
    case null:
    case 'unknown':
      return localize.t('composer.shortcut', /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘ Enter' : 'Ctrl+Enter');
    case 'saving':
      return localize.t('composer.saving');
    case 'device':
      return localize.t('composer.kept');
    case 'locked':
      return localize.t('composer.locked');
    case 'memory':
      return localize.t('composer.in-memory');
  }
}

/** Said on the last day on which the device keeps a draft. */
export function warningWords(
  draft: OutboxItem,
  kept: Kept | null,
  { localize, now }: { readonly localize: Localize; readonly now: number },
): string {
  if (kept !== 'ends') return '';
  return localize.t('composer.kept-until', localize.formats.timeBeside(keptUntil(draft), now, now));
}

export function loadingTemplate(localize: Localize): TemplateResult {
  return html`<div class="composer" aria-busy="true">
    <span class="visually-hidden">${localize.t('client.loading')}</span>
    <div class="skeleton"></div>
  </div>`;
}

export function failureTemplate(error: SessionError | null, localize: Localize, onRetry: () => void): TemplateResult {
  return html`<div class="composer">
    <div class="notice warning">
      ${circleAlertIcon()}
      <p>${localize.t('client.failed')} ${errorWords(error, localize).help}</p>
      <button class="button" type="button" @click=${onRetry}>${localize.t('action.try-again')}</button>
    </div>
  </div>`;
}

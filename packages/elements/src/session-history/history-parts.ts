import type { HistoryView, SessionError } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { moreTemplate, type HitsOptions } from '../provider-notes/search-bar.js';
import { errorWords } from '../shared/error-words.js';
import { circleAlertIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import { isFiltered } from './filter-bar.js';

export function loadingTemplate(localize: Localize): TemplateResult {
  return html`<div class="skeletons" aria-busy="true">
    <span class="visually-hidden">${localize.t('history.loading')}</span>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`;
}

/** Why there is no history to be had. */
export function whyTemplate(
  why: 'choose' | 'no-patient' | 'not-yours' | 'not-offered',
  localize: Localize,
): TemplateResult {
  if (why !== 'no-patient') return html`<p class="empty" part="empty">${localize.t(`history.${why}`)}</p>`;
  return html`<p class="empty" part="empty">
    <strong>${localize.t('history.no-patient')}</strong> ${localize.t('history.no-patient-help')}
  </p>`;
}

export function emptyTemplate(localize: Localize): TemplateResult {
  return html`<p class="empty" part="empty">
    <strong>${localize.t('history.empty')}</strong> ${localize.t('history.empty-help')}
  </p>`;
}

export function noneFitsTemplate(localize: Localize, onClear: () => void): TemplateResult {
  return html`<div class="empty" part="empty">
    <strong>${localize.t('history.none-fits')}</strong> ${localize.t('history.none-fits-help')}
    <p><button class="button" @click=${onClear}>${localize.t('history.clear')}</button></p>
  </div>`;
}

export function failureTemplate(
  said: 'history.failed' | 'history.stale',
  error: SessionError | null,
  { localize, onRetry }: { readonly localize: Localize; readonly onRetry: () => void },
): TemplateResult {
  return html`<div class="notice warning" part="error">
    ${circleAlertIcon()}
    <p>${localize.t(said)} ${errorWords(error, localize).help}</p>
    <button class="button" @click=${onRetry}>${localize.t('action.try-again')}</button>
  </div>`;
}

/** Several fields of one session can be wrong; a person counts sessions. */
export function unreadableTemplate({ problems }: HistoryView, localize: Localize): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  const count = new Set(problems.map(({ path }) => /\d+/.exec(path)?.[0] ?? path)).size;
  return html`<p class="small muted">${localize.t('history.unreadable', count)}</p>`;
}

/** More sessions come here. */
export function endTemplate({ isReading }: HistoryView, localize: Localize, onMore: () => void): TemplateResult {
  return html`<div class="end" id="end">
    <button class="button more" part="more-button" aria-disabled=${isReading ? 'true' : 'false'} @click=${onMore}>
      ${localize.t(isReading ? 'history.loading' : 'history.more')}
    </button>
  </div>`;
}

interface Hits extends Pick<HitsOptions, 'localize' | 'query' | 'count'> {
  /** How many sessions have been looked through, where there are more; else null. */
  readonly searched: number | null;
}

/** What a search found, in words; nothing while nobody knows. */
export function hitsSentence({ localize, query, count, searched }: Hits): string {
  const words = query.trim();
  if (count > 0) return localize.t('history.hits', count, words);
  return searched === null ? localize.t('history.no-hits', words) : '';
}

export function hitsTemplate(options: Hits & { readonly onAll: () => void }): TemplateResult {
  const { localize, count, searched, onAll } = options;
  return html`<div class="hits" part="hits">
    <p>
      <bdi>${hitsSentence(options)}</bdi>
      ${count === 0 && searched === null ? localize.t('notes.no-hits-help') : nothing}
      ${searched === null ? nothing : localize.t('history.searched', searched)}
    </p>
    <button class="button plain" @click=${onAll}>${localize.t('history.show-all')}</button>
  </div>`;
}

export const moreHitsTemplate = moreTemplate;

/** What a filter left, in words. */
export function countSentence({ sessions, isComplete, filter }: HistoryView, localize: Localize): string {
  if (sessions.length > 0) return isComplete ? localize.t('history.count', sessions.length) : '';
  return localize.t(isFiltered(filter) ? 'history.none-fits' : 'history.empty');
}

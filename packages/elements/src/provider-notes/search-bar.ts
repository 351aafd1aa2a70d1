import { html, nothing, type TemplateResult } from 'lit';
import { searchIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';

export interface SearchBarOptions {
  readonly localize: Localize;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** What is searched in; notes where it is left out. */
  readonly label?: string;
}

/** The field to search in. Escape empties it. */
export function searchBarTemplate(options: SearchBarOptions): TemplateResult {
  const { localize, query, onQuery } = options;
  const label = options.label ?? localize.t('notes.search');
  const onInput = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) onQuery(target.value);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || query === '') return;
    // A dialog around it does not close by the same key.
    event.stopPropagation();
    event.preventDefault();
    onQuery('');
  };
  return html`<search class="search">
    ${searchIcon()}
    <input
      type="search"
      part="search"
      dir="auto"
      autocomplete="off"
      aria-label=${label}
      placeholder=${label}
      .value=${query}
      @input=${onInput}
      @keydown=${onKey}
    />
  </search>`;
}

export interface HitsOptions {
  readonly localize: Localize;
  readonly query: string;
  readonly count: number;
  /** How many of how many sessions have been looked through, where it is not all. */
  readonly progress: { readonly known: number; readonly total: number } | null;
  readonly onAll: () => void;
}

/** What a search found, in words. */
export function hitsSentence({ localize, query, count, progress }: Omit<HitsOptions, 'onAll'>): string {
  const words = query.trim();
  if (count > 0) return localize.t('notes.hits', count, words);
  return progress === null ? localize.t('notes.no-hits', words) : '';
}

export function hitsTemplate(options: HitsOptions): TemplateResult {
  const { localize, count, progress, onAll } = options;
  return html`<div class="hits" part="hits">
    <p>
      <bdi>${hitsSentence(options)}</bdi>
      ${count === 0 && progress === null ? localize.t('notes.no-hits-help') : nothing}
      ${progress === null ? nothing : localize.t('notes.searching', progress.known, progress.total)}
    </p>
    <button class="button plain" @click=${onAll}>${localize.t('notes.show-all')}</button>
  </div>`;
}

export function moreTemplate(count: number, localize: Localize, onMore: () => void): TemplateResult {
  return html`<button class="button more" @click=${onMore}>${localize.t('notes.more', count)}</button>`;
}

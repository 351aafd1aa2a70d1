import { html, nothing, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.controller.js';
import { skeletonTemplate } from './note-list.js';
import { searchBarTemplate } from './search-bar.js';

export interface HeadOptions {
  readonly localize: Localize;
  readonly heading: string;
  /** How many notes there are; null while nobody knows. */
  readonly count: number | null;
  readonly unread: number;
}

export function headTemplate({ localize, heading, count, unread }: HeadOptions): TemplateResult {
  return html`<header>
    <h2 id="heading" part="heading"><bdi>${heading}</bdi></h2>
    <p class="counts">
      ${unread > 0 ? html`<bdi class="new" part="unread">${localize.t('notes.unread', unread)}</bdi>` : nothing}
      ${count === null || count === 0 ? nothing : html`<bdi class="small muted">${localize.t('notes.count', count)}</bdi>`}
    </p>
  </header>`;
}

export interface ToolsOptions {
  readonly localize: Localize;
  readonly query: string;
  /** Null where there is too little to search in. */
  readonly onQuery: ((query: string) => void) | null;
  readonly onCopyAll: (() => void) | null;
  readonly onPrint: (() => void) | null;
}

/** What can be done with the notes, quieter than the notes. */
export function toolsTemplate(options: ToolsOptions): TemplateResult | typeof nothing {
  const { localize, query, onQuery, onCopyAll, onPrint } = options;
  if (onQuery === null && onCopyAll === null && onPrint === null) return nothing;
  const button = (label: string, onPress: (() => void) | null): TemplateResult | typeof nothing =>
    onPress === null ? nothing : html`<button class="button plain quiet" @click=${onPress}>${label}</button>`;
  return html`<div class="tools" part="tools">
    ${onQuery === null ? nothing : searchBarTemplate({ localize, query, onQuery })}
    <div class="acts">
      ${button(localize.t('notes.copy-all'), onCopyAll)} ${button(localize.t('notes.print'), onPrint)}
    </div>
  </div>`;
}

/** Leads to new notes that are not in view. It takes no room. */
export function jumpTemplate(count: number, localize: Localize, onJump: () => void): TemplateResult {
  return html`<div class="jump">
    ${
      count === 0
        ? nothing
        : html`<button class="button primary" part="jump-button" @click=${onJump}>
            <bdi>${localize.t('notes.jump', count)}</bdi>
          </button>`
    }
  </div>`;
}

/** What is said while there is no connection: as of when this is. */
export function troubleTemplate(asOf: string, localize: Localize): TemplateResult {
  return html`<p class="small muted" part="trouble">${localize.t('client.offline')} ${asOf}</p>`;
}

/** More sessions come here. */
export function endTemplate(localize: Localize): TemplateResult {
  return html`<div id="end">${skeletonTemplate(localize.t('notes.loading-earlier'))}</div>`;
}

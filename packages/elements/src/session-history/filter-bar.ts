import type { HistoryFilter, NoteKind } from '@active-session/core';
import { noteKindSchema } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { searchBarTemplate } from '../provider-notes/search-bar.js';
import type { Localize } from '../shared/localize.controller.js';
import { endOfDay, startOfDay } from './calendar-day.js';

export interface FilterBarOptions {
  readonly localize: Localize;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly filter: HistoryFilter;
  readonly onFilter: (filter: HistoryFilter) => void;
  /** Null where it stands elsewhere. */
  readonly onClear: (() => void) | null;
}

export function isFiltered({ from, to, kind }: HistoryFilter): boolean {
  return from !== undefined || to !== undefined || kind !== undefined;
}

/**
 * Words, days and a label. What stands in the fields of days is theirs alone: a browser empties a day that is half
 * written when it is set from outside.
 */
export function filterBarTemplate(options: FilterBarOptions): TemplateResult {
  const { localize, query, onQuery, filter, onFilter, onClear } = options;
  const { formats } = localize;
  const label = localize.t('history.search');
  return html`<div class="tools" part="tools">
    ${searchBarTemplate({ localize, query, onQuery, label })}
    <div class="filters" part="filters" role="group" aria-label=${localize.t('history.filters')}>
      ${dayField('from', localize.t('history.from'), (day) => onFilter({ ...filter, from: startOfDay(day, formats) }))}
      ${dayField('to', localize.t('history.to'), (day) => onFilter({ ...filter, to: endOfDay(day, formats) }))}
      ${labelField(options)}
      ${
        isFiltered(filter) && onClear !== null
          ? html`<button class="button plain clear" part="clear-button" @click=${onClear}>
              ${localize.t('history.clear')}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

function dayField(name: 'from' | 'to', label: string, onDay: (day: string) => void): TemplateResult {
  return html`<label class="field">
    <span>${label}</span>
    <input
      type="date"
      class="day"
      part=${name === 'from' ? 'from-field' : 'to-field'}
      name=${name}
      min="1900-01-01"
      max="2999-12-31"
      autocomplete="off"
      @change=${({ target }: Event) => {
        if (target instanceof HTMLInputElement) onDay(target.value);
      }}
    />
  </label>`;
}

function labelField({ localize, filter, onFilter }: FilterBarOptions): TemplateResult {
  const option = (value: string, text: string): TemplateResult =>
    html`<option value=${value} ?selected=${value === (filter.kind ?? '')}>${text}</option>`;
  return html`<label class="field">
    <span>${localize.t('history.label')}</span>
    <select
      class="kind-filter"
      part="label-field"
      @change=${({ target }: Event) => {
        if (target instanceof HTMLSelectElement) onFilter({ ...filter, kind: kindOf(target.value) });
      }}
    >
      ${option('', localize.t('history.label-any'))}
      ${noteKindSchema.options.map((kind) => option(kind, localize.t(`kind.${kind}`)))}
    </select>
  </label>`;
}

function kindOf(value: string): NoteKind | undefined {
  return noteKindSchema.options.find((kind) => kind === value);
}

export function emptyDays(root: ParentNode | null): void {
  for (const field of root?.querySelectorAll<HTMLInputElement>('input.day') ?? []) field.value = '';
}

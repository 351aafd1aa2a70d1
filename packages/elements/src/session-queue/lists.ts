import type { QueueItem } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { chevronDownIcon } from '../shared/icons.js';
import { entryTemplate, itemTemplate, primaryTemplate, type EntryOptions } from './entry.js';
import { guestsTemplate } from './guests-in-bar.js';
import type { KeptInSight } from './kept-in-sight.js';
import { toneOf } from './status.js';

export interface ListOptions extends EntryOptions {
  readonly items: readonly QueueItem[];
  readonly kept: KeptInSight;
}

/** What is to come, and folded below it what is over. */
export function listTemplate(options: ListOptions): TemplateResult {
  const { items, kept, localize } = options;
  if (items.length === 0) return html`<p class="muted">${localize.t('queue.empty')}</p>`;
  const isFolded = (item: QueueItem): boolean => item.isOver && !kept.has(item);
  const shown = items.filter((item) => !isFolded(item));
  const over = items.filter(isFolded);
  return html`<div class="list">
    ${shown.length === 0 ? html`<p class="muted">${localize.t('queue.none-left')}</p>` : entries(shown, options)}
    ${
      over.length === 0
        ? nothing
        : html`<details part="fold">
            <summary>${localize.t('queue.over', over.length)}</summary>
            ${entries(over, options)}
          </details>`
    }
  </div>`;
}

function entries(items: readonly QueueItem[], options: ListOptions): TemplateResult {
  return html`<ul>
    ${repeat(
      items,
      ({ booking }) => String(booking.id),
      (item) => entryTemplate(item, options),
    )}
  </ul>`;
}

/** Who matters most. */
const ORDER = ['asking', 'waiting', 'held', 'in-call', 'absent', 'left', 'late', 'next'] as const;

export function firstOf(items: readonly QueueItem[]): QueueItem | undefined {
  return ORDER.map((status) => items.find((item) => item.status === status)).find(Boolean);
}

interface BarOptions extends ListOptions {
  readonly isLoading: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** Who matters now, and how many there are. */
export function barTemplate(options: BarOptions): TemplateResult {
  const { items, kept, localize, isOpen } = options;
  const left = items.filter((item) => !item.isOver || kept.has(item));
  const first = firstOf(left) ?? left[0];
  const none = items.length === 0 ? 'queue.empty' : 'queue.none-left';
  return html`<div class="bar" part="bar">
    ${
      first === undefined
        ? html`<p class="muted">${localize.t(options.isLoading ? 'client.loading' : none)}</p>`
        : html`<div class="entry ${toneOf(first)}">
            ${itemTemplate(first, { ...options, tellsGuests: false })} ${primaryTemplate(first, options)}
          </div>`
    }
    ${guestsTemplate(left, first, options)}
    <button
      class="button"
      part="list-button"
      aria-expanded=${isOpen ? 'true' : 'false'}
      aria-controls="panel"
      @click=${options.onToggle}
    >
      ${localize.t('queue.show-all', left.length)} ${chevronDownIcon()}
    </button>
  </div>`;
}

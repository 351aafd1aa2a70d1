import type { PastSession } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { sessionItemTemplate, type SessionItem, type SessionItemOptions } from './session-item.js';
import type { Year } from './years.js';

export interface YearListOptions extends SessionItemOptions {
  readonly itemOf: (session: PastSession) => SessionItem;
  /** What changes every item. */
  readonly changes: readonly unknown[];
}

/**
 * Sessions by year, a part at a time: browsers lay a part out when it comes near the view, and only a part in which
 * something has changed, or is open, is rendered again.
 */
export function yearsTemplate(years: readonly Year[], options: YearListOptions): TemplateResult {
  return html`${repeat(
    years,
    ({ key }) => key,
    ({ name, parts }) =>
      html`<section class="year">
        ${years.length > 1 ? html`<h3><bdi>${name}</bdi></h3>` : nothing}
        ${parts.map((part) => partTemplate(part, options))}
      </section>`,
  )}`;
}

function partTemplate(part: readonly PastSession[], options: YearListOptions): TemplateResult {
  const items = part.map(options.itemOf);
  const isOpen = items.some((item) => item.isOpen);
  // Lists of notes look after themselves; they are asked each time.
  const changes = [...options.changes, ...part, isOpen ? {} : null];
  return html`<ul class="sessions part" data-size=${sizeOf(part)}>
    ${guard(changes, () =>
      repeat(
        items,
        ({ id }) => id,
        (item) => sessionItemTemplate(item, options),
      ),
    )}
  </ul>`;
}

/** For how many sessions room is kept until they are laid out. A few need none. */
function sizeOf({ length }: readonly PastSession[]): string {
  return length < 10 ? 'few' : String(Math.round(length / 10) * 10);
}

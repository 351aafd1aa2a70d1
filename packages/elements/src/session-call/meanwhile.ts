import { html, nothing, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.controller.js';

export interface MeanwhileOptions {
  readonly localize: Localize;
  /** Whether the portal has something of its own there. */
  readonly hasContent: boolean;
  /** Whether there is something to say where it has not. */
  readonly hasHint: boolean;
  readonly onContent: (hasContent: boolean) => void;
}

/** Beside the own picture while somebody waits: as high as that and no higher, so that it moves nothing. */
export function meanwhileTemplate({ localize, hasContent, hasHint, onContent }: MeanwhileOptions): TemplateResult {
  const onSlotChange = (event: Event): void => {
    if (event.target instanceof HTMLSlotElement) onContent(isFilled(event.target));
  };
  return html`<div
    class="meanwhile"
    part="meanwhile"
    role=${hasContent ? 'group' : nothing}
    aria-label=${hasContent ? localize.t('wait.meanwhile') : nothing}
    tabindex=${hasContent ? '0' : nothing}
  >
    <slot name="waiting" @slotchange=${onSlotChange}></slot>
    ${hasContent || !hasHint ? nothing : html`<p>${localize.t('wait.meanwhile-help')}</p>`}
  </div>`;
}

function isFilled(slot: HTMLSlotElement): boolean {
  return slot
    .assignedNodes({ flatten: true })
    .some((node) => node instanceof Element || node.textContent?.trim() !== '');
}

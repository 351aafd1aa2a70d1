import type { ClientView } from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import { circleAlertIcon } from './icons.js';
import type { Localize } from './localize.controller.js';

/** How many bookings came that this page can't read: a newer server has words for them that it does not know. */
export function unreadableCount({ problems }: ClientView): number {
  // Several fields of one booking can be unknown; a person counts bookings.
  return new Set(problems.map(({ path }) => path.split('.')[0])).size;
}

export function unreadableTemplate(view: ClientView, localize: Localize): TemplateResult {
  return html`<div class="notice warning wide" part="unreadable">
    ${circleAlertIcon()}
    <p>${localize.t('gate.unreadable', unreadableCount(view))} ${localize.t('gate.unreadable-help')}</p>
  </div>`;
}

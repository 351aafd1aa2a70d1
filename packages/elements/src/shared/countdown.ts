import { html, type TemplateResult } from 'lit';
import { countdown, countdownStep } from './formats.js';
import type { Localize } from './localize.controller.js';
import type { Ticker } from './ticker.controller.js';

/** The time left, in units with tabular digits. It ticks by the host's ticker and is never announced by itself. */
export function countdownTemplate(left: number, localize: Localize, ticker: Ticker): TemplateResult {
  if (left > 0) ticker.wakeIn(countdownStep(left));
  const units = countdown(left).map(({ unit, value }) => {
    const { number, word } = localize.formats.unitParts(value, unit);
    return html`<span><b>${number}</b> <small>${word}</small></span> `;
  });
  return html`<div class="countdown" part="countdown" role="timer" aria-label=${localize.t('session.opens-in')}>
    ${units}
  </div>`;
}

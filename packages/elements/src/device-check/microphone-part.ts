import type { Device } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Localize } from '../shared/localize.controller.js';
import { BOTH, changeFailedTemplate, refusedTemplate, type DevicePartOptions } from './camera-part.js';
import { choiceTemplate } from './choices.js';
import { buttonTemplate } from './failure.js';
import { LAMPS, type Hearing } from './level-meter.controller.js';

const lamps = Array.from({ length: LAMPS }, (_, index) => index);

export function microphoneTemplate(hearing: Hearing, options: DevicePartOptions): TemplateResult | typeof nothing {
  const { view } = options;
  if (view.state !== 'open') return nothing;
  return html`${bodyTemplate(hearing, options)} ${refusedTemplate('microphone', options)}
  ${choiceTemplate('microphone', options)} ${changeFailedTemplate('microphone', options)}`;
}

function bodyTemplate(hearing: Hearing, options: DevicePartOptions): TemplateResult | typeof nothing {
  const { view, localize, onStart, onTurnOn } = options;
  if (view.microphone === 'on') {
    // Its lamps are lit from outside of this rendering.
    return html`<div
        class="meter"
        part="meter"
        role="meter"
        aria-label=${localize.t('check.level')}
        aria-describedby="hearing"
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow="0"
      >
        ${repeat(lamps, () => html`<span></span>`)}
      </div>
      <p id="hearing" class=${hearing === 'silent' ? '' : 'muted'}>
        ${hearingSentence(hearing, options.devices.list, localize)}
      </p>`;
  }
  if (view.microphone === 'missing') {
    if (view.asked.microphone) return nothing;
    return buttonTemplate(localize.t('check.also-microphone'), () => onStart(BOTH));
  }
  const isOff = view.microphone === 'off';
  return html`<p>${localize.t(isOff ? 'check.microphone-off' : 'check.microphone-paused')}</p>
    ${buttonTemplate(localize.t('check.turn-on'), () => onTurnOn('microphone'))}`;
}

/** What the meter says, for those who do not see it. */
export function hearingSentence(hearing: Hearing, list: readonly Device[], localize: Localize): string {
  if (hearing === 'heard') return localize.t('check.heard');
  if (hearing === 'listening') return localize.t('check.say-something');
  const others = list.filter(({ kind, id }) => kind === 'microphone' && id !== '').length;
  return localize.t(others > 1 ? 'check.silent' : 'check.silent-one');
}

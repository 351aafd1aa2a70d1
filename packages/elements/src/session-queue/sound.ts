import { html, nothing, type TemplateResult } from 'lit';
import { volume2Icon, volumeXIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import type { ChimeState } from './chime.js';

export interface SoundOptions {
  readonly localize: Localize;
  readonly isOn: boolean;
  readonly state: ChimeState;
  readonly onTurn: (on: boolean) => void;
}

/** Turns the sound on and off; where the browser holds it back, asks for the press that it waits for. */
export function soundTemplate({ localize, isOn, state, onTurn }: SoundOptions): TemplateResult | typeof nothing {
  if (state === 'missing') return nothing;
  if (isOn && state === 'blocked') {
    return html`<button class="button sound" part="sound-button" @click=${() => onTurn(true)}>
      ${volumeXIcon()} ${localize.t('queue.sound-allow')}
    </button>`;
  }
  return html`<button
    class="button sound"
    part="sound-button"
    role="switch"
    aria-checked=${isOn ? 'true' : 'false'}
    aria-label=${localize.t('queue.sound-label')}
    @click=${() => onTurn(!isOn)}
  >
    ${isOn ? volume2Icon() : volumeXIcon()} ${localize.t('queue.sound')}
  </button>`;
}

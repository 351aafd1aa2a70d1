import type { CallView, TrackState } from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import { micIcon, micOffIcon, phoneOffIcon, videoIcon, videoOffIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';

export interface ControlsOptions {
  readonly localize: Localize;
  readonly onMicrophone: (on: boolean) => void;
  readonly onCamera: (on: boolean) => void;
  readonly onEnd: () => void;
}

/** The round buttons of a call. A toggle keeps its label; whether it is on is `aria-pressed`, and a word for the eye. */
export function controlsTemplate(call: CallView, options: ControlsOptions): TemplateResult {
  const { localize } = options;
  return html`
    <div class="controls" part="controls" role="group" aria-label=${localize.t('call.controls')}>
      ${toggle('microphone', call.microphone, micIcon, micOffIcon, options.onMicrophone, localize)}
      ${toggle('camera', call.camera, videoIcon, videoOffIcon, options.onCamera, localize)}
      <button
        class="control end"
        part="control end-call"
        aria-disabled=${call.state === 'leaving' ? 'true' : 'false'}
        @click=${options.onEnd}
      >
        <span class="round">${phoneOffIcon()}</span>
        <span class="label">${localize.t('call.end')}</span>
      </button>
    </div>
  `;
}

function toggle(
  name: 'microphone' | 'camera',
  state: TrackState,
  on: () => TemplateResult,
  off: () => TemplateResult,
  onToggle: (on: boolean) => void,
  localize: Localize,
): TemplateResult {
  const isOn = state === 'on';
  const word = localize.t(isOn ? 'call.on' : state === 'off' ? 'call.off' : 'call.none');
  return html`<button
    class="control"
    part="control ${name}"
    aria-pressed=${isOn ? 'true' : 'false'}
    @click=${() => onToggle(!isOn)}
  >
    <span class="round">${isOn ? on() : off()}</span>
    <span class="label">${localize.t(`call.${name}`)}</span>
    <span class="word" aria-hidden="true">${word}</span>
  </button>`;
}

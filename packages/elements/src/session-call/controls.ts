import type { CallView, TrackState } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import {
  ellipsisIcon,
  micIcon,
  micOffIcon,
  monitorOffIcon,
  monitorUpIcon,
  phoneOffIcon,
  videoIcon,
  videoOffIcon,
} from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import type { MessageKey } from '../shared/messages.js';
import { SHORTCUTS } from './shortcuts.js';

export interface ControlsOptions {
  readonly localize: Localize;
  readonly canShare: boolean;
  /** Whether the person can end the session, and so is asked; a guest leaves. */
  readonly canEnd: boolean;
  /** Whether single keys do what the buttons do. */
  readonly shortcuts: boolean;
  readonly onMicrophone: (on: boolean) => void;
  readonly onCamera: (on: boolean) => void;
  readonly onShare: (on: boolean) => void;
  readonly onMore: () => void;
  readonly onEnd: () => void;
}

const WORDS: Readonly<Record<TrackState, MessageKey>> = {
  on: 'call.on',
  off: 'call.off',
  paused: 'call.paused',
  missing: 'call.none',
};

interface Toggle {
  readonly name: 'microphone' | 'camera' | 'share';
  readonly state: TrackState;
  readonly icon: TemplateResult;
  readonly onToggle: (on: boolean) => void;
}

/** The round buttons of a call. A toggle keeps its label; whether it is on is `aria-pressed`, and a word for the eye. */
export function controlsTemplate(call: CallView, options: ControlsOptions): TemplateResult {
  const { localize, shortcuts } = options;
  const { microphone, camera, sharing } = call;
  return html`
    <div class="controls" part="controls" role="group" aria-label=${localize.t('call.controls')}>
      ${toggle(
        {
          name: 'microphone',
          state: microphone,
          icon: microphone === 'on' ? micIcon() : micOffIcon(),
          onToggle: options.onMicrophone,
        },
        options,
      )}
      ${toggle(
        {
          name: 'camera',
          state: camera,
          icon: camera === 'on' ? videoIcon() : videoOffIcon(),
          onToggle: options.onCamera,
        },
        options,
      )}
      ${
        options.canShare
          ? toggle(
              {
                name: 'share',
                state: sharing ? 'on' : 'off',
                icon: sharing ? monitorOffIcon() : monitorUpIcon(),
                onToggle: options.onShare,
              },
              options,
            )
          : nothing
      }
      <button
        class="control"
        part="control more"
        aria-haspopup="dialog"
        aria-keyshortcuts=${shortcuts ? SHORTCUTS.more : nothing}
        @click=${options.onMore}
      >
        <span class="round">${ellipsisIcon()}</span>
        <span class="label">${localize.t('call.more')}</span>
      </button>
      <button
        class="control end"
        part="control end-call"
        aria-disabled=${call.state === 'leaving' ? 'true' : 'false'}
        @click=${options.onEnd}
      >
        <span class="round">${phoneOffIcon()}</span>
        <span class="label">${localize.t(options.canEnd ? 'call.end' : 'guest.leave')}</span>
      </button>
    </div>
  `;
}

function toggle({ name, state, icon, onToggle }: Toggle, { localize, shortcuts }: ControlsOptions): TemplateResult {
  const isOn = state === 'on';
  return html`<button
    class="control ${name}"
    part="control ${name}"
    aria-pressed=${isOn ? 'true' : 'false'}
    aria-keyshortcuts=${shortcuts ? SHORTCUTS[name] : nothing}
    @click=${() => onToggle(!isOn)}
  >
    <span class="round">${icon}</span>
    <span class="label">${localize.t(`call.${name}`)}</span>
    <span class="word" aria-hidden="true">${localize.t(WORDS[state])}</span>
  </button>`;
}

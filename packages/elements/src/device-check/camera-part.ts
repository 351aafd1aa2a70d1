import type { DeviceCheckView, MediaRequest } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { deviceWords, kindOf } from '../shared/error-words.js';
import { videoOffIcon } from '../shared/icons.js';
import { choiceTemplate, type ChoiceOptions } from './choices.js';
import { buttonTemplate, failureTemplate } from './failure.js';

export const BOTH: MediaRequest = { microphone: true, camera: true };

export interface DevicePartOptions extends ChoiceOptions {
  readonly onStart: (request?: MediaRequest) => void;
  readonly onTurnOn: (kind: 'camera' | 'microphone') => void;
}

/** The person's own picture, in a place that is kept for it from the beginning. */
export function cameraTemplate(options: DevicePartOptions): TemplateResult {
  const { view } = options;
  const isOn = view.state === 'open' && view.camera === 'on';
  return html`
    ${
      view.state === 'refused'
        ? nothing
        : html`<div class="picture ${isOn ? 'on' : ''}" part="picture">
            <video
              class=${facesAway(view) ? '' : 'mirrored'}
              aria-label=${options.localize.t('check.picture')}
              ?hidden=${!isOn}
              .muted=${true}
              autoplay
              playsinline
              disablepictureinpicture
            ></video>
            ${isOn ? nothing : html`<div class="instead">${insteadOfPicture(options)}</div>`}
          </div>`
    }
    ${refusedTemplate('camera', options)} ${view.state === 'open' ? choiceTemplate('camera', options) : nothing}
    ${changeFailedTemplate('camera', options)}
  `;
}

function insteadOfPicture({ view, localize, onStart, onTurnOn }: DevicePartOptions): unknown {
  if (view.state === 'closed') return buttonTemplate(localize.t('check.start'), () => onStart(), 'primary');
  if (view.state === 'asking') {
    return html`<p><b>${localize.t('check.opening')}</b></p>
      <p class="muted">${localize.t('check.opening-help')}</p>`;
  }
  if (view.camera === 'off' || view.camera === 'paused') {
    return html`${videoOffIcon()}
      <p>${localize.t(view.camera === 'off' ? 'check.camera-off' : 'check.camera-paused')}</p>
      ${buttonTemplate(localize.t('check.turn-on'), () => onTurnOn('camera'))}`;
  }
  return html`${videoOffIcon()}
    <p>${localize.t('check.no-picture')}</p>
    ${view.asked.camera ? nothing : buttonTemplate(localize.t('check.also-camera'), () => onStart(BOTH))}`;
}

/** One of the two can't be had, while the other one can. */
export function refusedTemplate(
  kind: 'camera' | 'microphone',
  { view, localize, onStart }: DevicePartOptions,
): TemplateResult | typeof nothing {
  const error = view.state === 'open' ? view.refused[kind] : undefined;
  if (error === undefined) return nothing;
  const works = kind === 'camera' ? view.microphone : view.camera;
  return failureTemplate({
    id: `${kind}-refused`,
    words: deviceWords(error, localize),
    consolation: localize.t(works === 'missing' ? 'check.without-both' : `check.without-${kind}`),
    ways: buttonTemplate(localize.t('action.try-again'), () => onStart(view.asked)),
  });
}

/** Another device was wanted, or this one turned on, and it could not be had. What was in use before still is. */
export function changeFailedTemplate(
  kind: 'camera' | 'microphone',
  { view: { changeError }, localize }: DevicePartOptions,
): TemplateResult | typeof nothing {
  if (changeError === null || (kindOf(changeError) ?? 'camera') !== kind) return nothing;
  return failureTemplate({ id: `${kind}-change`, words: deviceWords(changeError, localize) });
}

/** The camera at the back shows the room, which nobody knows mirrored. */
function facesAway({ local }: DeviceCheckView): boolean {
  const [track] = local instanceof MediaStream ? local.getVideoTracks() : [];
  return track?.getSettings().facingMode === 'environment';
}

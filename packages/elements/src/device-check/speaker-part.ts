import { html, nothing, type TemplateResult } from 'lit';
import { surroundings } from '../shared/browser.js';
import type { Localize } from '../shared/localize.controller.js';
import { choiceTemplate, type ChoiceOptions } from './choices.js';
import { buttonTemplate } from './failure.js';
import type { SpeakerTest } from './speaker-test.controller.js';

export interface SpeakerPartOptions extends ChoiceOptions {
  readonly test: SpeakerTest;
  readonly onPlay: () => void;
  readonly onHeard: (heard: boolean) => void;
}

export function speakerTemplate(options: SpeakerPartOptions): TemplateResult {
  const { localize, view, test, onPlay, onHeard } = options;
  const isNew = view.heard === null && test.state === 'idle';
  return html`
    ${test.state === 'asked' && test.played === 'usual' ? html`<p>${localize.t('check.usual-played')}</p>` : nothing}
    ${
      test.state === 'asked'
        ? html`<div class="actions" role="group" aria-labelledby="question">
            <p id="question">${localize.t('check.question')}</p>
            ${buttonTemplate(localize.t('check.yes'), () => onHeard(true))}
            ${buttonTemplate(localize.t('check.no'), () => onHeard(false))}
          </div>`
        : html`<p ?hidden=${test.state !== 'failed' && view.heard !== false}>${troubleSentence(localize, test)}</p>`
    }
    <button class="button play" part="play-button" type="button" @click=${onPlay}>
      ${localize.t(isNew ? 'check.play' : 'check.play-again')}
    </button>
    ${choiceTemplate('speaker', options)}
  `;
}

/** The sound did not come, or was not heard. */
export function troubleSentence(localize: Localize, test: SpeakerTest): string {
  if (test.state === 'failed') return localize.t('check.sound-failed');
  const { system } = surroundings();
  const isPhone = system === 'ios' || system === 'android';
  return localize.t(isPhone ? 'check.speaker-help-phone' : 'check.speaker-help');
}

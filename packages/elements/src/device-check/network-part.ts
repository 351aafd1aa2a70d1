import type { Contact, DeviceCheckView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { errorWords } from '../shared/error-words.js';
import type { Localize } from '../shared/localize.controller.js';
import { wayOutTemplate } from '../shared/way-out.js';
import { failureTemplate } from './failure.js';

/** A round trip that is longer than this (ms) is felt. */
const SLOW = 800;

export interface NetworkPartOptions {
  readonly localize: Localize;
  readonly view: DeviceCheckView;
  readonly contact: Contact | undefined;
  readonly onTest: () => void;
}

export function networkTemplate(options: NetworkPartOptions): TemplateResult {
  const { localize, view, contact, onTest } = options;
  const { network, networkError } = view;
  const isNew = network === 'untested' && networkError === null;
  return html`
    ${network === 'testing' || network === 'works' ? html`<p>${networkSentence(options)}</p>` : nothing}
    ${
      networkError === null || network === 'testing'
        ? nothing
        : failureTemplate({
            id: 'network-failed',
            words: errorWords(networkError, localize),
            ...(network === 'failed' ? { consolation: localize.t('check.network-help') } : {}),
            ways: wayOutTemplate({ localize, contact, help: null }),
          })
    }
    <button
      class="button"
      part="test-button"
      type="button"
      aria-disabled=${network === 'testing'}
      @click=${() => {
        if (network !== 'testing') onTest();
      }}
    >
      ${localize.t(isNew || network === 'testing' ? 'check.test' : 'check.test-again')}
    </button>
  `;
}

/** How the test stands, where nothing is wrong. */
export function networkSentence({ localize, view }: Pick<NetworkPartOptions, 'localize' | 'view'>): string {
  if (view.network === 'testing') return localize.t('check.network-testing');
  return localize.t((view.networkReport?.signalling ?? 0) > SLOW ? 'check.network-slow' : 'check.network-works');
}

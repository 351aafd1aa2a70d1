import type { Contact, DeviceCheckView, MediaRequest, SessionErrorCode } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { deviceWords } from '../shared/error-words.js';
import type { Localize } from '../shared/localize.controller.js';
import { wayOutTemplate } from '../shared/way-out.js';
import { buttonTemplate, failureTemplate } from './failure.js';

/** Whether the address of the page was copied for another browser. */
export type Copied = 'no' | 'yes' | 'by-hand';

export interface RefusedOptions {
  readonly localize: Localize;
  readonly view: DeviceCheckView;
  readonly contact: Contact | undefined;
  readonly copied: Copied;
  readonly onStart: (request?: MediaRequest) => void;
  readonly onCopy: () => void;
}

/** Reasons that are the page's or the browser's: the other device can't be had for them either. */
const OF_ALL: ReadonlySet<SessionErrorCode> = new Set(['devices-insecure', 'not-supported']);

/** Nothing could be opened: why, what to do, and what can be done all the same. */
export function refusedAllTemplate(options: RefusedOptions): TemplateResult | typeof nothing {
  const { localize, view, contact, onStart } = options;
  const { state, error, asked } = view;
  if (state !== 'refused' || error === null) return nothing;
  const words = deviceWords(error, localize);
  const again = buttonTemplate(localize.t('action.try-again'), () => onStart(asked), words.elsewhere ? '' : 'primary');
  return failureTemplate({
    id: 'all-refused',
    words,
    consolation: localize.t('check.without-both'),
    ways: html`
      ${words.elsewhere ? copyTemplate(options) : nothing} ${again}
      ${words.elsewhere || OF_ALL.has(error.code) ? nothing : lessTemplate(options)}
      ${wayOutTemplate({ localize, contact, help: null })}
    `,
  });
}

/** Without one of two, or with the other one. */
function lessTemplate({ localize, view: { asked }, onStart }: RefusedOptions): TemplateResult {
  return html`
    ${
      asked.camera
        ? buttonTemplate(localize.t('check.only-microphone'), () => onStart({ microphone: true, camera: false }))
        : nothing
    }
    ${
      asked.microphone
        ? buttonTemplate(localize.t('check.only-camera'), () => onStart({ microphone: false, camera: true }))
        : nothing
    }
  `;
}

function copyTemplate({ localize, copied, onCopy }: RefusedOptions): TemplateResult {
  if (copied === 'by-hand') {
    return html`<label class="choice">
      <span>${localize.t('check.address')}</span>
      <input class="address" readonly dir="ltr" .value=${location.href} @focus=${selectAll} />
    </label>`;
  }
  return html`${buttonTemplate(localize.t('check.copy'), onCopy, 'primary')}
  ${copied === 'yes' ? html`<span>${localize.t('check.copied')}</span>` : nothing}`;
}

function selectAll({ target }: Event): void {
  if (target instanceof HTMLInputElement) target.select();
}

import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorWords } from '../shared/error-words.js';
import { triangleAlertIcon } from '../shared/icons.js';

export interface Failure {
  /** For `id`, and for the focus. */
  readonly id: string;
  readonly words: Pick<ErrorWords, 'title' | 'help'>;
  /** What can be done all the same. */
  readonly consolation?: string;
  /** Buttons and links. */
  readonly ways?: unknown;
}

/** What is wrong, what to do, and the way on. It can take the focus, and then reads as one. */
export function failureTemplate({ id, words, consolation = '', ways = nothing }: Failure): TemplateResult {
  return html`<div
    class="notice warning failure"
    part="failure"
    id=${id}
    role="group"
    tabindex="-1"
    aria-labelledby="${id}-title"
    aria-describedby="${id}-help"
  >
    ${triangleAlertIcon()}
    <p id="${id}-title"><b>${words.title}</b></p>
    <div class="help" id="${id}-help">
      ${[words.help, consolation].filter((text) => text !== '').map((text) => html`<p>${text}</p>`)}
    </div>
    ${ways === nothing ? nothing : html`<div class="actions">${ways}</div>`}
  </div>`;
}

export function buttonTemplate(text: string, onPress: () => void, style: 'primary' | '' = ''): TemplateResult {
  return html`<button class="button ${style}" type="button" @click=${onPress}>${text}</button>`;
}

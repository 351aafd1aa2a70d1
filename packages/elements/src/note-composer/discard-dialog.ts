import { html, type TemplateResult } from 'lit';
import type { Localize } from '../shared/localize.controller.js';

export interface DiscardOptions {
  readonly localize: Localize;
  readonly name: string;
  /** What the note says. */
  readonly content: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
  readonly onClose: (event: Event) => void;
}

/** Asks before a text is thrown away. */
export function discardTemplate({ localize, name, content, onYes, onNo, onClose }: DiscardOptions): TemplateResult {
  return html`<dialog part="discard-dialog" data-name="discard" aria-labelledby="discard-question" @close=${onClose}>
    <div class="stack">
      <h2 id="discard-question" tabindex="-1">${localize.t('composer.discard-question')}</h2>
      <p class="quote wide" dir="auto">${content}</p>
      <p><bdi>${localize.t('composer.discard-help', name)}</bdi></p>
      <div class="actions">
        <button class="button danger" type="button" @click=${onYes}>${localize.t('composer.discard')}</button>
        <button class="button" type="button" @click=${onNo}>${localize.t('composer.discard-no')}</button>
      </div>
    </div>
  </dialog>`;
}

import { html, type TemplateResult } from 'lit';
import { circleAlertIcon } from './icons.js';

/** Something that keeps a person from going on, said above what they are doing. */
export interface Problem {
  readonly text: string;
  /** Selector of the control that mends it, where there is one. */
  readonly mend?: string;
}

/** Where what is wrong is described from: for `aria-describedby`. */
export const PROBLEM_TEXT = 'problem-text';

/** What is to be mended has a line beside it. */
export function marked(content: TemplateResult, isWrong: boolean): TemplateResult {
  return html`<div class="wide" ?data-wrong=${isWrong}>${content}</div>`;
}

/** Said at once, and ready to take the focus. Pressed, it goes on to the control that mends it. */
export function problemNotice({ text, mend }: Problem): TemplateResult {
  return html`<div class="notice danger wide" id="problem" part="error" role="alert" tabindex="-1">
    ${circleAlertIcon()}
    <p id=${PROBLEM_TEXT} dir="auto">
      ${mend === undefined ? text : html`<button class="mend" type="button" @click=${onMend}>${text}</button>`}
    </p>
  </div>`;

  function onMend(event: Event): void {
    const root = event.target instanceof Element ? event.target.getRootNode() : null;
    if (root instanceof ShadowRoot) root.querySelector<HTMLElement>(mend ?? '')?.focus();
  }
}

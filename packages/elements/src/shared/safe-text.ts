import { html, nothing, type TemplateResult } from 'lit';
import { linkify, type LinkPart } from './linkify.js';
import type { Localize } from './localize.controller.js';

type Words = Pick<Localize, 't'>;

/** Somebody's text as text: its lines stay, its addresses become links that open apart and tell nothing of this page. */
export function safeText(text: string, localize: Words): TemplateResult {
  return html`<p class="text" part="text" dir="auto">${safeParts(text, localize)}</p>`;
}

/** The same without a paragraph around it. */
export function safeParts(text: string, localize: Words): string | readonly (string | TemplateResult)[] {
  const parts = linkify(text).map((part) => ('href' in part ? link(part, localize) : part.text));
  return parts.every((part) => typeof part === 'string') ? text : parts;
}

function link({ href, text, host }: LinkPart, localize: Words): TemplateResult {
  // An address is read from left to right in every language, and nothing in it turns the text around it.
  if (!href.startsWith('http')) return html`<a href=${href} dir="ltr">${text}</a>`;
  const hint = localize.t('notes.opens-new-tab');
  return html`<a href=${href} dir="ltr" target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer"
      >${text}<span class="visually-hidden" dir="auto"> (${hint})</span></a
    >${host === undefined ? nothing : html` <span dir="auto">(${localize.t('notes.goes-to', host)})</span>`}`;
}

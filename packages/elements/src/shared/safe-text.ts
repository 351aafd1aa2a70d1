import { html, type TemplateResult } from 'lit';
import { linkify } from './linkify.js';
import type { Localize } from './localize.controller.js';

/** Somebody's text as text: its lines stay, its addresses become links that open apart and tell nothing of this page. */
export function safeText(text: string, localize: Localize): TemplateResult {
  const parts = linkify(text).map((part) => ('href' in part ? link(part.href, part.text, localize) : part.text));
  return html`<p class="text" part="text" dir="auto">${parts}</p>`;
}

function link(href: string, text: string, localize: Localize): TemplateResult {
  const hint = localize.t('notes.opens-new-tab');
  return html`<a href=${href} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer"
    >${text}<span class="visually-hidden"> (${hint})</span></a
  >`;
}

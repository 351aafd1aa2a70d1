import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { linkify, type LinkPart } from './linkify.js';
import type { Localize } from './localize.controller.js';

type Words = Pick<Localize, 't'>;

/** Somebody's text as text: its lines stay, its addresses become links that open apart and tell nothing of this page. */
export function safeText(text: string, localize: Words): TemplateResult {
  const parts = guard([text, localize.t('notes.opens-new-tab')], () => safeNodes(text, localize));
  return html`<p class="text" part="text" dir="auto">${parts}</p>`;
}

/** The same without a paragraph around it, to be put in once. */
export function safeNodes(text: string, localize: Words): readonly (Node | string)[] {
  return linkify(text).flatMap((part) => ('href' in part ? link(part, localize) : [part.text]));
}

function link({ href, text, host }: LinkPart, localize: Words): readonly (Node | string)[] {
  const anchor = document.createElement('a');
  anchor.href = href;
  // An address is read from left to right in every language, and nothing in it turns the text around it.
  anchor.dir = 'ltr';
  anchor.append(text);
  if (!href.startsWith('http')) return [anchor];
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  anchor.referrerPolicy = 'no-referrer';
  anchor.append(words(` (${localize.t('notes.opens-new-tab')})`, 'visually-hidden'));
  return host === undefined ? [anchor] : [anchor, ' ', words(`(${localize.t('notes.goes-to', host)})`)];
}

/** Words beside an address are in the direction of their own language again. */
function words(text: string, className = ''): HTMLElement {
  const span = document.createElement('span');
  span.dir = 'auto';
  if (className !== '') span.className = className;
  span.append(text);
  return span;
}

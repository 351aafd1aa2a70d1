import type { Contact } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { contactTemplate } from './contact.js';
import type { Localize } from './localize.controller.js';

/** *Tell Dr. Smith*: for a portal that passes it on. */
export interface HelpOptions {
  readonly name: string;
  /** The person has asked already. */
  readonly told: boolean;
  readonly onHelp: () => void;
}

export interface WayOutOptions {
  readonly localize: Localize;
  /** Whom to turn to, as the portal's backend says it. */
  readonly contact: Contact | undefined;
  /** Null where the portal passes nothing on. */
  readonly help: HelpOptions | null;
}

/** Where video can't be had the session is not over: what the portal offers in its place. Nothing where it offers none. */
export function wayOutTemplate({ localize, contact, help }: WayOutOptions): TemplateResult | typeof nothing {
  const links = contactTemplate(contact, localize);
  if (links === nothing && help === null) return nothing;
  return html`<div class="way-out" part="way-out">
    ${links} ${help === null ? nothing : helpTemplate(help, localize)}
  </div>`;
}

function helpTemplate({ name, told, onHelp }: HelpOptions, localize: Localize): TemplateResult {
  if (told) return html`<p class="told">${localize.t('contact.told', name)}</p>`;
  return html`<button class="button" part="help-button" @click=${onHelp}>${localize.t('contact.tell', name)}</button>`;
}

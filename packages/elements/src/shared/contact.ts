import type { Contact } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import type { Localize } from './localize.controller.js';

/** Whom to turn to where this page can't help, as the portal's backend says it. */
export function contactTemplate(contact: Contact | undefined, localize: Localize): TemplateResult | typeof nothing {
  if (contact?.phone === undefined && contact?.url === undefined) return nothing;
  const { phone, url } = contact;
  const name = contact.label ?? localize.t('contact.clinic');
  return html`<p class="contact" part="contact">
    ${
      phone === undefined
        ? nothing
        : html`<a href="tel:${phone.replaceAll(/[^\d+]/g, '')}"
            ><bdi>${localize.t('contact.call', name, phone)}</bdi></a
          >`
    }
    ${
      url === undefined
        ? nothing
        : html`<a href=${url} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer"
            ><bdi
              >${phone === undefined && contact.label !== undefined ? contact.label : localize.t('contact.page')}</bdi
            ><span class="visually-hidden"> (${localize.t('notes.opens-new-tab')})</span></a
          >`
    }
  </p>`;
}

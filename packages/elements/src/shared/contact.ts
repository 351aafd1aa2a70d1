import type { Contact } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import type { Localize } from './localize.controller.js';
import { pageAddress } from './page-address.js';

/** Whom to turn to where this page can't help, as the portal's backend says it. */
export function contactTemplate(contact: Contact | undefined, localize: Localize): TemplateResult | typeof nothing {
  const url = pageAddress(contact?.url ?? '');
  if (contact === undefined || (contact.phone === undefined && url === null)) return nothing;
  const { phone } = contact;
  const name = contact.label ?? localize.t('contact.clinic');
  return html`<p class="contact" part="contact">
    ${
      phone === undefined
        ? nothing
        : html`<a href="tel:${phone.replaceAll(/[^\d+]/g, '')}"
            ><bdi>${localize.t('contact.call', name, phone.replaceAll(' ', '\u00a0'))}</bdi></a
          >`
    }
    ${
      url === null
        ? nothing
        : html`<a href=${url} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer"
            ><bdi
              >${phone === undefined && contact.label !== undefined ? contact.label : localize.t('contact.page')}</bdi
            ><span class="visually-hidden"> (${localize.t('notes.opens-new-tab')})</span></a
          >`
    }
  </p>`;
}

import { toInstant } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { contactTemplate } from '../shared/contact.js';
import { otherName } from '../shared/person.js';
import { safeText } from '../shared/safe-text.js';
import type { CardOptions } from './card-parts.js';
import { standOf, type BookedView } from './headline.js';
import { headingTemplate, overForGuest } from './session-card.js';

/** A session that did not take place: cancelled, with nobody there, or missed. */
export function overTemplate(view: BookedView, options: CardOptions & { cancelledHere: boolean }): TemplateResult {
  const { localize, contact } = options;
  const stand = standOf(view);
  if (view.role === 'guest') return overForGuest(view, options);
  return html`
    ${headingTemplate(view, options)} ${stand === 'cancelled' ? cancelledTemplate(view, options) : nothing}
    ${stand === 'no-show' ? html`<p>${noShowSentence(view, options)}</p>` : nothing}
    ${stand === 'expired' ? html`<p>${localize.t('session.missed-help')}</p>` : nothing}
    ${view.role === 'patient' ? contactTemplate(contact, localize) : nothing}
  `;
}

function cancelledTemplate(
  view: BookedView,
  options: CardOptions & { cancelledHere: boolean },
): TemplateResult | typeof nothing {
  const { cancelReason } = view.booking;
  const sentence = whoCancelled(view, options);
  return html`
    ${sentence === '' ? nothing : html`<p>${sentence}</p>`}
    ${
      cancelReason === undefined || cancelReason.trim() === ''
        ? nothing
        : html`<div class="reason wide" part="reason">
            <p class="muted small">${options.localize.t('session.reason')}</p>
            ${safeText(cancelReason, options.localize)}
          </div>`
    }
  `;
}

/** By whom is said where the backend tells it, or where it was done on this page. */
function whoCancelled(
  { booking, role }: BookedView,
  { localize, now, cancelledHere }: CardOptions & { cancelledHere: boolean },
): string {
  const { cancelledAt, cancelledBy } = booking;
  const by = cancelledBy ?? (cancelledHere ? role : null);
  const when =
    cancelledAt === undefined
      ? ''
      : localize.formats.when(toInstant(cancelledAt), now, (day) => localize.t('time.on', day));
  if (by === role) {
    return when === '' ? localize.t('session.cancelled-by-you') : localize.t('session.cancelled-by-you-at', when);
  }
  if (when === '') return '';
  return by === null
    ? localize.t('session.cancelled-at', when)
    : localize.t('session.cancelled-by', otherName(booking, role, localize), when);
}

function noShowSentence({ booking, role }: BookedView, { localize }: CardOptions): string {
  return role === 'patient'
    ? localize.t('session.no-show-help', booking.providerName)
    : localize.t('session.no-show-own');
}

import type { QueueItem } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { askingGuests } from '../shared/guests.js';
import { userPlusIcon } from '../shared/icons.js';
import { otherName } from '../shared/person.js';
import type { EntryOptions } from './entry.js';

/**
 * That a guest waits: in the session whose call runs here, else in the one that is chosen, else in the first one. Whoever
 * the bar names, it says so; `named` needs no name again.
 */
export function guestsTemplate(
  items: readonly QueueItem[],
  named: QueueItem | undefined,
  options: EntryOptions,
): TemplateResult | typeof nothing {
  const { isHere, isChosen, onChoose, localize } = options;
  const waiting = items.filter((item) => askingGuests(item).length > 0);
  const item = waiting.find(isHere) ?? waiting.find(isChosen) ?? waiting[0];
  if (item === undefined) return nothing;
  const { booking, role } = item;
  const others = waiting.length - 1;
  const waits = localize.t('guest.waiting', askingGuests(item).length);
  const what = others === 0 ? waits : localize.t('guest.waiting-elsewhere', waits, others);
  const sentence = item === named ? what : localize.t('guest.waiting-with', otherName(booking, role, localize), what);
  const words = html`${userPlusIcon()} <bdi>${sentence}</bdi>`;
  // The chosen one is before one's eyes, with what can be done about its guests.
  if (isChosen(item)) return html`<p class="bar-guests small" part="bar-guests">${words}</p>`;
  return html`<button class="button bar-guests small" part="bar-guests" @click=${() => onChoose(booking.id)}>
    ${words}
  </button>`;
}

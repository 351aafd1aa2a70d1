import { sameId, type BookingId } from '@active-session/core';
import { guestWords } from '../shared/guests.js';
import type { Localize } from '../shared/localize.controller.js';
import type { News } from './arrivals.js';

/** What is said of somebody who came, or nothing: guests of the chosen session are told of where they are let in. */
export function newsWords(news: News, name: string, chosen: BookingId | undefined, localize: Localize): string {
  if (news.is !== 'guest') return localize.t(`queue.announce-${news.is}`, name);
  const isChosen = chosen !== undefined && sameId(chosen, news.item.booking.id);
  return isChosen ? '' : localize.t('guest.waits', guestWords(news.guest, localize), name);
}

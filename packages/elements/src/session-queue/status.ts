import { toInstant, type QueueItem } from '@active-session/core';
import { MINUTE, untilMore } from '../shared/formats.js';
import type { Localize } from '../shared/localize.controller.js';
import type { MessageKey } from '../shared/messages.js';
import { otherName } from '../shared/person.js';
import type { Ticker } from '../shared/ticker.controller.js';

/** Where a session of the day is put into words. */
export interface Here {
  readonly localize: Localize;
  readonly ticker: Ticker;
  readonly now: number;
}

/** How it is marked, beside its words: `there`: the patient is; `due`: something is to be done or has gone wrong. */
export type Tone = 'there' | 'due' | 'open' | 'later' | 'over';

/** How a session stands, in one line. */
export function statusWords(item: QueueItem, here: Here): string {
  const { localize, now } = here;
  const start = toInstant(item.booking.dateTime);
  switch (item.status) {
    case 'waiting':
      return lasting(item.since, 'queue.waiting', 'queue.waiting-for', here);
    case 'asking':
      return lasting(item.since, 'queue.asking', 'queue.asking-for', here);
    case 'held':
      return lasting(item.since, 'queue.held', 'queue.held-for', here);
    case 'absent':
      return lasting(start, 'queue.absent', 'queue.absent-for', here);
    case 'late':
      here.ticker.wakeIn(start + (item.booking.late?.minutes ?? 0) * MINUTE - now);
      return localize.t('queue.late-by', localize.formats.duration((item.booking.late?.minutes ?? 0) * MINUTE));
    case 'next':
      here.ticker.wakeIn((start - now) % MINUTE || MINUTE);
      return localize.t('queue.next-in', localize.formats.duration(Math.ceil((start - now) / MINUTE) * MINUTE));
    case 'later':
      // One after the other is the next one, and then not here yet.
      here.ticker.wakeIn(start - now);
      return localize.t('queue.later');
    case 'cancelled':
      return localize.t(CANCELLED[item.booking.cancelledBy ?? 'nobody']);
    default:
      return localize.t(`queue.${item.status}`);
  }
}

const CANCELLED = {
  patient: 'queue.cancelled-patient',
  provider: 'queue.cancelled-you',
  nobody: 'queue.cancelled',
} as const satisfies Record<string, MessageKey>;

function lasting(
  since: number | null,
  moment: 'queue.waiting' | 'queue.asking' | 'queue.held' | 'queue.absent',
  longer: 'queue.waiting-for' | 'queue.asking-for' | 'queue.held-for' | 'queue.absent-for',
  { localize, ticker, now }: Here,
): string {
  if (since === null) return localize.t(moment);
  const passed = now - since;
  ticker.wakeIn(untilMore(passed, MINUTE));
  return passed < MINUTE ? localize.t(moment) : localize.t(longer, localize.formats.duration(passed));
}

export function toneOf({ status, isOver, verdict }: QueueItem): Tone {
  if (isOver) return 'over';
  if (status === 'waiting' || status === 'in-call') return 'there';
  if (status === 'asking' || status === 'held' || status === 'absent') return 'due';
  return verdict.phase === 'open' ? 'open' : 'later';
}

/** "10:00" */
export function timeOf({ booking }: QueueItem, localize: Localize): string {
  return localize.formats.time(toInstant(booking.dateTime));
}

/** "Sam Rivera, 10:00": whose session it is, where one has to be sure. */
export function whoseOf(item: QueueItem, localize: Localize): string {
  const name = otherName(item.booking, item.role, localize);
  return item.booking.patientName === undefined ? name : localize.t('time.at', name, timeOf(item, localize));
}

import type { BookingId, QueueCommand, QueueItem } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { errorWords } from '../shared/error-words.js';
import { askingGuests } from '../shared/guests.js';
import {
  circleAlertIcon,
  ellipsisIcon,
  messageSquareIcon,
  triangleAlertIcon,
  userCheckIcon,
  userPlusIcon,
  videoIcon,
  xIcon,
} from '../shared/icons.js';
import { otherName } from '../shared/person.js';
import type { Work } from './queue-tasks.js';
import { statusWords, timeOf, toneOf, type Here } from './status.js';

export interface EntryOptions extends Here {
  /** Whether it is the one that is shown. */
  readonly isChosen: (item: QueueItem) => boolean;
  /** Whether it matters most now. What can be done about the chosen one is before one's eyes. */
  readonly isFirst: (item: QueueItem) => boolean;
  /** Whether its call runs on this page. */
  readonly isHere: (item: QueueItem) => boolean;
  /** Whether it says that guests wait; it does where nothing is said of it. */
  readonly tellsGuests?: boolean;
  readonly workOf: (item: QueueItem) => Work | undefined;
  /** Whether what went wrong is said in a dialog that is open. */
  readonly isAsked: (item: QueueItem) => boolean;
  readonly onChoose: (id: BookingId) => void;
  readonly onDo: (command: 'join' | 'admit', item: QueueItem) => void;
  readonly onMore: (id: BookingId) => void;
  readonly onClose: (id: BookingId) => void;
}

/** A session of the day: who and when, how it stands, and what can be done about it. */
export function entryTemplate(item: QueueItem, options: EntryOptions): TemplateResult {
  const id = String(item.booking.id);
  return html`<li class="entry ${toneOf(item)}" data-id=${id}>
    ${itemTemplate(item, options)} ${primaryTemplate(item, options)} ${moreTemplate(item, options)}
    ${workTemplate(item, options)}
  </li>`;
}

/** Its name begins with that of the patient. */
export function itemTemplate(item: QueueItem, options: EntryOptions): TemplateResult {
  const { booking, role, status, troubles } = item;
  const { localize } = options;
  const isNamed = booking.patientName !== undefined;
  const guests = askingGuests(item);
  const said = status === 'cancelled' && booking.cancelledBy === 'patient' ? booking.cancelReason : undefined;
  return html`<button
    class="item"
    part="item"
    aria-current=${options.isChosen(item) ? 'true' : 'false'}
    @click=${() => options.onChoose(booking.id)}
  >
    <span class="dot" aria-hidden="true"></span>
    <span class="item-name"><bdi>${otherName(booking, role, localize)}</bdi></span>
    <span class="item-about"
      >${isNamed ? html`<bdi class="item-time">${timeOf(item, localize)}</bdi>` : nothing}
      <span class="item-status">${statusWords(item, options)}</span>
      ${troubles.map(
        (kind) => html`<span class="item-trouble">${triangleAlertIcon()} ${localize.t(`queue.trouble-${kind}`)}</span>`,
      )}
      ${
        guests.length === 0 || options.tellsGuests === false
          ? nothing
          : html`<span class="item-guest">${userPlusIcon()} ${localize.t('guest.waiting', guests.length)}</span>`
      }
      ${said === undefined ? nothing : html`<span class="item-said">${messageSquareIcon()} <bdi>${said}</bdi></span>`}
    </span>
  </button>`;
}

/** What matters now, where something does: the patient is there. */
export function primaryOf({ status, commands }: QueueItem, isHere: boolean): 'join' | 'admit' | null {
  if ((status === 'asking' || status === 'held') && commands.has('admit')) return 'admit';
  const isThere = status === 'waiting' || status === 'in-call' || status === 'asking';
  return isThere && !isHere && commands.has('join') ? 'join' : null;
}

export function primaryTemplate(item: QueueItem, options: EntryOptions): TemplateResult | typeof nothing {
  const { localize } = options;
  const command = primaryOf(item, options.isHere(item));
  if (command === null) return nothing;
  const isWorking = command === 'admit' && isDoing(options.workOf(item), 'admit');
  const label = command === 'join' ? 'queue.join-at' : 'queue.admit-at';
  return html`<button
    class="button act ${options.isFirst(item) && !options.isChosen(item) ? 'primary' : ''}"
    part=${command === 'join' ? 'join-button' : 'admit-button'}
    aria-label=${isWorking ? nothing : localize.t(label, timeOf(item, localize))}
    aria-disabled=${isWorking ? 'true' : 'false'}
    @click=${() => options.onDo(command, item)}
  >
    ${command === 'join' ? videoIcon() : userCheckIcon()}
    ${localize.t(isWorking ? 'queue.admitting' : `queue.${command}`)}
  </button>`;
}

function moreTemplate(item: QueueItem, options: EntryOptions): TemplateResult | typeof nothing {
  const { localize } = options;
  if (besides(item, options.isHere(item)).length === 0) return nothing;
  return html`<button
    class="button more"
    part="more-button"
    aria-haspopup="dialog"
    aria-label=${localize.t('queue.more-at', timeOf(item, localize))}
    @click=${() => options.onMore(item.booking.id)}
  >
    ${ellipsisIcon()}
  </button>`;
}

/** What can be done besides. */
export function besides(item: QueueItem, isHere: boolean): readonly QueueCommand[] {
  const primary = primaryOf(item, isHere);
  return [...item.commands].filter((command) => command !== primary && !(command === 'join' && isHere));
}

/** What is being done, and what went wrong, where no dialog says so. */
function workTemplate(item: QueueItem, options: EntryOptions): TemplateResult | typeof nothing {
  const { localize } = options;
  const work = options.workOf(item);
  if (work === undefined || options.isAsked(item)) return nothing;
  if (work.error === null) {
    const isSaid = work.command === 'admit' && primaryOf(item, options.isHere(item)) === 'admit';
    if (isSaid) return nothing;
    const words = work.command === 'reopen' ? 'queue.reopening' : 'queue.sending';
    return html`<p class="working muted small">${localize.t(words)}</p>`;
  }
  const { title, help } = errorWords(work.error, localize);
  return html`<div class="notice danger small" part="error" role="alert">
    ${circleAlertIcon()}
    <p>${title} ${help}</p>
    <button
      class="button close"
      aria-label=${localize.t('action.close')}
      @click=${() => options.onClose(item.booking.id)}
    >
      ${xIcon()}
    </button>
  </div>`;
}

function isDoing(work: Work | undefined, command: QueueCommand): boolean {
  return work?.command === command && work.error === null;
}

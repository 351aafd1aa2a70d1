import { toInstant, type Contact } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { DAY, knownZone, MINUTE, sameClock } from '../shared/formats.js';
import { clockIcon, infoIcon, userIcon } from '../shared/icons.js';
import { peopleWords } from '../shared/guests.js';
import type { Localize } from '../shared/localize.controller.js';
import { avatar, initialsOf, otherName } from '../shared/person.js';
import { safeText } from '../shared/safe-text.js';
import type { Ticker } from '../shared/ticker.controller.js';
import { lateSentence, type BookedView } from './headline.js';

export interface CardOptions {
  readonly localize: Localize;
  readonly ticker: Ticker;
  readonly now: number;
  /** Something to say about the connection; empty while it is well. */
  readonly trouble: string;
  /** ms that the clock of this device is ahead; null while nobody knows. */
  readonly ahead: number | null;
  readonly contact: Contact | undefined;
}

/** A clock that is off by more than this is said. */
const TOLERANCE = 2 * MINUTE;

/** With whom: on top of every state, so that nothing moves when the state does. */
export function personTemplate({ booking, role }: BookedView, { localize, trouble }: CardOptions): TemplateResult {
  return html`<header class="person">
    ${avatar(initialsOf(booking, role), userIcon())}
    <p>
      <b part="provider-name"><bdi>${otherName(booking, role, localize)}</bdi></b>
      <bdi class="muted small">${booking.sessionType}</bdi>
    </p>
    <p class="trouble muted small" role="status">${trouble}</p>
  </header>`;
}

/** When, in the reader's own zone and beside it in the provider's where that shows another clock; and how long. */
export function factsTemplate(view: BookedView, { localize }: CardOptions): TemplateResult {
  const { booking, role } = view;
  const people = peopleWords(view, localize);
  const { formats } = localize;
  const at = toInstant(booking.dateTime);
  const theirZone = role !== 'provider' ? knownZone(booking.timeZone) : null;
  const differs = theirZone !== null && !sameClock(at, theirZone, formats.timeZone);
  return html`<dl class="facts wide" part="facts">
    ${fact(localize.t('session.when'), formats.longDayAndTime(at))}
    ${
      differs
        ? fact(localize.t('session.provider-time', booking.providerName), formats.timeWithZone(at, theirZone))
        : nothing
    }
    ${
      booking.durationMinutes === undefined
        ? nothing
        : fact(localize.t('session.length'), formats.duration(booking.durationMinutes * MINUTE))
    }
    ${people.length === 0 ? nothing : peopleTemplate(people, localize)}
  </dl>`;
}

/** With a guest in it, a session is of more than two: everybody sees of whom before they join. */
function peopleTemplate(people: readonly string[], localize: Localize): TemplateResult {
  return html`<dt>${localize.t('guest.people')}</dt>
    ${people.map((words) => html`<dd><bdi>${words}</bdi></dd>`)}`;
}

export function fact(term: string, text: string): TemplateResult {
  return html`<dt><bdi>${term}</bdi></dt>
    <dd><bdi>${text}</bdi></dd>`;
}

/** The provider's own words, with when they now expect to start. */
export function lateTemplate(view: BookedView, { localize, now }: CardOptions): TemplateResult | typeof nothing {
  const sentence = lateSentence(view, localize, now);
  if (sentence === '') return nothing;
  const message = view.booking.late?.message;
  return html`<div class="notice wide" part="late">
    ${clockIcon()}
    <p>${sentence}</p>
    ${message === undefined ? nothing : safeText(message, localize)}
  </div>`;
}

/** Said calmly, because nothing is lost by it: the session goes by the server's clock. */
export function clockTemplate({ localize, ahead, now }: CardOptions): TemplateResult | typeof nothing {
  if (ahead === null || Math.abs(ahead) <= TOLERANCE) return nothing;
  return html`<div class="notice wide small" part="clock">
    ${infoIcon()}
    <p>${clockSentence(ahead, now, localize)} ${localize.t('session.clock-help')}</p>
  </div>`;
}

function clockSentence(ahead: number, now: number, localize: Localize): string {
  const by = Math.abs(ahead);
  if (by >= DAY - TOLERANCE) return localize.t('session.clock-date', localize.formats.longDay(now + ahead));
  return localize.t(ahead > 0 ? 'session.clock-fast' : 'session.clock-slow', localize.formats.duration(by));
}

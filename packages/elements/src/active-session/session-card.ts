import { toInstant, type Booking, type SessionView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { countdownTemplate } from '../shared/countdown.js';
import { knownZone, MINUTE, sameClock } from '../shared/formats.js';
import { userIcon } from '../shared/icons.js';
import { lasted } from '../shared/lasted.js';
import type { Localize } from '../shared/localize.controller.js';
import { avatar, initialsOf, otherName } from '../shared/person.js';
import type { Ticker } from '../shared/ticker.controller.js';

export interface CardOptions {
  readonly localize: Localize;
  readonly ticker: Ticker;
  readonly now: number;
  /** Something to say about the connection; empty while it is well. */
  readonly trouble: string;
}

type BookedView = SessionView & { readonly booking: Booking };

/** With whom: on top of every state, so that nothing moves when the state does. */
export function personTemplate({ booking, role }: BookedView, { localize, trouble }: CardOptions): TemplateResult {
  return html`<header class="person">
    ${avatar(initialsOf(booking, role), userIcon())}
    <p>
      <b part="provider-name"><bdi>${otherName(booking, role, localize)}</bdi></b>
      <span class="muted small">${booking.sessionType}</span>
    </p>
    <p class="trouble muted small" role="status">${trouble}</p>
  </header>`;
}

export function upcomingTemplate(view: BookedView, options: CardOptions): TemplateResult {
  const { localize, ticker, now } = options;
  const { formats } = localize;
  const at = toInstant(view.booking.dateTime);
  const name = otherName(view.booking, view.role, localize);
  const when = formats.when(at, now, (day) => localize.t('time.on', day));
  return html`
    <h2 part="heading" tabindex="-1">${localize.t('session.upcoming', name, when)}</h2>
    ${
      view.opensAt === null
        ? nothing
        : html`
            <p>${localize.t('session.join-from', formats.timeBeside(view.opensAt, at, now))}</p>
            <div class="opens">
              <p class="muted small">${localize.t('session.opens-in')}</p>
              ${countdownTemplate(view.opensAt - now, localize, ticker)}
            </div>
          `
    }
    <p class="muted">${localize.t('session.opens-by-itself')}</p>
    ${factsTemplate(view, options)}
  `;
}

export function openTemplate(view: BookedView, options: CardOptions, onStart: () => void): TemplateResult {
  const { localize, now } = options;
  const { formats } = localize;
  const name = otherName(view.booking, view.role, localize);
  const other = view.parties.find(({ role }) => role !== view.role);
  const returns = view.callStartedAt !== null;
  const closesAt = view.closesAt !== null && view.closesAt > now ? view.closesAt : null;
  return html`
    <h2 part="heading" tabindex="-1">${localize.t(returns ? 'session.still-open' : 'session.open')}</h2>
    ${other !== undefined && other.presence !== 'away' ? html`<p>${localize.t('call.other-waits', name)}</p>` : nothing}
    ${
      view.canStart
        ? html`<button class="button primary large" part="start-button" @click=${onStart}>
            ${localize.t(returns ? 'call.come-back' : 'call.start')}
          </button>`
        : html`<p>${localize.t('error.not-supported')}</p>`
    }
    ${
      closesAt === null
        ? nothing
        : html`<p class="muted">${localize.t('session.is-open-until', formats.time(closesAt))}</p>`
    }
    ${factsTemplate(view, options)}
  `;
}

/** A session that is over: ended, cancelled or missed. */
export function overTemplate(view: BookedView, { localize, now }: CardOptions): TemplateResult {
  const name = otherName(view.booking, view.role, localize);
  if (view.phase === 'completed') {
    return html`
      <h2 part="heading" tabindex="-1">${localize.t('session.ended', name)}</h2>
      <p>${lasted(view.duration, localize)} ${localize.t('session.notes-stay')}</p>
    `;
  }
  const when = localize.formats.when(toInstant(view.booking.dateTime), now, (day) => localize.t('time.on', day));
  const key = view.phase === 'cancelled' ? (view.reason === 'no-show' ? 'no-show' : 'cancelled') : 'missed';
  return html`
    <h2 part="heading" tabindex="-1">${localize.t(`session.${key}`, name, when)}</h2>
    ${key === 'missed' ? html`<p>${localize.t('session.missed-help')}</p>` : nothing}
  `;
}

function factsTemplate({ booking, role }: BookedView, { localize }: CardOptions): TemplateResult {
  const { formats } = localize;
  const at = toInstant(booking.dateTime);
  const theirZone = role === 'patient' ? knownZone(booking.timeZone) : null;
  const differs = theirZone !== null && !sameClock(at, theirZone, formats.timeZone);
  return html`<dl class="facts wide" part="facts">
    ${fact(localize.t('session.when'), `${formats.longDay(at)}, ${formats.timeWithZone(at)}`)}
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
  </dl>`;
}

function fact(term: string, text: string): TemplateResult {
  return html`<dt>${term}</dt>
    <dd><bdi>${text}</bdi></dd>`;
}

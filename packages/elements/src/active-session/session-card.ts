import { toInstant } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { contactTemplate } from '../shared/contact.js';
import { countdownTemplate } from '../shared/countdown.js';
import { mainOther } from '../shared/guests.js';
import { otherName } from '../shared/person.js';
import { factsTemplate, lateTemplate, type CardOptions } from './card-parts.js';
import { headline, type BookedView } from './headline.js';

export interface OpenOptions extends CardOptions {
  readonly onStart: () => void;
  readonly onContinueHere: () => void;
}

/**
 * What a card says, in two parts. What stands between them (the device check) and below (what can be done with the
 * appointment) is in use while the phase changes, so it has to stay the same elements.
 */
export interface CardParts {
  readonly first: TemplateResult;
  readonly rest: TemplateResult;
}

export function upcomingParts(view: BookedView, options: CardOptions): CardParts {
  const { localize, ticker, now } = options;
  const { formats } = localize;
  const at = toInstant(view.booking.dateTime);
  const first = html`
    ${headingTemplate(view, options)} ${movedTemplate(view, options)} ${lateTemplate(view, options)}
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
  `;
  const rest = html`
    ${factsTemplate(view, options)}
    <p class="muted">${localize.t('session.meanwhile')}</p>
  `;
  return { first, rest };
}

export function openParts(view: BookedView, options: OpenOptions): CardParts {
  const { localize } = options;
  const name = otherName(view.booking, view.role, localize);
  const other = mainOther(view);
  // The call may run for long without a guest who has just come, and it is not theirs to start.
  const own = view.callStartedAt === null ? 'call.start' : 'call.come-back';
  const start = view.role === 'guest' ? 'guest.join' : own;
  const first = html`
    ${headingTemplate(view, options)} ${lateTemplate(view, options)}
    ${other !== undefined && other.presence !== 'away' ? html`<p>${localize.t(here(view), name)}</p>` : nothing}
  `;
  const rest = html`
    ${
      view.canStart
        ? html`<button class="button primary large" part="start-button" @click=${options.onStart}>
              ${localize.t(start)}
            </button>
            ${untilTemplate(view, options)}`
        : html`<p>${localize.t('session.no-video')}</p>
            ${contactTemplate(options.contact, localize)}`
    }
    ${factsTemplate(view, options)}
  `;
  return { first, rest };
}

/** A guest is let in, and may have to wait for that. */
function here({ role }: BookedView): 'guest.open-help' | 'call.other-waits' {
  return role === 'guest' ? 'guest.open-help' : 'call.other-waits';
}

/** This person is in the session with another tab or device. */
export function elsewhereParts(view: BookedView, options: OpenOptions): CardParts {
  const { localize } = options;
  const first = html`
    ${headingTemplate(view, options)}
    ${
      view.canStart
        ? html`<p>${localize.t('session.elsewhere-help')}</p>
            <button class="button primary large" part="continue-button" @click=${options.onContinueHere}>
              ${localize.t('call.continue-here')}
            </button>`
        : nothing
    }
  `;
  return { first, rest: html`${untilTemplate(view, options)} ${factsTemplate(view, options)}` };
}

export function headingTemplate(view: BookedView, { localize, now }: CardOptions): TemplateResult {
  return html`<h2 part="heading" tabindex="-1">${headline(view, localize, now)}</h2>`;
}

/** However it ended: nothing of the session is a guest's to keep. */
export function overForGuest(view: BookedView, options: CardOptions): TemplateResult {
  return html`${headingTemplate(view, options)}
    <p>${options.localize.t('guest.over-help')}</p>`;
}

function untilTemplate({ closesAt }: BookedView, { localize, now }: CardOptions): TemplateResult | typeof nothing {
  if (closesAt === null || closesAt <= now) return nothing;
  return html`<p class="muted">${localize.t('session.is-open-until', localize.formats.time(closesAt))}</p>`;
}

function movedTemplate({ booking }: BookedView, { localize, now }: CardOptions): TemplateResult | typeof nothing {
  const { rescheduledFrom } = booking;
  if (rescheduledFrom === undefined || toInstant(rescheduledFrom) === toInstant(booking.dateTime)) return nothing;
  const before = localize.formats.when(toInstant(rescheduledFrom), now, (day) => localize.t('time.on', day));
  return html`<p class="muted">${localize.t('session.moved-from', before)}</p>`;
}

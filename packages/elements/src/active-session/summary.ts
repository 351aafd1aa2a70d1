import { toInstant, type SessionView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { paperNotesTemplate, unreadableTemplate } from '../provider-notes/note-list.js';
import { MINUTE } from '../shared/formats.js';
import { lasted } from '../shared/lasted.js';
import type { Localize } from '../shared/localize.controller.js';
import { otherName } from '../shared/person.js';
import { fact, type CardOptions } from './card-parts.js';
import type { BookedView } from './headline.js';
import { headingTemplate, overForGuest } from './session-card.js';

/** What is said first of a session that took place; its notes stand below. */
export function summaryTemplate(view: BookedView, options: CardOptions): TemplateResult {
  const { localize } = options;
  if (view.role === 'guest') return overForGuest(view, options);
  return html`
    ${headingTemplate(view, options)}
    <p>${lasted(view.duration, localize)} ${localize.t('session.notes-stay')}</p>
    <dl class="facts wide" part="facts">${whenTemplate(view, localize)}</dl>
  `;
}

/** Ended by mistake: the patient learns that it can be mended, and until when. */
export function reopenSentence(view: BookedView, { localize, now }: Pick<CardOptions, 'localize' | 'now'>): string {
  const { closesAt, booking, role } = view;
  if (role !== 'patient' || booking.status !== 'completed' || closesAt === null || closesAt <= now) return '';
  return localize.t('summary.reopen', booking.providerName, localize.formats.time(closesAt));
}

/** The summary as it stands on paper: all that one must know of it without the page around it. */
export function paperTemplate(view: BookedView, options: CardOptions): TemplateResult {
  const { localize, now } = options;
  const { booking, role } = view;
  const patient = booking.patientName?.trim() ?? '';
  return html`<article class="paper">
    <h1>${localize.t('summary.title', otherName(booking, role, localize))}</h1>
    <dl class="facts">
      ${patient === '' ? nothing : fact(localize.t('person.patient'), patient)}
      ${fact(localize.t('book.provider'), booking.providerName)}
      ${fact(localize.t('session.type'), booking.sessionType)} ${whenTemplate(view, localize)}
      ${lengthTemplate(view, localize)}
    </dl>
    <h2><bdi>${localize.t('notes.heading-from', booking.providerName)}</bdi></h2>
    ${
      view.notes.notes.length > 0
        ? paperNotesTemplate(view.notes.notes, localize)
        : html`<p>${localize.t(view.notes.state === 'failed' ? 'notes.failed' : 'notes.empty')}</p>`
    }
    ${unreadableTemplate(view.notes, localize)}
    <p class="small muted">${localize.t('summary.printed', localize.formats.stamp(now))}</p>
  </article>`;
}

function whenTemplate({ booking }: BookedView, localize: Localize): TemplateResult {
  const { formats } = localize;
  const at = toInstant(booking.dateTime);
  const ended = booking.completedAt === undefined ? null : toInstant(booking.completedAt);
  return html`
    ${fact(localize.t('session.when'), formats.longDayAndTime(at))}
    ${
      ended === null
        ? nothing
        : fact(
            localize.t('summary.ends-at'),
            formats.dayKey(ended) === formats.dayKey(at) ? formats.timeWithZone(ended) : formats.stamp(ended),
          )
    }
  `;
}

function lengthTemplate({ duration }: BookedView, localize: Localize): TemplateResult | typeof nothing {
  if (duration === null) return nothing;
  const text = duration < MINUTE ? localize.t('summary.lasted-moment') : localize.formats.duration(duration);
  return fact(localize.t('summary.lasted'), text);
}

/** Not before the notes are here, and not where a browser, such as that of an app, prints nothing. */
export function canPrint({ phase, notes }: SessionView): boolean {
  return phase === 'completed' && notes.state !== 'loading' && 'print' in window;
}

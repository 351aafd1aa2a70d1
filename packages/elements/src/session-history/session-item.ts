import { toInstant, type PastSession, type ProviderNote } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { chevronDownIcon } from '../shared/icons.js';
import type { Formats } from '../shared/formats.js';
import type { Localize } from '../shared/localize.controller.js';

/** One session as it is shown. */
export interface SessionItem {
  readonly session: PastSession;
  /** Another one for each item of the page. */
  readonly id: string;
  readonly isOpen: boolean;
  /** Those of its notes that are shown; null: all of them. */
  readonly hits: readonly ProviderNote[] | null;
}

export interface SessionItemOptions {
  readonly localize: Localize;
  /** Looked up once for all of them. */
  readonly formats: Formats;
  readonly notes: (item: SessionItem) => TemplateResult;
  readonly onToggle: (item: SessionItem) => void;
  /** Shows all notes of one of which only some are shown. */
  readonly onWhole: (item: SessionItem) => void;
}

/** One session: when, of which kind, how it went, how many notes; opened, the notes. */
export function sessionItemTemplate(item: SessionItem, options: SessionItemOptions): TemplateResult {
  const { formats, localize, onToggle } = options;
  const { session, id, isOpen } = item;
  const { booking, outcome } = session;
  return html`<li class="session" part="session" data-outcome=${outcome}>
    <button
      class="summary"
      part="session-button"
      id=${`${id}-button`}
      aria-expanded=${isOpen ? 'true' : 'false'}
      aria-controls=${isOpen ? id : nothing}
      @click=${() => onToggle(item)}
    >
      <span class="chevron">${chevronDownIcon()}</span>
      <span class="what">
        <b><bdi>${formats.longDayAndTime(toInstant(booking.dateTime))}</bdi></b>
        <span class="muted"><bdi class="searched">${booking.sessionType}</bdi></span>
      </span>
      <span class="how">
        <span class="outcome"><bdi>${wentText(session, options)}</bdi></span>
        <span class="muted">${countOf(session, localize)}</span>
      </span>
    </button>
    ${isOpen ? bodyTemplate(item, options) : nothing}
  </li>`;
}

function wentText({ outcome, duration }: PastSession, { formats, localize }: SessionItemOptions): string {
  if (outcome === 'completed' && duration !== null) return formats.duration(duration);
  return localize.t(`history.outcome-${outcome}`);
}

function countOf({ notes }: PastSession, localize: Localize): string {
  return notes.length === 0 ? localize.t('history.no-notes') : localize.t('notes.count', notes.length);
}

function bodyTemplate(item: SessionItem, options: SessionItemOptions): TemplateResult {
  const { formats, localize } = options;
  const { session, id } = item;
  const { booking, handedOverAt } = session;
  const reason = booking.notes.trim();
  return html`<div class="body" id=${id} role="group" aria-labelledby=${`${id}-button`}>
    ${
      handedOverAt === null
        ? nothing
        : html`<p class="small">${localize.t('history.handed-over', formats.stamp(toInstant(handedOverAt)))}</p>`
    }
    ${
      reason === ''
        ? nothing
        : html`<div class="reason" part="reason">
            <p class="small muted">${localize.t('history.reason')}</p>
            <p class="searched" dir="auto">${reason}</p>
          </div>`
    }
    ${notesTemplate(item, options)}
  </div>`;
}

function notesTemplate(item: SessionItem, { localize, notes, onWhole }: SessionItemOptions): TemplateResult {
  const total = item.session.notes.length;
  if (total === 0) return html`<p class="small muted" part="empty">${localize.t('history.no-notes-help')}</p>`;
  const shown = item.hits?.length ?? total;
  if (shown === total) return notes(item);
  return html`${shown === 0 ? nothing : notes(item)}
    <p class="rest">
      ${shown === 0 ? nothing : html`<span class="small muted">${localize.t('history.some-notes', shown, total)}</span>`}
      <button class="button plain" @click=${() => onWhole(item)}>${localize.t('history.all-notes', total)}</button>
    </p>`;
}

import { toInstant, type SessionView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { pictureInPicture2Icon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';

export interface HeadOptions {
  readonly localize: Localize;
  readonly now: number;
  readonly session: SessionView;
  readonly name: string;
  /** What the patient sees of the session. */
  readonly seen: string;
  /** Null where there is no such window, or nothing to show in it. */
  readonly onWindow: (() => void) | null;
  readonly isWindowOpen: boolean;
}

/** Whose session it is and when, how it stands for the patient, and what they want to talk about. */
export function headTemplate(options: HeadOptions): TemplateResult {
  const { localize, now, session, name, seen, onWindow, isWindowOpen } = options;
  const { booking } = session;
  return html`<header class="head">
      <div class="who">
        <h2 id="patient"><bdi>${name}</bdi></h2>
        ${booking === null ? nothing : html`<span class="muted">${whenTemplate(booking.dateTime, localize, now)}, <bdi>${booking.sessionType}</bdi></span>`}
      </div>
      ${
        onWindow === null
          ? nothing
          : html`<button
              class="button"
              part="window-button"
              aria-pressed=${isWindowOpen ? 'true' : 'false'}
              title=${localize.t('dashboard.window-hint')}
              @click=${onWindow}
            >
              ${pictureInPicture2Icon()} ${localize.t('dashboard.window-open')}
            </button>`
      }
      <p class="sees muted" part="patient-sees">${seen}</p>
    </header>
    ${
      booking === null || booking.notes.trim() === ''
        ? nothing
        : html`<details>
            <summary>${localize.t('dashboard.patient-reason')}</summary>
            <p dir="auto">${booking.notes}</p>
          </details>`
    }`;
}

function whenTemplate(dateTime: string, localize: Localize, now: number): TemplateResult {
  return html`<bdi>${localize.formats.when(toInstant(dateTime), now, (day) => day)}</bdi>`;
}

import type { BookingId, JudgedBooking, SessionClient, SessionView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { chevronLeftIcon, videoIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import type { Messages } from '../shared/messages.js';
import { otherName } from '../shared/person.js';
import type { NotesSheet } from './notes-sheet.js';

/** What every element inside is given. */
export interface Inner {
  readonly client: SessionClient;
  readonly localize: Localize;
  readonly messages: Partial<Messages>;
  readonly timeZone: string;
  readonly sessionUrl: string;
  /** What a portal turns on in the call. */
  readonly help: boolean;
  readonly shortcuts: boolean;
}

export function notesTemplate({ client, messages, timeZone }: Inner, id: BookingId): TemplateResult {
  return html`<provider-notes
    part="notes"
    no-tools
    .client=${client}
    .bookingId=${id}
    .messages=${messages}
    .timeZone=${timeZone}
  ></provider-notes>`;
}

/** The portal's own check, or ours. */
export function checkTemplate({ client, messages, timeZone }: Inner): TemplateResult {
  return html`<slot name="device-check"
    ><device-check
      slot="device-check"
      folded
      .client=${client}
      .messages=${messages}
      .timeZone=${timeZone}
    ></device-check
  ></slot>`;
}

/** The call alone. */
function callOf({ client, messages, timeZone, help, shortcuts }: Inner, id: BookingId): TemplateResult {
  return html`<session-call
    part="call"
    exportparts="base: call-base, stage: call-stage, controls: call-controls, control: call-control"
    .client=${client}
    .bookingId=${id}
    .messages=${messages}
    .timeZone=${timeZone}
    ?help=${help}
    ?shortcuts=${shortcuts}
    ><slot name="waiting" slot="waiting"></slot
  ></session-call>`;
}

/** The call, with its notes beside it, or folded below; a guest gets none, they are between patient and provider. */
export function callTemplate(inner: Inner, id: BookingId, view: SessionView, sheet: NotesSheet): TemplateResult {
  const { localize } = inner;
  if (view.role === 'guest') return callOf(inner, id);
  return html`<div class="layout with-notes ${sheet.isOpen ? 'unfolded' : ''}">
    ${callOf(inner, id)}
    <div class="beside" part="notes-sheet" @keydown=${sheet.onKeydown}>
      ${sheet.template(view, localize)}
      <div class="scroller" id="notes" tabindex="0" role="group" aria-label=${localize.t('notes.heading')}>
        ${notesTemplate(inner, id)}
      </div>
    </div>
  </div>`;
}

export function actionsTemplate(
  { client, messages, timeZone, sessionUrl }: Inner,
  id: BookingId,
  onCancelled: () => void,
): TemplateResult {
  return html`<appointment-actions
    class="wide"
    part="actions"
    .client=${client}
    .bookingId=${id}
    .messages=${messages}
    .timeZone=${timeZone}
    .sessionUrl=${sessionUrl}
    @appointment-cancelled=${onCancelled}
  ></appointment-actions>`;
}

export interface FormOptions {
  /** A session that can be joined now. */
  readonly opened: JudgedBooking | null;
  readonly onBack: () => void;
  readonly onBooked: () => void;
}

/** The form to book, with the way back. */
export function formTemplate(
  { client, messages, timeZone, sessionUrl, localize }: Inner,
  { opened, onBack, onBooked }: FormOptions,
): TemplateResult {
  return html`
    <div class="card over">
      <button class="button plain" part="back-button" @click=${onBack}>
        <span class="backward">${chevronLeftIcon()}</span> ${localize.t('action.back')}
      </button>
      ${
        opened === null
          ? nothing
          : html`<div class="notice" part="opened">
              ${videoIcon()}
              <p>${localize.t('gate.opened', otherName(opened.booking, opened.role, localize))}</p>
              <button class="button" @click=${onBack}>${localize.t('gate.go')}</button>
            </div>`
      }
    </div>
    <book-appointment
      .client=${client}
      .messages=${messages}
      .timeZone=${timeZone}
      .sessionUrl=${sessionUrl}
      @appointment-booked=${onBooked}
    ></book-appointment>
  `;
}

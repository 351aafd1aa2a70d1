import { toInstant, type JudgedBooking, type Permission, type Slot } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { otherName } from '../shared/person.js';
import { PROBLEM_TEXT, problemNotice } from '../shared/problem.js';
import {
  chosenSlot,
  FIRST_SLOT,
  hasTimes,
  slotPicker,
  wholeTime,
  type SlotPickerOptions,
} from '../shared/slot-picker.js';
import type { Ticker } from '../shared/ticker.controller.js';
import { whenOf } from '../shared/when-of.js';
import type { AppointmentTask } from './appointment-task.js';
import { problemOf, REASON, whyNot, type Here, type Task } from './task.js';

export interface DialogOptions extends Here {
  readonly ticker: Ticker;
  readonly judged: JudgedBooking;
  readonly task: Task;
  readonly permission: Permission | null;
  readonly flow: AppointmentTask;
  readonly onLater: () => void;
}

/** What a dialog asks; or why there is nothing more to ask, because the booking has changed under it. */
export function dialogTemplate(options: DialogOptions): TemplateResult {
  const { task, permission, flow } = options;
  if (permission?.is !== 'allowed' && flow.sending === null) return refusedTemplate(options);
  return task.act === 'cancel' ? cancelTemplate(options) : changeTemplate(options);
}

function refusedTemplate(options: DialogOptions): TemplateResult {
  const { localize, judged, permission, flow } = options;
  return html`<div class="stack">
    <h2 id="question" tabindex="-1">${whyNot(permission, judged, options)}</h2>
    <button class="button" type="button" @click=${() => flow.close()}>${localize.t('action.close')}</button>
  </div>`;
}

function cancelTemplate(options: DialogOptions): TemplateResult {
  const { localize, judged, task, flow } = options;
  const name = otherName(judged.booking, judged.role, localize);
  const problem = problemOf(task, judged, options);
  const isWrong = problem?.mend === REASON;
  return html`<form class="stack" novalidate @submit=${onSubmit(flow)}>
    <h2 id="question" tabindex="-1">${localize.t('appointment.cancel-question', name)}</h2>
    ${problem === null ? nothing : problemNotice(problem)} ${standing(options)}
    <p class="muted">${localize.t('appointment.cancel-help')}</p>
    <div class="wide field" ?data-wrong=${isWrong}>
      <label for="cancel-reason">${localize.t('appointment.cancel-reason')}</label>
      <p class="muted small" id="cancel-hint">${localize.t('appointment.cancel-reason-hint', name)}</p>
      <textarea
        id="cancel-reason"
        part="reason"
        rows="2"
        maxlength="500"
        dir="auto"
        aria-describedby="cancel-hint ${isWrong ? PROBLEM_TEXT : ''}"
        aria-invalid=${isWrong ? 'true' : nothing}
        .value=${task.reason}
        @input=${(event: InputEvent) => {
          if (event.target instanceof HTMLTextAreaElement) flow.change({ reason: event.target.value });
        }}
      ></textarea>
    </div>
    <div class="actions forth wide">
      ${buttons(
        {
          yes: localize.t(flow.sending === null ? 'appointment.cancel-yes' : 'appointment.cancelling'),
          no: localize.t('appointment.cancel-no'),
          kind: 'danger',
        },
        options,
      )}
    </div>
  </form>`;
}

function changeTemplate(options: DialogOptions): TemplateResult {
  const { localize, now, judged, task, flow } = options;
  const { booking, role } = judged;
  const problem = problemOf(task, judged, options);
  const picker: SlotPickerOptions = {
    localize,
    now,
    ticker: options.ticker,
    times: flow.times,
    choice: task,
    name: otherName(booking, role, localize),
    zone: role === 'patient' ? booking.timeZone : undefined,
    except: toInstant(booking.dateTime),
    emptyHelp: localize.t('appointment.no-time-help'),
    isWrong: problem?.mend === FIRST_SLOT,
    onChange: (choice) => flow.change(choice),
    onReload: () => flow.reload(),
    onLater: options.onLater,
  };
  return html`<form class="stack" novalidate @submit=${onSubmit(flow)}>
    <h2 id="question" tabindex="-1">${localize.t('appointment.change-question')}</h2>
    ${problem === null ? nothing : problemNotice(problem)}
    <div>
      ${standing(options)}
      <p class="muted small">${localize.t('appointment.change-help')}</p>
    </div>
    ${slotPicker(picker)}
    <div class="actions forth wide">
      ${newTime(chosenSlot(picker), options)}
      ${buttons(
        {
          yes: hasTimes(picker)
            ? localize.t(flow.sending === null ? 'appointment.change-yes' : 'appointment.changing')
            : null,
          no: localize.t('appointment.change-no'),
          kind: 'primary',
        },
        options,
      )}
    </div>
  </form>`;
}

/** How the booking stands now. */
function standing({ localize, judged }: DialogOptions): TemplateResult {
  const { booking, role } = judged;
  const name = otherName(booking, role, localize);
  const zone = role === 'patient' ? booking.timeZone : undefined;
  return html`<p>
    <span class="muted">${localize.t('appointment.booked-for')}</span>
    <span class="standing">${wholeTime(toInstant(booking.dateTime), { localize, name, zone })}</span>
  </p>`;
}

/** What is going to be stands beside what does it, however long the list above is. */
function newTime(chosen: Slot | null, { localize, now, judged }: DialogOptions): TemplateResult {
  const when = chosen === null ? '' : whenOf({ ...judged.booking, dateTime: chosen.start }, now, localize);
  return html`<p class="chosen" aria-live="polite">
    ${when === '' ? nothing : html`<strong>${localize.t('appointment.new-time', when)}</strong>`}
  </p>`;
}

interface Buttons {
  /** Null where there is nothing to confirm. */
  readonly yes: string | null;
  readonly no: string;
  readonly kind: 'danger' | 'primary';
}

function buttons({ yes, no, kind }: Buttons, { flow }: DialogOptions): TemplateResult {
  const busy = flow.sending === null ? 'false' : 'true';
  return html`${
      yes === null
        ? nothing
        : html`<button class="button ${kind}" part="confirm-button" aria-disabled=${busy}>${yes}</button>`
    } <button class="button" type="button" part="keep-button" @click=${() => flow.close()}>${no}</button>`;
}

function onSubmit(flow: AppointmentTask): (event: SubmitEvent) => void {
  return (event) => {
    event.preventDefault();
    flow.submit();
  };
}

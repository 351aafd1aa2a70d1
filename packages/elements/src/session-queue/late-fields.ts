import { toInstant, type QueueItem } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { MINUTE } from '../shared/formats.js';
import type { Entered, QueueTasks } from './queue-tasks.js';
import type { Here } from './status.js';

/** Minutes after the time of the session. */
const OFFERED = [5, 10, 15, 20, 30] as const;
const MOST = 240;

interface LateOptions extends Here {
  readonly tasks: QueueTasks;
}

/** How many minutes, or why what was entered can't be sent. */
export function minutesOf(item: QueueItem, entered: Entered, now: number): number | 'range' | 'past' {
  const chosen = chosenIn(item, entered, now);
  const minutes = chosen === 'own' ? Number(entered.own.trim() || NaN) : chosen;
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST) return 'range';
  return endOf(item, minutes) <= now ? 'past' : minutes;
}

/** What to choose from, and when the patient will expect them then. */
export function lateFields(item: QueueItem, options: LateOptions): TemplateResult {
  const { localize, now, tasks } = options;
  const { id } = item.booking;
  const entered = tasks.enteredFor('late', id);
  const chosen = chosenIn(item, entered, now);
  const minutes = minutesOf(item, entered, now);
  const expected = typeof minutes === 'number' ? localize.formats.time(endOf(item, minutes)) : null;
  // What is offered goes when its time has come.
  for (const one of toCome(item, now)) options.ticker.wakeIn(endOf(item, one) - now);
  const radio = (value: number | 'own', label: string): TemplateResult =>
    html`<label class="choice">
      <input
        type="radio"
        name="minutes"
        value=${value}
        .checked=${live(chosen === value)}
        @change=${() => {
          tasks.enter('late', id, { minutes: value });
        }}
      />
      <span>${label}</span>
    </label>`;
  return html`<fieldset class="wide choices">
      <legend class="visually-hidden">${localize.t('queue.late-question')}</legend>
      ${toCome(item, now).map((one) => radio(one, localize.formats.duration(one * MINUTE)))}
      ${radio('own', localize.t('queue.late-own'))}
    </fieldset>
    ${chosen === 'own' ? ownTemplate(item, options) : nothing}
    <p class="expected" aria-live="polite">
      ${expected === null ? nothing : localize.t('queue.late-expect', expected)}
    </p>`;
}

function ownTemplate(item: QueueItem, { localize, tasks }: LateOptions): TemplateResult {
  const { id } = item.booking;
  const { own, problem } = tasks.enteredFor('late', id);
  return html`<div class="wide field" ?data-wrong=${problem !== null}>
    <label for="late-own">${localize.t('queue.late-own')}</label>
    <input
      id="late-own"
      part="minutes"
      inputmode="numeric"
      autocomplete="off"
      maxlength="3"
      aria-invalid=${problem === null ? nothing : 'true'}
      aria-describedby="late-problem"
      .value=${live(own)}
      @input=${(event: InputEvent) => {
        if (event.target instanceof HTMLInputElement) tasks.enter('late', id, { own: event.target.value });
      }}
    />
    <p class="wrong small" id="late-problem" role="alert">
      ${problem === null ? nothing : localize.t(`queue.late-${problem}`)}
    </p>
  </div>`;
}

/** Those that would not say a time that is over. */
function toCome(item: QueueItem, now: number): readonly number[] {
  return OFFERED.filter((minutes) => endOf(item, minutes) > now);
}

function chosenIn(item: QueueItem, { minutes }: Entered, now: number): number | 'own' {
  const offered = toCome(item, now);
  const said = item.booking.late?.minutes;
  const wanted = minutes ?? offered.find((one) => one === said) ?? offered.find((one) => one >= 10) ?? 'own';
  return wanted === 'own' || offered.includes(wanted) ? wanted : 'own';
}

function endOf({ booking }: QueueItem, minutes: number): number {
  return toInstant(booking.dateTime) + minutes * MINUTE;
}

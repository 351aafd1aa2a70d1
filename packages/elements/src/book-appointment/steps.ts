import { toInstant, type Booking, type JudgedBooking, type Provider } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { circleCheckIcon, userIcon } from '../shared/icons.js';
import { failureTemplate, loadingTemplate, type Load } from '../shared/load.js';
import type { Localize } from '../shared/localize.controller.js';
import { avatar } from '../shared/person.js';
import { marked, PROBLEM_TEXT } from '../shared/problem.js';
import { startOf } from '../shared/free-times.controller.js';
import { wholeTime } from '../shared/slot-picker.js';
import { kindsToAsk, REASON_MAX_LENGTH, type BookingForm, type Step } from './booking-form.js';

export interface StepOptions {
  readonly localize: Localize;
  readonly form: BookingForm;
  readonly providers: Load<readonly Provider[]>;
  readonly onChange: (change: Partial<BookingForm>) => void;
  readonly onProvider: (provider: Provider) => void;
  readonly onGo: (step: Step) => void;
  readonly onReload: () => void;
}

export function whoStep({ localize, form, providers, onProvider, onReload }: StepOptions): TemplateResult {
  if (providers.state === 'loading') return loadingTemplate(localize.t('book.loading-providers'));
  if (providers.state === 'failed') {
    return failureTemplate(localize.t('book.failed-providers'), providers.error, localize, onReload);
  }
  if (providers.value.length === 0) return html`<p class="empty">${localize.t('book.no-providers')}</p>`;
  const isWrong = form.problem !== null;
  const fieldset = html`<fieldset class="cards" aria-describedby=${isWrong ? PROBLEM_TEXT : nothing}>
    <legend class="visually-hidden">${localize.t('book.who')}</legend>
    ${repeat(
      providers.value,
      ({ id }) => id,
      (provider) =>
        html`<label class="provider" part="provider">
          <input
            type="radio"
            name="provider"
            .checked=${form.provider?.id === provider.id}
            @change=${() => onProvider(provider)}
          />
          ${avatar(provider.initials, userIcon())}
          <span class="names">
            <b><bdi>${provider.name}</bdi></b>
            ${
              provider.specialty === undefined
                ? nothing
                : html`<span class="muted small"><bdi>${provider.specialty}</bdi></span>`
            }
          </span>
        </label>`,
    )}
  </fieldset>`;
  return marked(fieldset, isWrong);
}

export function whyStep(options: StepOptions): TemplateResult {
  const { localize, form, onChange } = options;
  const left = REASON_MAX_LENGTH - form.reason.length;
  const name = form.provider?.name ?? '';
  const isWrong = form.problem?.mend === '#reason';
  return html`${kindTemplate(options)}
    <div class="wide field" ?data-wrong=${isWrong}>
      <label for="reason">${localize.t('book.reason')}</label>
      <p class="muted small" id="reason-hint">${localize.t('book.reason-hint', name)}</p>
      <textarea
        id="reason"
        part="reason"
        rows="5"
        dir="auto"
        aria-describedby="reason-hint reason-left ${isWrong ? PROBLEM_TEXT : ''}"
        aria-invalid=${isWrong ? 'true' : nothing}
        .value=${form.reason}
        @input=${(event: InputEvent) => {
          if (event.target instanceof HTMLTextAreaElement) onChange({ reason: event.target.value });
        }}
      ></textarea>
      <p class="muted small left" id="reason-left">
        ${left < 0 ? localize.t('book.too-long', -left) : left < 300 ? localize.t('book.characters-left', left) : nothing}
      </p>
    </div>`;
}

function kindTemplate({ localize, form, onChange }: StepOptions): TemplateResult {
  const kinds = kindsToAsk(form.provider);
  if (kinds.length === 0) return html``;
  const isWrong = form.problem?.mend === '.kinds input';
  const fieldset = html`<fieldset class="cards kinds" aria-describedby=${isWrong ? PROBLEM_TEXT : nothing}>
    <legend>${localize.t('book.kind')}</legend>
    ${kinds.map(
      (kind) =>
        html`<label class="provider" part="kind">
          <input type="radio" name="kind" .checked=${form.kind === kind} @change=${() => onChange({ kind })} />
          <span class="names"><bdi>${kind}</bdi></span>
        </label>`,
    )}
  </fieldset>`;
  return marked(fieldset, isWrong);
}

export function reviewStep({ localize, form, onGo }: StepOptions): TemplateResult {
  const { provider, kind, slot, reason } = form;
  if (provider === null || slot === null) return html``;
  const when = wholeTime(startOf(slot), { localize, name: provider.name, zone: provider.timeZone });
  const about =
    reason.trim() === ''
      ? html`<span class="muted">${localize.t('book.nothing-said')}</span>`
      : html`<span class="text" dir="auto">${reason}</span>`;
  return html`<dl class="review wide" part="review">
    ${row(localize.t('book.provider'), html`<bdi>${provider.name}</bdi>`, 'who')}
    ${row(localize.t('book.date'), when, 'when')}
    ${
      kindsToAsk(provider).length === 0 || kind === null
        ? nothing
        : row(localize.t('book.kind-term'), html`<bdi>${kind}</bdi>`, 'why')
    }
    ${row(localize.t('book.about'), about, 'why')}
  </dl>`;

  function row(term: string, text: TemplateResult, step: Step): TemplateResult {
    return html`<div>
      <dt>${term}</dt>
      <dd>${text}</dd>
      <dd>
        <button class="button plain" type="button" @click=${() => onGo(step)}>
          ${localize.t('book.change')} <span class="visually-hidden">${term}</span>
        </button>
      </dd>
    </div>`;
  }
}

export interface DoneOptions {
  readonly localize: Localize;
  readonly now: number;
  readonly booking: Booking;
  /** When it opens, where the client has it already. */
  readonly judged: JudgedBooking | undefined;
  readonly zone: string | undefined;
}

/** After booking: what is booked. */
export function doneStep({ localize, booking, zone }: DoneOptions): TemplateResult {
  const name = booking.providerName;
  return html`<dl class="facts wide" part="confirmation">
    <dt>${localize.t('book.provider')}</dt>
    <dd><bdi>${name}</bdi></dd>
    <dt>${localize.t('book.date')}</dt>
    <dd>${wholeTime(toInstant(booking.dateTime), { localize, name, zone })}</dd>
  </dl>`;
}

/** After booking: what happens next. */
export function nextSteps({ localize, now, judged }: DoneOptions): TemplateResult {
  if (judged?.verdict.phase !== undefined && judged.verdict.phase !== 'upcoming' && judged.verdict.phase !== 'open') {
    return html``;
  }
  return html`<div class="wide next">
    <h3>${localize.t('book.next')}</h3>
    <ul>
      ${
        judged === undefined
          ? nothing
          : html`<li>${circleCheckIcon()} <span>${joinText(judged, now, localize)}</span></li>`
      }
      <li>${circleCheckIcon()} <span>${localize.t('book.next-ready')}</span></li>
    </ul>
  </div>`;
}

function joinText({ verdict }: JudgedBooking, now: number, localize: Localize): string {
  const { formats } = localize;
  return verdict.phase === 'open'
    ? localize.t('book.next-open', formats.time(verdict.closesAt))
    : localize.t(
        'book.next-opens',
        formats.when(verdict.opensAt, now, (day) => day),
      );
}

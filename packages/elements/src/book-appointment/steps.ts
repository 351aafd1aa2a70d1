import { toInstant, type JudgedBooking, type Provider, type SessionError, type Slot } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { errorWords } from '../shared/error-words.js';
import { knownZone, sameClock } from '../shared/formats.js';
import { circleAlertIcon, circleCheckIcon, userIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import { avatar } from '../shared/person.js';
import { daysOf, REASON_MAX_LENGTH, startOf, type BookingForm, type Load, type Step } from './booking-form.js';

export interface StepOptions {
  readonly localize: Localize;
  readonly now: number;
  readonly form: BookingForm;
  readonly providers: Load<readonly Provider[]>;
  readonly slots: Load<readonly Slot[]>;
  readonly onChange: (change: Partial<BookingForm>) => void;
  readonly onGo: (step: Step) => void;
  readonly onReload: () => void;
}

export function whoStep({ localize, form, providers, onChange, onReload }: StepOptions): TemplateResult {
  if (providers.state === 'loading') return loading(localize.t('book.loading-providers'));
  if (providers.state === 'failed') return failure('book.failed-providers', providers.error, localize, onReload);
  if (providers.value.length === 0) return html`<p class="empty">${localize.t('book.no-providers')}</p>`;
  return html`<fieldset class="cards wide">
    <legend class="visually-hidden">${localize.t('book.who')}</legend>
    ${providers.value.map(
      (provider) =>
        html`<label class="provider" part="provider">
          <input
            type="radio"
            name="provider"
            .checked=${form.provider?.id === provider.id}
            @change=${() => onChange({ provider, slot: null, day: null, problem: '' })}
          />
          ${avatar(provider.initials, userIcon())}
          <span class="names">
            <b><bdi>${provider.name}</bdi></b>
            ${provider.specialty === undefined ? nothing : html`<span class="muted small">${provider.specialty}</span>`}
          </span>
        </label>`,
    )}
  </fieldset>`;
}

export function whenStep(options: StepOptions): TemplateResult {
  const { localize, now, form, slots, onChange, onReload } = options;
  if (slots.state === 'loading') return loading(localize.t('book.loading-slots'));
  if (slots.state === 'failed') return failure('book.failed-slots', slots.error, localize, onReload);
  const { formats } = localize;
  const days = daysOf(slots.value, now, formats);
  const first = days[0];
  if (first === undefined) {
    return html`<p class="empty">
      <strong>${localize.t('book.no-slots', form.provider?.name ?? '')}</strong> ${localize.t('book.no-slots-help')}
    </p>`;
  }
  const day = days.find(({ key }) => key === form.day) ?? first;
  return html`
    <p class="muted small">
      ${localize.t('book.your-zone', formats.zoneName(day.at))}
      ${
        zoneOf(day.at, form.provider, localize) === null
          ? nothing
          : localize.t('book.their-zone', form.provider?.name ?? '')
      }
    </p>
    <fieldset class="wide">
      <legend>${localize.t('book.day')}</legend>
      <div class="days">
        ${days.map(({ key, at }) => {
          const leaf = formats.leaf(at);
          return html`<label class="choice day" part="day">
            <input
              type="radio"
              name="day"
              .checked=${key === day.key}
              @change=${() => onChange({ day: key, slot: null, problem: '' })}
            />
            <span>${leaf.weekday}</span> <b>${leaf.date}</b>
          </label>`;
        })}
      </div>
    </fieldset>
    <fieldset class="wide">
      <legend>${localize.t('book.time-on', formats.day(day.at))}</legend>
      <div class="slots">${day.slots.map((slot) => slotTemplate(slot, options))}</div>
    </fieldset>
  `;
}

function slotTemplate(slot: Slot, { localize, form, onChange }: StepOptions): TemplateResult {
  const { formats } = localize;
  const at = startOf(slot);
  const zone = zoneOf(at, form.provider, localize);
  const name = form.provider?.name ?? '';
  return html`<label class="choice slot" part="slot">
    <input
      type="radio"
      name="slot"
      .checked=${form.slot?.start === slot.start}
      @change=${() => onChange({ slot, day: formats.dayKey(at), problem: '' })}
    />
    <b><bdi>${formats.time(at)}</bdi></b>
    ${
      zone === null
        ? nothing
        : html`<span class="small muted" aria-hidden="true">${formats.timeWithZone(at, zone)}</span>
            <span class="visually-hidden">${localize.t('book.their-time', name, formats.timeWithZone(at, zone))}</span>`
    }
  </label>`;
}

export function whyStep({ localize, form, onChange }: StepOptions): TemplateResult {
  const left = REASON_MAX_LENGTH - form.reason.length;
  const name = form.provider?.name ?? '';
  return html`<div class="wide field">
    <label for="reason">${localize.t('book.reason')}</label>
    <p class="muted small" id="reason-hint">${localize.t('book.reason-hint', name)}</p>
    <textarea
      id="reason"
      part="reason"
      rows="5"
      dir="auto"
      aria-describedby="reason-hint reason-left"
      .value=${form.reason}
      @input=${(event: InputEvent) => onChange({ reason: (event.target as HTMLTextAreaElement).value, problem: '' })}
    ></textarea>
    <p class="muted small left" id="reason-left">
      ${left < 0 ? localize.t('book.too-long', -left) : left < 300 ? localize.t('book.characters-left', left) : nothing}
    </p>
  </div>`;
}

export function reviewStep({ localize, form, onGo }: StepOptions): TemplateResult {
  const { provider, slot, reason } = form;
  if (provider === null || slot === null) return html``;
  const at = startOf(slot);
  return html`<dl class="review wide" part="review">
    ${reviewRow(localize.t('book.provider'), html`<bdi>${provider.name}</bdi>`, change('who'))}
    ${reviewRow(localize.t('book.date'), whenText(at, provider, localize), change('when'))}
    ${reviewRow(
      localize.t('book.about'),
      reason.trim() === ''
        ? html`<span class="muted">${localize.t('book.nothing-said')}</span>`
        : html`<span class="text" dir="auto">${reason}</span>`,
      change('why'),
    )}
  </dl>`;

  function change(step: Step): TemplateResult {
    const what = step === 'who' ? 'book.provider' : step === 'when' ? 'book.date' : 'book.about';
    return html`<button class="button plain" type="button" @click=${() => onGo(step)}>
      ${localize.t('book.change')} <span class="visually-hidden">${localize.t(what)}</span>
    </button>`;
  }
}

function reviewRow(term: string, text: TemplateResult, change: TemplateResult): TemplateResult {
  return html`<div>
    <dt>${term}</dt>
    <dd>${text}</dd>
    <dd>${change}</dd>
  </div>`;
}

/** After booking: what is booked, and what happens next. `judged` says when it opens, where the client has it already. */
export function doneStep({ localize, form, now }: StepOptions, judged: JudgedBooking | undefined): TemplateResult {
  const { booked, provider } = form;
  if (booked === null) return html``;
  const at = toInstant(booked.dateTime);
  return html`
    <dl class="facts wide" part="confirmation">
      <dt>${localize.t('book.provider')}</dt>
      <dd><bdi>${booked.providerName}</bdi></dd>
      <dt>${localize.t('book.date')}</dt>
      <dd>${whenText(at, provider, localize)}</dd>
    </dl>
    <div class="wide next">
      <h3>${localize.t('book.next')}</h3>
      <ul>
        ${
          judged === undefined
            ? nothing
            : html`<li>${circleCheckIcon()} <span>${joinText(judged, now, localize)}</span></li>`
        }
        <li>${circleCheckIcon()} <span>${localize.t('book.next-ready')}</span></li>
      </ul>
    </div>
  `;
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

function whenText(at: number, provider: Provider | null, localize: Localize): TemplateResult {
  const { formats } = localize;
  const zone = zoneOf(at, provider, localize);
  const theirs =
    zone === null ? '' : localize.t('book.their-time', provider?.name ?? '', formats.timeWithZone(at, zone));
  return html`${formats.longDay(at)}, ${formats.timeWithZone(at)}
  ${theirs === '' ? nothing : html`<br /><span class="muted small">${theirs}</span>`}`;
}

/** The provider's own zone, where its clock shows something else. */
function zoneOf(at: number, provider: Provider | null, localize: Localize): string | null {
  const zone = knownZone(provider?.timeZone);
  return zone === null || sameClock(at, zone, localize.formats.timeZone) ? null : zone;
}

function loading(text: string): TemplateResult {
  return html`<div class="wide skeletons" aria-busy="true">
    <span class="visually-hidden">${text}</span>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`;
}

function failure(
  key: 'book.failed-providers' | 'book.failed-slots',
  error: SessionError,
  localize: Localize,
  onReload: () => void,
): TemplateResult {
  return html`<div class="notice warning wide" part="error">
    ${circleAlertIcon()}
    <p>${localize.t(key)} ${errorWords(error, localize).help}</p>
    <button class="button" type="button" @click=${onReload}>${localize.t('action.try-again')}</button>
  </div>`;
}

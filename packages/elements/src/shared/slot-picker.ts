import type { Instant, Slot } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { knownZone, sameClock, type Formats } from './formats.js';
import { startOf, type FreeTimes } from './free-times.controller.js';
import { failureTemplate, loadingTemplate } from './load.js';
import type { Localize } from './localize.controller.js';
import { marked, PROBLEM_TEXT } from './problem.js';
import type { Ticker } from './ticker.controller.js';

/** What somebody has chosen so far. A time counts while its day is the one that shows. */
export interface SlotChoice {
  readonly day: string | null;
  readonly slot: Slot | null;
}

export interface SlotPickerOptions {
  readonly localize: Localize;
  readonly ticker: Ticker;
  readonly now: Instant;
  readonly times: FreeTimes;
  readonly choice: SlotChoice;
  /** Whose times these are, and by which clock they live. */
  readonly name: string;
  readonly zone: string | undefined;
  /** A time that is not offered: the one that it is now. */
  readonly except?: Instant;
  /** What to do where there is no free time. */
  readonly emptyHelp: string;
  /** The choice is what is wrong. */
  readonly isWrong: boolean;
  readonly onChange: (choice: SlotChoice) => void;
  readonly onReload: () => void;
  readonly onLater: () => void;
}

/** The first control of it: where to go to mend a choice. */
export const FIRST_SLOT = '.slots input';

interface Day {
  readonly key: string;
  readonly slots: readonly Slot[];
  /** Start of its first slot. */
  readonly at: Instant;
}

const PARTS = [
  { key: 'book.night', until: 5 },
  { key: 'book.morning', until: 12 },
  { key: 'book.afternoon', until: 18 },
  { key: 'book.evening', until: 24 },
] as const;

/** Days, and the free times of the chosen one, in the person's own zone. Times that begin meanwhile go by themselves. */
export function slotPicker(options: SlotPickerOptions): TemplateResult {
  const { localize, ticker, now, times, name, onReload } = options;
  const { load } = times;
  if (load.state === 'loading') return loadingTemplate(localize.t('book.loading-slots'));
  if (load.state === 'failed') {
    if (load.error.code === 'not-found') return html`<p class="empty">${localize.t('book.provider-gone', name)}</p>`;
    return failureTemplate(localize.t('book.failed-slots'), load.error, localize, onReload);
  }
  const days = daysOf(load.value, options);
  const first = days[0];
  if (first === undefined) {
    return html`<p class="empty">
        <strong>${localize.t('book.no-slots', name, times.days)}</strong> ${options.emptyHelp}
      </p>
      ${laterButton(options)}`;
  }
  ticker.wakeIn(first.at - now + 1);
  const day = shownDay(days, options.choice) ?? first;
  return html`
    <p class="muted small">${zonesSentence(day, options)}</p>
    ${daysTemplate(days, day, options)} ${laterButton(options)} ${slotsTemplate(day, options)}
  `;
}

type Choosing = Pick<SlotPickerOptions, 'choice' | 'times' | 'now' | 'localize' | 'except'>;

/** Whether there is anything to choose. */
export function hasTimes({ times, ...options }: Omit<Choosing, 'choice'>): boolean {
  return times.load.state === 'ready' && daysOf(times.load.value, options).length > 0;
}

/** The time that is chosen among those that show; null: none. */
export function chosenSlot(options: Choosing): Slot | null {
  const { choice, times } = options;
  if (times.load.state !== 'ready') return null;
  const days = daysOf(times.load.value, options);
  const day = shownDay(days, choice) ?? days[0];
  return day?.slots.find(({ start }) => start === choice.slot?.start) ?? null;
}

/** The provider's own zone, where its clock shows something else. */
export function otherZone(at: Instant, zone: string | undefined, { formats }: Localize): string | null {
  const known = knownZone(zone);
  return known === null || sameClock(at, known, formats.timeZone) ? null : known;
}

/** "Wednesday 7 January 2026, 10:00 GMT", and what the provider's clock shows then where it differs. */
export function wholeTime(
  at: Instant,
  { localize, name, zone }: Pick<SlotPickerOptions, 'localize' | 'name' | 'zone'>,
): TemplateResult {
  const { formats } = localize;
  const other = otherZone(at, zone, localize);
  return html`<bdi>${formats.longDayAndTime(at)}</bdi> ${
      other === null
        ? nothing
        : html`<span class="muted small theirs">
            <bdi>${localize.t('book.their-time', name, formats.timeThere(at, other))}</bdi>
          </span>`
    }`;
}

/** Free times by calendar day in the person's zone; what has begun meanwhile is left out. */
function daysOf(
  slots: readonly Slot[],
  { now, localize, except }: Pick<SlotPickerOptions, 'now' | 'localize' | 'except'>,
): readonly Day[] {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) {
    const at = startOf(slot);
    if (at <= now || at === except) continue;
    const key = localize.formats.dayKey(at);
    const day = days.get(key);
    if (day === undefined) days.set(key, [slot]);
    else day.push(slot);
  }
  return [...days].map(([key, own]) => ({ key, slots: own, at: own[0] === undefined ? now : startOf(own[0]) }));
}

function shownDay(days: readonly Day[], choice: SlotChoice): Day | undefined {
  return days.find(({ key }) => key === choice.day);
}

function daysTemplate(days: readonly Day[], shown: Day, options: SlotPickerOptions): TemplateResult {
  const { localize, choice, onChange } = options;
  return html`<fieldset class="wide">
    <legend>${localize.t('book.day')}</legend>
    <div class="days">
      ${repeat(
        days,
        ({ key }) => key,
        ({ key, at }) => {
          const { weekday, date } = localize.formats.leaf(at);
          return html`<label class="choice day" part="day">
            <input
              type="radio"
              name="day"
              .checked=${key === shown.key}
              @change=${() => onChange({ day: key, slot: choice.slot })}
            />
            <span>${weekday}</span> <b><bdi>${date}</bdi></b>
          </label>`;
        },
      )}
    </div>
  </fieldset>`;
}

function slotsTemplate(day: Day, options: SlotPickerOptions): TemplateResult {
  const { localize, isWrong, zone } = options;
  const { formats } = localize;
  const shown = day.slots.map((slot) => formats.time(startOf(slot)));
  const isRepeated = (slot: Slot): boolean => shown.filter((time) => time === formats.time(startOf(slot))).length > 1;
  const hasBoth = day.slots.some((slot) => otherZone(startOf(slot), zone, localize) !== null);
  const fieldset = html`<fieldset
    class="slots ${hasBoth ? 'both' : ''}"
    aria-describedby=${isWrong ? PROBLEM_TEXT : nothing}
  >
    <legend>${localize.t('book.time-on', formats.day(day.at))}</legend>
    ${repeat(
      partsOf(day, formats),
      ({ key }) => key,
      ({ key, slots }) =>
        html`<div role="group" aria-labelledby=${key}>
          <p class="muted small" id=${key}>${localize.t(key)}</p>
          <div class="times">
            ${repeat(
              slots,
              ({ start }) => start,
              (slot) => slotTemplate(slot, isRepeated(slot), options),
            )}
          </div>
        </div>`,
    )}
  </fieldset>`;
  return marked(fieldset, isWrong);
}

function slotTemplate(slot: Slot, isRepeated: boolean, options: SlotPickerOptions): TemplateResult {
  const { localize, choice, name, zone, onChange } = options;
  const { formats } = localize;
  const at = startOf(slot);
  const other = otherZone(at, zone, localize);
  const there = other === null ? '' : formats.timeThere(at, other);
  return html`<label class="choice slot" part="slot">
    <input
      type="radio"
      name="slot"
      .checked=${choice.slot?.start === slot.start}
      @change=${() => onChange({ slot, day: formats.dayKey(at) })}
    />
    <b class=${isRepeated ? 'zoned' : ''}><bdi>${isRepeated ? formats.timeWithZone(at) : formats.time(at)}</bdi></b>
    ${
      there === ''
        ? nothing
        : html`<span class="small muted" aria-hidden="true"><bdi>${there}</bdi></span>
            <span class="visually-hidden">${localize.t('book.their-time', name, there)}</span>`
    }
  </label>`;
}

function partsOf(
  day: Day,
  formats: Formats,
): readonly { key: (typeof PARTS)[number]['key']; slots: readonly Slot[] }[] {
  const hours = day.slots.map((slot) => formats.hour(startOf(slot)));
  return PARTS.map(({ key, until }, part) => {
    const from = PARTS[part - 1]?.until ?? 0;
    return { key, slots: day.slots.filter((_, at) => (hours[at] ?? 0) >= from && (hours[at] ?? 0) < until) };
  }).filter(({ slots }) => slots.length > 0);
}

function zonesSentence({ at, slots }: Day, { localize, name, zone }: SlotPickerOptions): string {
  const { formats } = localize;
  const last = slots.at(-1);
  const [before, after] = [formats.zoneName(at), formats.zoneName(last === undefined ? at : startOf(last))];
  const own = localize.t('book.your-zone', before === after ? before : localize.t('book.zone-change', before, after));
  return otherZone(at, zone, localize) === null ? own : `${own} ${localize.t('book.their-zone', name)}`;
}

function laterButton({ localize, times, onLater }: SlotPickerOptions): TemplateResult {
  if (!times.canLookFurther) return html``;
  const isLoading = times.later === 'loading';
  return html`<div class="later">
    <button class="button plain" type="button" aria-disabled=${isLoading ? 'true' : 'false'} @click=${onLater}>
      ${localize.t(isLoading ? 'book.loading-slots' : 'book.later-days')}
    </button>
    ${times.later === 'failed' ? html`<p role="alert" class="small">${localize.t('book.failed-slots')}</p>` : nothing}
  </div>`;
}

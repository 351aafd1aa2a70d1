import type { ClientView, Instant, Provider, SessionError, Slot } from '@active-session/core';
import { errorWords } from '../shared/error-words.js';
import { startOf, type FreeTimes } from '../shared/free-times.controller.js';
import type { Localize } from '../shared/localize.controller.js';
import { isUncertain } from '../shared/outcome.js';
import type { Problem } from '../shared/problem.js';
import { chosenSlot, FIRST_SLOT } from '../shared/slot-picker.js';
import { hasAlready } from './attempts.js';
import { kindsToAsk, REASON_MAX_LENGTH, requestOf, type BookingForm, type Step } from './booking-form.js';

const FIRST_PROVIDER = '.provider input';
const FIRST_KIND = '.kinds input';
const REASON = '#reason';

/** Why it does not go on, and where that can be mended. All that was entered and is not the reason stays. */
export interface Setback {
  readonly step: Step;
  readonly problem: Problem;
  readonly change: Partial<BookingForm>;
}

interface Here {
  readonly localize: Localize;
  readonly now: () => Instant;
}

/** What is missing or wrong in the step that shows. */
export function missingIn(form: BookingForm, times: FreeTimes, { localize, now }: Here): Problem | null {
  const { step, provider, kind, reason } = form;
  if (step === 'who')
    return provider === null ? problem(() => localize.t('book.choose-provider'), FIRST_PROVIDER) : null;
  if (step === 'when') {
    const chosen = chosenSlot({ choice: form, times, now: now(), localize });
    return chosen === null ? problem(() => localize.t('book.choose-time'), FIRST_SLOT) : null;
  }
  if (step !== 'why') return null;
  if (kind === null && kindsToAsk(provider).length > 0)
    return problem(() => localize.t('book.choose-kind'), FIRST_KIND);
  const excess = reason.length - REASON_MAX_LENGTH;
  return excess > 0 ? problem(() => localize.t('book.too-long', excess), REASON) : null;
}

/** Why a booking that was sent is not booked. */
export function setbackOf(error: SessionError, form: BookingForm, view: ClientView, localize: Localize): Setback {
  const { slot } = form;
  if (error.code === 'slot-taken' && slot !== null) {
    const request = requestOf(form);
    const key = request !== null && hasAlready(request, view) ? 'book.slot-yours' : 'book.slot-taken';
    return anotherTime(() => localize.t(key, timeOf(slot, localize)));
  }
  if (error.code === 'invalid') return refused(error, form, localize);
  const say = (): string => {
    const { title, help } = errorWords(error, localize);
    if (isUncertain(error)) return `${title} ${localize.t('book.failed-unknown-outcome')}`;
    return `${title} ${help} ${localize.t('book.failed')}`;
  };
  return { step: 'review', problem: problem(say), change: {} };
}

export function slotBegun(slot: Slot, localize: Localize): Setback {
  return anotherTime(() => localize.t('book.slot-begun', timeOf(slot, localize)));
}

export function slotGone(slot: Slot, localize: Localize): Setback {
  return anotherTime(() => localize.t('book.slot-gone', timeOf(slot, localize)));
}

export function providerGone({ name }: Provider, localize: Localize): Setback {
  const change = { provider: null, kind: null, day: null, slot: null };
  return { step: 'who', problem: problem(() => localize.t('book.provider-gone', name), FIRST_PROVIDER), change };
}

function refused({ problems }: SessionError, { provider, kind }: BookingForm, localize: Localize): Setback {
  const isAbout = (field: string): boolean => problems.some(({ path }) => path === field);
  if (isAbout('provider') && provider !== null) return providerGone(provider, localize);
  if (isAbout('sessionType') && kind !== null) {
    const say = (): string => localize.t('book.kind-refused', kind);
    return { step: 'why', problem: problem(say, FIRST_KIND), change: { kind: null } };
  }
  if (isAbout('notes')) {
    return { step: 'why', problem: problem(() => localize.t('book.text-refused'), REASON), change: {} };
  }
  return anotherTime(() => localize.t('book.failed-invalid'));
}

/** Back to the times: the one that was chosen can't be had. */
function anotherTime(say: () => string): Setback {
  return { step: 'when', problem: problem(say, FIRST_SLOT), change: { slot: null } };
}

function timeOf(slot: Slot, { formats }: Localize): string {
  return formats.time(startOf(slot));
}

/** Said in the language of the page, whenever it is shown. */
function problem(say: () => string, mend?: string): Problem {
  return {
    get text() {
      return say();
    },
    ...(mend === undefined ? {} : { mend }),
  };
}

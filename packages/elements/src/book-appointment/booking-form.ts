import {
  sameId,
  type Booking,
  type BookingRequest,
  type ClientView,
  type JudgedBooking,
  type Provider,
} from '@active-session/core';
import type { Problem } from '../shared/problem.js';
import type { SlotChoice } from '../shared/slot-picker.js';

export const STEPS = ['who', 'when', 'why', 'review'] as const;
export type Step = (typeof STEPS)[number] | 'done';

/** Most characters of what the patient writes, as the core's schema has it. */
export const REASON_MAX_LENGTH = 2_000;

/** All that the person has entered, and where they are. */
export interface BookingForm extends SlotChoice {
  readonly step: Step;
  readonly provider: Provider | null;
  /** What kind of session, where the provider offers several. */
  readonly kind: string | null;
  readonly reason: string;
  readonly sending: boolean;
  readonly problem: Problem | null;
  readonly booked: Booking | null;
}

export const EMPTY_FORM: BookingForm = {
  step: 'who',
  provider: null,
  kind: null,
  day: null,
  slot: null,
  reason: '',
  sending: false,
  problem: null,
  booked: null,
};

/** The step before or after one of those in which something is asked. */
export function stepBeside(step: Step, by: 1 | -1): Step {
  const index = STEPS.findIndex((one) => one === step);
  return STEPS[Math.max(0, index + by)] ?? 'review';
}

/** The kinds of session to ask about; with one or none there is nothing to ask. */
export function kindsToAsk(provider: Provider | null): readonly string[] {
  const kinds = [...new Set(provider?.sessionTypes ?? [])];
  return kinds.length > 1 ? kinds : [];
}

/** With another provider, what was chosen of the former one goes; what was written stays. */
export function withProvider(form: BookingForm, provider: Provider): BookingForm {
  if (provider.id === form.provider?.id) return { ...form, provider };
  const kind = kindsToAsk(provider).find((one) => one === form.kind) ?? null;
  return { ...form, provider, kind, day: null, slot: null };
}

/** What is sent; null while something is missing. */
export function requestOf({ provider, kind, slot, reason }: BookingForm): BookingRequest | null {
  if (provider === null || slot === null) return null;
  const sessionType = kindsToAsk(provider).length > 0 ? kind : provider.sessionTypes?.[0];
  const request = { provider: provider.id, dateTime: slot.start, notes: reason.trim() };
  return sessionType === undefined || sessionType === null ? request : { ...request, sessionType };
}

/** What was booked as the client knows it now. */
export function judgedOf(booked: Booking | null, view: ClientView): JudgedBooking | undefined {
  return booked === null ? undefined : view.bookings.find(({ booking }) => sameId(booking.id, booked.id));
}

import type { Booking, BookingRequest, Instant, Provider, SessionError, Slot } from '@active-session/core';
import { DAY, type Formats } from '../shared/formats.js';

export const STEPS = ['who', 'when', 'why', 'review'] as const;
export type Step = (typeof STEPS)[number] | 'done';

/** For how many days ahead free times are offered. */
export const DAYS_AHEAD = 14;

/** Most characters of what the patient writes, as the core's schema has it. */
export const REASON_MAX_LENGTH = 2_000;

/** Something that is read from the backend. */
export type Load<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly error: SessionError };

/** All that the person has entered, and where they are. */
export interface BookingForm {
  readonly step: Step;
  readonly provider: Provider | null;
  readonly day: string | null;
  readonly slot: Slot | null;
  readonly reason: string;
  readonly sending: boolean;
  /** What to say above the step: a mistake, or what went wrong. */
  readonly problem: string;
  readonly booked: Booking | null;
}

export const EMPTY_FORM: BookingForm = {
  step: 'who',
  provider: null,
  day: null,
  slot: null,
  reason: '',
  sending: false,
  problem: '',
  booked: null,
};

export interface Day {
  readonly key: string;
  readonly slots: readonly Slot[];
  /** Start of its first slot. */
  readonly at: Instant;
}

export function slotRange(now: Instant): { from: Instant; to: Instant } {
  return { from: now, to: now + DAYS_AHEAD * DAY };
}

/** Free times by calendar day in the person's zone, in order; what has begun meanwhile is left out. */
export function daysOf(slots: readonly Slot[], now: Instant, formats: Formats): readonly Day[] {
  const days = new Map<string, Slot[]>();
  for (const slot of slots.toSorted((a, b) => startOf(a) - startOf(b))) {
    if (startOf(slot) <= now) continue;
    const key = formats.dayKey(startOf(slot));
    days.set(key, [...(days.get(key) ?? []), slot]);
  }
  return [...days].map(([key, own]) => ({ key, slots: own, at: own[0] === undefined ? now : startOf(own[0]) }));
}

export function startOf(slot: Slot): Instant {
  return Date.parse(slot.start);
}

/** What is sent; null while something is missing. */
export function requestOf({ provider, slot, reason }: BookingForm): BookingRequest | null {
  if (provider === null || slot === null) return null;
  const sessionType = provider.sessionTypes?.[0];
  const request = { provider: provider.id, dateTime: slot.start, notes: reason.trim() };
  return sessionType === undefined ? request : { ...request, sessionType };
}

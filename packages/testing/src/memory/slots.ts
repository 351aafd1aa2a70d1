import { MINUTE, SessionError, toIso, type Instant, type Provider, type Slot } from '@active-session/core';
import { invalidField } from './checked.js';
import { startOf } from './rows.js';
import type { Row, State } from './state.js';

export const SESSION_TYPE = 'Video Consultation';
const DAY = 24 * 60 * MINUTE;

export function listProviders(state: State): readonly Provider[] {
  return [...state.people.values()]
    .filter(({ role }) => role === 'provider')
    .map(({ id, name, initials = initialsOf(name), specialty, timeZone = 'UTC' }) => ({
      id,
      name,
      initials,
      timeZone,
      ...(specialty === undefined ? {} : { specialty }),
      sessionTypes: [SESSION_TYPE],
    }));
}

export function freeSlots(state: State, provider: string, range: { from: Instant; to: Instant }): readonly Slot[] {
  if (state.people.get(provider)?.role !== 'provider') throw new SessionError('not-found', 'No such provider.');
  const { from, to, slotMinutes } = state.options.hours;
  const slots: Slot[] = [];
  for (let midnight = Math.floor(range.from / DAY) * DAY; midnight < range.to; midnight += DAY) {
    for (let minute = from; minute + slotMinutes <= to; minute += slotMinutes) {
      const start = midnight + minute * MINUTE;
      if (start < range.from || start >= range.to || start <= state.now()) continue;
      if (isTaken(state, { provider, start, minutes: slotMinutes })) continue;
      slots.push({ start: toIso(start), durationMinutes: slotMinutes });
    }
  }
  return slots;
}

/** @throws SessionError `invalid` or `slot-taken` where this provider can't be booked then */
export function requireFree(state: State, provider: string, start: Instant, except?: Row): void {
  const { from, to, slotMinutes } = state.options.hours;
  const minute = (start / MINUTE) % (24 * 60);
  if (start <= state.now()) throw invalidField('dateTime', 'expected a time to come');
  if (minute < from || minute + slotMinutes > to || (minute - from) % slotMinutes !== 0) {
    throw invalidField('dateTime', 'expected a time within hours');
  }
  if (isTaken(state, { provider, start, minutes: slotMinutes, except })) throw slotTaken();
}

export function slotTaken(): SessionError {
  return new SessionError('slot-taken', 'Somebody was faster.');
}

export function isTaken(
  state: State,
  slot: { provider: string; start: Instant; minutes: number; except?: Row | undefined },
): boolean {
  return [...state.rows.values()].some((row) => {
    const { booking } = row;
    if (row === slot.except || booking.provider !== slot.provider || booking.status === 'cancelled') return false;
    const other = startOf(booking);
    return slot.start < other + booking.durationMinutes * MINUTE && other < slot.start + slot.minutes * MINUTE;
  });
}

export function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 3)
    .toUpperCase();
}

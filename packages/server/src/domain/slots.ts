import {
  CalendarDateTime,
  fromAbsolute,
  getDayOfWeek,
  toCalendarDate,
  toZoned,
  type CalendarDate,
} from '@internationalized/date';
import { MINUTE, type Instant } from '@active-session/core';
import { DAY } from '../clock.js';
import type { OpeningHours } from '../store/records.js';

/** A time at which a provider works, whether or not it is still free. */
export interface WorkingSlot {
  readonly start: Instant;
  readonly end: Instant;
  readonly durationMinutes: number;
  readonly sessionTypes: readonly string[];
}

/**
 * The slots that start in `[from, to)`, in order. Opening hours are wall-clock times of the provider's zone: a time
 * that a spring change skips is no slot, and one that an autumn change repeats is one slot, the first.
 */
export function workingSlots(
  hours: readonly OpeningHours[],
  timeZone: string,
  from: Instant,
  to: Instant,
): WorkingSlot[] {
  const slots: WorkingSlot[] = [];
  for (const day of daysBetween(
    toCalendarDate(fromAbsolute(from, timeZone)),
    toCalendarDate(fromAbsolute(to, timeZone)),
  )) {
    // Sunday is 0 for en-US.
    const weekday = getDayOfWeek(day, 'en-US') || 7;
    const entries = hours.filter((entry) => entry.weekday === weekday);
    if (entries.length === 0) continue;
    const instantOf = clockOf(day, timeZone);
    for (const entry of entries) slots.push(...slotsOfDay(entry, instantOf));
  }
  return slots.filter(({ start }) => start >= from && start < to).sort((a, b) => a.start - b.start);
}

/** Both included. The calendar ends with 9999-12-31, and a day added to that one is the same day again. */
function* daysBetween(first: CalendarDate, last: CalendarDate): Generator<CalendarDate> {
  for (let day = first; day.compare(last) < 0; day = day.add({ days: 1 })) yield day;
  if (first.compare(last) <= 0) yield last;
}

function slotsOfDay(entry: OpeningHours, instantOf: ClockOfDay): WorkingSlot[] {
  const slots: WorkingSlot[] = [];
  const closes = minuteOfDay(entry.to);
  for (let minute = minuteOfDay(entry.from); minute + entry.slotMinutes <= closes; minute += entry.slotMinutes) {
    const start = instantOf(minute);
    if (start === null) continue;
    const { slotMinutes: durationMinutes, sessionTypes } = entry;
    slots.push({ start, end: start + durationMinutes * MINUTE, durationMinutes, sessionTypes });
  }
  return slots;
}

/** When the wall clocks of a day show this minute; null: never. */
type ClockOfDay = (minute: number) => Instant | null;

/** To ask for an offset is what costs: a day of 24 hours is asked for its beginning only, one with a change for each minute. */
function clockOf(day: CalendarDate, timeZone: string): ClockOfDay {
  const start = instantAt(day, 0, timeZone);
  const end = instantAt(day.add({ days: 1 }), 0, timeZone);
  if (start === null || end === null || end - start !== DAY) return (minute) => instantAt(day, minute, timeZone);
  return (minute) => start + minute * MINUTE;
}

function instantAt(day: CalendarDate, minute: number, timeZone: string): Instant | null {
  const wall = new CalendarDateTime(day.year, day.month, day.day, Math.floor(minute / 60), minute % 60);
  const zoned = toZoned(wall, timeZone, 'earlier');
  const exists = zoned.hour === wall.hour && zoned.minute === wall.minute && zoned.day === wall.day;
  return exists ? zoned.toDate().getTime() : null;
}

function minuteOfDay(wallClock: string): number {
  const [hour = '0', minute = '0'] = wallClock.split(':');
  return Number(hour) * 60 + Number(minute);
}

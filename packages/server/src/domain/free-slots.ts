import { compareText } from '@active-session/core';
import { DAY } from '../clock.js';
import type { PersonRecord } from '../store/records.js';
import { invalidField } from './problem.js';
import { workingSlots, type WorkingSlot } from './slots.js';
import type { ReadUnit } from './unit.js';

/** How far ahead one can book. */
const HORIZON_DAYS = 400;

/** The slot of a provider that starts at `start`, taken or not. @throws Problem `invalid` */
export async function slotAt(unit: ReadUnit, provider: PersonRecord, start: number): Promise<WorkingSlot> {
  if (start <= unit.now) throw invalidField('dateTime', 'in the past');
  if (start > unit.now + HORIZON_DAYS * DAY) {
    throw invalidField('dateTime', `more than ${HORIZON_DAYS} days ahead`);
  }
  const hours = await unit.view.people.openingHours(provider.id);
  const slot = workingSlots(hours, provider.timeZone, start, start + 1)[0];
  if (slot === undefined) throw invalidField('dateTime', 'no time at which this provider can be booked');
  return slot;
}

/** Free slots of a provider that start in `[from, to)`, after now and no further ahead than one can book. */
export async function freeSlots(
  unit: ReadUnit,
  provider: PersonRecord,
  from: number,
  to: number,
): Promise<WorkingSlot[]> {
  const hours = await unit.view.people.openingHours(provider.id);
  const last = Math.min(to, unit.now + HORIZON_DAYS * DAY + 1);
  const slots = workingSlots(hours, provider.timeZone, Math.max(from, unit.now + 1), last);
  const [first, end] = [slots[0]?.start, slots.at(-1)?.end];
  if (first === undefined || end === undefined) return [];
  const taken = await unit.view.bookings.taken(provider.id, first, end);
  return without(slots, taken);
}

/** Both in the order of their starts. */
function without(
  slots: readonly WorkingSlot[],
  taken: readonly { readonly start: number; readonly end: number }[],
): WorkingSlot[] {
  let next = 0;
  return slots.filter((slot) => {
    while ((taken[next]?.end ?? Infinity) <= slot.start) next += 1;
    return (taken[next]?.start ?? Infinity) >= slot.end;
  });
}

export async function sessionTypesOf(unit: Pick<ReadUnit, 'view'>, provider: string): Promise<string[]> {
  const hours = await unit.view.people.openingHours(provider);
  return [...new Set(hours.flatMap(({ sessionTypes }) => sessionTypes))].sort(compareText);
}

import {
  DEFAULT_WINDOW_POLICY,
  permit,
  type ClientView,
  type Instant,
  type JudgedBooking,
  type Permission,
  type SessionError,
  type Slot,
} from '@active-session/core';
import { errorWords } from '../shared/error-words.js';
import { startOf } from '../shared/free-times.controller.js';
import type { Localize } from '../shared/localize.controller.js';
import { isUncertain } from '../shared/outcome.js';
import { otherName } from '../shared/person.js';
import type { Problem } from '../shared/problem.js';
import { FIRST_SLOT, type SlotChoice } from '../shared/slot-picker.js';
import { whenOf } from '../shared/when-of.js';

export type Act = 'cancel' | 'reschedule';

/** Why it does not go on: refused with an error, moved by somebody else meanwhile, nothing chosen, or it is gone. */
export type Hitch =
  | { readonly is: 'refused'; readonly error: SessionError; readonly slot: Slot | null }
  | { readonly is: 'moved' }
  | { readonly is: 'gone'; readonly slot: Slot }
  | { readonly is: 'unchosen' };

/** What the person is doing with the appointment, while the dialog is open. */
export interface Task extends SlotChoice {
  readonly act: Act;
  readonly reason: string;
  readonly hitch: Hitch | null;
  /** When the appointment was, as the dialog last said it. */
  readonly at: string;
}

export const REASON = '#cancel-reason';

/** Where a booking is shown and judged. */
export interface Here {
  readonly localize: Localize;
  readonly now: Instant;
}

/** Whether this may be done now; null: it is not offered here at all. */
export function permission(
  act: Act,
  { booking, role }: JudgedBooking,
  view: ClientView,
  now: Instant,
): Permission | null {
  if (!view.can[act] || (act === 'reschedule' && booking.version === undefined)) return null;
  const policy = view.me?.policy ?? DEFAULT_WINDOW_POLICY;
  return permit(act, { booking, attendance: booking.attendance ?? [], now, policy, role });
}

/** Why it can't be done any more, and how the booking stands now. */
export function whyNot(found: Permission | null, { booking, role }: JudgedBooking, { localize, now }: Here): string {
  if (booking.status === 'cancelled') return cancelledSentence({ booking, role }, { localize, now });
  if (booking.status === 'completed') return localize.t('appointment.is-ended');
  const isRunning = found?.is === 'refused' && found.code === 'conflict';
  return localize.t(isRunning ? 'appointment.is-running' : 'appointment.is-over');
}

/** That it was cancelled before, and by whom where that is known. */
export function cancelledSentence(
  { booking, role }: Pick<JudgedBooking, 'booking' | 'role'>,
  { localize, now }: Here,
): string {
  const byOther = booking.cancelledBy !== undefined && booking.cancelledBy !== role;
  const key = byOther ? 'appointment.cancelled-by' : 'appointment.cancelled-already';
  return localize.t(key, otherName(booking, role, localize), whenOf(booking, now, localize));
}

/** What is said of a hitch, with how the booking stands now. */
export function problemOf({ act, hitch }: Task, { booking, role }: JudgedBooking, here: Here): Problem | null {
  if (hitch === null) return null;
  const { localize, now } = here;
  if (hitch.is === 'unchosen') return { text: localize.t('book.choose-time'), mend: FIRST_SLOT };
  if (hitch.is === 'gone') {
    return { text: localize.t('book.slot-gone', localize.formats.time(startOf(hitch.slot))), mend: FIRST_SLOT };
  }
  const when = whenOf(booking, now, localize);
  const name = otherName(booking, role, localize);
  if (hitch.is === 'moved') return { text: localize.t('appointment.moved-meanwhile', name, when) };
  const { error, slot } = hitch;
  if (act === 'cancel') {
    if (error.code === 'invalid') return { text: localize.t('book.text-refused'), mend: REASON };
    return {
      text: refusal(error, localize.t('appointment.cancel-unknown'), localize.t('appointment.cancel-failed'), localize),
    };
  }
  switch (error.code) {
    case 'slot-taken': {
      const time = slot === null ? '' : localize.formats.time(startOf(slot));
      return { text: localize.t('appointment.slot-taken', time, when), mend: FIRST_SLOT };
    }
    case 'invalid':
      return { text: localize.t('appointment.change-refused', when), mend: FIRST_SLOT };
    case 'conflict':
      return { text: localize.t('appointment.changed-meanwhile', name, when) };
    default: {
      const failed = localize.t('appointment.change-failed', when);
      return { text: refusal(error, localize.t('appointment.change-unknown'), failed, localize) };
    }
  }
}

function refusal(error: SessionError, unknown: string, failed: string, localize: Localize): string {
  const { title, help } = errorWords(error, localize);
  return isUncertain(error) ? `${title} ${unknown}` : `${title} ${help} ${failed}`;
}

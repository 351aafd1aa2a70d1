import { toInstant, type Booking, type Phase, type SessionView } from '@active-session/core';
import type { Localize } from '../shared/localize.controller.js';
import { otherName } from '../shared/person.js';
import { whenOf } from '../shared/when-of.js';

export type BookedView = SessionView & { readonly booking: Booking };

/** Where a booking stands for the one who reads: its phase, and what makes a difference within it. */
export type Stand = Phase | 'elsewhere' | 'no-show';

export function standOf(view: SessionView): Stand | null {
  if (view.phase === 'open' && isElsewhere(view)) return 'elsewhere';
  if (view.phase === 'cancelled' && view.reason === 'no-show') return 'no-show';
  return view.phase;
}

/** This person is in the session with another tab or device: no call runs on this page, and their own seat is taken. */
function isElsewhere({ call, parties, seat }: SessionView): boolean {
  return call === null && parties.some((party) => party.seat === seat && party.presence !== 'away');
}

/** The one sentence that says where you are. */
export function headline(view: BookedView, localize: Localize, now: number): string {
  const asGuest = view.role === 'guest' ? guestHeadline(view, localize, now) : '';
  if (asGuest !== '') return asGuest;
  const name = otherName(view.booking, view.role, localize);
  const when = whenOf(view.booking, now, localize);
  switch (standOf(view)) {
    case 'open':
      if (!view.canStart) return localize.t('session.announce-open', name);
      return localize.t(view.callStartedAt === null || view.role === 'guest' ? 'session.open' : 'session.still-open');
    case 'elsewhere':
      return localize.t('call.elsewhere');
    case 'completed':
      return localize.t('session.ended', name);
    case 'cancelled':
      return localize.t('session.cancelled', name, when);
    case 'no-show':
      return localize.t('session.no-show', name, when);
    case 'expired':
      return localize.t('session.missed', name, when);
    case 'upcoming':
    case null:
      return localize.t('session.upcoming', name, when);
  }
}

/** What a guest reads in other words: it is somebody else's session. */
function guestHeadline(view: BookedView, localize: Localize, now: number): string {
  switch (standOf(view)) {
    case 'upcoming':
      return localize.t('guest.upcoming', view.booking.providerName, whenOf(view.booking, now, localize));
    case 'cancelled':
    case 'no-show':
      return localize.t('guest.cancelled');
    case 'completed':
    case 'expired':
      return localize.t('guest.over');
    default:
      return '';
  }
}

/** The same for who hears it while they do something else, so with the name. */
export function announcement(view: BookedView, localize: Localize, now: number): string {
  if (standOf(view) !== 'open') return headline(view, localize, now);
  const name = otherName(view.booking, view.role, localize);
  return localize.t(view.callStartedAt === null ? 'session.announce-open' : 'return.open', name);
}

/** When the provider expects to start, where they said that they will be late and are not here yet; epoch ms. */
export function lateUntil({ booking, phase, parties, callStartedAt }: BookedView): number | null {
  if (booking.late === undefined || callStartedAt !== null || (phase !== 'upcoming' && phase !== 'open')) return null;
  const isHere = parties.some(({ role, presence }) => role === 'provider' && presence !== 'away');
  return isHere ? null : toInstant(booking.dateTime) + booking.late.minutes * 60_000;
}

export function lateSentence(view: BookedView, localize: Localize, now: number): string {
  const until = lateUntil(view);
  if (until === null || view.role === 'provider') return '';
  const time = localize.formats.timeBeside(until, toInstant(view.booking.dateTime), now);
  return localize.t('session.late', view.booking.providerName, time);
}

/** A call runs on this page, or how it ended is still to be said. */
export function isInCall({ call, lastCall, phase, ending, endError }: SessionView): boolean {
  return call !== null || ending || endError !== null || (lastCall !== null && phase === 'open');
}

import type { Booking, BookingId, ClientView, PartyRole, SessionView } from '@active-session/core';
import { sameId, toInstant } from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import type { Localize } from './localize.controller.js';

/** The other one in a booking, as it names them; to a guest the provider. A booking need not name its patient. */
export function otherName(booking: Booking, role: PartyRole, localize: Localize): string {
  if (role !== 'provider') return booking.providerName;
  return booking.patientName ?? localize.t('person.patient-at', localize.formats.time(toInstant(booking.dateTime)));
}

export function initialsOf(booking: Booking, role: PartyRole): string {
  return role === 'provider' ? initialsFrom(booking.patientName ?? '') : booking.providerInitials;
}

export function initialsFrom(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return words
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0))
    .slice(0, 2)
    .join('')
    .toUpperCase();
}

/** A booking id as the client knows it: an attribute is always text, the seed's ids are numbers. */
export function knownId(view: ClientView, id: BookingId): BookingId {
  return view.bookings.find(({ booking }) => sameId(booking.id, id))?.booking.id ?? id;
}

/** Where a person is shown without a picture. */
export function avatar(initials: string, fallback: TemplateResult): TemplateResult {
  return html`<span class="avatar" part="avatar" aria-hidden="true">${initials === '' ? fallback : initials}</span>`;
}

/** The name of the other in a session; empty while the booking is not here. */
export function nameIn(view: SessionView, localize: Localize): string {
  if (view.booking !== null) return otherName(view.booking, view.role, localize);
  return view.call?.other?.name ?? '';
}

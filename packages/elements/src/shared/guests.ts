import type { Booking, JudgedBooking, Party, SessionView } from '@active-session/core';
import type { Localize } from './localize.controller.js';

/** "Maria Lopez (interpreter)": who they are and why they are there. */
export function guestWords(
  { name, kind = 'other' }: Pick<Party, 'name' | 'kind'>,
  localize: Pick<Localize, 't'>,
): string {
  return localize.t(`guest.is-${kind}`, name);
}

export function guestsAmong(parties: readonly Party[]): readonly Party[] {
  return parties.filter(({ role }) => role === 'guest');
}

/** Who of them waits for the provider's answer. */
export function askingGuests({ parties, verdict }: Pick<JudgedBooking, 'parties' | 'verdict'>): readonly Party[] {
  if (verdict.phase !== 'open') return [];
  return guestsAmong(parties).filter(({ presence, admission }) => presence === 'waiting' && admission === 'asking');
}

/** Of the two whose session it is, the one that this page is about: for a guest the provider, who lets them in. */
export function mainOther({ parties, role }: Pick<SessionView, 'parties' | 'role'>): Party | undefined {
  return parties.find((party) => party.role === (role === 'provider' ? 'patient' : 'provider'));
}

/** Everybody who has a place in the session beside who reads, where somebody is a guest; empty where nobody is. */
export function peopleWords(
  view: Pick<SessionView, 'parties' | 'role' | 'seat'> & { readonly booking: Booking | null },
  localize: Pick<Localize, 't'>,
): readonly string[] {
  const { parties, seat } = view;
  if (guestsAmong(parties).length === 0) return [];
  return parties
    .filter((party) => party.seat !== seat)
    .map((party) => (party.role === 'guest' ? guestWords(party, localize) : party.name));
}

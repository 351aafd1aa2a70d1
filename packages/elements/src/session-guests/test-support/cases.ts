import type { Party } from '@active-session/core';
import { html, type TemplateResult } from 'lit';
import { fakeClient, type FakeClient } from '../../test-support/fake-client.js';
import { AT, guest, MET, party } from '../../test-support/fixtures.js';

export const MARIA = guest();
export const LEO = guest({ seat: 'guest-2', name: 'Leo Rivera', kind: 'family' });

/** The provider's page, with these guests in the session. */
export function clientWith(guests: readonly Party[] = []): FakeClient {
  const parties = [party('patient', 'in-call'), party('provider', 'in-call'), ...guests];
  return fakeClient({
    now: AT.talking,
    bookings: [{ ...MET, patientName: 'Sam Rivera' }],
    role: 'provider',
    session: () => ({ parties }),
  });
}

export const elementOf = (page = '/guest'): TemplateResult =>
  html`<session-guests time-zone="Europe/London" booking-id=${MET.id} guest-page=${page}></session-guests>`;

export const waits = (one: Party): Party => ({
  ...one,
  presence: 'waiting',
  since: '2026-01-07T10:12:00.000Z',
});
export const inCall = (one: Party): Party => ({ ...one, presence: 'in-call', admission: 'admitted' });
export const held = (one: Party): Party => ({ ...waits(one), admission: 'held' });

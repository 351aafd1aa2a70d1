import {
  SessionError,
  type Booking,
  type ClientView,
  type SessionErrorCode,
  type SessionView,
} from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { fakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, COMPLETED, guest, ME, MET, party } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';
import { clientOf, groupCases } from '../session-call/test-support/cases.js';

export default { title: 'Session/For a guest', component: 'active-session' } satisfies Meta;

const GUEST = { ...ME, id: 'guest:1', role: 'guest', name: 'Maria Lopez', seat: 'guest-1' } as const;
const element = html`<active-session guest time-zone="Europe/London"></active-session>`;

function story(now: number, booking: Booking, session: Partial<SessionView> = {}): StoryObj {
  const parties = [party('patient', 'away'), party('provider'), guest()];
  return {
    render: () =>
      inScope(
        fakeClient({
          ...{ now, bookings: [booking], role: 'guest', view: { me: GUEST } },
          session: () => ({ parties, ...session }),
        }),
        element,
      ),
  };
}

function ended(code: SessionErrorCode): StoryObj {
  const view: Partial<ClientView> = {
    ...{ state: 'failed', me: null, active: null, error: new SessionError(code, 'for developers') },
  };
  return { render: () => inScope(fakeClient({ bookings: [], view }), element) };
}

export const Invited = story(AT.dayBefore, BOOKING);
export const CanJoin = story(AT.talking, MET);
export const WaitsToBeLetIn: StoryObj = { render: () => inScope(clientOf(groupCases.guestWaits()), element) };
export const InTheCall: StoryObj = { render: () => inScope(clientOf(groupCases.asGuest()), element) };
export const SessionOver = story(AT.talking, COMPLETED);
export const Cancelled = story(AT.talking, { ...BOOKING, status: 'cancelled' });
export const VoidLink = ended('forbidden');
export const OverLink = ended('session-ended');

/** The patient reads who takes part before they join. */
export const PatientBefore: StoryObj = {
  render: () =>
    inScope(
      fakeClient({
        now: AT.talking,
        bookings: [MET],
        session: () => ({ callStartedAt: null, parties: [party('patient', 'away'), party('provider'), guest()] }),
      }),
      html`<active-session time-zone="Europe/London"></active-session>`,
    ),
};

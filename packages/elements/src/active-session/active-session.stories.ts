import { SessionError, type Booking } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { fakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, call, COMPLETED, MET, NOTE, notesView } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';
import { drawnStream } from '../test-support/streams.js';

export default { title: 'Patient/Active session', component: 'active-session' } satisfies Meta;

function shown(options: FakeClientOptions, bookingId?: Booking['id']): TemplateResult {
  return inScope(
    fakeClient(options),
    html`<active-session time-zone="Europe/London" .bookingId=${bookingId}></active-session>`,
  );
}

const NOTES = notesView([
  { ...NOTE, id: 'n1', timestamp: '2026-01-07T10:12:00.000Z', kind: 'diagnosis', content: 'Mild tension headache.' },
  { ...NOTE, id: 'n2', timestamp: '2026-01-07T10:13:00.000Z', kind: 'follow-up' },
]);

export const NothingBooked: StoryObj = { render: () => shown({ bookings: [] }) };

export const Upcoming: StoryObj = {
  render: () => shown({ bookings: [{ ...BOOKING, durationMinutes: 30, timeZone: 'America/New_York' }] }),
};

export const InAMonth: StoryObj = { render: () => shown({ now: Date.parse('2025-12-04T08:10:00.000Z') }) };

export const Open: StoryObj = { render: () => shown({ now: AT.open }) };

export const StillOpen: StoryObj = {
  render: () => shown({ now: AT.talking, bookings: [MET], session: () => ({ notes: NOTES }) }),
};

export const InCall: StoryObj = {
  render: () =>
    shown({
      now: AT.talking,
      bookings: [MET],
      session: () => ({ notes: NOTES, call: call({ local: drawnStream(205, 320, 240), remote: drawnStream(20) }) }),
    }),
};

export const Ended: StoryObj = {
  render: () => shown({ now: AT.ended, bookings: [COMPLETED], session: () => ({ notes: NOTES }) }, COMPLETED.id),
};

export const Cancelled: StoryObj = {
  render: () => shown({ now: AT.open, bookings: [{ ...BOOKING, status: 'cancelled' }] }, BOOKING.id),
};

export const Missed: StoryObj = { render: () => shown({ now: AT.after }, BOOKING.id) };

export const Loading: StoryObj = { render: () => shown({ bookings: [], view: { state: 'loading' } }) };

export const NoConnection: StoryObj = { render: () => shown({ view: { connection: 'down' } }) };

export const Failed: StoryObj = {
  render: () => shown({ bookings: [], view: { state: 'failed', error: new SessionError('network', 'offline') } }),
};

import { SessionError } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';
import { fakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';

export default { title: 'Patient/Booking required', component: 'booking-required' } satisfies Meta;

const shown = (options: FakeClientOptions): TemplateResult =>
  inScope(fakeClient(options), html`<booking-required open time-zone="Europe/London"></booking-required>`);

const UNREADABLE = [{ path: '0.status', message: 'expected one of "scheduled", "completed", "cancelled"' }];

export const NothingBooked: StoryObj = { render: () => shown({ bookings: [] }) };

export const NextBooking: StoryObj = { render: () => shown({}) };

export const OpensMeanwhile: StoryObj = { render: () => shown({ now: AT.open }) };

export const Unreadable: StoryObj = { render: () => shown({ bookings: [], view: { problems: UNREADABLE } }) };

export const UnreadableBesideNext: StoryObj = {
  render: () => shown({ bookings: [BOOKING], view: { problems: UNREADABLE } }),
};

export const Loading: StoryObj = { render: () => shown({ bookings: [], view: { state: 'loading' } }) };

export const Failed: StoryObj = {
  render: () => shown({ bookings: [], view: { state: 'failed', error: new SessionError('network', 'offline') } }),
};

export const Inline: StoryObj = {
  render: () =>
    inScope(fakeClient({ bookings: [] }), html`<booking-required inline time-zone="Europe/London"></booking-required>`),
};

/** Where no portal takes the request to book, the form shows in the dialog. */
export const BooksItself: StoryObj = {
  render: () => shown({ bookings: [] }),
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('booking-required')?.shadowRoot;
    const button = await waitFor(() => {
      const found = root?.querySelector<HTMLElement>('[part=book-button]');
      if (!found) throw new Error('There is no button to book.');
      return found;
    });
    await userEvent.click(button);
    await waitFor(() => expect(root?.querySelector('book-appointment')).toBeTruthy());
  },
};

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { fakeClient } from '../test-support/fake-client.js';
import { inScope } from '../test-support/render.js';

export default { title: 'Patient/Booking required', component: 'booking-required' } satisfies Meta;

export const NothingBooked: StoryObj = {
  render: () =>
    inScope(fakeClient({ bookings: [] }), html`<booking-required open time-zone="Europe/London"></booking-required>`),
};

export const NextBooking: StoryObj = {
  render: () => inScope(fakeClient(), html`<booking-required open time-zone="Europe/London"></booking-required>`),
};

export const Inline: StoryObj = {
  render: () =>
    inScope(fakeClient({ bookings: [] }), html`<booking-required inline time-zone="Europe/London"></booking-required>`),
};

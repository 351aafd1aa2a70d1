import { SessionError } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { PROVIDERS } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';
import { every, slotsOn } from '../test-support/slots.js';

export default { title: 'Patient/Book appointment', component: 'book-appointment' } satisfies Meta;

const booking = (client: FakeClient, provider = '', zone = 'Europe/London'): TemplateResult =>
  inScope(client, html`<book-appointment provider=${provider} time-zone=${zone}></book-appointment>`);

/** Presses and fills in what a person would, one step after the other. */
async function walk(canvas: HTMLElement, steps: readonly string[]): Promise<void> {
  const root = canvas.querySelector('book-appointment')?.shadowRoot;
  for (const step of steps) {
    await waitFor(() => expect(root?.querySelector(step)).toBeTruthy());
    const found = root?.querySelector<HTMLElement>(step);
    if (found instanceof HTMLTextAreaElement) {
      found.value = 'Headaches for two weeks, mostly in the evening.';
      found.dispatchEvent(new InputEvent('input', { bubbles: true }));
    } else found?.click();
    await new Promise((done) => setTimeout(done, 50));
  }
}

const SLOT = '.slot:nth-child(2) input';
const GO = '.forward';
const CONFIRM = '.review ~ .actions .forward';

export const Who: StoryObj = { render: () => booking(fakeClient()) };

export const When: StoryObj = { render: () => booking(fakeClient(), 'dr-smith') };

export const WhenInAnotherZone: StoryObj = { render: () => booking(fakeClient(), 'dr-lee') };

export const WhenItIsAnotherDayThere: StoryObj = {
  render: () => booking(fakeClient(), 'dr-lee', 'Asia/Tokyo'),
};

export const WhenThereAreManyTimes: StoryObj = {
  render: () => {
    const client = fakeClient();
    client.answer.slots = async () => slotsOn({ from: '2026-01-07', days: 14, at: every(30, 8 * 60, 24) });
    return booking(client, 'dr-smith');
  },
  play: ({ canvasElement }) => walk(canvasElement, ['.day:nth-child(3) input', '.slot:nth-child(5) input']),
};

/** Half past one comes twice on this night. */
export const WhenTheClocksChange: StoryObj = {
  render: () => {
    const client = fakeClient({ now: Date.parse('2026-10-24T12:00:00.000Z') });
    client.answer.slots = async () => slotsOn({ from: '2026-10-25', days: 1, at: every(30, 0, 6) });
    return booking(client, 'dr-lee');
  },
};

export const NothingChosen: StoryObj = {
  render: () => booking(fakeClient(), 'dr-smith'),
  play: ({ canvasElement }) => walk(canvasElement, [GO, '#problem']),
};

export const Why: StoryObj = {
  render: () => booking(fakeClient(), 'dr-smith'),
  play: ({ canvasElement }) => walk(canvasElement, [SLOT, GO, 'textarea']),
};

const severalKinds = (): FakeClient => {
  const client = fakeClient();
  client.answer.providers = async () =>
    PROVIDERS.map((provider) => ({ ...provider, sessionTypes: ['Video Consultation', 'Follow-up', 'Second opinion'] }));
  return client;
};

export const WhyOfSeveralKinds: StoryObj = {
  render: () => booking(severalKinds(), 'dr-smith'),
  play: ({ canvasElement }) => walk(canvasElement, [SLOT, GO, 'textarea', GO, '#problem']),
};

export const Review: StoryObj = {
  render: () => booking(severalKinds(), 'dr-lee'),
  play: ({ canvasElement }) =>
    walk(canvasElement, [SLOT, GO, '.kinds label:nth-of-type(2) input', 'textarea', GO, '.review']),
};

export const Booked: StoryObj = {
  render: () => {
    const client = fakeClient({ bookings: [] });
    const { book } = client.answer;
    client.answer.book = async (request) => ({ ...(await book(request)), version: 1, durationMinutes: 30 });
    return booking(client, 'dr-smith');
  },
  play: ({ canvasElement }) => walk(canvasElement, [SLOT, GO, 'textarea', GO, CONFIRM, 'appointment-actions']),
};

export const SlotTaken: StoryObj = {
  render: () => {
    const client = fakeClient();
    client.answer.book = () => Promise.reject(new SessionError('slot-taken', 'taken'));
    return booking(client, 'dr-smith');
  },
  play: ({ canvasElement }) => walk(canvasElement, [SLOT, GO, 'textarea', GO, CONFIRM, '#problem']),
};

export const AnswerLost: StoryObj = {
  render: () => {
    const client = fakeClient();
    client.answer.book = () => Promise.reject(new SessionError('network', 'offline'));
    return booking(client, 'dr-smith');
  },
  play: ({ canvasElement }) => walk(canvasElement, [SLOT, GO, 'textarea', GO, CONFIRM, '#problem']),
};

export const NoFreeTimes: StoryObj = {
  render: () => {
    const client = fakeClient();
    client.answer.slots = async () => [];
    return booking(client, 'dr-smith');
  },
};

export const Unreachable: StoryObj = {
  render: () => {
    const client = fakeClient();
    client.answer.providers = () => Promise.reject(new SessionError('network', 'offline'));
    return booking(client);
  },
};

export const Loading: StoryObj = {
  render: () => {
    const client = fakeClient();
    client.answer.providers = () => new Promise(() => undefined);
    return booking(client);
  },
};

export const Disabled: StoryObj = {
  render: () => inScope(fakeClient(), html`<book-appointment disabled></book-appointment>`),
};

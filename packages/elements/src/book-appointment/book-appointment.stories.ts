import { SessionError } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { inScope } from '../test-support/render.js';

export default { title: 'Patient/Book appointment', component: 'book-appointment' } satisfies Meta;

const booking = (client: FakeClient, provider = ''): TemplateResult =>
  inScope(client, html`<book-appointment provider=${provider} time-zone="Europe/London"></book-appointment>`);

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

const SLOT = '.slots label:nth-child(2) input';
const GO = '.forward';

export const Who: StoryObj = { render: () => booking(fakeClient()) };

export const When: StoryObj = { render: () => booking(fakeClient(), 'dr-smith') };

export const WhenInAnotherZone: StoryObj = { render: () => booking(fakeClient(), 'dr-lee') };

export const Why: StoryObj = {
  render: () => booking(fakeClient(), 'dr-smith'),
  play: ({ canvasElement }) => walk(canvasElement, [SLOT, GO, 'textarea']),
};

export const Review: StoryObj = {
  render: () => booking(fakeClient(), 'dr-lee'),
  play: ({ canvasElement }) => walk(canvasElement, [SLOT, GO, 'textarea', GO]),
};

export const Booked: StoryObj = {
  render: () => booking(fakeClient(), 'dr-smith'),
  play: ({ canvasElement }) => walk(canvasElement, [SLOT, GO, 'textarea', GO, '.review ~ .actions .forward']),
};

export const SlotTaken: StoryObj = {
  render: () => {
    const client = fakeClient();
    client.answer.book = () => Promise.reject(new SessionError('slot-taken', 'taken'));
    return booking(client, 'dr-smith');
  },
  play: ({ canvasElement }) =>
    walk(canvasElement, [SLOT, GO, 'textarea', GO, '.review ~ .actions .forward', '#problem']),
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

import { SessionError } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, EVERYTHING } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';
import { every, slotsOn } from '../test-support/slots.js';

export default { title: 'Patient/Appointment actions', component: 'appointment-actions' } satisfies Meta;

const BOOKED = { ...BOOKING, version: 1, durationMinutes: 30 };

const shown = (client: FakeClient): TemplateResult =>
  inScope(client, html`<appointment-actions booking-id=${BOOKED.id} time-zone="Europe/London"></appointment-actions>`);

const booked = (options: Parameters<typeof fakeClient>[0] = {}): FakeClient =>
  fakeClient({ bookings: [BOOKED], ...options });

/** Presses one after the other. */
async function walk(canvas: HTMLElement, steps: readonly string[]): Promise<void> {
  const root = canvas.querySelector('appointment-actions')?.shadowRoot;
  for (const step of steps) {
    await waitFor(() => expect(root?.querySelector(step)).toBeTruthy());
    root?.querySelector<HTMLElement>(step)?.click();
  }
}

const CHANGE = '[part=change-button]';
const CANCEL = '[part=cancel-button]';
const CONFIRM = '[part=confirm-button]';
const SLOT = '.slot:nth-child(2) input';

export const Upcoming: StoryObj = { render: () => shown(booked()) };

export const OnlyTheCalendar: StoryObj = {
  render: () => shown(booked({ view: { can: { ...EVERYTHING, cancel: false, reschedule: false } } })),
};

export const WhileTheCallRuns: StoryObj = {
  render: () =>
    shown(
      booked({
        now: AT.talking,
        bookings: [
          { ...BOOKED, attendance: [{ seat: 'provider', role: 'provider', joinedAt: '2026-01-07T10:02:00.000Z' }] },
        ],
      }),
    ),
};

export const ChoosingANewTime: StoryObj = {
  render: () => {
    const client = booked();
    client.answer.slots = async () => slotsOn({ from: '2026-01-07', days: 10, at: every(30, 8 * 60, 18) });
    return shown(client);
  },
  play: ({ canvasElement }) => walk(canvasElement, [CHANGE, SLOT]),
};

export const ChoosingInAnotherZone: StoryObj = {
  render: () => shown(booked({ bookings: [{ ...BOOKED, timeZone: 'America/New_York' }] })),
  play: ({ canvasElement }) => walk(canvasElement, [CHANGE, SLOT]),
};

export const NoOtherTime: StoryObj = {
  render: () => {
    const client = booked();
    client.answer.slots = async () => [];
    return shown(client);
  },
  play: ({ canvasElement }) => walk(canvasElement, [CHANGE, '.empty']),
};

export const SomebodyWasFaster: StoryObj = {
  render: () => {
    const client = booked();
    client.answer.reschedule = () => Promise.reject(new SessionError('slot-taken', 'taken'));
    return shown(client);
  },
  play: ({ canvasElement }) => walk(canvasElement, [CHANGE, SLOT, CONFIRM, '#problem']),
};

export const MovedMeanwhile: StoryObj = {
  render: () => {
    const client = booked();
    client.answer.reschedule = () => {
      client.put({ ...BOOKED, dateTime: '2026-01-08T13:00:00.000Z', version: 2 });
      return Promise.reject(new SessionError('conflict', 'changed'));
    };
    return shown(client);
  },
  play: ({ canvasElement }) => walk(canvasElement, [CHANGE, SLOT, CONFIRM, '#problem']),
};

export const Changed: StoryObj = {
  render: () => shown(booked()),
  play: ({ canvasElement }) => walk(canvasElement, [CHANGE, SLOT, CONFIRM, '#outcome']),
};

export const AskingBeforeItCancels: StoryObj = {
  render: () => shown(booked()),
  play: ({ canvasElement }) => walk(canvasElement, [CANCEL]),
};

export const AnswerLost: StoryObj = {
  render: () => {
    const client = booked();
    client.answer.cancel = () => Promise.reject(new SessionError('network', 'offline'));
    return shown(client);
  },
  play: ({ canvasElement }) => walk(canvasElement, [CANCEL, CONFIRM, '#problem']),
};

export const Cancelled: StoryObj = {
  render: () => shown(booked()),
  play: ({ canvasElement }) => walk(canvasElement, [CANCEL, CONFIRM, '#outcome']),
};

export const CancelledByTheProviderMeanwhile: StoryObj = {
  render: () => {
    const client = booked();
    client.answer.slots = () => {
      client.put({ ...BOOKED, status: 'cancelled', cancelledAt: '2026-01-06T11:00:00.000Z', version: 2 });
      return new Promise(() => undefined);
    };
    return shown(client);
  },
  play: ({ canvasElement }) => walk(canvasElement, [CHANGE]),
};

export const OverAndNothingToDo: StoryObj = {
  render: () => shown(booked({ now: AT.after, bookings: [{ ...BOOKED, status: 'completed' }] })),
};

import { SessionError, type ProviderNote } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { fakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, COMPLETED, NO_NOTES, NOTE, notesView } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';

export default { title: 'Patient/Provider notes', component: 'provider-notes' } satisfies Meta;

const NOTES: readonly ProviderNote[] = [
  { ...NOTE, id: 'n1', timestamp: '2026-01-07T10:12:00.000Z', kind: 'diagnosis', content: 'Mild tension headache.' },
  { ...NOTE, id: 'n2', kind: 'follow-up' },
  {
    ...NOTE,
    id: 'n3',
    timestamp: '2026-01-07T10:33:00.000Z',
    kind: 'resource',
    content: 'Exercises for the neck:\nhttps://www.nhs.uk/conditions/neck-pain/ (twice a day)\n\nStop if it hurts.',
  },
  { ...NOTE, id: 'n4', timestamp: '2026-01-07T10:35:00.000Z', content: '', withdrawnAt: '2026-01-07T10:36:00.000Z' },
];

const shown = (client: ReturnType<typeof fakeClient>, all = false): TemplateResult =>
  inScope(client, html`<provider-notes time-zone="Europe/London" ?all=${all}></provider-notes>`);

export const Notes: StoryObj = {
  render: () =>
    shown(fakeClient({ now: AT.ended, bookings: [COMPLETED], session: () => ({ notes: notesView(NOTES) }) })),
};

export const Empty: StoryObj = { render: () => shown(fakeClient({ now: AT.open })) };

export const Loading: StoryObj = {
  render: () => shown(fakeClient({ now: AT.open, session: () => ({ notes: { ...NO_NOTES, state: 'loading' } }) })),
};

export const CouldNotBeRead: StoryObj = {
  render: () =>
    shown(
      fakeClient({
        now: AT.open,
        session: () => ({ notes: { ...NO_NOTES, state: 'failed', error: new SessionError('network', 'offline') } }),
      }),
    ),
};

export const OfAllSessions: StoryObj = {
  render: () =>
    shown(
      fakeClient({
        now: AT.ended,
        bookings: [
          { ...BOOKING, id: 1, dateTime: '2025-12-02T14:00:00.000Z', providerName: 'Dr. Lee', status: 'completed' },
          COMPLETED,
        ],
        session: ({ id }) => ({
          notes: notesView(
            id === 1
              ? [
                  {
                    ...NOTE,
                    id: 'o1',
                    providerName: 'Dr. Lee',
                    timestamp: '2025-12-02T14:20:00.000Z',
                    content: 'All well.',
                  },
                ]
              : NOTES,
          ),
        }),
      }),
      true,
    ),
};

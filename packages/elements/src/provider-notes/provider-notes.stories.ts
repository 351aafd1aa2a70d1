import { SessionError, type NotesView, type ProviderNote } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, COMPLETED, NO_NOTES, NOTE, notesView } from '../test-support/fixtures.js';
import { CORRECTED, manyNotes, NOTES } from '../test-support/notes.js';
import { inScope } from '../test-support/render.js';

export default { title: 'Patient/Provider notes', component: 'provider-notes' } satisfies Meta;

const shown = (client: FakeClient, all = false): TemplateResult =>
  inScope(client, html`<provider-notes time-zone="Europe/London" ?all=${all}></provider-notes>`);

const withNotes = (notes: readonly ProviderNote[], change: Partial<NotesView> = {}): FakeClient =>
  fakeClient({
    now: AT.ended,
    bookings: [COMPLETED],
    session: () => ({ notes: { ...notesView(notes), ...change } }),
  });

/** As if its reader had been here before: what came since is new. */
const readBefore = (client: FakeClient, until: string): FakeClient => {
  client.readMarks.mark(COMPLETED.id, Date.parse(until));
  return client;
};

/** The shadow root of the notes, once they have rendered. */
async function rendered(canvas: HTMLElement): Promise<ShadowRoot> {
  const element = canvas.querySelector('provider-notes');
  await element?.updateComplete;
  if (!element?.shadowRoot) throw new Error('There are no notes here.');
  return element.shadowRoot;
}

async function search(canvas: HTMLElement, text: string): Promise<void> {
  const field = (await rendered(canvas)).querySelector('input');
  if (field === null) throw new Error('There is nothing to search in.');
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await rendered(canvas);
}

export const Notes: StoryObj = { render: () => shown(withNotes(NOTES)) };

export const Corrected: StoryObj = { render: () => shown(withNotes(CORRECTED)) };

export const New: StoryObj = {
  render: () => shown(readBefore(withNotes(NOTES), '2026-01-07T10:30:00.000Z')),
};

export const NewFarDown: StoryObj = {
  render: () => shown(readBefore(withNotes(manyNotes(40)), manyNotes(40)[37]?.timestamp ?? '')),
};

export const Many: StoryObj = { render: () => shown(withNotes(manyNotes(60))) };

export const Searched: StoryObj = {
  render: () => shown(withNotes(manyNotes(60))),
  play: ({ canvasElement }) => search(canvasElement, 'stretch neck'),
};

export const NothingFound: StoryObj = {
  render: () => shown(withNotes(manyNotes(60))),
  play: ({ canvasElement }) => search(canvasElement, 'insulin'),
};

export const Copied: StoryObj = {
  render: () => shown(withNotes(NOTES)),
  async play({ canvasElement }) {
    (await rendered(canvasElement)).querySelector<HTMLElement>('[data-act=copy]')?.click();
  },
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

export const NotReadAgain: StoryObj = {
  render: () => shown(withNotes(NOTES, { error: new SessionError('network', 'offline') })),
};

const cutOff = withNotes(NOTES);
export const Offline: StoryObj = {
  render: () => {
    cutOff.set({ connection: 'live' });
    return shown(cutOff);
  },
  async play({ canvasElement }) {
    await rendered(canvasElement);
    cutOff.set({ connection: 'down' });
  },
};

export const SomeUnreadable: StoryObj = {
  render: () => shown(withNotes(NOTES, { problems: [{ path: '4.content', message: 'wrong' }] })),
};

const ofTheProvider = (notes: readonly ProviderNote[] = NOTES): FakeClient =>
  fakeClient({
    now: AT.ended,
    bookings: [{ ...COMPLETED, patientName: 'Sam Rivera' }],
    role: 'provider',
    session: () => ({ notes: notesView(notes) }),
  });

export const OfTheProvider: StoryObj = { render: () => shown(ofTheProvider()) };

/** Who withdrew a note reads it still. */
export const WithdrawnByTheProvider: StoryObj = {
  render: () =>
    shown(ofTheProvider(NOTES.map((note, index) => (index === 0 ? { ...note, withdrawnAt: NOTE.timestamp } : note)))),
};

/** *Withdraw* was pressed, and the first time it did not work. */
export const Withdrawing: StoryObj = {
  render: () => {
    const client = ofTheProvider();
    client.answer.withdrawNote = () => Promise.reject(new SessionError('network', 'offline'));
    return shown(client);
  },
  async play({ canvasElement }) {
    await rendered(canvasElement);
    const root = canvasElement.querySelector('provider-notes')?.renderRoot;
    root?.querySelector<HTMLElement>('[part=withdraw-button]')?.click();
    await rendered(canvasElement);
    root?.querySelector<HTMLElement>('[part=confirm-withdraw-button]')?.click();
    await rendered(canvasElement);
  },
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

export const EarlierSessionsLoading: StoryObj = {
  render: () =>
    shown(
      fakeClient({
        now: AT.ended,
        bookings: [
          { ...BOOKING, id: 1, dateTime: '2025-12-02T14:00:00.000Z', providerName: 'Dr. Lee', status: 'completed' },
          COMPLETED,
        ],
        session: ({ id }) => ({ notes: id === 1 ? { ...NO_NOTES, state: 'loading' } : notesView(NOTES) }),
      }),
      true,
    ),
};

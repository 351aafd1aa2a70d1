import { SessionError } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { fakeClient, type FakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, EVERYTHING } from '../test-support/fixtures.js';
import { manyPast, NO_SESSIONS, PAST } from '../test-support/histories.js';
import { inScope } from '../test-support/render.js';

export default { title: 'Provider/Earlier sessions', component: 'session-history' } satisfies Meta;

const SAM = { ...BOOKING, id: 'p1', patient: 'sam', patientName: 'Sam Rivera' };

const clientWith = (history: FakeClientOptions['history'], options: FakeClientOptions = {}): FakeClient =>
  fakeClient({ now: AT.talking, bookings: [SAM], role: 'provider', history: history ?? {}, ...options });

const shown = (history: FakeClientOptions['history'], options?: FakeClientOptions): TemplateResult =>
  inScope(
    clientWith(history, options),
    html`<session-history patient="sam" time-zone="Europe/London"></session-history>`,
  );

/** The shadow root of the history, once it has rendered. */
async function rendered(canvas: HTMLElement): Promise<ShadowRoot> {
  const element = canvas.querySelector('session-history');
  await element?.updateComplete;
  if (!element?.shadowRoot) throw new Error('There is no history here.');
  return element.shadowRoot;
}

async function open(canvas: HTMLElement, ...places: readonly number[]): Promise<void> {
  const buttons = (await rendered(canvas)).querySelectorAll<HTMLElement>('.summary');
  for (const place of places) buttons[place]?.click();
  await rendered(canvas);
}

async function search(canvas: HTMLElement, text: string): Promise<void> {
  const field = (await rendered(canvas)).querySelector<HTMLInputElement>('input[type=search]');
  if (field === null) throw new Error('There is nothing to search in.');
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await rendered(canvas);
}

export const Sessions: StoryObj = { render: () => shown({ sessions: PAST }) };

export const Opened: StoryObj = {
  render: () => shown({ sessions: PAST }),
  play: ({ canvasElement }) => open(canvasElement, 0, 1, 2, 4, 6),
};

export const AFew: StoryObj = { render: () => shown({ sessions: PAST.slice(0, 2) }) };

export const Many: StoryObj = { render: () => shown({ sessions: manyPast(120) }) };

export const MoreToCome: StoryObj = {
  render: () => shown({ sessions: manyPast(50), isComplete: false }),
};

export const ReadingMore: StoryObj = {
  render: () => shown({ sessions: manyPast(50), isComplete: false, isReading: true }),
};

export const Searched: StoryObj = {
  render: () => shown({ sessions: PAST }),
  play: ({ canvasElement }) => search(canvasElement, 'ibuprofen'),
};

export const SearchedInTheReason: StoryObj = {
  render: () => shown({ sessions: PAST }),
  play: ({ canvasElement }) => search(canvasElement, 'sleeping'),
};

export const StillSearching: StoryObj = {
  render: () => shown({ sessions: manyPast(90), isComplete: false, isReading: true }),
  play: ({ canvasElement }) => search(canvasElement, 'café (3)'),
};

export const NothingFound: StoryObj = {
  render: () => shown({ sessions: PAST }),
  play: ({ canvasElement }) => search(canvasElement, 'insulin'),
};

export const NoneFits: StoryObj = { render: () => shown({ filter: { kind: 'resource' } }) };

export const Filtered: StoryObj = {
  render: () => shown({ sessions: PAST.slice(4, 5), filter: { kind: 'recommendation' } }),
};

export const None: StoryObj = { render: () => shown({}) };

export const Loading: StoryObj = { render: () => shown({ state: 'loading', isComplete: false, isReading: true }) };

export const CouldNotBeRead: StoryObj = {
  render: () => shown({ state: 'failed', isComplete: false, error: new SessionError('network', 'offline') }),
};

export const NotReadFurther: StoryObj = {
  render: () =>
    shown({
      sessions: manyPast(12),
      isComplete: false,
      isReading: true,
      error: new SessionError('network', 'offline'),
    }),
};

export const SomeUnreadable: StoryObj = {
  render: () => shown({ sessions: PAST.slice(0, 3), problems: [{ path: '3.booking.status', message: 'wrong' }] }),
};

export const NotTheirPatient: StoryObj = {
  render: () => shown({ ...NO_SESSIONS, state: 'failed', error: new SessionError('not-found', 'no such patient') }),
};

export const NoPatientNamed: StoryObj = {
  render: () =>
    inScope(
      clientWith({}, { bookings: [BOOKING] }),
      html`<session-history booking-id=${BOOKING.id} time-zone="Europe/London"></session-history>`,
    ),
};

export const NoneChosen: StoryObj = {
  render: () => inScope(clientWith({}, { bookings: [] }), html`<session-history></session-history>`),
};

export const NotOffered: StoryObj = {
  render: () => shown({}, { view: { can: { ...EVERYTHING, history: false } } }),
};

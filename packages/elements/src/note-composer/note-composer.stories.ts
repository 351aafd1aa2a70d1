import { SessionError, type Booking, type NoteKeepingView, type SessionView } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { fakeClient, written, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, MET, NOTE, notesView } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';

export default { title: 'Provider/Note composer', component: 'note-composer' } satisfies Meta;

const SAM: Booking = { ...MET, patientName: 'Sam Rivera' };
const LEE: Booking = { ...BOOKING, id: 3, patientName: 'Lee Kim', dateTime: '2026-01-07T15:00:00.000Z' };
const DAY = 24 * 60 * 60_000;
const NOTES = notesView([
  { ...NOTE, id: 'n1', timestamp: '2026-01-07T10:12:00.000Z', kind: 'diagnosis', content: 'Mild tension headache.' },
]);

interface Shown extends FakeClientOptions {
  readonly keeping?: Partial<NoteKeepingView>;
}

function shown({ keeping = { state: 'device' }, ...options }: Shown = {}): TemplateResult {
  const client = fakeClient({ now: AT.talking, bookings: [SAM, LEE], role: 'provider', ...options });
  client.setKeeping(keeping);
  return inScope(client, html`<note-composer time-zone="Europe/London" .bookingId=${SAM.id}></note-composer>`);
}
const withSession = (session: Partial<SessionView>, more: Shown = {}): TemplateResult =>
  shown({ session: ({ id }) => (id === SAM.id ? { notes: NOTES, ...session } : {}), ...more });

const HALF = written({
  id: 'd1',
  content: 'Sleep 7 to 8 hours. Keep a diary of the headaches, with what you ate and',
  kind: 'recommendation',
  at: AT.talking,
});

export const Empty: StoryObj = { render: () => shown() };

export const NoName: StoryObj = { render: () => shown({ bookings: [MET] }) };

export const Writing: StoryObj = { render: () => withSession({ drafts: [HALF] }) };

export const InMemoryOnly: StoryObj = {
  render: () => withSession({ drafts: [HALF] }, { keeping: { state: 'memory' } }),
};

export const KeptOneMoreDay: StoryObj = {
  render: () => withSession({ drafts: [{ ...HALF, at: AT.talking - 6 * DAY - 3_600_000 }] }),
};

export const TooLong: StoryObj = {
  render: () => withSession({ drafts: [{ ...HALF, content: 'Drink enough water. '.repeat(520) }] }),
};

export const HiddenSigns: StoryObj = {
  render: () => withSession({ drafts: [{ ...HALF, content: 'Pasted from a document.\u000cIts second page.' }] }),
};

export const Correction: StoryObj = {
  render: () => withSession({ drafts: [{ ...HALF, content: '', kind: undefined, amends: 'n1' }] }),
};

export const NotShared: StoryObj = {
  render: () =>
    withSession({
      drafts: [HALF, written({ id: 'd2', content: 'Blood test: see the laboratory at', kind: 'follow-up' })],
      outbox: [
        written({ id: 'o1', content: 'Ibuprofen 400 mg, at most 3 a day.', kind: 'prescription', state: 'sending' }),
        written({ id: 'o2', content: 'Drink enough water.', state: 'waiting' }),
        written({
          id: 'o3',
          content: 'Select two of these and drop the table salt.',
          state: 'refused',
          error: new SessionError('forbidden', 'A firewall.'),
        }),
      ],
    }),
};

export const SignedInNoMore: StoryObj = {
  render: () =>
    withSession({
      outbox: [
        written({
          id: 'o1',
          content: 'See you in two weeks.',
          state: 'waiting',
          error: new SessionError('unauthenticated', 'Expired.'),
          at: AT.talking - 60_000,
        }),
      ],
    }),
};

export const Elsewhere: StoryObj = {
  render: () =>
    shown({
      keeping: { state: 'device', elsewhere: [SAM.id] },
      view: { unsent: [{ bookingId: LEE.id, drafts: 1, waiting: 1, refused: 0 }] },
    }),
};

export const BeforeTheSession: StoryObj = { render: () => shown({ now: AT.dayBefore, bookings: [SAM] }) };

export const Cancelled: StoryObj = {
  render: () => withSession({ canWrite: false, phase: 'cancelled', drafts: [HALF] }),
};

export const NoSession: StoryObj = {
  render: () => {
    const client = fakeClient({ bookings: [], role: 'provider' });
    return inScope(client, html`<note-composer></note-composer>`);
  },
};

/** *Discard* was pressed. */
export const Discarding: StoryObj = {
  render: () => withSession({ drafts: [HALF] }),
  play: async ({ canvasElement }) => {
    const composer = canvasElement.querySelector('note-composer');
    await composer?.updateComplete;
    composer?.renderRoot.querySelector<HTMLElement>('[part=discard-button]')?.click();
    await composer?.updateComplete;
  },
};

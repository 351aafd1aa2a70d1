import { SessionError, type Booking, type Party } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { fakeClient, type FakeClientOptions, written } from '../test-support/fake-client.js';
import { AT, BOOKING, call, clientView, guest, judged, MET, NOTE, notesView, party } from '../test-support/fixtures.js';
import { PAST } from '../test-support/histories.js';
import { inScope } from '../test-support/render.js';
import { drawnStream } from '../test-support/streams.js';

export default { title: 'Provider/Dashboard', component: 'provider-dashboard' } satisfies Meta;

const NOW = AT.talking;
const SAM: Booking = { ...MET, patient: 'sam', patientName: 'Sam Rivera', notes: 'Headaches for two weeks.' };
const DAY: readonly Booking[] = [
  { ...BOOKING, id: 1, patientName: 'Ana Petrova', dateTime: '2026-01-07T08:00:00.000Z', status: 'completed' },
  SAM,
  { ...BOOKING, id: 3, dateTime: '2026-01-07T11:00:00.000Z' },
  { ...BOOKING, id: 4, patientName: 'Lee Kim', dateTime: '2026-01-07T15:00:00.000Z' },
];
const WAITING = clientView(
  DAY.map((booking) =>
    judged(
      booking,
      NOW,
      'provider',
      booking === SAM
        ? [{ ...party('patient', 'waiting', NOW - 250_000), devices: { microphone: 'works', camera: 'denied' } }]
        : [],
    ),
  ),
  { active: judged(SAM, NOW, 'provider') },
);

function shown(options: FakeClientOptions = {}, page = ''): TemplateResult {
  const client = fakeClient({ now: NOW, bookings: DAY, role: 'provider', view: WAITING, ...options });
  return inScope(client, html`<provider-dashboard guest-page=${page} time-zone="Europe/London"></provider-dashboard>`);
}

const GUESTS: readonly Party[] = [
  guest({ presence: 'waiting', since: '2026-01-07T10:12:00.000Z' }),
  guest({ seat: 'guest-2', name: 'Leo Rivera', kind: 'family' }),
];

const NOTES = notesView([
  { ...NOTE, id: 'n1', timestamp: '2026-01-07T10:12:00.000Z', kind: 'diagnosis', content: 'Mild tension headache.' },
  { ...NOTE, id: 'n2', timestamp: '2026-01-07T10:13:00.000Z', kind: 'follow-up' },
]);

export const PatientWaits: StoryObj = {
  render: () => shown({ session: () => ({ callStartedAt: null, parties: [party('patient')] }) }),
};

export const InCall: StoryObj = {
  render: () =>
    shown({
      session: () => ({
        notes: NOTES,
        call: call({
          local: drawnStream(20, 320, 240),
          remote: drawnStream(205),
          other: party('patient', 'in-call'),
        }),
      }),
    }),
};

/** What the call is led with stays in sight, with a guest at the door. */
export const WithGuests: StoryObj = {
  render: () =>
    shown(
      {
        session: () => ({
          notes: NOTES,
          parties: [party('patient', 'in-call'), party('provider', 'in-call'), ...GUESTS],
          call: call({
            local: drawnStream(20, 320, 240),
            remote: drawnStream(205),
            other: party('patient', 'in-call'),
          }),
        }),
      },
      '/guest',
    ),
};

export const GuestToInvite: StoryObj = { render: () => shown({ session: () => ({ notes: NOTES }) }, '/guest') };

export const UnsentNotes: StoryObj = {
  render: () =>
    shown({
      session: () => ({
        notes: NOTES,
        outbox: [
          written({ id: 'o1', content: 'Ibuprofen 400 mg, at most 3 a day.', kind: 'prescription', state: 'sending' }),
          written({ id: 'o2', content: 'Drink enough water.', state: 'waiting' }),
          written({
            id: 'o3',
            content: 'See you in two weeks.',
            state: 'refused',
            error: new SessionError('forbidden', 'not yours'),
          }),
        ],
      }),
    }),
};

export const NotesBegun: StoryObj = {
  render: () =>
    shown({
      session: () => ({
        notes: NOTES,
        drafts: [
          written({ id: 'd1', content: 'Sleep 7 to 8 hours. Keep a diary of the headaches, with what you ate and' }),
          written({ id: 'd2', content: 'Blood test: see the laboratory at', kind: 'follow-up' }),
        ],
      }),
    }),
};

/** The earlier sessions stand beside the call, above the same field. */
export const EarlierSessions: StoryObj = {
  render: () => shown({ history: { sessions: PAST }, session: () => ({ notes: NOTES }) }),
  async play({ canvasElement }) {
    const dashboard = canvasElement.querySelector('provider-dashboard');
    await dashboard?.updateComplete;
    dashboard?.shadowRoot?.querySelector<HTMLElement>('#tab-earlier')?.click();
    await dashboard?.updateComplete;
  },
};

const HELD: Party = {
  ...party('patient', 'waiting', NOW - 250_000),
  admission: 'held',
  message: 'Two more minutes, please.',
};

/** The patient was asked to wait, and reads why. */
export const PatientHeld: StoryObj = {
  render: () =>
    shown({
      view: clientView(DAY.map((booking) => judged(booking, NOW, 'provider', booking === SAM ? [HELD] : []))),
      session: () => ({ callStartedAt: null, parties: [HELD] }),
    }),
};

export const NoSessions: StoryObj = { render: () => shown({ bookings: [], view: {} }) };

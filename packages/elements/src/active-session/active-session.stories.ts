import { SessionError, type Booking, type CallView } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';
import { fakeClient, type FakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, BOOKING, call, COMPLETED, ME, MET, NOTE, notesView, party } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';
import { drawnStream } from '../test-support/streams.js';

export default { title: 'Patient/Active session', component: 'active-session' } satisfies Meta;

interface Shown extends FakeClientOptions {
  readonly bookingId?: Booking['id'];
  /** ms that the clock of the device is ahead. */
  readonly ahead?: number;
  readonly inside?: TemplateResult;
}

function shown({ bookingId, ahead = 0, inside, ...options }: Shown): TemplateResult {
  const client = fakeClient(options);
  client.ahead = ahead;
  return inScope(
    client,
    html`<active-session time-zone="Europe/London" .bookingId=${bookingId}>${inside ?? nothing}</active-session>`,
  );
}

const MINUTE = 60_000;
const CONTACT = { phone: '+44 20 7946 0000', url: 'https://clinic.example/help', label: 'the front desk' };
const NOTES = notesView([
  { ...NOTE, id: 'n1', timestamp: '2026-01-07T10:12:00.000Z', kind: 'diagnosis', content: 'Mild tension headache.' },
  { ...NOTE, id: 'n2', timestamp: '2026-01-07T10:13:00.000Z', kind: 'follow-up' },
]);
const LATE: Booking = {
  ...BOOKING,
  durationMinutes: 30,
  late: { minutes: 15, message: 'Sorry, an emergency before you.', saidAt: '2026-01-06T11:40:00.000Z' },
};
const LEE: Booking = {
  ...BOOKING,
  id: 2,
  provider: 'dr-lee',
  providerName: 'Dr. Lee',
  providerInitials: 'DL',
  dateTime: '2026-01-07T10:30:00.000Z',
};
const UNREADABLE = [{ path: '1.status', message: 'expected one of "scheduled", "completed", "cancelled"' }];
const SURVEY = html`<p slot="after-session"><a href="#survey">How was your visit? Two questions.</a></p>`;

export const NothingBooked: StoryObj = { render: () => shown({ bookings: [] }) };

export const Upcoming: StoryObj = {
  render: () => shown({ bookings: [{ ...BOOKING, durationMinutes: 30, timeZone: 'America/New_York' }] }),
};

export const UpcomingSeedOnly: StoryObj = { render: () => shown({}) };

export const UpcomingLate: StoryObj = { render: () => shown({ bookings: [LATE] }) };

export const UpcomingMoved: StoryObj = {
  render: () => shown({ bookings: [{ ...BOOKING, rescheduledFrom: '2026-01-06T15:00:00.000Z' }] }),
};

export const InTwoMonths: StoryObj = { render: () => shown({ now: Date.parse('2025-11-08T08:10:00.000Z') }) };

export const WrongClock: StoryObj = { render: () => shown({ now: AT.beforeOpening, ahead: 9 * MINUTE }) };

export const WrongDate: StoryObj = { render: () => shown({ now: AT.beforeOpening, ahead: -AT.beforeOpening }) };

export const Open: StoryObj = { render: () => shown({ now: AT.open }) };

export const OpenWithDeviceCheck: StoryObj = {
  render: () =>
    shown({
      now: AT.open,
      inside: html`<details slot="device-check">
        <summary>Check camera and microphone</summary>
        <p>The portal’s own, or the check of this package.</p>
      </details>`,
    }),
};

export const OpenProviderWaits: StoryObj = {
  render: () => shown({ now: AT.open, session: () => ({ parties: [party('provider')] }) }),
};

export const OpenLate: StoryObj = { render: () => shown({ now: AT.open, bookings: [LATE] }) };

export const OpenWithoutVideo: StoryObj = {
  render: () =>
    shown({ now: AT.open, session: () => ({ canStart: false }), view: { me: { ...ME, contact: CONTACT } } }),
};

export const OpenElsewhere: StoryObj = {
  render: () => shown({ now: AT.open, session: () => ({ parties: [party('patient', 'in-call')] }) }),
};

export const SeveralOpen: StoryObj = { render: () => shown({ now: AT.open, bookings: [BOOKING, LEE] }) };

export const StillOpen: StoryObj = {
  render: () => shown({ now: AT.talking, bookings: [MET], session: () => ({ notes: NOTES }) }),
};

function talking(change: Partial<CallView> = {}): FakeClient {
  return fakeClient({
    now: AT.talking,
    bookings: [MET],
    session: () => ({
      notes: NOTES,
      call: call({ local: drawnStream(205, 320, 240), remote: drawnStream(20), ...change }),
    }),
  });
}

function inCall(client = talking()): TemplateResult {
  return inScope(client, html`<active-session time-zone="Europe/London"></active-session>`);
}

export const InCall: StoryObj = { render: () => inCall() };

/** On a phone the notes are a sheet below the call. */
const ON_A_PHONE = { globals: { viewport: { value: 'mobile2' } } } satisfies Partial<StoryObj>;

function handleIn(canvas: HTMLElement): Promise<HTMLElement> {
  return waitFor(() => {
    const found = canvas.querySelector('active-session')?.shadowRoot?.querySelector<HTMLElement>('[part=notes-handle]');
    if (!found) throw new Error('There is no handle.');
    return found;
  });
}

export const InCallNotesFolded: StoryObj = { ...ON_A_PHONE, render: () => inCall() };

export const InCallNotesUnfolded: StoryObj = {
  ...ON_A_PHONE,
  render: () => inCall(),
  play: async ({ canvasElement }) => {
    const handle = await handleIn(canvasElement);
    handle.click();
    await waitFor(() => expect(handle.getAttribute('aria-expanded')).toBe('true'));
  },
};

function withNewNote(): StoryObj {
  let client = talking();
  return {
    ...ON_A_PHONE,
    render: () => {
      client = talking();
      return inCall(client);
    },
    play: async ({ canvasElement }) => {
      await handleIn(canvasElement);
      client.session(MET.id).set({ notes: notesView([...NOTES.notes, { ...NOTE, id: 'n3' }]) });
      await waitFor(async () => expect((await handleIn(canvasElement)).textContent).toContain('1 new'));
    },
  };
}

export const InCallNewNote = withNewNote();

export const WaitingNotesUnfolded: StoryObj = {
  ...ON_A_PHONE,
  render: () => inCall(talking({ state: 'waiting', remote: null, other: party('provider', 'away') })),
  play: async ({ canvasElement }) => {
    (await handleIn(canvasElement)).click();
  },
};

export const LeftWithAnotherOpen: StoryObj = {
  render: () =>
    shown({
      now: AT.talking,
      bookings: [MET, LEE],
      session: ({ id }) => (id === MET.id ? { lastCall: { outcome: 'left', error: null } } : {}),
    }),
};

export const Ended: StoryObj = {
  render: () =>
    shown({
      now: AT.ended,
      bookings: [{ ...COMPLETED, patientName: 'Sam Rivera' }],
      session: () => ({ notes: NOTES }),
      bookingId: COMPLETED.id,
    }),
};

export const EndedWithSurveyAndNext: StoryObj = {
  render: () =>
    shown({
      now: AT.ended,
      bookings: [COMPLETED, { ...LEE, dateTime: '2026-01-08T10:30:00.000Z' }],
      session: () => ({ notes: NOTES }),
      bookingId: COMPLETED.id,
      inside: SURVEY,
    }),
};

export const EndedWithoutNotes: StoryObj = {
  render: () => shown({ now: AT.after, bookings: [COMPLETED], bookingId: COMPLETED.id }),
};

export const CancelledByProvider: StoryObj = {
  render: () =>
    shown({
      now: AT.open,
      bookings: [
        {
          ...BOOKING,
          status: 'cancelled',
          cancelledBy: 'provider',
          cancelledAt: '2026-01-07T08:12:00.000Z',
          cancelReason: 'I am ill. The practice will call you.',
        },
      ],
      bookingId: BOOKING.id,
      view: { me: { ...ME, contact: CONTACT } },
    }),
};

export const Cancelled: StoryObj = {
  render: () => shown({ now: AT.open, bookings: [{ ...BOOKING, status: 'cancelled' }], bookingId: BOOKING.id }),
};

export const NoShow: StoryObj = {
  render: () =>
    shown({
      now: AT.after,
      bookings: [{ ...BOOKING, status: 'cancelled', cancelReason: 'no-show' }],
      bookingId: BOOKING.id,
      view: { me: { ...ME, contact: CONTACT } },
    }),
};

export const Missed: StoryObj = { render: () => shown({ now: AT.after, bookingId: BOOKING.id }) };

export const OpensWhileBooking: StoryObj = {
  render: () =>
    shown({
      now: AT.after,
      bookings: [BOOKING, { ...LEE, dateTime: '2026-01-07T13:00:00.000Z' }],
      bookingId: BOOKING.id,
    }),
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('active-session')?.shadowRoot;
    const button = await waitFor(() => {
      const found = root?.querySelector<HTMLElement>('[part=book-button]');
      if (!found) throw new Error('There is no button to book.');
      return found;
    });
    await userEvent.click(button);
    await waitFor(() => expect(root?.querySelector('[part=opened]')).toBeTruthy());
  },
};

export const UnreadableAlone: StoryObj = { render: () => shown({ bookings: [], view: { problems: UNREADABLE } }) };

export const UnreadableBeside: StoryObj = { render: () => shown({ view: { problems: UNREADABLE } }) };

export const Missing: StoryObj = { render: () => shown({ bookings: [], bookingId: 'somebody-else’s' }) };

export const Loading: StoryObj = { render: () => shown({ bookings: [], view: { state: 'loading' } }) };

export const NoConnection: StoryObj = { render: () => shown({ view: { connection: 'down' } }) };

export const Failed: StoryObj = {
  render: () => shown({ bookings: [], view: { state: 'failed', error: new SessionError('network', 'offline') } }),
};

export const SignedOut: StoryObj = { render: () => shown({ bookings: [], view: { state: 'signed-out' } }) };

import type { Booking, CallView, SessionView } from '@active-session/core';
import { fakeClient, type FakeClient, type FakeClientOptions } from '../../test-support/fake-client.js';
import { AT, BOOKING, call, COMPLETED, NO_NOTES, notesView } from '../../test-support/fixtures.js';
import { buttonNamed, part, settled } from '../../test-support/page.js';
import {
  AT_PLACE,
  besides,
  hostileBooking,
  hostileDevices,
  hostileError,
  hostileGuest,
  hostileHistory,
  hostileMe,
  hostileNotes,
  hostileOutbox,
  hostileParty,
  lateBy,
} from './hostile-data.js';
import { elements, type HostileView, type TextAt } from './rounds.js';

const { providerName, sessionType, patientName, late, cancelReason, reason, note, noteName } = AT_PLACE;
const { held, contact, phone, device, outbox } = AT_PLACE;

interface Moment extends Omit<FakeClientOptions, 'bookings' | 'session'> {
  readonly booking?: Partial<Booking>;
  /** The same provider has another one. */
  readonly other?: Partial<Booking>;
  readonly session?: Partial<SessionView>;
}

/** A client whose every text is hostile. */
function clientAt(text: TextAt, { booking, other, session, ...options }: Moment): FakeClient {
  const bookings = [hostileBooking(text, booking), ...(other === undefined ? [] : [besides(text, other)])];
  const client = fakeClient({
    ...options,
    bookings,
    session: () => ({ notes: notesView(hostileNotes(text)), ...session }),
    view: { me: hostileMe(text), ...options.view },
  });
  client.devices.set({ list: hostileDevices(text) });
  return client;
}

function calling(text: TextAt, change: Partial<CallView>): Partial<SessionView> {
  return { call: call({ other: hostileParty(text, 'provider', { presence: 'in-call' }), ...change }) };
}

function waitingFor(text: TextAt): Partial<SessionView> {
  const own = hostileParty(text, 'patient', { admission: 'held', message: text(held) });
  return { ...calling(text, { state: 'waiting', since: AT.talking, own, other: hostileParty(text, 'provider') }) };
}

const CANCELLED = { status: 'cancelled', cancelledAt: '2026-01-07T08:12:00.000Z', cancelledBy: 'provider' } as const;
const LATER: Partial<Booking> = { dateTime: '2026-01-09T10:30:00.000Z' };
const DONE: Partial<Booking> = {
  status: 'completed',
  completedAt: '2026-01-07T10:26:00.000Z',
  ...(COMPLETED.attendance && { attendance: COMPLETED.attendance }),
};

/** The gate, the wait, the call and the summary, for the patient. */
export const patientViews: Readonly<Record<string, HostileView>> = {
  'the countdown to a session': {
    tag: 'active-session',
    content: elements.gate,
    client: (text) => clientAt(text, { booking: { ...lateBy(text), attendance: [] } }),
    shown: [providerName, sessionType, late],
  },
  'a session that is open, beside another one': {
    tag: 'active-session',
    content: elements.shown,
    client: (text) =>
      clientAt(text, { now: AT.open, booking: { attendance: [] }, other: {}, session: { parties: [] } }),
    shown: [providerName, sessionType],
  },
  'a session with nothing to call with': {
    tag: 'active-session',
    content: elements.shown,
    client: (text) => clientAt(text, { now: AT.open, booking: { attendance: [] }, session: { canStart: false } }),
    shown: [providerName, contact, phone],
  },
  'the waiting room': {
    tag: 'active-session',
    content: elements.shown,
    client: (text) => clientAt(text, { now: AT.talking, session: waitingFor(text) }),
    shown: [providerName, held, note, noteName],
  },
  'the call': {
    tag: 'active-session',
    content: elements.shown,
    client: (text) => clientAt(text, { now: AT.talking, session: calling(text, { quality: 'poor' }) }),
    shown: [providerName, note, noteName],
    async act(element) {
      const inner = element.shadowRoot?.querySelector('session-call');
      if (!inner) throw new Error('There is no call.');
      buttonNamed(inner, 'More').click();
      await settled(inner);
      if (!part(inner, '.more-dialog', HTMLDialogElement).open) throw new Error('The dialog did not open.');
    },
  },
  'a summary': {
    tag: 'active-session',
    content: elements.shown,
    client: (text) => clientAt(text, { now: AT.ended, booking: DONE, other: LATER }),
    shown: [providerName, sessionType, note, noteName],
  },
  'a summary on paper': {
    tag: 'active-session',
    content: elements.shown,
    client: (text) => clientAt(text, { now: AT.ended, booking: DONE }),
    shown: [providerName, patientName, sessionType, note, noteName],
    act: (element) => buttonNamed(element, 'Print this summary').click(),
    look: () => document.documentElement.querySelector(':scope > [data-active-session-print]') ?? document.body,
  },
  'the notes of all sessions': {
    tag: 'provider-notes',
    content: elements.allNotes,
    client: (text) => clientAt(text, { now: AT.ended, booking: DONE }),
    shown: [providerName, note, noteName],
  },
  'a cancelled session': {
    tag: 'active-session',
    content: elements.shown,
    client: (text) => clientAt(text, { now: AT.open, booking: { ...CANCELLED, cancelReason: text(cancelReason) } }),
    shown: [providerName, cancelReason, contact, phone],
  },
  'a session that was missed': {
    tag: 'active-session',
    content: elements.shown,
    client: (text) => clientAt(text, { now: AT.after, booking: { attendance: [] }, other: LATER }),
    shown: [providerName, sessionType],
  },
};

/** The parts by themselves. */
export const partViews: Readonly<Record<string, HostileView>> = {
  'devices in a call, and the question of its end': {
    tag: 'session-call',
    content: elements.call,
    client: (text) => clientAt(text, { now: AT.talking, session: calling(text, {}) }),
    shown: [providerName, device],
    async act(element) {
      buttonNamed(element, 'More').click();
      await settled(element);
    },
  },
  'a call with somebody whose network is weak': {
    tag: 'session-call',
    content: elements.call,
    client: (text) => {
      const sending = { microphone: 'on', camera: 'on', limited: 'audio' } as const;
      const other = hostileParty(text, 'provider', { presence: 'in-call', sending });
      return clientAt(text, { now: AT.talking, session: calling(text, { other }) });
    },
    shown: [providerName],
  },
  'guests of a session, for its provider': {
    tag: 'session-guests',
    content: elements.guests,
    client: (text) => clientAt(text, { now: AT.talking, role: 'provider', session: { parties: [hostileGuest(text)] } }),
    shown: [AT_PLACE.partyName],
    act(element) {
      buttonNamed(element, 'Remove').click();
    },
  },
  'a call with a guest': {
    tag: 'session-call',
    content: elements.call,
    client: (text) => {
      const provider = hostileParty(text, 'provider', { presence: 'in-call' });
      const others = [
        { party: provider, stream: null, state: 'connected' },
        { party: { ...hostileGuest(text), seat: `${provider.seat} beside` }, stream: null, state: 'interrupted' },
      ] as const;
      return clientAt(text, { now: AT.talking, session: calling(text, { other: provider, others }) });
    },
    shown: [AT_PLACE.partyName],
  },
  'a call that failed': {
    tag: 'session-call',
    content: elements.call,
    client: (text) => {
      const error = hostileError(text, 'video-failed');
      return clientAt(text, { now: AT.talking, session: { lastCall: { outcome: 'failed', error } } });
    },
    shown: [providerName, contact, phone],
  },
  'a provider who is asked to let somebody in': {
    tag: 'session-call',
    content: elements.call,
    client: (text) => {
      const other = hostileParty(text, 'patient', { admission: 'held', message: text(held) });
      const session = calling(text, { state: 'waiting', other, own: hostileParty(text, 'provider') });
      return clientAt(text, { now: AT.talking, role: 'provider', session });
    },
    shown: [patientName, held],
  },
  'a provider’s day, with notes that are not sent': {
    tag: 'provider-dashboard',
    content: elements.dashboard,
    client: (text) =>
      clientAt(text, { now: AT.talking, role: 'provider', other: {}, session: { outbox: hostileOutbox(text) } }),
    shown: [patientName, sessionType, reason, note, noteName, outbox],
  },
  'notes that are written, and a correction': {
    tag: 'note-composer',
    content: elements.composer,
    client(text) {
      const draft = { content: text(outbox), kind: undefined, state: 'draft', error: null, at: 0 } as const;
      const drafts = [
        { ...draft, id: 'correction', content: '', amends: 'amended' },
        { ...draft, id: 'besides', amends: undefined },
      ];
      const [amended] = hostileNotes(text);
      const notes = notesView(amended === undefined ? [] : [{ ...amended, id: 'amended' }]);
      const session = { notes, drafts, outbox: hostileOutbox(text) };
      const client = clientAt(text, { now: AT.talking, role: 'provider', other: {}, session });
      const unsent = client
        .getSnapshot()
        .bookings.map(({ booking }) => ({ bookingId: booking.id, drafts: 1, waiting: 0, refused: 0 }));
      client.set({ unsent });
      client.setKeeping({ state: 'device', elsewhere: [BOOKING.id] });
      return client;
    },
    shown: [patientName, note, outbox],
  },
  'a note that is asked about before it is thrown away': {
    tag: 'note-composer',
    content: elements.composer,
    client(text) {
      const draft = { id: 'd', content: text(outbox), kind: undefined, amends: undefined } as const;
      const drafts = [{ ...draft, state: 'draft', error: null, at: 0 } as const];
      return clientAt(text, { now: AT.talking, role: 'provider', session: { drafts, canWrite: false } });
    },
    shown: [patientName],
    async act(element) {
      element.renderRoot.querySelector<HTMLElement>('[part=discard-button]')?.click();
      await settled(element);
    },
  },
  'a note that is withdrawn': {
    tag: 'provider-notes',
    content: elements.notes,
    client: (text) => {
      const [first] = hostileNotes(text);
      const notes = first === undefined ? [] : [{ ...first, id: 'n1', withdrawnAt: undefined }];
      return clientAt(text, { now: AT.talking, role: 'provider', session: { notes: notesView(notes) } });
    },
    shown: [patientName, note, noteName],
    async act(element) {
      part(element, '[part=withdraw-button]').click();
      await settled(element);
    },
  },
  'a provider’s day, with a session that its patient has cancelled': {
    tag: 'session-queue',
    content: elements.queue,
    client(text) {
      const booking = { ...CANCELLED, cancelledBy: 'patient', cancelReason: text(cancelReason) } as const;
      return clientAt(text, { now: AT.talking, role: 'provider', booking, other: lateBy(text) });
    },
    shown: [patientName, cancelReason],
  },
  'a question about a session of the day': {
    tag: 'session-queue',
    content: elements.queue,
    client: (text) => clientAt(text, { now: AT.talking, role: 'provider', booking: lateBy(text) }),
    shown: [patientName],
    async act(element) {
      element.renderRoot.querySelector<HTMLElement>('.more')?.click();
      await settled(element);
      part(element, '[data-command=late]').click();
      await settled(element);
    },
  },
  'notes that could not be read anew': {
    tag: 'provider-notes',
    content: elements.notes,
    client: (text) => {
      const error = hostileError(text, 'unknown');
      const problems = [{ path: `${text(AT_PLACE.error)}.0`, message: text(AT_PLACE.error) }];
      const notes = { ...NO_NOTES, notes: hostileNotes(text), problems, error };
      return clientAt(text, { now: AT.talking, session: { notes } });
    },
    shown: [note, noteName, providerName],
  },
  'a patient’s earlier sessions, opened': {
    tag: 'session-history',
    content: elements.history,
    client(text) {
      const client = clientAt(text, { now: AT.talking, role: 'provider' });
      const problems = [{ path: `${text(AT_PLACE.error)}.0`, message: text(AT_PLACE.error) }];
      client.historyOf('sam').set({ sessions: hostileHistory(text), problems, error: hostileError(text, 'unknown') });
      return client;
    },
    shown: [patientName, sessionType, reason, note, noteName],
    async act(element) {
      for (const button of element.shadowRoot?.querySelectorAll<HTMLElement>('.summary[aria-expanded=false]') ?? []) {
        button.click();
      }
      await settled(element);
    },
  },
  'the way back': {
    tag: 'session-return-banner',
    content: elements.banner,
    client: (text) =>
      clientAt(text, { now: AT.talking, session: { lastCall: { outcome: 'left', error: null }, call: null } }),
    shown: [providerName],
  },
  'the closed gate': {
    tag: 'booking-required',
    content: elements.required,
    client: (text) => clientAt(text, { booking: { attendance: [] } }),
    shown: [providerName],
  },
  'the question of a cancellation': {
    tag: 'appointment-actions',
    content: elements.actions,
    client: (text) => clientAt(text, { booking: { attendance: [] } }),
    shown: [providerName],
    async act(element) {
      buttonNamed(element, 'Cancel appointment').click();
      await settled(element);
    },
  },
  'the choice of devices': {
    tag: 'device-check',
    content: elements.check,
    client(text) {
      const client = clientAt(text, {});
      const error = hostileError(text, 'unknown');
      client.check.set({ state: 'open', camera: 'on', microphone: 'on', using: { camera: BOOKING.provider }, error });
      return client;
    },
    shown: [device],
  },
};

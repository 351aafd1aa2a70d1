import {
  SessionError,
  type Booking,
  type CallView,
  type ClientView,
  type DeviceSettingsView,
  type OtherView,
  type Party,
  type PartyRole,
  type SessionErrorCode,
  type SessionView,
} from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { fakeClient, type FakeClient } from '../../test-support/fake-client.js';
import { AT, call, guest, ME, MET, party } from '../../test-support/fixtures.js';
import { drawnStream, soundingStream } from '../../test-support/streams.js';

/** One state of a call as a page has it. */
export interface CallCase {
  readonly session: Partial<SessionView>;
  readonly booking?: Booking;
  readonly view?: Partial<ClientView>;
  readonly role?: PartyRole;
  readonly devices?: Partial<DeviceSettingsView>;
  readonly help?: boolean;
  readonly shortcuts?: boolean;
  /** What the portal has for who waits. */
  readonly waiting?: TemplateResult;
}

const MINUTE = 60_000;
const CONTACT = { phone: '+44 20 7946 0000', url: 'https://clinic.example/help', label: 'the front desk' };
/** A portal that says whom to turn to. */
const offering: Partial<ClientView> = { me: { ...ME, contact: CONTACT } };
const cutOff: Partial<ClientView> = { ...offering, connection: 'down' };

const MEASURED: CallView['measured'] = { roundTrip: 50, loss: 0.01, inbound: 1_200_000, outbound: 900_000 };
const NAMED: Booking = { ...MET, patientName: 'Sam Rivera' };
export const LATE: Booking = {
  ...MET,
  late: { minutes: 20, message: 'Sorry, an emergency before you.', saidAt: '2026-01-07T09:50:00.000Z' },
};

const made: MediaStream[] = [];

function picture(...args: Parameters<typeof drawnStream>): MediaStream {
  const stream = drawnStream(...args);
  made.push(stream);
  return stream;
}

function sounding(hue: number): MediaStream {
  const stream = soundingStream(hue);
  made.push(stream);
  return stream;
}

/** Stops all pictures of the cases so far; each that is left costs the browser as much as a call. */
export function stopPictures(): void {
  for (const stream of made.splice(0)) for (const track of stream.getTracks()) track.stop();
}

/** A call with this person's own picture. */
export function calling(change: Partial<CallView> = {}): Partial<SessionView> {
  return { call: call({ local: picture(205, 320, 240), ...change }) };
}

/** A call in which both see each other. */
export function talking(change: Partial<CallView> = {}): Partial<SessionView> {
  return calling({ remote: picture(20), ...change });
}

function waiting(change: Partial<CallView> = {}, minutes = 4): Partial<SessionView> {
  const since = AT.talking - minutes * MINUTE - 10_000;
  const own = party('patient', 'waiting', since);
  const other = party('provider', 'away');
  return { ...calling({ state: 'waiting', since, own, other, ...change }), callStartedAt: null };
}

function knocking(change: Partial<Party>): CallCase {
  const other: Party = { ...party('patient', 'waiting', AT.talking - 6 * MINUTE), ...change };
  return { session: waiting({ other, own: party('provider', 'waiting', SINCE) }), role: 'provider', booking: NAMED };
}

function sending(change: NonNullable<Party['sending']>): Party {
  return { ...party('provider', 'in-call'), sending: change };
}

function failed(code: SessionErrorCode, path?: 'camera' | 'microphone'): CallCase {
  const problems = path === undefined ? [] : [{ path, message: 'for developers' }];
  return {
    session: { lastCall: { outcome: 'failed', error: new SessionError(code, 'for developers', { problems }) } },
    view: offering,
  };
}

const BUSY = new SessionError('devices-busy', 'for developers', {
  problems: [{ path: 'camera', message: 'for developers' }],
});
const ON = { microphone: 'on', camera: 'on' } as const;
const SINCE = AT.talking - 4 * MINUTE;
const OWN = party('patient', 'waiting', SINCE);
const HELD: Party = { ...OWN, admission: 'held', message: 'I am finishing a call.\nFive minutes.' };
const LEAFLET = html`<div slot="waiting">
  <p><b>Before your first visit</b></p>
  <p>Have a list of your medicines at hand. <a href="#leaflet">What else helps</a></p>
</div>`;

/** Before a call, and after one. */
export const idleCases = {
  ready: (): CallCase => ({ session: { callStartedAt: null } }),
  otherWaits: (): CallCase => ({ session: { callStartedAt: null, parties: [party('provider', 'waiting')] } }),
  provider: (): CallCase => ({ ...idleCases.ready(), role: 'provider', booking: NAMED }),
  notSupported: (): CallCase => ({ session: { callStartedAt: null, canStart: false }, view: offering }),
  left: (): CallCase => ({ session: { lastCall: { outcome: 'left', error: null } } }),
  elsewhere: (): CallCase => ({ session: { lastCall: { outcome: 'elsewhere', error: null } } }),
  displaced: (): CallCase => ({ session: { lastCall: { outcome: 'displaced', error: null } } }),
  devicesBlocked: (): CallCase => failed('devices-denied'),
  microphoneBlocked: (): CallCase => failed('devices-denied', 'microphone'),
  noVideoPossible: (): CallCase => ({ ...failed('video-failed'), help: true }),
  lost: (): CallCase => failed('video-lost'),
  offline: (): CallCase => ({ ...failed('network'), view: cutOff }),
  ending: (): CallCase => ({ session: { ending: true } }),
  endFailed: (): CallCase => ({ session: { endError: new SessionError('network', 'x') }, view: offering }),
  ended: (): CallCase => ({ session: { phase: 'completed', duration: 24 * MINUTE } }),
  cancelled: (): CallCase => ({
    session: { phase: 'cancelled', reason: 'cancelled' },
    booking: { ...MET, status: 'cancelled', cancelledBy: 'provider', cancelReason: 'I am ill today. Sorry!' },
    view: offering,
  }),
  noShow: (): CallCase => ({
    session: { phase: 'cancelled', reason: 'no-show' },
    booking: { ...MET, status: 'cancelled', cancelReason: 'no-show' },
    view: offering,
  }),
  missed: (): CallCase => ({ session: { phase: 'expired' } }),
  missing: (): CallCase => ({ session: { state: 'missing', booking: null, phase: null } }),
};

/** The waiting room, on either side. */
export const waitingCases = {
  preparing: (): CallCase => ({
    session: { call: call({ state: 'preparing', since: AT.talking }), callStartedAt: null },
  }),
  waiting: (): CallCase => ({ session: waiting() }),
  early: (): CallCase => ({
    session: waiting(),
    booking: { ...MET, dateTime: '2026-01-07T10:30:00.000Z' },
  }),
  portalsOwn: (): CallCase => ({ session: waiting(), waiting: LEAFLET }),
  long: (): CallCase => ({
    session: waiting({}, 15),
    booking: { ...MET, dateTime: '2026-01-07T09:55:00.000Z' },
    view: offering,
    help: true,
  }),
  late: (): CallCase => ({ session: waiting(), booking: LATE }),
  laterThanSaid: (): CallCase => ({
    session: waiting(),
    booking: { ...MET, late: { minutes: 10, saidAt: '2026-01-07T09:50:00.000Z' } },
  }),
  held: (): CallCase => ({ session: waiting({ own: HELD, other: party('provider') }) }),
  asking: (): CallCase => ({
    session: waiting({ own: { ...OWN, admission: 'asking' }, other: party('provider') }),
  }),
  askingNobody: (): CallCase => ({ session: waiting({ own: { ...OWN, admission: 'asking' } }) }),
  away: (): CallCase => ({ session: { ...waiting(), callStartedAt: AT.open } }),
  cutOff: (): CallCase => ({ session: waiting(), view: cutOff }),
  providerWaits: (): CallCase => ({
    session: waiting({ other: party('patient', 'away'), own: party('provider', 'waiting', SINCE) }),
    role: 'provider',
    booking: NAMED,
  }),
  providerIsAsked: (): CallCase => knocking({ admission: 'asking' }),
  providerHolds: (): CallCase => knocking({ admission: 'held', message: 'I am finishing a call.' }),
};

/** The call itself. */
export const callCases = {
  connecting: (): CallCase => ({
    session: { ...calling({ state: 'connecting', since: AT.talking }), callStartedAt: null },
  }),
  connectingLong: (): CallCase => ({
    session: { ...calling({ state: 'connecting', since: AT.talking - MINUTE }), callStartedAt: null },
    view: offering,
  }),
  connected: (): CallCase => ({ session: talking({ quality: 'good', measured: MEASURED }) }),
  fair: (): CallCase => ({ session: talking({ quality: 'fair' }) }),
  poor: (): CallCase => ({ session: talking({ quality: 'poor' }) }),
  poorWithoutCamera: (): CallCase => ({ session: talking({ quality: 'poor', camera: 'off' }) }),
  devicesOff: (): CallCase => ({ session: talking({ microphone: 'off', camera: 'off' }) }),
  ownPaused: (): CallCase => ({ session: talking({ microphone: 'paused', camera: 'paused' }) }),
  cameraRefused: (): CallCase => ({
    session: talking({ camera: 'missing', refused: { camera: BUSY }, devicesError: BUSY }),
  }),
  sharing: (): CallCase => ({ session: talking({ sharing: true }) }),
  theirScreen: (): CallCase => ({
    session: calling({ remote: picture(140, 1280, 800), other: sending({ ...ON, camera: 'off', screen: true }) }),
  }),
  theirMicrophoneOff: (): CallCase => ({ session: talking({ other: sending({ ...ON, microphone: 'off' }) }) }),
  theirMicrophonePaused: (): CallCase => ({ session: talking({ other: sending({ ...ON, microphone: 'paused' }) }) }),
  theirCameraOff: (): CallCase => ({ session: talking({ other: sending({ ...ON, camera: 'off' }) }) }),
  theirCameraPaused: (): CallCase => ({ session: talking({ other: sending({ ...ON, camera: 'paused' }) }) }),
  theyHaveNoCamera: (): CallCase => ({ session: talking({ other: sending({ ...ON, camera: 'missing' }) }) }),
  noPicture: (): CallCase => ({ session: calling({ other: sending(ON) }) }),
  frozen: (): CallCase => ({ session: talking({ trouble: 'frozen', other: sending(ON) }) }),
  silent: (): CallCase => ({ session: talking({ trouble: 'silent', other: sending(ON) }) }),
  ownPictureSmall: (): CallCase => ({ session: talking({ carries: 'small-video', quality: 'poor' }) }),
  ownPictureHeld: (): CallCase => ({ session: talking({ carries: 'audio', quality: 'poor' }) }),
  ownScreenSlow: (): CallCase => ({ session: talking({ carries: 'small-video', sharing: true }) }),
  ownScreenHeld: (): CallCase => ({ session: talking({ carries: 'audio', sharing: true }) }),
  theirPictureSmall: (): CallCase => ({
    session: calling({ remote: picture(20, 320, 180), other: sending({ ...ON, limited: 'small-video' }) }),
  }),
  theirPictureHeld: (): CallCase => ({ session: talking({ other: sending({ ...ON, limited: 'audio' }) }) }),
  bothHeld: (): CallCase => ({
    session: talking({ carries: 'audio', other: sending({ ...ON, limited: 'audio' }) }),
  }),
  heldAndReconnecting: (): CallCase => ({
    session: talking({
      ...{ state: 'reconnecting', since: AT.talking - 2_000 },
      ...{ carries: 'audio', other: sending({ ...ON, limited: 'audio' }) },
    }),
  }),
  cutOff: (): CallCase => ({ session: talking(), view: cutOff }),
  reconnecting: (): CallCase => ({ session: talking({ state: 'reconnecting', since: AT.talking - 2_000 }) }),
  stillTrying: (): CallCase => ({ session: talking({ state: 'reconnecting', since: AT.talking - 20_000 }) }),
  rejoin: (): CallCase => ({
    session: talking({ state: 'reconnecting', since: AT.talking - MINUTE }),
    view: offering,
    help: true,
  }),
  leaving: (): CallCase => ({ session: calling({ state: 'leaving', since: AT.talking }) }),
  withKeys: (): CallCase => ({ session: talking(), shortcuts: true }),
  soundHeld: (): CallCase => ({ session: calling({ remote: sounding(20) }) }),
  noSpeakerChoice: (): CallCase => ({
    session: talking(),
    devices: { can: { share: false, chooseSpeaker: false }, list: [] },
  }),
};

function other(party: Party, stream: MediaStream | null, state: OtherView['state'] = 'connected'): OtherView {
  return { party, stream, state };
}

export const MARIA: Party = guest({ presence: 'in-call', admission: 'admitted', sending: ON });
export const LEO: Party = guest({
  ...{ seat: 'guest-2', name: 'Leo Rivera', kind: 'family', presence: 'in-call', admission: 'admitted', sending: ON },
});
const SMITH: Party = { ...party('provider', 'in-call'), sending: ON };
const SAM: Party = { ...party('patient', 'in-call'), sending: ON };

/** A call with these others, the main one first. */
export function among(others: readonly OtherView[], change: Partial<CallView> = {}): Partial<SessionView> {
  const [main] = others;
  return calling({ other: main?.party ?? null, remote: main?.stream ?? null, others, ...change });
}

/** More than two in one call. */
export const groupCases = {
  three: (): CallCase => ({ session: among([other(SMITH, picture(20)), other(MARIA, picture(300))]) }),
  four: (): CallCase => ({
    session: among([other(SMITH, picture(20)), other(MARIA, picture(300)), other(LEO, picture(120))]),
  }),
  states: (): CallCase => ({
    session: among([
      other({ ...SMITH, sending: { ...ON, microphone: 'off' } }, picture(20)),
      other({ ...MARIA, sending: { ...ON, camera: 'off' } }, picture(300), 'interrupted'),
      other(LEO, null, 'connecting'),
    ]),
  }),
  mainAway: (): CallCase => ({
    session: among([other({ ...SMITH, presence: 'away' }, null, 'away'), other(MARIA, picture(300))]),
  }),
  reconnecting: (): CallCase => ({
    session: among([other(SMITH, picture(20), 'interrupted'), other(MARIA, picture(300))], {
      ...{ state: 'reconnecting', since: AT.talking - 2_000 },
    }),
  }),
  soundHeld: (): CallCase => ({ session: among([other(SMITH, sounding(20)), other(MARIA, sounding(300))]) }),
  provider: (): CallCase => ({
    session: among([other(SAM, picture(205)), other(MARIA, picture(300))]),
    role: 'provider',
    booking: NAMED,
  }),
  asGuest: (): CallCase => ({
    session: among([other(SMITH, picture(20)), other(SAM, picture(205))], { own: MARIA }),
    role: 'guest',
  }),
  guestWaits: (): CallCase => ({
    session: waiting({ own: { ...MARIA, presence: 'waiting', admission: 'asking' }, other: party('provider') }),
    role: 'guest',
  }),
  guestAlone: (): CallCase => ({
    session: waiting({ own: { ...MARIA, presence: 'waiting', admission: 'asking' } }),
    role: 'guest',
  }),
  guestLeft: (): CallCase => ({ session: { lastCall: { outcome: 'left', error: null } }, role: 'guest' }),
  toCome: (): CallCase => ({
    session: { ...waiting(), parties: [party('patient'), party('provider', 'away'), guest()] },
  }),
};

/** A client in which this is so. */
export function clientOf({ session, booking = MET, view, role = 'patient', devices }: CallCase): FakeClient {
  const client = fakeClient({
    now: AT.talking,
    bookings: [booking],
    role,
    session: () => session,
    ...(view === undefined ? {} : { view }),
  });
  if (devices !== undefined) client.devices.set(devices);
  return client;
}

/** The element as a portal has it. */
export function elementOf({ help = false, shortcuts = false, waiting: own }: CallCase): TemplateResult {
  return html`<session-call time-zone="Europe/London" .bookingId=${MET.id} ?help=${help} ?shortcuts=${shortcuts}
    >${own ?? nothing}</session-call
  >`;
}

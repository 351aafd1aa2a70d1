import {
  SESSION_ERROR_CODES,
  SessionError,
  toInstant,
  type Booking,
  type ClientView,
  type SessionErrorCode,
  type SessionView,
} from '@active-session/core';
import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, call, judged, MET, party } from '../test-support/fixtures.js';
import { buttonNamed, buttonsIn, mount, part, settled, textOf } from '../test-support/page.js';
import { drawnStream, soundingStream } from '../test-support/streams.js';
import type { SessionCall } from './session-call.js';

/** The provider was there before the patient, and went again. */
const LEFT_EARLY: Booking = {
  ...MET,
  attendance: [
    {
      seat: 'provider',
      role: 'provider',
      joinedAt: '2026-01-07T09:56:00.000Z',
      leftAt: '2026-01-07T09:58:00.000Z',
    },
  ],
};

function clientWith(session: Partial<SessionView>, view: Partial<ClientView> = {}): FakeClient {
  return fakeClient({ now: AT.talking, bookings: [MET], session: () => session, view });
}
const shown = (client: FakeClient): Promise<SessionCall> =>
  mount('session-call', client, html`<session-call time-zone="Europe/London"></session-call>`);
const commands = (client: FakeClient): unknown => client.session(MET.id).commands;
const failed = (code: SessionErrorCode): Partial<SessionView> => ({
  lastCall: { outcome: 'failed', error: new SessionError(code, 'for developers') },
});
const dialog = (element: SessionCall): HTMLDialogElement => part(element, 'dialog', HTMLDialogElement);

describe('<session-call>', () => {
  const states: readonly (readonly [string, Partial<SessionView>, readonly string[], Partial<ClientView>?])[] = [
    ['ready', { callStartedAt: null }, ['You can join now.', 'Start Call']],
    [
      'the other waits',
      { callStartedAt: null, parties: [party('provider')] },
      ['Dr. Smith is here and waits for you.'],
    ],
    ['preparing', { call: call({ state: 'preparing' }) }, ['Getting your camera and microphone ready…']],
    [
      'waiting',
      { call: call({ state: 'waiting', since: AT.talking - 250_000 }), callStartedAt: null },
      ['Dr. Smith is not here yet. You are in the right place.', 'Waiting for 4 minutes.'],
    ],
    [
      'waiting again',
      { call: call({ state: 'waiting' }), callStartedAt: AT.open },
      ['Dr. Smith has left the call. They can come back until 12:00.'],
    ],
    [
      'came too early and left',
      { call: call({ state: 'waiting' }), callStartedAt: null, booking: LEFT_EARLY },
      ['Dr. Smith has left the call. They can come back until 12:00.'],
    ],
    [
      'waiting with no connection',
      { call: call({ state: 'waiting' }), callStartedAt: null },
      ['No connection right now. We keep trying. Your session is not over.'],
      { connection: 'down' },
    ],
    ['connecting', { call: call({ state: 'connecting', since: AT.talking }) }, ['Connecting to Dr. Smith…']],
    ['connected', { call: call() }, ['12:04', 'Microphone', 'Camera', 'End Call']],
    [
      'reconnecting',
      { call: call({ state: 'reconnecting', since: AT.talking - 1_000 }) },
      ['The connection dropped. We are reconnecting you…'],
    ],
    [
      'still reconnecting',
      { call: call({ state: 'reconnecting', since: AT.talking - 60_000 }) },
      ['Still trying. Your session is not over.'],
    ],
    ['left', { lastCall: { outcome: 'left', error: null } }, ['You can come back until 12:00.', 'Come back']],
    [
      'elsewhere',
      { lastCall: { outcome: 'elsewhere', error: null } },
      ['Your session is open in another tab or device.', 'Continue here'],
    ],
    [
      'displaced',
      { lastCall: { outcome: 'displaced', error: null } },
      ['Your session went on in another tab or device.'],
    ],
    ['ending', { ending: true }, ['Ending the session…']],
    ['end failed', { endError: new SessionError('network', 'x') }, ['The session is not ended yet', 'Try again']],
    ['ended', { phase: 'completed', duration: 1_440_000 }, ['has ended.', 'It lasted 24 minutes.']],
    ['ended at once', { phase: 'completed', duration: 2_000 }, ['It lasted less than a minute.']],
    ['missing', { state: 'missing', booking: null, phase: null }, ['There is no such session for you.']],
  ];
  for (const [name, view, sentences, whole] of states) {
    it(`says where you are: ${name}`, async () => {
      const element = await shown(clientWith(view, whole));
      for (const sentence of sentences) expect(textOf(element)).to.contain(sentence);
      await expect(element).to.be.accessible();
    });
  }

  it('has words for every failure, and never its code', async () => {
    for (const code of SESSION_ERROR_CODES) {
      const text = textOf(await shown(clientWith(failed(code))));
      expect(text, code).to.contain('Try again');
      expect(text, code).to.not.contain(code.includes('-') ? code : 'for developers');
      expect(text, code).to.not.contain('for developers');
    }
  });

  it('offers to go on with one device, or none of it where devices are not the reason', async () => {
    const client = clientWith(failed('devices-denied'));
    const element = await shown(client);
    buttonNamed(element, 'Continue without camera').click();
    buttonNamed(element, 'Continue without microphone').click();
    buttonNamed(element, 'Try again').click();
    expect(commands(client)).to.deep.equal([
      ['start', { microphone: true, camera: false }],
      ['start', { microphone: false, camera: true }],
      ['start'],
    ]);
    expect(textOf(await shown(clientWith(failed('video-failed'))))).to.not.contain('Continue without');
  });

  it('offers to go on without the device that is the reason, where that is known', async () => {
    const problems = [{ path: 'microphone', message: 'x' }];
    const error = new SessionError('devices-denied', 'x', { problems });
    const element = await shown(clientWith({ lastCall: { outcome: 'failed', error } }));
    expect(textOf(element)).to.contain('Your browser blocks the microphone for this page.');
    expect(textOf(element)).to.contain('Continue without microphone');
    expect(textOf(element)).to.not.contain('Continue without camera');
  });

  it('takes the session over from another tab', async () => {
    const client = clientWith({ lastCall: { outcome: 'elsewhere', error: null } });
    buttonNamed(await shown(client), 'Continue here').click();
    expect(commands(client)).to.deep.equal([['continueHere']]);
  });

  it('turns devices off and on, and keeps the labels', async () => {
    const client = clientWith({ call: call({ camera: 'off' }) });
    const element = await shown(client);
    const microphone = buttonNamed(element, 'Microphone');
    const camera = buttonNamed(element, 'Camera');
    expect([microphone.ariaPressed, camera.ariaPressed]).to.deep.equal(['true', 'false']);
    microphone.click();
    camera.click();
    expect(commands(client)).to.deep.equal([
      ['setMicrophone', false],
      ['setCamera', true],
    ]);
  });

  it('asks once before leaving or ending, with the focus on the question', async () => {
    const client = clientWith({ call: call() });
    const element = await shown(client);
    buttonNamed(element, 'End Call').focus();
    buttonNamed(element, 'End Call').click();
    await settled(element);
    expect(dialog(element).matches(':modal')).to.equal(true);
    expect(textOf(element)).to.contain('Leave for now, or end the session?');
    expect(textOf(element)).to.contain('You can come back until 12:00.');
    expect(textOf(element)).to.contain('For you and Dr. Smith. Your notes stay.');
    expect(element.shadowRoot?.activeElement?.id).to.equal('end-question');
    await expect(element).to.be.accessible();
    dialog(element).requestClose();
    await waitUntil(() => !dialog(element).open);
    await settled(element);
    expect(commands(client)).to.deep.equal([]);
    expect(textOf(element.shadowRoot!.activeElement!)).to.equal('End Call');
  });

  it('asks again who presses before the browser has told of the closing', async () => {
    const element = await shown(clientWith({ call: call() }));
    buttonNamed(element, 'End Call').click();
    await settled(element);
    const told = oneEvent(dialog(element), 'close');
    dialog(element).close();
    buttonNamed(element, 'End Call').click();
    await told;
    await settled(element);
    expect(dialog(element).matches(':modal')).to.equal(true);
  });

  for (const [label, command] of [
    ['Leave for now', 'leave'],
    ['End the session', 'end'],
  ] as const) {
    it(`“${label}” can be vetoed by the portal`, async () => {
      const client = clientWith({ call: call() });
      const element = await shown(client);
      element.addEventListener(`session-${command}-request`, (event) => event.preventDefault(), { once: true });
      for (const expected of [[], [[command]]]) {
        buttonNamed(element, 'End Call').click();
        await settled(element);
        buttonNamed(element, label).click();
        await settled(element);
        expect(dialog(element).open).to.equal(false);
        expect(commands(client)).to.deep.equal(expected);
      }
    });
  }

  it('closes the question when the other side has ended the session', async () => {
    const client = clientWith({ call: call() });
    const element = await shown(client);
    buttonNamed(element, 'End Call').click();
    await settled(element);
    client.session(MET.id).set({ call: null, phase: 'completed', canEnd: false, canStart: false });
    await settled(element);
    expect(dialog(element).open).to.equal(false);
    expect(textOf(element)).to.contain('has ended.');
  });

  it('keeps the focus in the call when the pressed button is gone', async () => {
    const client = clientWith({ callStartedAt: null });
    const element = await shown(client);
    buttonNamed(element, 'Start Call').focus();
    client.session(MET.id).set({ call: call({ state: 'preparing' }) });
    await settled(element);
    expect(element.shadowRoot?.activeElement?.localName).to.equal('section');
  });

  it('announces each state of the call once', async () => {
    const client = clientWith({ call: call({ state: 'waiting' }), callStartedAt: null });
    const element = await shown(client);
    const region = element.shadowRoot!.querySelector('[role=status]')!;
    expect(textOf(region)).to.equal('Dr. Smith is not here yet. You are in the right place.');
    client.session(MET.id).set({ call: call() });
    await settled(element);
    expect(textOf(region)).to.equal('You are connected to Dr. Smith.');
    client.session(MET.id).set({ call: null, phase: 'completed', duration: 1_440_000 });
    await waitUntil(() => textOf(region) === 'Your session with Dr. Smith has ended.');
  });

  it('plays both pictures, its own without sound, and goes on after a move in the page', async () => {
    const remote = drawnStream(20);
    const local = drawnStream(200);
    const client = clientWith({ call: call({ remote, local }) });
    const element = await shown(client);
    const video = part(element, '.remote', HTMLVideoElement);
    const own = part(element, '.self video', HTMLVideoElement);
    expect(video.srcObject).to.equal(remote);
    expect(video.playsInline).to.equal(true);
    expect(own.srcObject).to.equal(local);
    expect(own.muted).to.equal(true);
    await waitUntil(() => video.videoWidth > 0 && !video.paused, undefined, { timeout: 5_000 });
    const place = document.createElement('div');
    element.parentElement?.append(place);
    place.append(element);
    await settled(element);
    expect(part(element, '.remote', HTMLVideoElement).srcObject).to.equal(remote);
    await waitUntil(() => !video.paused, undefined, { timeout: 5_000 });
    expect(commands(client)).to.deep.equal([]);
    for (const track of [...remote.getTracks(), ...local.getTracks()]) track.stop();
  });

  it('plays without sound and offers a tap where the browser refuses sound', async () => {
    const remote = soundingStream(20);
    const client = clientWith({ callStartedAt: null });
    const element = await shown(client);
    const play = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')?.value as (
      this: HTMLMediaElement,
    ) => Promise<void>;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      return this.muted ? play.call(this) : Promise.reject(new DOMException('no', 'NotAllowedError'));
    };
    try {
      client.session(MET.id).set({ call: call({ remote }) });
      await waitUntil(() => buttonsIn(element).some((button) => textOf(button).includes('Tap to hear Dr. Smith')));
      expect(part(element, '.remote', HTMLVideoElement).muted).to.equal(true);
      HTMLMediaElement.prototype.play = () => Promise.resolve();
      buttonNamed(element, 'Tap to hear').click();
      await settled(element);
    } finally {
      HTMLMediaElement.prototype.play = play;
    }
    expect(part(element, '.remote', HTMLVideoElement).muted).to.equal(false);
    expect(textOf(element)).to.not.contain('Tap to hear');
    for (const track of remote.getTracks()) track.stop();
  });

  it('covers no words with the own picture', async () => {
    const client = clientWith({ call: call({ state: 'waiting' }), callStartedAt: null });
    const element = await shown(client);
    element.style.width = '320px';
    const words = part(element, '.message h2').getBoundingClientRect();
    expect(part(element, '.self').getBoundingClientRect().top).to.be.at.least(words.bottom);
  });

  it('keeps its place on the page from one state to the next', async () => {
    const client = clientWith({ callStartedAt: null });
    const element = await shown(client);
    const heights = new Set<number>();
    for (const state of ['preparing', 'waiting', 'connecting', 'connected', 'reconnecting'] as const) {
      heights.add(element.getBoundingClientRect().height);
      client.session(MET.id).set({ call: call({ state, since: client.time }) });
      await settled(element);
    }
    client.session(MET.id).set({ call: null, lastCall: { outcome: 'left', error: null } });
    await settled(element);
    heights.add(element.getBoundingClientRect().height);
    expect([...heights]).to.have.length(1);
  });

  it('stays with a session that is over until another one can be joined', async () => {
    const client = clientWith({ call: call() });
    const element = await shown(client);
    const next = { ...MET, id: 2, providerName: 'Dr. Lee', dateTime: '2026-01-07T14:00:00.000Z', attendance: [] };
    const over = { ...MET, status: 'cancelled' } as const;
    client.session(MET.id).set({ call: null, phase: 'cancelled', reason: 'cancelled', canEnd: false, booking: over });
    client.set({ bookings: [judged(over, AT.talking), judged(next, AT.talking)], active: judged(next, AT.talking) });
    await settled(element);
    expect(textOf(element)).to.contain('Your session with Dr. Smith today, 10:00 was cancelled.');
    client.time = toInstant(next.dateTime);
    client.set({ active: judged(next, client.time) });
    await settled(element);
    expect(textOf(part(element, '[part=name]'))).to.equal('Dr. Lee');
  });

  it('names the patient to the provider, also where the booking does not', async () => {
    const client = fakeClient({
      now: AT.talking,
      bookings: [MET],
      role: 'provider',
      session: () => ({ callStartedAt: null }),
    });
    const element = await shown(client);
    expect(textOf(part(element, '[part=name]'))).to.equal('Patient, 10:00');
    expect(textOf(element)).to.contain('End the session');
  });
});

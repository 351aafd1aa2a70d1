import { DEFAULT_WINDOW_POLICY, SessionError, type CallView, type Party } from '@active-session/core';
import { createClinic, createScriptedParty, createSimulatedClock } from '@active-session/testing';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import type { FakeClient } from '../test-support/fake-client.js';
import { MET, party } from '../test-support/fixtures.js';
import { buttonNamed, mount, settled } from '../test-support/page.js';
import { callCases, clientOf, elementOf, stopPictures, type CallCase } from './test-support/cases.js';
import { hear } from './test-support/hearing.js';
import type { SessionCall } from './session-call.js';

const MINUTE = 60_000;

afterEach(stopPictures);

function shown(state: CallCase, client = clientOf(state)): Promise<SessionCall> {
  return mount('session-call', client, elementOf(state));
}

/** One change after the other, each on the page before the next. */
async function after(
  element: SessionCall,
  client: FakeClient,
  ...changes: readonly Partial<CallView>[]
): Promise<void> {
  for (const change of changes) {
    const { call } = client.session(MET.id).getSnapshot();
    client.session(MET.id).set({ call: call === null ? null : { ...call, ...change } });
    await settled(element);
    await Promise.resolve();
  }
}

function sending(change: Partial<NonNullable<Party['sending']>>): Partial<CallView> {
  return { other: { ...party('provider', 'in-call'), sending: { microphone: 'on', camera: 'on', ...change } } };
}

describe('<session-call>, what a screen reader hears', () => {
  it('through a whole session with a real core, each thing once and in order', async () => {
    const clock = createSimulatedClock({ wall: '2026-01-07T09:55:00.000Z' });
    const clinic = createClinic({ clock, policy: { ...DEFAULT_WINDOW_POLICY, admission: 'provider' } });
    const booking = clinic.book({ startsIn: 5 * MINUTE });
    const patient = clinic.open(clinic.patient);
    const doctor = createScriptedParty(clinic, { person: clinic.provider, booking: booking.id });
    await clock.settle();
    const element = await mount(
      'session-call',
      patient.client,
      html`<session-call .bookingId=${booking.id} time-zone="Europe/London"></session-call>`,
    );
    const heard = hear(element);
    const pass = async (ms = 0): Promise<void> => {
      await clock.advance(ms);
      element.requestUpdate();
      await settled(element);
    };

    buttonNamed(element, 'Start Call').click();
    await settled(element);
    await pass();
    await pass(2 * MINUTE);
    await doctor.runsLate(10);
    await pass(MINUTE);
    await doctor.joins();
    await pass();
    await doctor.holds('Two minutes, please.');
    await pass(2 * MINUTE);
    await doctor.admits();
    await pass(1_000);
    doctor.page.watch(booking.id).setMicrophone(false);
    await pass(1_000);
    doctor.page.watch(booking.id).setMicrophone(true);
    await pass(1_000);
    patient.devices.running[0]?.change('microphone', 'paused');
    await pass(1_000);
    patient.devices.running[0]?.change('microphone', 'on');
    await pass(1_000);
    clinic.network.cut('all');
    await pass(3_000);
    await pass(20_000);
    clinic.network.heal();
    await pass(30_000);
    await doctor.leaves();
    await pass(3_000);
    await doctor.joins();
    await pass(1_000);
    buttonNamed(element, 'End Call').click();
    await settled(element);
    buttonNamed(element, 'End the session').click();
    await pass();
    await new Promise((done) => setTimeout(done));
    heard.stop();
    patient.client.close();
    doctor.page.client.close();

    expect(heard.said).to.deep.equal([
      'Getting your camera and microphone ready…',
      'Dr. Smith is not here yet. You are in the right place.',
      'Dr. Smith is running late and expects to start at about 10:10.',
      'Dr. Smith is here and will let you in.',
      'Dr. Smith asks you to wait. Two minutes, please.',
      'You are connected to Dr. Smith.',
      'Dr. Smith has the microphone off.',
      'Dr. Smith has the microphone on.',
      'Your device has paused your microphone, as for a phone call.',
      'Your microphone is on.',
      'The connection dropped. We are reconnecting you…',
      'Still trying. Your session is not over.',
      'You are connected to Dr. Smith.',
      'Dr. Smith has left the call.',
      'Connecting to Dr. Smith…',
      'You are connected to Dr. Smith.',
      'Ending the session…',
      'Your session with Dr. Smith has ended.',
    ]);
  });

  it('the call first, then their own devices, then the other’s, then the connection', async () => {
    const busy = new SessionError('devices-busy', 'x', { problems: [{ path: 'camera', message: 'x' }] });
    const client = clientOf(callCases.connecting());
    const element = await shown(callCases.connecting(), client);
    const heard = hear(element);
    await after(element, client, {
      state: 'connected',
      microphone: 'off',
      devicesError: busy,
      quality: 'poor',
      ...sending({ microphone: 'off' }),
    });
    heard.stop();
    expect(heard.said[1]).to.match(
      /^You are connected to Dr\. Smith\. Your microphone is off\. Another program uses your camera\..*Dr\. Smith has the microphone off\. The connection is poor\./,
    );
  });

  it('the connection no more than once a minute', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    const heard = hear(element);
    await after(element, client, { quality: 'fair' }, { quality: 'poor' }, { quality: 'fair' }, { quality: 'poor' });
    client.time += MINUTE - 1;
    await after(element, client, { quality: 'poor' });
    client.time += 1;
    await after(element, client, { quality: 'poor' }, { quality: 'good' });
    client.time += MINUTE;
    await after(element, client, { quality: 'good' });
    heard.stop();
    expect(heard.said.slice(1)).to.deep.equal([
      'The connection is not very good. Move closer to your Wi-Fi, or close what else uses the network.',
      'The connection is poor. Sound first: turn your camera off.',
      'The connection is good again.',
    ]);
  });

  it('what the other turns off and on, shares and stops sharing', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    const heard = hear(element);
    await after(
      element,
      client,
      sending({ camera: 'off' }),
      sending({ camera: 'off', screen: true }),
      sending({ camera: 'off' }),
      sending({}),
      { ...sending({}), trouble: 'silent' },
      { ...sending({}), trouble: null },
    );
    heard.stop();
    expect(heard.said.slice(1)).to.deep.equal([
      'Dr. Smith has the camera off.',
      'Dr. Smith is sharing their screen.',
      'Dr. Smith has stopped sharing their screen.',
      'Dr. Smith has the camera on.',
      'No sound arrives from Dr. Smith. We are trying to get it back.',
      'You see and hear Dr. Smith again.',
    ]);
  });

  it('a toggle by itself where it has the focus, and in words where it has not', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    const heard = hear(element);
    buttonNamed(element, 'Microphone').focus();
    await after(element, client, { microphone: 'off' });
    buttonNamed(element, 'End Call').focus();
    await after(element, client, { microphone: 'on' }, { microphone: 'off' }, { camera: 'off' });
    heard.stop();
    expect(heard.said.slice(1)).to.deep.equal([
      'Your microphone is on.',
      'Your microphone is off.',
      'Your camera is off.',
    ]);
  });

  it('nothing again after a move in the page', async () => {
    const element = await shown(callCases.connected());
    const place = document.createElement('div');
    element.parentElement?.append(place);
    const heard = hear(element);
    place.append(element);
    await settled(element);
    heard.stop();
    expect(heard.said).to.deep.equal(['You are connected to Dr. Smith.']);
  });
});

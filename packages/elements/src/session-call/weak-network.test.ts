import type { CallView, Party } from '@active-session/core';
import { expect } from '@open-wc/testing';
import type { FakeClient } from '../test-support/fake-client.js';
import { AT, MET, party } from '../test-support/fixtures.js';
import { mount, part, settled, textOf } from '../test-support/page.js';
import { callCases, clientOf, elementOf, stopPictures, type CallCase } from './test-support/cases.js';
import { hear } from './test-support/hearing.js';
import type { SessionCall } from './session-call.js';

const SMALL = 'Your connection is weak. Your picture is small now.';
const HELD = 'Your connection is weak. Only your sound is sent. Your picture comes back by itself.';

afterEach(stopPictures);

function shown(state: CallCase, client = clientOf(state)): Promise<SessionCall> {
  return mount('session-call', client, elementOf(state));
}

function noticesOf(element: SessionCall): readonly string[] {
  return [...(element.shadowRoot?.querySelectorAll('[part~=notice]') ?? [])].map(textOf);
}

function sending(change: Partial<NonNullable<Party['sending']>>): Partial<CallView> {
  return { other: { ...party('provider', 'in-call'), sending: { microphone: 'on', camera: 'on', ...change } } };
}

/** What a screen reader hears of these changes, each on the page before the next. */
async function heardOf(state: CallCase, ...changes: readonly Partial<CallView>[]): Promise<readonly string[]> {
  const client = clientOf(state);
  const element = await shown(state, client);
  const heard = hear(element);
  for (const change of changes) await apply(client, element, change);
  heard.stop();
  return heard.said.slice(1);
}

async function apply(client: FakeClient, element: SessionCall, change: Partial<CallView>): Promise<void> {
  const { call } = client.session(MET.id).getSnapshot();
  client.session(MET.id).set({ call: call === null ? null : { ...call, ...change } });
  await settled(element);
  await Promise.resolve();
}

describe('<session-call> on a weak network', () => {
  it('says that the own picture is small, and does not ask for what is done by itself', async () => {
    const element = await shown(callCases.ownPictureSmall());
    expect(noticesOf(element)).to.deep.equal([SMALL]);
    expect(part(element, '.self video').hidden).to.equal(false);
  });

  it('says that the own picture is not sent, also where the person sees themselves', async () => {
    const element = await shown(callCases.ownPictureHeld());
    expect(noticesOf(element)).to.deep.equal([HELD]);
    expect(part(element, '.self video').hidden).to.equal(true);
    expect(textOf(part(element, '.self .off'))).to.equal('Your picture is not sent');
  });

  it('says it of a screen in its own words', async () => {
    expect(noticesOf(await shown(callCases.ownScreenSlow()))).to.include(
      'Your connection is weak. Your screen is sent slowly now.',
    );
    const held = await shown(callCases.ownScreenHeld());
    expect(noticesOf(held)).to.include(
      'Your connection is weak. Only your sound is sent. Your screen comes back by itself.',
    );
    expect(textOf(part(held, '.self .off'))).to.equal('Your screen is not sent');
  });

  it('says nothing of a picture that the person has off themselves', async () => {
    const state = callCases.devicesOff();
    const client = clientOf(state);
    const off = await shown(state, client);
    await apply(client, off, { carries: 'audio' });
    expect(noticesOf(off).join(' ')).not.to.include('weak');
    expect(textOf(part(off, '.self .off'))).to.equal('Your picture is off');
  });

  it('shows who the other is and why they are not seen, in place of a picture that stands still', async () => {
    const element = await shown(callCases.theirPictureHeld());
    expect(part(element, '.remote').hidden).to.equal(true);
    expect(textOf(part(element, '.message .avatar'))).to.not.equal('');
    expect(textOf(part(element, '.message h2'))).to.equal('The connection of Dr. Smith is weak.');
    expect(textOf(part(element, '.message p'))).to.equal('You hear them. The picture comes back by itself.');
    expect(element.shadowRoot?.querySelector('.message button')).to.equal(null);
  });

  it('goes on playing the stream of whose picture is held back: they are heard', async () => {
    const element = await shown(callCases.theirPictureHeld());
    expect(part(element, '.remote', HTMLVideoElement).srcObject).to.be.instanceOf(MediaStream);
  });

  it('keeps the small picture of the other and says why it is small', async () => {
    const element = await shown(callCases.theirPictureSmall());
    expect(part(element, '.remote').hidden).to.equal(false);
    expect(noticesOf(element)).to.deep.equal(['The connection of Dr. Smith is weak. Their picture is small now.']);
  });

  it('tells one who is reconnecting of that alone', async () => {
    const element = await shown(callCases.heldAndReconnecting());
    expect(noticesOf(element).join(' ')).not.to.include('weak');
    expect(textOf(part(element, '.message h2'))).to.equal('The connection dropped. We are reconnecting you…');
  });

  it('is heard once at each step, and when it is over', async () => {
    const steps: readonly Partial<CallView>[] = [
      { carries: 'audio' },
      { carries: 'audio', using: {} },
      { carries: 'small-video' },
      { carries: 'all' },
    ];
    expect(await heardOf(callCases.connected(), ...steps)).to.deep.equal([
      HELD,
      SMALL,
      'Your connection is well again. All that you show is sent.',
    ]);
  });

  it('is heard of the other once at each step, and when it is over', async () => {
    const steps = [sending({ limited: 'small-video' }), sending({ limited: 'audio' }), sending({})];
    expect(await heardOf(callCases.connected(), ...steps)).to.deep.equal([
      'The connection of Dr. Smith is weak. Their picture is small now.',
      'The connection of Dr. Smith is weak. You hear them. The picture comes back by itself.',
      'You see Dr. Smith well again.',
    ]);
  });

  it('is not said to be over because somebody turns their camera off', async () => {
    expect(await heardOf(callCases.ownPictureHeld(), { camera: 'off' })).to.deep.equal(['Your camera is off.']);
    const theirs = await heardOf(callCases.theirPictureHeld(), sending({ camera: 'off', limited: 'audio' }));
    expect(theirs).to.deep.equal(['Dr. Smith has the camera off.']);
  });

  it('is not heard while the call is being reconnected', async () => {
    const lost: Partial<CallView> = { state: 'reconnecting', since: AT.talking };
    expect(await heardOf(callCases.connected(), lost, { ...lost, carries: 'audio' })).to.deep.equal([
      'The connection dropped. We are reconnecting you…',
    ]);
  });
});

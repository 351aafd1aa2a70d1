import { SessionError, type CallView } from '@active-session/core';
import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import type { FakeClient } from '../test-support/fake-client.js';
import { AT, MET, party } from '../test-support/fixtures.js';
import { buttonNamed, buttonsIn, mount, part, settled, textOf } from '../test-support/page.js';
import { drawnStream } from '../test-support/streams.js';
import { callCases, clientOf, elementOf, stopPictures, type CallCase } from './test-support/cases.js';
import { hear } from './test-support/hearing.js';
import type { SessionCall } from './session-call.js';

function shown(state: CallCase, client = clientOf(state)): Promise<SessionCall> {
  return mount('session-call', client, elementOf(state));
}

const commands = (client: FakeClient): unknown => client.session(MET.id).commands;

async function change(client: FakeClient, element: SessionCall, next: Partial<CallView>): Promise<void> {
  const { call } = client.session(MET.id).getSnapshot();
  if (call === null) throw new Error('There is no call to change.');
  client.session(MET.id).set({ call: { ...call, ...next } });
  await settled(element);
}

async function openMore(element: SessionCall): Promise<HTMLDialogElement> {
  buttonNamed(element, 'More').click();
  await settled(element);
  return part(element, '.more-dialog', HTMLDialogElement);
}

function select(element: SessionCall, name: string): HTMLSelectElement {
  return part(element, `select[name=${name}]`, HTMLSelectElement);
}

async function choose(element: SessionCall, name: string, value: string): Promise<void> {
  select(element, name).value = value;
  select(element, name).dispatchEvent(new Event('change', { bubbles: true }));
  await settled(element);
}

/** Replaces a method until the work is done. */
async function replacing<T extends object, K extends keyof T>(
  target: T,
  name: K,
  value: T[K],
  work: () => Promise<void>,
): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
  try {
    await work();
  } finally {
    if (before === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, before);
  }
}

afterEach(stopPictures);

describe('<session-call>, the call', () => {
  const states: readonly (readonly [string, () => CallCase, readonly string[], (readonly string[])?])[] = [
    ['connecting', callCases.connecting, ['Connecting to Dr. Smith…'], ['Rejoin']],
    [
      'connecting for long',
      callCases.connectingLong,
      [
        'Video does not get through. Your network may block it.',
        'Try another network',
        'Rejoin',
        'Call the front desk',
      ],
    ],
    ['connected', callCases.connected, ['12:04', 'Connection : Good']],
    ['a fair connection', callCases.fair, ['Connection : Fair', 'Move closer to your Wi-Fi']],
    ['a poor connection', callCases.poor, ['Connection : Poor', 'Sound first: turn your camera off.']],
    ['a poor connection, no camera', callCases.poorWithoutCamera, ['Another network can help'], ['Sound first']],
    [
      'own devices paused',
      callCases.ownPaused,
      ['Your device has paused your microphone and your camera, as for a phone call.', 'Try again', 'paused'],
    ],
    [
      'a camera that could not be had',
      callCases.cameraRefused,
      ['Another program uses your camera.', 'Close other programs', 'Try again'],
    ],
    ['sharing', callCases.sharing, ['You are sharing your screen.', 'Stop sharing']],
    ['their screen', callCases.theirScreen, ['Dr. Smith is sharing their screen.'], ['has the camera off']],
    ['their microphone off', callCases.theirMicrophoneOff, ['Dr. Smith has the microphone off.']],
    ['their microphone paused', callCases.theirMicrophonePaused, ['The device of Dr. Smith has paused the microphone']],
    ['their camera off', callCases.theirCameraOff, ['Dr. Smith has the camera off.']],
    ['their camera paused', callCases.theirCameraPaused, ['The device of Dr. Smith has paused the camera.']],
    ['they have no camera', callCases.theyHaveNoCamera, ['Dr. Smith takes part without a camera.']],
    ['their picture does not arrive', callCases.noPicture, ['The picture of Dr. Smith does not arrive.']],
    ['their picture stands still', callCases.frozen, ['The picture of Dr. Smith stands still.']],
    ['no sound arrives', callCases.silent, ['No sound arrives from Dr. Smith.']],
    ['cut off from the clinic', callCases.cutOff, ['We can’t reach the clinic right now. Your call goes on.']],
    ['reconnecting', callCases.reconnecting, ['The connection dropped. We are reconnecting you…'], ['Rejoin']],
    ['still reconnecting', callCases.stillTrying, ['Still trying. Your session is not over.'], ['Rejoin', 'Call the']],
    [
      'reconnecting for a minute',
      callCases.rejoin,
      ['Still trying.', 'We go on trying by ourselves.', 'Rejoin', 'Call the front desk', 'Tell Dr. Smith'],
    ],
  ];
  for (const [name, state, sentences, never = []] of states) {
    it(`says it in words: ${name}`, async () => {
      const element = await shown(state());
      const text = textOf(element);
      for (const sentence of sentences) expect(text).to.contain(sentence);
      for (const sentence of never) expect(text).to.not.contain(sentence);
      await expect(element).to.be.accessible();
    });
  }

  it('hides a picture that they have turned off at once, however long the last frame stands', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    expect(part(element, '.remote').hidden).to.equal(false);
    const sending = { microphone: 'on', camera: 'off' } as const;
    await change(client, element, { other: { ...party('provider', 'in-call'), sending } });
    expect(part(element, '.remote').hidden).to.equal(true);
  });

  it('shows whole whatever they send', async () => {
    const element = await shown(callCases.theirScreen());
    expect(getComputedStyle(part(element, '.remote')).objectFit).to.equal('contain');
    expect(part(element, '.remote').hidden).to.equal(false);
  });

  it('tries again what the system has paused', async () => {
    const client = clientOf(callCases.ownPaused());
    buttonNamed(await shown(callCases.ownPaused(), client), 'Try again').click();
    expect(commands(client)).to.deep.equal([
      ['setMicrophone', true],
      ['setCamera', true],
    ]);
  });

  it('says once that a device can’t be had; it can be tried again, and put away', async () => {
    const client = clientOf(callCases.cameraRefused());
    const element = await shown(callCases.cameraRefused(), client);
    const heard = hear(element);
    expect(heard.said[0]).to.contain('Another program uses your camera.');
    buttonNamed(element, 'Try again').click();
    expect(commands(client)).to.deep.equal([['setCamera', true]]);
    part(element, '.said .close').click();
    await settled(element);
    expect(element.shadowRoot?.querySelector('.notices') === null).to.equal(true);
    // Another one is said again.
    await change(client, element, { devicesError: new SessionError('devices-failed', 'x') });
    expect(textOf(part(element, '[data-notice=problem]'))).to.contain('Your camera or microphone did not start.');
    heard.stop();
  });

  it('says nothing where somebody has chosen no screen, and does where it did not work', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    buttonNamed(element, 'Share screen').click();
    expect(commands(client)).to.deep.equal([['setSharing', true]]);
    await change(client, element, { devicesError: new SessionError('devices-dismissed', 'x') });
    expect(element.shadowRoot?.querySelector('.notices') === null).to.equal(true);
    await change(client, element, { devicesError: new SessionError('devices-failed', 'x') });
    expect(textOf(part(element, '.notices'))).to.contain('Your screen could not be shared.');
  });

  it('shares the screen and stops, and shows no hall of mirrors', async () => {
    const client = clientOf(callCases.sharing());
    const element = await shown(callCases.sharing(), client);
    expect(buttonNamed(element, 'Share screen').ariaPressed).to.equal('true');
    expect(part(element, '.self video').hidden).to.equal(true);
    buttonNamed(element, 'Stop sharing').click();
    expect(commands(client)).to.deep.equal([['setSharing', false]]);
  });

  it('offers no screen where the browser has none to give', async () => {
    const element = await shown(callCases.noSpeakerChoice());
    expect(textOf(element)).to.not.contain('Share screen');
  });

  it('puts speech before the picture', async () => {
    const client = clientOf(callCases.poor());
    buttonNamed(await shown(callCases.poor(), client), 'Turn your camera off').click();
    expect(commands(client)).to.deep.equal([['setCamera', false]]);
  });

  it('moves the own picture through all corners, and says where it is', async () => {
    const element = await shown(callCases.connected());
    const stage = part(element, '.stage').getBoundingClientRect();
    const middle = { x: stage.left + stage.width / 2, y: stage.top + stage.height / 2 };
    const heard = hear(element);
    const where: string[] = [];
    for (let time = 0; time < 4; time += 1) {
      part(element, '.move').click();
      await settled(element);
      await aTimeout(0);
      const { x, y } = part(element, '.self').getBoundingClientRect();
      where.push(`${y < middle.y ? 'top' : 'bottom'} ${x < middle.x ? 'left' : 'right'}`);
      expect(heard.said.at(-1)).to.equal(`Your picture is at the ${where.at(-1)!}.`);
    }
    heard.stop();
    expect(where).to.deep.equal(['top right', 'top left', 'bottom left', 'bottom right']);
  });

  it('shows a camera at the back as it is, and the other one as in a mirror', async () => {
    const element = await shown(callCases.connected());
    expect(getComputedStyle(part(element, '.self video')).transform).to.contain('matrix(-1');
    const local = drawnStream(80);
    const [track] = local.getVideoTracks();
    const settings = track!.getSettings();
    track!.getSettings = () => ({ ...settings, facingMode: 'environment' });
    const client = clientOf(callCases.connected());
    const other = await shown(callCases.connected(), client);
    await change(client, other, { local });
    expect(getComputedStyle(part(other, '.self video')).transform).to.equal('none');
    track!.stop();
  });
});

describe('<session-call>, more', () => {
  it('opens with the focus on its title, closes by Escape and gives the focus back', async () => {
    const element = await shown(callCases.connected());
    buttonNamed(element, 'More').focus();
    const dialog = await openMore(element);
    expect(dialog.matches(':modal')).to.equal(true);
    expect(element.shadowRoot?.activeElement?.id).to.equal('more-title');
    await expect(element).to.be.accessible();
    dialog.requestClose();
    await waitUntil(() => !dialog.open);
    await settled(element);
    expect(textOf(element.shadowRoot!.activeElement!)).to.equal('More');
  });

  it('shows the devices in use, and takes another one', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    await openMore(element);
    expect(select(element, 'camera').value).to.equal('camera-1');
    await choose(element, 'camera', 'camera-2');
    await choose(element, 'microphone', 'microphone-2');
    expect(client.devices.getSnapshot().choice).to.deep.equal({ camera: 'camera-2', microphone: 'microphone-2' });
    // The other camera can't be had: what is in use is what is shown.
    expect(select(element, 'camera').value).to.equal('camera-1');
    await change(client, element, { using: { camera: 'camera-2', microphone: 'microphone-2' } });
    expect(select(element, 'camera').value).to.equal('camera-2');
    expect(select(element, 'microphone').value).to.equal('microphone-2');
  });

  it('names a device that has no name, and says where there is none', async () => {
    const client = clientOf(callCases.connected());
    client.devices.set({ list: [{ id: 'x', kind: 'camera', label: '' }] });
    const element = await shown(callCases.connected(), client);
    await openMore(element);
    expect(textOf(select(element, 'camera'))).to.equal('Camera 1');
    expect(textOf(part(element, '.more-dialog'))).to.contain('We can’t find a microphone.');
  });

  it('says in numbers how well they arrive, to whoever looks for it', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    await openMore(element);
    const lines = [...part(element, '.measured').children].map((line) => textOf(line));
    expect(lines).to.deep.equal(['Connection Good', 'Delay 50 ms', 'Lost 1%', 'Received 1.2 Mb/s', 'Sent 0.9 Mb/s']);
    await change(client, element, { quality: null, measured: null });
    expect(element.shadowRoot?.querySelector('.measured') === null).to.equal(true);
  });

  it('lets the sound out where the person chose', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    const sinks: string[] = [];
    const setSinkId = async (id: string): Promise<void> => void sinks.push(id);
    await replacing(HTMLMediaElement.prototype, 'setSinkId', setSinkId, async () => {
      await openMore(element);
      expect(select(element, 'speaker').value).to.equal('');
      await choose(element, 'speaker', 'speaker-2');
      expect(select(element, 'speaker').value).to.equal('speaker-2');
      // One that was pulled out is chosen no more.
      client.devices.set({ list: [] });
      await settled(element);
    });
    expect(sinks).to.deep.equal(['speaker-2', '']);
  });

  it('says where a speaker can’t be used, and where a browser lets nobody choose', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    const setSinkId = (): Promise<void> => Promise.reject(new DOMException('gone', 'NotFoundError'));
    await replacing(HTMLMediaElement.prototype, 'setSinkId', setSinkId, async () => {
      await openMore(element);
      await choose(element, 'speaker', 'speaker-2');
      await waitUntil(() => textOf(element).includes('This speaker can’t be used.'));
    });
    const other = await shown(callCases.noSpeakerChoice());
    await openMore(other);
    expect(textOf(part(other, '.more-dialog'))).to.contain('Choose it in the settings of your device.');
    expect(other.shadowRoot?.querySelector('select[name=speaker]') === null).to.equal(true);
  });

  it('fills the screen with the call, and comes back from it with the call', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    const filled: Element[] = [];
    const requestFullscreen = async function (this: Element): Promise<void> {
      filled.push(this);
    };
    await replacing(Element.prototype, 'requestFullscreen', requestFullscreen, async () => {
      await openMore(element);
      buttonNamed(element, 'Full screen').click();
      await settled(element);
    });
    expect(filled.map(({ className }) => className)).to.deep.equal(['call']);
    expect(part(element, '.more-dialog', HTMLDialogElement).open).to.equal(false);

    let left = 0;
    const area = part(element, '.call');
    await replacing(element.shadowRoot!, 'fullscreenElement', area, () =>
      replacing(
        document,
        'exitFullscreen',
        async () => void (left += 1),
        async () => {
          await openMore(element);
          expect(textOf(part(element, '.more-dialog'))).to.contain('Leave full screen');
          client.session(MET.id).set({ call: null, lastCall: { outcome: 'left', error: null } });
          await settled(element);
        },
      ),
    );
    expect(left).to.be.greaterThan(0);
  });

  it('offers no full screen where there is none, and the system’s own player on an iPhone', async () => {
    await replacing(document, 'fullscreenEnabled', false, async () => {
      const element = await shown(callCases.connected());
      await openMore(element);
      expect(textOf(part(element, '.more-dialog'))).to.not.contain('Full screen');
    });
    const none: PropertyKey = 'fullscreenEnabled';
    await replacing<object, never>(document, none as never, undefined as never, async () => {
      const element = await shown(callCases.connected());
      let entered = 0;
      Object.assign(part(element, '.remote'), { webkitEnterFullscreen: () => (entered += 1) });
      await openMore(element);
      buttonNamed(element, 'Full screen').click();
      expect(entered).to.equal(1);
    });
  });

  it('keeps the picture on top of other windows where the browser can', async () => {
    const element = await shown(callCases.connected());
    const asked: Element[] = [];
    const request = async function (this: HTMLVideoElement): Promise<PictureInPictureWindow> {
      asked.push(this);
      return Promise.reject(new DOMException('no window in a test', 'NotAllowedError'));
    };
    await replacing(HTMLVideoElement.prototype, 'requestPictureInPicture', request, () =>
      replacing(document, 'pictureInPictureEnabled', true, async () => {
        await openMore(element);
        buttonNamed(element, 'Keep the picture on top').click();
        await settled(element);
      }),
    );
    expect(asked.map(({ className }) => className)).to.deep.equal(['remote']);
    await replacing(document, 'pictureInPictureEnabled', false, async () => {
      await openMore(element);
      expect(textOf(part(element, '.more-dialog'))).to.not.contain('on top');
    });
  });

  it('closes when the call does', async () => {
    const client = clientOf(callCases.connected());
    const element = await shown(callCases.connected(), client);
    const dialog = await openMore(element);
    client.session(MET.id).set({ call: null, lastCall: { outcome: 'left', error: null } });
    await settled(element);
    expect(dialog.open).to.equal(false);
  });
});

describe('<session-call>, rejoin', () => {
  it('offers it after a minute of reconnecting, and no earlier', async () => {
    const client = clientOf(callCases.stillTrying());
    const element = await shown(callCases.stillTrying(), client);
    client.time += 39_000;
    element.requestUpdate();
    await settled(element);
    expect(textOf(element)).to.not.contain('Rejoin');
    client.time += 1_000;
    element.requestUpdate();
    await settled(element);
    expect(textOf(element)).to.contain('Rejoin');
  });

  it('leaves and comes back with what was on, also where the element has gone meanwhile', async () => {
    const client = clientOf(callCases.rejoin());
    const element = await shown(callCases.rejoin(), client);
    await change(client, element, { microphone: 'off' });
    buttonNamed(element, 'Rejoin').click();
    expect(commands(client)).to.deep.equal([['leave']]);
    await change(client, element, { state: 'leaving', since: AT.talking });
    expect(textOf(part(element, '.message h2'))).to.equal('Connecting you anew…');
    element.remove();
    client.session(MET.id).set({ call: null, lastCall: { outcome: 'left', error: null } });
    expect(commands(client)).to.deep.equal([['leave'], ['start', { microphone: false, camera: true }]]);
  });

  it('does not come back into a session that has ended meanwhile', async () => {
    const client = clientOf(callCases.rejoin());
    const element = await shown(callCases.rejoin(), client);
    buttonNamed(element, 'Rejoin').click();
    client.session(MET.id).set({ call: null, phase: 'completed', canStart: false, canEnd: false });
    await settled(element);
    expect(commands(client)).to.deep.equal([['leave']]);
    expect(textOf(element)).to.contain('has ended.');
  });

  it('is the portal’s to refuse', async () => {
    const client = clientOf(callCases.rejoin());
    const element = await shown(callCases.rejoin(), client);
    element.addEventListener('session-start-request', (event) => event.preventDefault());
    buttonNamed(element, 'Rejoin').click();
    expect(commands(client)).to.deep.equal([]);
    expect(buttonsIn(element).some((button) => textOf(button) === 'Rejoin')).to.equal(true);
  });
});

import { SessionError, type DeviceCheckView, type MediaRequest, type SessionErrorCode } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { APPS, BROWSERS, pretendToBe } from '../test-support/agents.js';
import { checkView, refusedView } from '../test-support/checks.js';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { DEVICE_SETTINGS, ME } from '../test-support/fixtures.js';
import { expectNothingLeft } from '../test-support/mounts.js';
import { buttonNamed, buttonsIn, heard, mount, part, settled, textOf } from '../test-support/page.js';
import { drawnStream } from '../test-support/streams.js';
import type { DeviceCheckChangeEvent } from './device-check.events.js';
import type { DeviceCheck } from './device-check.js';

const CONTACT = { label: 'the front desk', phone: '+44 20 7946 0000' };
const ONLY_MICROPHONE: MediaRequest = { microphone: true, camera: false };

function clientWith(change: Partial<DeviceCheckView> = {}): FakeClient {
  const client = fakeClient({ view: { me: { ...ME, contact: CONTACT } } });
  client.check.set(change);
  client.check.loudness = null;
  return client;
}

const shown = (client: FakeClient, folded = false): Promise<DeviceCheck> =>
  mount('device-check', client, html`<device-check ?folded=${folded}></device-check>`);

async function become(element: DeviceCheck, client: FakeClient, change: Partial<DeviceCheckView>): Promise<void> {
  client.check.set(change);
  await settled(element);
}

function problem(code: SessionErrorCode, path: 'camera' | 'microphone'): SessionError {
  return new SessionError(code, 'for developers', { problems: [{ path, message: '' }] });
}

const focused = (element: DeviceCheck): string => element.shadowRoot?.activeElement?.id ?? '';
const names = (element: DeviceCheck): readonly string[] => buttonsIn(element).map(textOf);

describe('<device-check>', () => {
  const states: readonly (readonly [string, Partial<DeviceCheckView>, readonly string[]])[] = [
    [
      'not begun',
      {},
      ['Only you see and hear this. Nothing is recorded.', 'Camera not checked', 'Microphone not checked'],
    ],
    ['asking', { state: 'asking' }, ['Camera checking…', 'If your browser asks, choose “Allow”.']],
    ['open', checkView({ local: drawnStream(205) }), ['Camera works', 'Microphone listening', 'Say something.']],
    ['the camera off', checkView({ camera: 'off' }), ['Camera off', 'Your camera is off.', 'Turn it on']],
    [
      'paused by the device',
      checkView({ camera: 'paused', microphone: 'paused' }),
      ['Camera paused', 'Your device has paused the camera.', 'Your device has paused the microphone.'],
    ],
    [
      'a camera that is in use',
      checkView({
        camera: 'missing',
        refused: { camera: problem('devices-busy', 'camera') },
        result: { camera: 'busy', microphone: 'works' },
      }),
      ['Camera in use elsewhere', 'Another program uses your camera.', 'you are heard, but not seen', 'Try again'],
    ],
    [
      'no microphone',
      checkView({
        microphone: 'missing',
        refused: { microphone: problem('devices-missing', 'microphone') },
        result: { camera: 'works', microphone: 'missing' },
      }),
      ['Microphone not found', 'We can’t find a microphone.', 'you are seen, but not heard'],
    ],
    ['denied', refusedView('devices-denied'), ['Camera not allowed', 'Microphone not allowed', 'Your browser blocks']],
    ['no device', refusedView('devices-missing'), ['Camera not found', 'We can’t find a camera or a microphone.']],
    ['insecure', refusedView('devices-insecure'), ['not available here', 'begins with https://']],
    [
      'blocked by the page around',
      refusedView('devices-blocked'),
      ['This page does not let the session use your camera and microphone.', 'Tell the clinic.'],
    ],
    [
      'the sound not heard',
      checkView({ result: { speaker: 'failed' }, heard: false }),
      ['Speaker not heard', 'Turn up'],
    ],
    ['testing the connection', { network: 'testing' }, ['Connection checking…', 'This can take some seconds.']],
    [
      'the connection works',
      { network: 'works', networkReport: { path: 'relay', signalling: 80 }, result: { network: 'works' } },
      ['Connection works', 'Video gets through on this connection.'],
    ],
    [
      'a slow connection',
      { network: 'works', networkReport: { path: 'direct', signalling: 1_500 }, result: { network: 'works' } },
      ['Video gets through, but the connection is slow.'],
    ],
    [
      'no way for video',
      { network: 'failed', networkError: new SessionError('video-failed', 'x'), result: { network: 'failed' } },
      ['Connection does not work', 'mobile data in place of Wi-Fi', 'you still read the notes', 'Call the front desk'],
    ],
    [
      'the clinic out of reach',
      { networkError: new SessionError('network', 'x') },
      ['Connection not checked', 'We can’t reach the clinic right now.'],
    ],
  ];
  for (const [name, view, sentences] of states) {
    it(`says how everything stands: ${name}`, async () => {
      const element = await shown(clientWith(view));
      for (const sentence of sentences) expect(textOf(element)).to.contain(sentence);
      await expect(element).to.be.accessible();
    });
  }

  it('opens nothing before somebody presses the button', async () => {
    for (const folded of [false, true]) {
      const client = clientWith();
      const element = await shown(client, folded);
      expect(client.check.commands).to.deep.equal([]);
      buttonNamed(element, 'Check camera and microphone').click();
      expect(client.check.commands).to.deep.equal([['start']]);
    }
  });

  it('is a button until it is asked for, and again afterwards with what it found', async () => {
    const client = clientWith();
    const element = await shown(client, true);
    expect(textOf(element)).to.equal('Check camera and microphone');
    await expect(element).to.be.accessible();
    const button = buttonNamed(element, 'Check camera and microphone');
    button.focus();
    button.click();
    await become(element, client, { state: 'asking' });
    expect(element.folded).to.equal(false);
    expect(focused(element)).to.equal('heading');
    await become(element, client, checkView());
    buttonNamed(element, 'Done').focus();
    buttonNamed(element, 'Done').click();
    await become(element, client, { state: 'closed', camera: 'missing', microphone: 'missing' });
    expect(client.check.commands).to.deep.equal([['start'], ['stop']]);
    expect(element.folded).to.equal(true);
    expect(textOf(element)).to.contain('Camera works').and.to.contain('Microphone works').and.to.contain('Check again');
    expect(textOf(part(element, ':focus'))).to.equal('Check again');
    await expect(element).to.be.accessible();
  });

  it('shows the own picture in a place that is kept for it, mirrored', async () => {
    const client = clientWith();
    const element = await shown(client);
    const before = part(element, '.picture').getBoundingClientRect();
    await become(element, client, { state: 'asking' });
    expect(part(element, '.picture').getBoundingClientRect()).to.deep.equal(before);
    await become(element, client, checkView({ local: drawnStream(205) }));
    expect(part(element, '.picture').getBoundingClientRect()).to.deep.equal(before);
    const video = part(element, 'video', HTMLVideoElement);
    await waitUntil(() => video.videoWidth > 0 && !video.paused);
    expect(getComputedStyle(video).transform).to.equal('matrix(-1, 0, 0, 1, 0, 0)');
    expect(video.muted).to.equal(true);
    await become(element, client, { camera: 'off' });
    expect(part(element, '.picture').getBoundingClientRect()).to.deep.equal(before);
    expect(video.checkVisibility()).to.equal(false);
  });

  it('does not mirror the camera that shows the room', async () => {
    const stream = drawnStream(205);
    const [track] = stream.getVideoTracks();
    track!.getSettings = () => ({ facingMode: 'environment' });
    const element = await shown(clientWith(checkView({ local: stream })));
    expect(getComputedStyle(part(element, 'video')).transform).to.equal('none');
  });

  it('takes a person who waits for the devices to the explanation, and says it once', async () => {
    const client = clientWith();
    const element = await shown(client);
    const said = heard(element);
    const button = buttonNamed(element, 'Check camera and microphone');
    button.focus();
    button.click();
    await become(element, client, { state: 'asking' });
    await become(element, client, refusedView('devices-denied'));
    expect(focused(element)).to.equal('all-refused');
    const notice = part(element, '#all-refused');
    const described = ['aria-labelledby', 'aria-describedby'].map((name) => notice.getAttribute(name) ?? '');
    expect(described.map((id) => textOf(part(element, `#${id}`))).join(' ')).to.contain('Your browser blocks');
    expect(said).to.deep.equal(['If your browser asks, choose “Allow”.']);
    // Again: the same way.
    buttonNamed(element, 'Try again').focus();
    buttonNamed(element, 'Try again').click();
    await become(element, client, { state: 'asking' });
    expect(focused(element)).to.equal('heading');
    await become(element, client, refusedView('devices-denied'));
    expect(focused(element)).to.equal('all-refused');
    expect(said).to.deep.equal(Array(2).fill('If your browser asks, choose “Allow”.'));
  });

  it('takes nobody away from what they do meanwhile, and tells them instead', async () => {
    const client = clientWith();
    const element = await shown(client);
    const said = heard(element);
    const field = document.createElement('input');
    document.body.append(field);
    buttonNamed(element, 'Check camera and microphone').click();
    await become(element, client, { state: 'asking' });
    field.focus();
    await become(element, client, refusedView('devices-busy'));
    expect(document.activeElement).to.equal(field);
    expect(said.at(-1)).to.contain('Another program uses your camera or microphone.').and.to.contain('Close other');
    field.remove();
  });

  it('tells, in order and once, what happens', async () => {
    const client = clientWith();
    const element = await shown(client);
    const said = heard(element);
    buttonNamed(element, 'Check camera and microphone').click();
    await become(element, client, { state: 'asking' });
    await become(element, client, checkView());
    // Nothing new: nothing said.
    await become(element, client, { local: drawnStream(205) });
    buttonNamed(element, 'Test the connection').click();
    await become(element, client, { network: 'testing' });
    await become(element, client, { network: 'works', networkReport: { path: 'direct', signalling: 40 } });
    const changeError = problem('devices-busy', 'camera');
    await become(element, client, { changeError });
    await become(element, client, { changeError, heard: true });
    expect(said).to.deep.equal([
      'If your browser asks, choose “Allow”.',
      'Your camera and microphone are on.',
      'Testing the connection… This can take some seconds.',
      'Video gets through on this connection.',
      'Another program uses your camera. Close other programs that use it, such as another video call, and try again.',
    ]);
  });

  it('tells of a device that is unplugged, and leaves the focus where it is', async () => {
    const client = clientWith(checkView());
    const element = await shown(client);
    const said = heard(element);
    buttonNamed(element, 'Play a sound').focus();
    const before = document.activeElement;
    const refused = { microphone: problem('devices-lost', 'microphone') };
    await become(element, client, {
      microphone: 'missing',
      refused,
      result: { camera: 'works', microphone: 'missing' },
    });
    await waitUntil(() => said.length > 0, 'it is said', { timeout: 5_000 });
    expect(said.join()).to.contain('Your microphone is not there any more. Plug it in again');
    expect(textOf(element)).to.contain('Your microphone is not there any more.');
    expect(document.activeElement).to.equal(before);
  });

  it('goes on with one device, or with the other one', async () => {
    const client = clientWith(refusedView('devices-denied'));
    const element = await shown(client);
    buttonNamed(element, 'Try again').click();
    buttonNamed(element, 'Check only the microphone').click();
    buttonNamed(element, 'Check only the camera').click();
    const requests = [{ microphone: true, camera: true }, ONLY_MICROPHONE, { microphone: false, camera: true }];
    expect(client.check.commands).to.deep.equal(requests.map((request) => ['start', request]));
    await become(element, client, { ...refusedView('devices-denied'), asked: ONLY_MICROPHONE });
    expect(names(element)).to.not.contain('Check only the microphone');
    await become(element, client, {
      ...checkView({ camera: 'missing', asked: ONLY_MICROPHONE, result: { microphone: 'works' } }),
      error: null,
    });
    buttonNamed(element, 'Check the camera too').click();
    expect(client.check.commands.at(-1)).to.deep.equal(['start', { microphone: true, camera: true }]);
  });

  it('never says that one can’t join', async () => {
    const codes: readonly SessionErrorCode[] = [
      'devices-denied',
      'devices-missing',
      'devices-insecure',
      'not-supported',
    ];
    for (const code of codes) {
      const element = await shown(clientWith(refusedView(code)));
      expect(textOf(element), code).to.contain(
        'You can join all the same: you see and hear the other, and read the notes.',
      );
      expect(textOf(element), code).to.contain('Call the front desk: +44 20 7946 0000');
    }
  });

  it('turns on again what is off', async () => {
    const client = clientWith(checkView({ camera: 'off', microphone: 'paused' }));
    const element = await shown(client);
    for (const button of buttonsIn(element)) if (textOf(button) === 'Turn it on') button.click();
    expect(client.check.commands).to.deep.equal([
      ['turn', 'camera', true],
      ['turn', 'microphone', true],
    ]);
  });

  describe('in a browser inside an app', () => {
    const clipboard = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    let undo: () => void;
    beforeEach(() => {
      undo = pretendToBe(APPS.instagramPhone);
    });
    afterEach(() => {
      undo();
      if (clipboard === undefined) Reflect.deleteProperty(navigator, 'clipboard');
    });

    it('says to open a real one, and copies the address', async () => {
      let copied = '';
      const writeText = async (text: string): Promise<void> => void (copied = text);
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
      const element = await shown(clientWith(refusedView('devices-denied')));
      const said = heard(element);
      expect(textOf(element)).to.contain('Instagram does not give this page your camera and microphone.');
      expect(textOf(element)).to.contain('Open this page in Safari');
      expect(names(element)).to.not.contain('Check only the camera');
      await expect(element).to.be.accessible();
      buttonNamed(element, 'Copy the address').click();
      await waitUntil(() => said.includes('The address is copied.'));
      expect(copied).to.equal(location.href);
      expect(textOf(element)).to.contain('The address is copied.');
    });

    it('shows the address where it may not be copied', async () => {
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
      const element = await shown(clientWith(refusedView('devices-denied')));
      buttonNamed(element, 'Copy the address').focus();
      buttonNamed(element, 'Copy the address').click();
      await waitUntil(() => element.shadowRoot?.activeElement instanceof HTMLInputElement);
      const input = part(element, 'input', HTMLInputElement);
      expect(input.value).to.equal(location.href);
      expect(input.selectionEnd).to.equal(location.href.length);
      await expect(element).to.be.accessible();
    });
  });

  it('explains a denial for the browser at hand', async () => {
    for (const [agent, help] of [
      [BROWSERS.firefox, 'crossed-out camera'],
      [BROWSERS.safariPhone, 'Website Settings'],
    ] as const) {
      const undo = pretendToBe(agent);
      expect(textOf(await shown(clientWith(refusedView('devices-denied'))))).to.contain(help);
      undo();
    }
  });

  describe('choosing', () => {
    const select = (element: DeviceCheck, name: string): HTMLSelectElement =>
      part(element, `select[name=${name}]`, HTMLSelectElement);
    const has = (element: DeviceCheck, name: string): boolean =>
      element.shadowRoot?.querySelector(`select[name=${name}]`) !== null;
    async function choose(element: DeviceCheck, name: string, id: string): Promise<void> {
      select(element, name).value = id;
      select(element, name).dispatchEvent(new Event('change'));
      await settled(element);
    }

    it('shows what is in use and takes what is chosen', async () => {
      const client = clientWith(checkView({ using: { camera: 'camera-2', microphone: 'microphone-1' } }));
      const element = await shown(client);
      expect(select(element, 'camera').value).to.equal('camera-2');
      expect(select(element, 'microphone').value).to.equal('microphone-1');
      expect(select(element, 'speaker').value).to.equal('');
      await choose(element, 'microphone', 'microphone-2');
      await choose(element, 'speaker', 'speaker-2');
      expect(client.devices.getSnapshot().choice).to.deep.equal({ microphone: 'microphone-2', speaker: 'speaker-2' });
      expect(select(element, 'speaker').value).to.equal('speaker-2');
      expect(textOf(select(element, 'microphone').labels[0]!)).to.contain('Choose a microphone');
    });

    it('goes back to the one in use where the other can’t be had, and tries it again when it is chosen again', async () => {
      const client = clientWith(checkView());
      const element = await shown(client);
      await choose(element, 'camera', 'camera-2');
      await become(element, client, { changeError: problem('devices-busy', 'camera') });
      expect(select(element, 'camera').value).to.equal('camera-1');
      expect(textOf(part(element, '#camera-change'))).to.contain('Another program uses your camera.');
      await expect(element).to.be.accessible();
      await choose(element, 'camera', 'camera-2');
      expect(client.check.commands).to.deep.equal([['start', { microphone: true, camera: true }]]);
    });

    it('is offered only where there is a choice', async () => {
      const client = clientWith(checkView());
      client.devices.set({
        list: [
          { id: 'default', kind: 'microphone', label: 'Default - Built-in' },
          { id: 'communications', kind: 'microphone', label: 'Communications - Built-in' },
          { id: 'm', kind: 'microphone', label: 'Built-in' },
          { id: 'c', kind: 'camera', label: 'Front' },
          { id: 's1', kind: 'speaker', label: 'One' },
          { id: 's2', kind: 'speaker', label: 'Two' },
        ],
        can: { share: true, chooseSpeaker: false },
      });
      const element = await shown(client);
      expect(['camera', 'microphone', 'speaker'].filter((name) => has(element, name))).to.deep.equal([]);
      client.devices.set({ can: { share: true, chooseSpeaker: true } });
      await settled(element);
      expect(has(element, 'speaker')).to.equal(true);
    });

    it('lists nothing twice, and gives a name to what has none', async () => {
      const client = clientWith(checkView({ using: { microphone: 'm2' } }));
      client.devices.set({
        list: [
          { id: 'default', kind: 'microphone', label: 'Default - Headset' },
          { id: 'communications', kind: 'microphone', label: 'Communications - Headset' },
          { id: 'm1', kind: 'microphone', label: 'Built-in' },
          { id: 'm2', kind: 'microphone', label: 'Headset' },
          { id: 'c1', kind: 'camera', label: '' },
          { id: 'c2', kind: 'camera', label: '' },
        ],
        choice: { microphone: 'default' },
      });
      const element = await shown(client);
      const texts = (name: string): readonly string[] => [...select(element, name).options].map(({ text }) => text);
      expect(texts('microphone')).to.deep.equal(['Default - Headset', 'Built-in', 'Headset']);
      expect(select(element, 'microphone').value).to.equal('default');
      expect(texts('camera')).to.deep.equal(['Camera 1', 'Camera 2']);
    });

    it('takes a device’s name as text', async () => {
      const label = '<img src=x onerror=alert(1)>';
      const client = clientWith(checkView());
      client.devices.set({ list: DEVICE_SETTINGS.list.map((device) => ({ ...device, label })) });
      const element = await shown(client);
      expect(select(element, 'camera').options[0]?.text).to.equal(label);
      expect(element.shadowRoot?.querySelector('img')).to.equal(null);
    });
  });

  it('offers no test that the backend has none of, and no check where there is no video', async () => {
    const client = clientWith();
    const { can } = client.getSnapshot();
    client.set({ can: { ...can, testNetwork: false } });
    const element = await shown(client);
    expect(names(element)).to.not.contain('Test the connection');
    client.set({ can: { ...can, call: false } });
    await settled(element);
    expect(textOf(element)).to.equal('There is no video here, so there is nothing to check.');
  });

  it('takes a person who waits for the connection’s test to the explanation', async () => {
    const client = clientWith();
    const element = await shown(client);
    buttonNamed(element, 'Test the connection').focus();
    buttonNamed(element, 'Test the connection').click();
    await become(element, client, { network: 'testing' });
    buttonNamed(element, 'Test the connection').click();
    expect(client.check.commands).to.deep.equal([['testNetwork']]);
    await become(element, client, { network: 'failed', networkError: new SessionError('video-failed', 'x') });
    expect(focused(element)).to.equal('network-failed');
    expect(part(element, '#network-failed a').getAttribute('href')).to.equal('tel:+442079460000');
    buttonNamed(element, 'Test it again').click();
    expect(client.check.commands).to.deep.equal([['testNetwork'], ['testNetwork']]);
  });

  it('tells the page what was found, when that changes', async () => {
    const client = clientWith();
    const element = await shown(client);
    const results: DeviceCheckChangeEvent['result'][] = [];
    element.addEventListener('device-check-change', ({ result }) => results.push(result));
    await become(element, client, { state: 'asking' });
    await become(element, client, checkView());
    await become(element, client, { local: drawnStream(205), result: { camera: 'works', microphone: 'works' } });
    await become(element, client, { heard: true, result: { camera: 'works', microphone: 'works', speaker: 'works' } });
    expect(results).to.deep.equal([
      { camera: 'works', microphone: 'works' },
      { camera: 'works', microphone: 'works', speaker: 'works' },
    ]);
  });

  it('tells a page that came later, once, and not again when it is moved', async () => {
    const results: DeviceCheckChangeEvent['result'][] = [];
    const listener = ({ result }: DeviceCheckChangeEvent): void => void results.push(result);
    document.addEventListener('device-check-change', listener);
    const element = await shown(clientWith(refusedView('devices-busy')), true);
    const parent = element.parentElement!;
    element.remove();
    parent.append(element);
    await settled(element);
    document.removeEventListener('device-check-change', listener);
    expect(results).to.deep.equal([{ camera: 'busy', microphone: 'busy' }]);
  });

  it('forgets who was here before', async () => {
    const client = clientWith(refusedView('devices-denied'));
    const element = await shown(client);
    client.check.set({ ...clientWith().check.getSnapshot() });
    client.set({ state: 'signed-out' });
    await settled(element);
    expect(textOf(element)).to.equal('You are signed out.');
    client.set({ state: 'ready' });
    await settled(element);
    expect(textOf(element)).to.contain('Camera not checked');
  });

  it('has every control large enough to touch', async () => {
    const element = await shown(clientWith(refusedView('devices-denied')));
    for (const control of element.shadowRoot?.querySelectorAll<HTMLElement>('button, select, a') ?? []) {
      expect(control.getBoundingClientRect().height, textOf(control)).to.be.at.least(44);
    }
  });

  it('fits in 320 pixels', async () => {
    for (const view of [checkView({ local: drawnStream(205) }), refusedView('devices-denied')]) {
      const element = await shown(clientWith(view));
      element.style.inlineSize = '320px';
      await settled(element);
      expect(element.scrollWidth).to.be.at.most(320);
    }
  });

  it('leaves nothing behind', async () => {
    await expectNothingLeft({
      client: () => clientWith(checkView({ local: drawnStream(205) })),
      make: (client) => Object.assign(document.createElement('device-check'), { client }),
    });
  });
});

import type { SessionClient } from '@active-session/core';
import { createClinic, createSystemClock, type Page } from '@active-session/testing';
import { expect, fixture, nextFrame, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { buttonNamed, heard, mount, part, settled, textOf } from '../test-support/page.js';
import { inScope } from '../test-support/render.js';
import { replace } from '../test-support/replace.js';
import { drawnStream, letSoundPlay } from '../test-support/streams.js';
import type { DeviceCheck } from './device-check.js';

/** ms within which a camera's light is off. */
const AT_ONCE = 200;

/** What the core does with devices, through the element, on fakes with real tracks. */
describe('<device-check> and its devices', () => {
  let page: Page;
  let client: SessionClient;
  let tracks: MediaStreamTrack[];

  beforeEach(async () => {
    tracks = [];
    const clinic = createClinic({ clock: createSystemClock() });
    clinic.book({ startsIn: 0 });
    page = clinic.open('ann', {
      streams: () => {
        const stream = drawnStream(205);
        tracks.push(...stream.getTracks());
        return stream;
      },
    });
    ({ client } = page);
    const subscription = client.subscribe(() => undefined);
    await waitUntil(() => client.getSnapshot().state === 'ready');
    subscription.unsubscribe();
  });
  afterEach(() => client.close());

  const shown = (folded = false): Promise<DeviceCheck> =>
    mount('device-check', client, html`<device-check ?folded=${folded}></device-check>`);
  async function started(folded = false): Promise<DeviceCheck> {
    const element = await shown(folded);
    buttonNamed(element, 'Check camera and microphone').click();
    await waitUntil(() => client.check.getSnapshot().state === 'open');
    await settled(element);
    return element;
  }
  const isDark = (): boolean =>
    page.devices.running.length === 0 && tracks.every((track) => track.readyState === 'ended');
  async function isDarkAtOnce(): Promise<void> {
    await waitUntil(isDark, 'the camera’s light is off', { interval: 5, timeout: AT_ONCE });
  }

  it('opens nothing by itself', async () => {
    await shown();
    await shown(true);
    await nextFrame();
    expect(page.devices.opened).to.have.length(0);
  });

  it('lets go of them with Done, and keeps what was found', async () => {
    const element = await started();
    expect(tracks.map((track) => track.readyState)).to.deep.equal(['live']);
    buttonNamed(element, 'Done').click();
    await isDarkAtOnce();
    await settled(element);
    expect(textOf(element)).to.contain('Camera works').and.to.contain('Check again');
  });

  it('lets go of them when it leaves the page', async () => {
    const element = await started();
    element.remove();
    await isDarkAtOnce();
  });

  it('lets go of them where it is not displayed any more, as in a tab that is left', async () => {
    const element = await started();
    element.parentElement!.style.display = 'none';
    await isDarkAtOnce();
  });

  it('keeps them when it is moved in the page, and shows the picture on', async () => {
    const element = await started();
    const place = document.createElement('div');
    element.parentElement!.append(place);
    element.remove();
    await Promise.resolve();
    place.append(element);
    await settled(element);
    await nextFrame();
    await nextFrame();
    expect(page.devices.running).to.have.length(1);
    expect(element.folded).to.equal(false);
    const video = part(element, 'video', HTMLVideoElement);
    await waitUntil(() => !video.paused && video.videoWidth > 0);
  });

  it('keeps them when another element takes its place, as when a page renders anew', async () => {
    const element = await started(true);
    const next = document.createElement('device-check');
    next.folded = true;
    element.replaceWith(next);
    await settled(next);
    await nextFrame();
    expect(page.devices.running).to.have.length(1);
    expect(textOf(next)).to.contain('Done');
    next.remove();
    await isDarkAtOnce();
  });

  it('lets go of them when the last of two leaves', async () => {
    await fixture(inScope(client, html`<device-check></device-check><device-check></device-check>`));
    const [one, other] = document.querySelectorAll('device-check');
    one!.start();
    await waitUntil(() => client.check.getSnapshot().state === 'open');
    await settled(other!);
    one!.remove();
    await nextFrame();
    await nextFrame();
    expect(page.devices.running).to.have.length(1);
    other!.remove();
    await isDarkAtOnce();
  });

  it('lets go of them for a call, and folds away', async () => {
    const element = await started();
    const [shownBooking] = client.getSnapshot().bookings;
    const session = page.watch(shownBooking!.booking.id);
    session.start();
    await waitUntil(() => session.getSnapshot().call?.state === 'waiting');
    expect(page.devices.opened.map(({ closed }) => closed)).to.deep.equal([true, false]);
    await settled(element);
    expect(element.folded).to.equal(true);
    element.remove();
    await nextFrame();
    await nextFrame();
    expect(page.devices.running).to.have.length(1);
    session.unwatch();
  });

  it('lets go of what a late answer opens, when it is gone already', async () => {
    const question = page.devices.ask();
    const element = await shown();
    element.start();
    await settled(element);
    expect(textOf(element)).to.contain('If your browser asks, choose “Allow”.');
    element.remove();
    await nextFrame();
    question.answer();
    await waitUntil(() => page.devices.opened.length === 1);
    await isDarkAtOnce();
  });

  it('goes on with the microphone where the camera can’t be had, and tells why', async () => {
    page.devices.refuse('camera', 'devices-busy');
    const element = await started();
    expect(textOf(element)).to.contain('Another program uses your camera.').and.to.contain('Camera in use elsewhere');
    expect(element.shadowRoot?.activeElement?.id).to.equal('camera-refused');
    page.devices.refuse('camera', null);
    buttonNamed(element, 'Try again').click();
    await waitUntil(() => client.check.getSnapshot().camera === 'on');
    await settled(element);
    expect(textOf(element)).to.contain('Camera works').and.to.not.contain('Another program');
  });

  it('keeps a choice for the next time', async () => {
    page.devices.plug([
      { id: 'camera-1', kind: 'camera', label: 'Built-in' },
      { id: 'camera-2', kind: 'camera', label: 'Desk' },
    ]);
    const element = await started();
    const select = part(element, 'select[name=camera]', HTMLSelectElement);
    select.value = 'camera-2';
    select.dispatchEvent(new Event('change'));
    await waitUntil(() => client.check.getSnapshot().using.camera === 'camera-2');
    buttonNamed(element, 'Done').click();
    await settled(element);
    buttonNamed(element, 'Check again').click();
    await waitUntil(() => client.check.getSnapshot().state === 'open');
    await settled(element);
    expect(client.check.getSnapshot().using.camera).to.equal('camera-2');
    expect(part(element, 'select[name=camera]', HTMLSelectElement).value).to.equal('camera-2');
  });

  it('hears the microphone, and says so', async () => {
    const element = await started();
    const said = heard(element);
    page.devices.running[0]!.setLevel(0.6);
    await waitUntil(() => said.includes('We hear you.'), 'it is heard', { timeout: 5_000 });
    expect(textOf(element)).to.contain('Microphone works');
    expect(part(element, '[role=meter]').querySelectorAll('.lit').length).to.be.greaterThan(0);
  });

  it('plays a sound at the chosen speaker and asks whether it was heard', async () => {
    const letSilent = letSoundPlay();
    try {
      const element = await shown();
      const said = heard(element);
      buttonNamed(element, 'Play a sound').focus();
      buttonNamed(element, 'Play a sound').click();
      await settled(element);
      expect(textOf(element)).to.contain('Did you hear it?');
      // Asked after the sound, not over it.
      await waitUntil(() => said.includes('Did you hear it?'), 'it is asked', { timeout: 5_000 });
      await expect(element).to.be.accessible();
      buttonNamed(element, 'No').focus();
      buttonNamed(element, 'No').click();
      await settled(element);
      expect(client.check.getSnapshot().result.speaker).to.equal('failed');
      expect(textOf(element)).to.contain('Speaker not heard').and.to.contain('Turn up the sound');
      expect(said.at(-1)).to.contain('Turn up the sound');
      expect(textOf(part(element, ':focus'))).to.equal('Play it again');
      buttonNamed(element, 'Play it again').click();
      await settled(element);
      buttonNamed(element, 'Yes').click();
      await settled(element);
      expect(client.check.getSnapshot().result.speaker).to.equal('works');
      expect(textOf(element)).to.contain('Speaker works').and.to.not.contain('Turn up the sound');
    } finally {
      letSilent();
    }
  });

  it('says that a sound could not be played', async () => {
    const undo = replace(HTMLAudioElement.prototype, 'play', async () => {
      throw new DOMException('no gesture', 'NotAllowedError');
    });
    try {
      const element = await shown();
      const said = heard(element);
      buttonNamed(element, 'Play a sound').click();
      await waitUntil(() => said.includes('The sound could not be played. Try again.'));
      expect(textOf(element))
        .to.contain('The sound could not be played. Try again.')
        .and.to.not.contain('Did you hear');
      expect(client.check.getSnapshot().heard).to.equal(null);
    } finally {
      undo();
    }
  });
});

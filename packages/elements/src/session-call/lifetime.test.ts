import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { call, MET } from '../test-support/fixtures.js';
import { heldAfter, countWatchers } from '../test-support/leaks.js';
import { expectNothingLeft } from '../test-support/mounts.js';
import { buttonNamed, mount, part, settled, textOf } from '../test-support/page.js';
import { drawnStream } from '../test-support/streams.js';
import { callCases, clientOf, elementOf, stopPictures } from './test-support/cases.js';
import { SessionCall } from './session-call.js';

afterEach(stopPictures);

const plays = (video: HTMLVideoElement): Promise<void> =>
  waitUntil(() => video.videoWidth > 0 && !video.paused, undefined, { timeout: 5_000 }) as Promise<void>;

describe('<session-call>, its life', () => {
  it('leaves nothing behind after 50 mounts, moves and dialogs', async () => {
    await expectNothingLeft({
      client: () => clientOf(callCases.poor()),
      make: (client) => Object.assign(new SessionCall(), { client }),
      use: async (element) => {
        buttonNamed(element, 'More').click();
        await settled(element);
      },
    });
  });

  it('holds no stream, no device and no watcher of the settings out of the page', async () => {
    const client = clientOf(callCases.poor());
    const watchers = countWatchers(client.devices);
    const videos: HTMLVideoElement[] = [];
    const held = await heldAfter(async () => {
      for (let time = 0; time < 5; time += 1) {
        const element = Object.assign(new SessionCall(), { client });
        document.body.append(element);
        await settled(element);
        videos.push(part(element, '.remote', HTMLVideoElement), part(element, '.self video', HTMLVideoElement));
        element.remove();
        await element.updateComplete;
      }
    });
    expect(held.listeners).to.deep.equal([]);
    expect(videos.map(({ srcObject }) => srcObject === null)).to.deep.equal(Array.from({ length: 10 }, () => true));
    expect(watchers()).to.equal(0);
    const { local, remote } = client.session(MET.id).getSnapshot().call ?? {};
    expect([local?.active, remote?.active]).to.deep.equal([true, true]);
  });

  it('goes on with the same pictures in the same videos, without a gap, through a move in the page', async () => {
    const element = await mount('session-call', clientOf(callCases.connected()), elementOf(callCases.connected()));
    const video = part(element, '.remote', HTMLVideoElement);
    await plays(video);
    const { srcObject } = video;
    let emptied = 0;
    video.addEventListener('emptied', () => (emptied += 1));
    const place = document.createElement('div');
    element.parentElement?.append(place);
    place.append(element);
    await settled(element);
    await plays(video);
    expect(part(element, '.remote') === video).to.equal(true);
    expect(video.srcObject === srcObject).to.equal(true);
    expect(emptied).to.equal(0);
  });

  it('comes back on another page of the portal with the same pictures, and ends nothing', async () => {
    const client = clientOf(callCases.connected());
    const element = await mount('session-call', client, elementOf(callCases.connected()));
    const { srcObject } = part(element, '.remote', HTMLVideoElement);
    element.remove();
    await element.updateComplete;
    expect(part(element, '.remote', HTMLVideoElement).srcObject === null).to.equal(true);
    const again = await mount('session-call', client, html`<session-call></session-call>`);
    const video = part(again, '.remote', HTMLVideoElement);
    await plays(video);
    expect(video.srcObject === srcObject).to.equal(true);
    expect(client.session(MET.id).commands).to.deep.equal([]);
  });

  it('lets go of a picture that another one has replaced, and of all when the call is over', async () => {
    const client = clientOf(callCases.connected());
    const element = await mount('session-call', client, elementOf(callCases.connected()));
    const video = part(element, '.remote', HTMLVideoElement);
    const next = drawnStream(300);
    client.session(MET.id).set({ call: call({ remote: next }) });
    await settled(element);
    expect(video.srcObject === next).to.equal(true);
    client.session(MET.id).set({ call: null, lastCall: { outcome: 'left', error: null } });
    await settled(element);
    expect(video.srcObject === null).to.equal(true);
    next.getTracks().forEach((track) => track.stop());
  });

  it('forgets what was about the one before, when somebody else signs in', async () => {
    const state = callCases.rejoin();
    const client = clientOf(state);
    const element = await mount('session-call', client, elementOf(state));
    buttonNamed(element, 'Tell Dr. Smith').click();
    await settled(element);
    expect(textOf(element)).to.contain('Dr. Smith is told that you need help.');
    element.client = clientOf(state);
    await settled(element);
    expect(textOf(element)).to.not.contain('is told');
  });
});

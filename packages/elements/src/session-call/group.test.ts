import type { CallView, OtherView } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import type { FakeClient } from '../test-support/fake-client.js';
import { AT, MET } from '../test-support/fixtures.js';
import { resize } from '../test-support/keyboard.js';
import { buttonNamed, buttonsIn, mount, part, settled, textOf } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import { callCases, clientOf, elementOf, groupCases, stopPictures, type CallCase } from './test-support/cases.js';
import { hear } from './test-support/hearing.js';
import type { SessionCall } from './session-call.js';

const shown = (state: CallCase, client = clientOf(state)): Promise<SessionCall> =>
  mount('session-call', client, elementOf(state));

function tiles(element: SessionCall): readonly HTMLElement[] {
  return [...element.renderRoot.querySelectorAll<HTMLElement>('.group .tile:not([hidden])')];
}
const names = (element: SessionCall): readonly string[] =>
  tiles(element).map((tile) => textOf(tile.querySelector('b') ?? tile));
const videos = (element: SessionCall): readonly HTMLVideoElement[] => [
  ...element.renderRoot.querySelectorAll<HTMLVideoElement>('video.remote'),
];

function callOf(client: FakeClient): CallView {
  const { call } = client.session(MET.id).getSnapshot();
  if (call === null) throw new Error('There is no call.');
  return call;
}

async function change(client: FakeClient, element: SessionCall, others: readonly OtherView[]): Promise<void> {
  client.session(MET.id).set({ call: { ...callOf(client), others } });
  await settled(element);
}

afterEach(stopPictures);

describe('<session-call>, with more than two', () => {
  it('with one other it is the stage as ever: one picture, and no list of people', async () => {
    const element = await shown(callCases.connected());
    expect([tiles(element).length, videos(element).length]).to.deep.equal([0, 1]);
  });

  for (const [name, state, expected] of [
    ['three', groupCases.three, ['Dr. Smith', 'Maria Lopez (interpreter)']],
    ['four', groupCases.four, ['Dr. Smith', 'Maria Lopez (interpreter)', 'Leo Rivera (family or friend)']],
    ['a guest’s own page', groupCases.asGuest, ['Dr. Smith', 'Sam Rivera']],
  ] as const) {
    it(`shows everybody with their name and why they are there: ${name}`, async () => {
      const element = await shown(state());
      await waitUntil(() => videos(element).every((video) => video.videoWidth > 0 && !video.paused));
      expect(names(element)).to.deep.equal(expected);
      await expect(element).to.be.accessible();
    });
  }

  for (const [width, dir, isStacked] of [
    [390, 'ltr', true],
    [390, 'rtl', true],
    [1200, 'ltr', false],
    [1200, 'rtl', false],
  ] as const) {
    it(`gives all the same room and cuts nobody off: ${String(width)} px, ${dir}`, async () => {
      await resize(width, 844);
      document.documentElement.dir = dir;
      const element = await shown(groupCases.four());
      const boxes = tiles(element).map((tile) => tile.getBoundingClientRect());
      const [first, second] = boxes;
      expect(new Set(boxes.map((box) => `${box.width.toFixed()} ${box.height.toFixed()}`)).size).to.equal(1);
      expect(Math.min(...boxes.map(({ height }) => height))).to.be.greaterThan(100);
      expect(first?.left === second?.left).to.equal(isStacked);
      expect(new Set(videos(element).map((video) => getComputedStyle(video).objectFit))).to.deep.equal(
        new Set(['contain']),
      );
      document.documentElement.removeAttribute('dir');
      await resize(1280, 720);
    });
  }

  it('says of each what keeps them from being seen or heard', async () => {
    const element = await shown(groupCases.states());
    const said = tiles(element).map(textOf);
    expect(said[0]).to.contain('Microphone off');
    expect(said[1]).to.contain('Reconnecting…');
    expect(said[2]).to.contain('Connecting…');
  });

  it('says so where the one whom the session is with is not there', async () => {
    const element = await shown(groupCases.mainAway());
    expect(names(element)).to.deep.equal(['Maria Lopez (interpreter)']);
    expect(textOf(part(element, '.notices'))).to.contain('Dr. Smith is not in the call.');
  });

  it('interrupts nobody’s picture when another one leaves', async () => {
    const state = groupCases.four();
    const client = clientOf(state);
    const element = await shown(state, client);
    const [main, maria, leo] = videos(element);
    const streams = [main?.srcObject, leo?.srcObject];
    const { others } = callOf(client);
    await change(
      client,
      element,
      others.filter(({ party }) => party.seat !== 'guest-1'),
    );
    expect(names(element)).to.deep.equal(['Dr. Smith', 'Leo Rivera (family or friend)']);
    const [stillMain, stillLeo] = videos(element);
    expect([stillMain === main, stillLeo === leo]).to.deep.equal([true, true]);
    expect([stillMain?.srcObject === streams[0], stillLeo?.srcObject === streams[1]]).to.deep.equal([true, true]);
    expect(maria?.srcObject).to.equal(null);
    await change(client, element, others.slice(0, 1));
    expect(tiles(element).length).to.equal(0);
    expect(videos(element)[0] === main).to.equal(true);
  });

  it('says who joins and who leaves, once', async () => {
    const state = groupCases.three();
    const client = clientOf(state);
    const { others } = callOf(client);
    client.session(MET.id).set({ call: { ...callOf(client), others: others.slice(0, 1) } });
    const element = await shown(state, client);
    const hearing = hear(element);
    await change(client, element, others);
    await change(client, element, [...others]);
    await change(client, element, others.slice(0, 1));
    await waitUntil(() => hearing.said.some((text) => text.includes('has left')));
    hearing.stop();
    const said = hearing.said.filter((text) => text.includes('Maria'));
    expect(said).to.deep.equal(['Maria Lopez (interpreter) has joined.', 'Maria Lopez (interpreter) has left.']);
  });

  it('needs one tap for everybody’s sound', async () => {
    const undo = replace(HTMLMediaElement.prototype, 'play', function (this: HTMLMediaElement) {
      return this.muted ? Promise.resolve() : Promise.reject(new DOMException('no gesture', 'NotAllowedError'));
    });
    const element = await shown(groupCases.soundHeld());
    await waitUntil(() => videos(element).every(({ muted }) => muted));
    await settled(element);
    undo();
    const allowed = replace(HTMLMediaElement.prototype, 'play', () => Promise.resolve());
    buttonNamed(element, 'Tap to hear everybody').click();
    await settled(element);
    allowed();
    expect(videos(element).map(({ muted }) => muted)).to.deep.equal([false, false]);
    expect(buttonsIn(element).map(textOf)).not.to.contain('Tap to hear everybody');
  });
});

describe('<session-call>, for a guest', () => {
  it('leaves without a question, and ends nothing', async () => {
    const state = groupCases.asGuest();
    const client = clientOf(state);
    const element = await shown(state, client);
    expect(buttonsIn(element).map(textOf)).not.to.contain('End Call');
    buttonNamed(element, 'Leave').click();
    await settled(element);
    expect(client.session(MET.id).commands).to.deep.equal([['leave']]);
    expect(element.renderRoot.querySelector('dialog[open]')).to.equal(null);
  });

  it('waits to be let in, and reads by whom', async () => {
    expect(textOf(await shown(groupCases.guestWaits()))).to.contain('Dr. Smith is here and will let you in.');
    expect(textOf(await shown(groupCases.guestAlone()))).to.contain('Dr. Smith will let you in.');
  });

  it('who comes into a call that runs is not told that everybody has left', async () => {
    const state = groupCases.guestWaits();
    const session = { ...state.session, callStartedAt: AT.open };
    expect(textOf(await shown({ ...state, session }))).to.contain('Dr. Smith is here and will let you in.');
  });

  it('can come back after leaving, and not end', async () => {
    const element = await shown(groupCases.guestLeft());
    expect(buttonsIn(element).map(textOf)).to.include('Come back').and.not.include('End the session');
  });

  it('is announced to the patient who waits: name and why', async () => {
    expect(textOf(await shown(groupCases.toCome()))).to.contain('Dr. Smith has invited Maria Lopez (interpreter).');
  });
});

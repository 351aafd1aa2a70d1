import { expect, waitUntil } from '@open-wc/testing';
import { replace } from '../test-support/replace.js';
import { createTestSound } from './test-sound.js';

interface Played {
  readonly stream: MediaStream | null;
  readonly sink: string;
}

describe('the test sound', () => {
  const speakers = ['headset'];
  let played: Played[];
  let contexts: Set<AudioContext>;
  let undo: (() => void)[];

  beforeEach(() => {
    played = [];
    contexts = new Set();
    const chosen = new WeakMap<HTMLMediaElement, string>();
    undo = [
      replace(AudioContext.prototype, 'resume', async function (this: AudioContext) {
        contexts.add(this);
      }),
      replace(HTMLAudioElement.prototype, 'setSinkId', async function (this: HTMLMediaElement, id) {
        if (!speakers.includes(id)) throw new DOMException('gone', 'NotFoundError');
        chosen.set(this, id);
      }),
      replace(HTMLAudioElement.prototype, 'play', async function (this: HTMLMediaElement) {
        const stream = this.srcObject instanceof MediaStream ? this.srcObject : null;
        played.push({ stream, sink: chosen.get(this) ?? '' });
      }),
    ];
  });
  afterEach(() => undo.reverse().forEach((step) => step()));
  const closed = (): number => [...contexts].filter(({ state }) => state === 'closed').length;

  it('is made on the spot and comes from the speaker that was chosen', async () => {
    expect(await createTestSound().play('headset')).to.equal('chosen');
    expect(played.map(({ sink }) => sink)).to.deep.equal(['headset']);
    expect(played[0]?.stream?.getAudioTracks()).to.have.length(1);
    await waitUntil(() => closed() === 1);
  });

  it('comes from the usual one where none was chosen', async () => {
    const sound = createTestSound();
    expect(await sound.play(undefined)).to.equal('chosen');
    expect(await sound.play('')).to.equal('chosen');
    expect(played.map(({ sink }) => sink)).to.deep.equal(['', '']);
  });

  it('comes from the usual one where the chosen one is gone, and says so', async () => {
    expect(await createTestSound().play('unplugged')).to.equal('usual');
    expect(played.map(({ sink }) => sink)).to.deep.equal(['']);
  });

  it('is over when it is stopped, and when it is played again', async () => {
    const sound = createTestSound();
    const first = sound.play(undefined);
    const second = sound.play(undefined);
    await first;
    await waitUntil(() => closed() === 1);
    sound.stop();
    await second;
    await waitUntil(() => closed() === 2);
    sound.stop();
    expect(contexts.size).to.equal(2);
  });

  it('says that it could not be played, and leaves nothing open', async () => {
    const refused = async (): Promise<void> => {
      throw new DOMException('no gesture', 'NotAllowedError');
    };
    undo.push(replace(HTMLAudioElement.prototype, 'play', refused));
    const error: unknown = await createTestSound()
      .play(undefined)
      .catch((thrown: unknown) => thrown);
    expect(error).to.have.property('name', 'NotAllowedError');
    await waitUntil(() => closed() === 1);
  });

  it('does not wait for ever', async () => {
    const never = function (this: AudioContext): Promise<void> {
      contexts.add(this);
      return new Promise(() => undefined);
    };
    undo.push(replace(AudioContext.prototype, 'resume', never));
    const error: unknown = await createTestSound()
      .play(undefined)
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.an('error');
    await waitUntil(() => closed() === 1);
  });
});

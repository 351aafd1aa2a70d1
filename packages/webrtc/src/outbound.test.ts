import { describe, expect, it } from 'vitest';
import { pictureLimits, picturesOf } from './outbound-limits.js';
import { beginAnew, beginSmall, holdTo } from './outbound.js';

const camera = { lines: 720, isScreen: false };
const screen = { lines: 1080, isScreen: true };

describe('what is sent on each step', () => {
  it('a full picture of 1.5 Mbit/s, a small one of 180 lines and 150 kbit/s, or none', () => {
    expect(pictureLimits('all', camera, 1)).toEqual({
      ...{ active: true, maxBitrate: 1_500_000, maxFramerate: 30, scaleResolutionDownBy: 1 },
    });
    expect(pictureLimits('small-video', camera, 1)).toEqual({
      ...{ active: true, maxBitrate: 150_000, maxFramerate: 15, scaleResolutionDownBy: 4 },
    });
    expect(pictureLimits('audio', camera, 1).active).toBe(false);
  });

  it('is shared among all it is sent to', () => {
    expect(pictureLimits('all', camera, 3).maxBitrate).toBe(500_000);
    expect(pictureLimits('small-video', camera, 3).maxBitrate).toBe(50_000);
    expect(pictureLimits('all', camera, 0).maxBitrate).toBe(1_500_000);
  });

  it('a screen stays large enough to be read, and a picture that is small already is not made smaller', () => {
    expect(pictureLimits('small-video', screen, 1)).toMatchObject({ scaleResolutionDownBy: 1, maxFramerate: 3 });
    expect(pictureLimits('small-video', { lines: 120, isScreen: false }, 1).scaleResolutionDownBy).toBe(1);
    expect(pictureLimits('small-video', picturesOf(null), 1).scaleResolutionDownBy).toBe(4);
  });

  it('a phone held upright counts by its shorter side', () => {
    const track = { contentHint: '', getSettings: () => ({ width: 720, height: 1280 }) };
    expect(picturesOf(track as MediaStreamTrack)).toEqual(camera);
    const shared = { contentHint: 'detail', getSettings: () => ({ width: 1920, height: 1080 }) };
    expect(picturesOf(shared as MediaStreamTrack)).toEqual(screen);
  });
});

describe('a browser that', () => {
  type Encodings = readonly Readonly<Record<string, unknown>>[];

  /** A connection with one video line, whose sender takes what `takes` allows. */
  function connection(takes: (encodings: Encodings) => boolean, first: Encodings | null = [{}]) {
    let now = first;
    let transaction = 0;
    let given = '';
    const asked: Encodings[] = [];
    let whole = 0;
    const sender = {
      track: null,
      getParameters: () => {
        given = String(++transaction);
        return { transactionId: given, ...(now === null ? {} : { encodings: now }) };
      },
      setParameters: async (
        parameters: { transactionId: string; encodings: Encodings },
        options: { encodingOptions: readonly { keyFrame: boolean }[] },
      ) => {
        asked.push(parameters.encodings);
        if (options.encodingOptions.some(({ keyFrame }) => keyFrame)) whole++;
        if (parameters.transactionId !== given) throw new DOMException('stale', 'InvalidModificationError');
        given = '';
        await Promise.resolve();
        if (!takes(parameters.encodings)) throw new DOMException('not here', 'OperationError');
        now = parameters.encodings;
      },
    };
    const line = { sender, receiver: { track: { kind: 'video' } } };
    const pc = { signalingState: 'stable', getTransceivers: () => [line] };
    return { pc: pc as unknown as RTCPeerConnection, asked, now: () => now?.[0], whole: () => whole };
  }
  const rest = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };

  it('does not know some of it still stops the picture', async () => {
    const { pc, now } = connection(([first]) => first?.['maxFramerate'] === undefined);
    holdTo(pc, 'audio', 1);
    await rest();
    expect(now()).toEqual({ active: false, maxBitrate: 150_000 });
  });

  it('has no encodings before they are set is given one', async () => {
    const { pc, now } = connection(() => true, null);
    holdTo(pc, 'audio', 1);
    await rest();
    expect(now()).toMatchObject({ active: false });
  });

  it('begins with a small picture for a second or two, once, and none is thrown where that is refused', async () => {
    const { pc, now } = connection(() => true);
    const [line] = pc.getTransceivers();
    if (!line) throw new Error('It has a line.');
    beginSmall(line.sender);
    await rest();
    expect(now()).toEqual({ scaleResolutionDownBy: 4 });
    holdTo(pc, 'all', 1);
    await rest();
    expect(now()).toMatchObject({ maxBitrate: 1_500_000, scaleResolutionDownBy: 4 });
    holdTo(pc, 'all', 1);
    await rest();
    beginSmall(line.sender);
    await rest();
    expect(now()).toMatchObject({ scaleResolutionDownBy: 1 });

    const other = connection(() => false);
    other.pc.getTransceivers().forEach(({ sender }) => beginSmall(sender));
    await rest();
    expect(other.now()).toEqual({});
  });

  it('sent nothing that arrived for a while sends a whole picture, and a small one, on every step', async () => {
    const { pc, now, whole } = connection(() => true);
    for (let second = 0; second < 3; second++) {
      holdTo(pc, 'all', 1);
      await rest();
    }
    expect([now()?.['scaleResolutionDownBy'], whole()]).toEqual([1, 0]);
    beginAnew(pc);
    await rest();
    expect([now()?.['scaleResolutionDownBy'], whole()]).toEqual([4, 1]);
    holdTo(pc, 'all', 1);
    holdTo(pc, 'all', 1);
    await rest();
    expect([now()?.['scaleResolutionDownBy'], whole()]).toEqual([1, 1]);

    holdTo(pc, 'small-video', 1);
    await rest();
    const before = now();
    beginAnew(pc);
    await rest();
    expect([now(), whole()]).toEqual([before, 2]);
  });

  it('refuses everything is asked again the next time, and nothing is thrown', async () => {
    let refuses = true;
    const { pc, now } = connection(() => !refuses);
    holdTo(pc, 'audio', 1);
    await rest();
    expect(now()).toEqual({});
    refuses = false;
    holdTo(pc, 'audio', 1);
    await rest();
    expect(now()).toMatchObject({ active: false });
  });

  it('is slow ends with what was wanted last, and is not asked for what it has', async () => {
    const { pc, asked, now } = connection(() => true);
    for (const step of ['small-video', 'audio', 'all', 'audio'] as const) holdTo(pc, step, 1);
    await rest();
    expect(now()).toMatchObject({ active: false });
    const before = asked.length;
    holdTo(pc, 'audio', 1);
    await rest();
    expect(asked).toHaveLength(before);
  });
});

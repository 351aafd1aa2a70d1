import { SessionError } from '@active-session/core';
import type { LocalMedia, MediaRequest } from '@active-session/core';
import { createMediaDevices } from './devices.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const both: MediaRequest = { camera: true, microphone: true };

describe('camera and microphone', () => {
  let control: AbortController;
  let opened: LocalMedia[];
  let asked: MediaStreamConstraints[];
  let given: MediaStreamTrack[];
  let answer: (constraints: MediaStreamConstraints) => Promise<MediaStream>;
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);

  beforeEach(() => {
    control = new AbortController();
    opened = [];
    asked = [];
    given = [];
    answer = real;
    navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
      asked.push(constraints);
      const stream = await answer(constraints);
      given.push(...stream.getTracks());
      return stream;
    };
  });
  afterEach(() => {
    opened.forEach((media) => media.close());
    navigator.mediaDevices.getUserMedia = real;
  });

  const open = async (request = both) => {
    const media = await createMediaDevices().open(request, control);
    opened.push(media);
    return media;
  };
  const tracks = (media: LocalMedia) => (media.stream as MediaStream).getTracks().map(({ kind }) => kind);
  const states = ({ microphone, camera }: LocalMedia) => ({ microphone, camera });
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'nothing',
      (error: unknown) => (error instanceof SessionError ? error.code : error),
    );
  const live = () => given.filter(({ readyState }) => readyState === 'live').length;
  const refuse = (name: string) => () => Promise.reject(new DOMException('refused', name));

  it('lists devices by what they are', async () => {
    const kinds = new Set((await createMediaDevices().list(control)).map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['camera', 'microphone']));
  });

  it('opens both, with clean sound and a picture of 720 lines', async () => {
    const media = await open();
    expect(states(media)).toEqual({ microphone: 'on', camera: 'on' });
    expect(tracks(media).sort()).toEqual(['audio', 'video']);
    expect(asked).toEqual([
      {
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
        video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
      },
    ]);
  });

  it('asks for nothing when nothing is wanted, and opens it later', async () => {
    const media = await open({ camera: false, microphone: false });
    expect(asked).toEqual([]);
    expect(states(media)).toEqual({ microphone: 'missing', camera: 'missing' });
    await media.turn('microphone', false, control);
    expect(media.microphone).toBe('missing');
    await media.turn('microphone', true, control);
    expect(states(media)).toEqual({ microphone: 'on', camera: 'missing' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.video).toBe(false);
  });

  for (const kind of ['camera', 'microphone'] as const) {
    it(`stops the ${kind} itself when it is turned off, and keeps the stream`, async () => {
      const media = await open();
      const { stream } = media;
      let told = 0;
      media.subscribe(() => told++);

      await media.turn(kind, false, control);
      expect(media[kind]).toBe('off');
      expect(live()).toBe(1);
      expect(tracks(media)).toHaveLength(1);
      expect(told).toBe(1);

      await media.turn(kind, true, control);
      expect(media[kind]).toBe('on');
      expect(live()).toBe(2);
      expect(media.stream).toBe(stream);
      expect(told).toBe(2);
      await media.turn(kind, true, control);
      expect(asked).toHaveLength(2);
    });
  }

  it('stops what a later turn has overtaken', async () => {
    const media = await open();
    await media.turn('camera', false, control);
    const on = codeOf(media.turn('camera', true, control));
    await media.turn('camera', false, control);
    expect(await on).toBe('aborted');
    expect(media.camera).toBe('off');
    expect(live()).toBe(1);
  });

  it('calls a device that the system took missing, and tells; what it is turned to comes first', async () => {
    const media = await open();
    let told = 0;
    media.subscribe(() => told++);
    const [camera] = (media.stream as MediaStream).getVideoTracks();
    camera?.dispatchEvent(new Event('ended'));
    expect(media.camera).toBe('missing');
    expect(tracks(media)).toEqual(['audio']);
    expect(told).toBe(1);
    await media.turn('camera', true, control);
    expect(media.camera).toBe('on');
  });

  it('takes another device in place of one that was unplugged, where nobody has to be asked', async () => {
    const media = await open();
    const again = new Promise<void>((resolve) => {
      media.subscribe(() => media.camera === 'on' && resolve());
    });
    (media.stream as MediaStream).getVideoTracks()[0]?.dispatchEvent(new Event('ended'));
    expect(media.camera).toBe('missing');
    await again;
    expect(tracks(media).sort()).toEqual(['audio', 'video']);
    expect(live()).toBe(2);
  });

  it('does not, where there is no other one, or where the person would be asked', async () => {
    const query = navigator.permissions.query.bind(navigator.permissions);
    const enumerateDevices = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
    const refusals = [
      () => (navigator.permissions.query = () => Promise.resolve({ state: 'prompt' } as PermissionStatus)),
      () => (navigator.permissions.query = () => Promise.reject(new TypeError('No such permission.'))),
      () => (navigator.mediaDevices.enumerateDevices = () => Promise.resolve([])),
    ];
    try {
      for (const refusal of refusals) {
        const media = await open({ camera: true, microphone: false });
        refusal();
        (media.stream as MediaStream).getVideoTracks()[0]?.dispatchEvent(new Event('ended'));
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect([media.camera, live()]).toEqual(['missing', 0]);
        navigator.permissions.query = query;
        navigator.mediaDevices.enumerateDevices = enumerateDevices;
      }
    } finally {
      navigator.permissions.query = query;
      navigator.mediaDevices.enumerateDevices = enumerateDevices;
    }
  });

  it('recovers what the system silenced and what it took, and nothing that is well or turned off', async () => {
    const media = await open();
    await media.recover(control);
    expect(asked).toHaveLength(1);
    const [track] = (media.stream as MediaStream).getAudioTracks();
    Object.defineProperty(track, 'muted', { value: true, configurable: true });
    await media.turn('camera', false, control);
    await media.recover(control);
    expect(states(media)).toEqual({ microphone: 'on', camera: 'off' });
    expect([asked.length, track?.readyState]).toEqual([2, 'ended']);
    answer = refuse('NotReadableError');
    (media.stream as MediaStream).getAudioTracks()[0]?.dispatchEvent(new Event('ended'));
    expect(await codeOf(media.recover(control))).toBe('devices-busy');
    answer = real;
    await media.recover(control);
    expect(media.microphone).toBe('on');
  });

  it('prefers the device that was chosen, and says which one is in use', async () => {
    const media = await createMediaDevices().open(both, {
      choice: { camera: 'gone' },
      signal: control.signal,
    });
    opened.push(media);
    expect(asked[0]?.video).toMatchObject({ deviceId: { exact: 'gone' } });
    expect(asked[1]?.video).toMatchObject({ width: { ideal: 1280 } });
    expect(asked).toHaveLength(2);
    const list = await createMediaDevices().list(control);
    const ids = new Set(list.map(({ id }) => id));
    expect([ids.has(media.using.camera ?? ''), ids.has(media.using.microphone ?? '')]).toEqual([true, true]);
  });

  it('changes to another device; the one in use stays where that one can not be had', async () => {
    const media = await open();
    const list = await createMediaDevices().list(control);
    const other = list.find(({ kind, id }) => kind === 'microphone' && id !== media.using.microphone)?.id ?? '';
    await media.use('microphone', other, control);
    expect(media.using.microphone).toBe(other);
    expect(live()).toBe(2);
    expect(await codeOf(media.use('microphone', 'no-such-device', control))).toBe('devices-missing');
    expect([media.using.microphone, media.microphone]).toEqual([other, 'on']);
    // Turned off and on again it is still that one.
    await media.turn('microphone', false, control);
    await media.turn('microphone', true, control);
    expect(media.using.microphone).toBe(other);
  });

  it('notes a device that is chosen while off for when it is turned on', async () => {
    const media = await open();
    const other = (await createMediaDevices().list(control)).findLast(({ kind }) => kind === 'microphone')?.id ?? '';
    await media.turn('microphone', false, control);
    await media.use('microphone', other, control);
    expect([media.microphone, asked.length]).toEqual(['off', 1]);
    await media.turn('microphone', true, control);
    expect(media.using.microphone).toBe(other);
  });

  describe('a shared screen', () => {
    const { mediaDevices } = navigator;
    const getDisplayMedia = mediaDevices.getDisplayMedia.bind(mediaDevices);
    const screen = () => document.createElement('canvas').captureStream();
    beforeEach(() => {
      mediaDevices.getDisplayMedia = async () => screen();
    });
    afterEach(() => {
      mediaDevices.getDisplayMedia = getDisplayMedia;
    });
    const picture = (media: LocalMedia) => (media.stream as MediaStream).getVideoTracks()[0];

    it('takes the place of the camera until it is stopped, by the person or by the browser’s own button', async () => {
      const media = await open();
      const camera = picture(media);
      for (const stop of [
        () => media.share(false, control),
        async () => void picture(media)?.dispatchEvent(new Event('ended')),
      ]) {
        await media.share(true, control);
        expect([media.sharing, picture(media) === camera, picture(media)?.contentHint]).toEqual([
          true,
          false,
          'detail',
        ]);
        expect(tracks(media).sort()).toEqual(['audio', 'video']);
        const shared = picture(media);
        await stop();
        expect([media.sharing, picture(media) === camera, shared?.readyState]).toEqual([false, true, 'ended']);
      }
      await media.share(true, control);
      const shared = picture(media);
      media.close();
      expect(shared?.readyState).toBe('ended');
    });

    it('goes out while the camera is off, which stays off after', async () => {
      const media = await open();
      await media.share(true, control);
      await media.turn('camera', false, control);
      expect([media.camera, tracks(media).length]).toEqual(['off', 2]);
      await media.share(false, control);
      expect([media.camera, tracks(media).length]).toEqual(['off', 1]);
    });

    it('that nobody picked is no change; a browser that has none says so', async () => {
      const media = await open();
      const camera = picture(media);
      mediaDevices.getDisplayMedia = refuse('NotAllowedError');
      expect(await codeOf(media.share(true, control))).toBe('devices-dismissed');
      Object.defineProperty(mediaDevices, 'getDisplayMedia', { value: undefined, configurable: true, writable: true });
      expect(createMediaDevices().abilities().share).toBe(false);
      expect(await codeOf(media.share(true, control))).toBe('not-supported');
      expect([media.sharing, picture(media)]).toEqual([false, camera]);
    });

    it('that comes after it was called off is stopped', async () => {
      const media = await open();
      let shown: MediaStream | undefined;
      let give = (): void => undefined;
      mediaDevices.getDisplayMedia = () =>
        new Promise((resolve) => {
          give = () => resolve((shown = screen()));
        });
      const sharing = codeOf(media.share(true, control));
      await media.share(false, control);
      give();
      expect(await sharing).toBe('aborted');
      expect([media.sharing, shown?.getTracks()[0]?.readyState]).toEqual([false, 'ended']);
    });
  });

  it('tells how loud it is at the microphone, and nothing where that is off', async () => {
    const media = await open();
    const levels: number[] = [];
    // The fake microphone beeps once a second.
    for (let i = 0; i < 100 && Math.max(0, ...levels) < 0.05; i += 1) {
      levels.push(media.level() ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(Math.max(...levels)).toBeGreaterThan(0.05);
    expect(Math.max(...levels)).toBeLessThanOrEqual(1);
    await media.turn('microphone', false, control);
    expect(media.level()).toBe(null);
  });

  it('hears of devices that come and go', () => {
    let told = 0;
    const stop = createMediaDevices().subscribe(() => told++);
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    stop();
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    expect(told).toBe(1);
  });

  it('calls a device that the system silences paused until it comes back', async () => {
    const media = await open();
    const [track] = (media.stream as MediaStream).getAudioTracks();
    let told = 0;
    media.subscribe(() => told++);
    Object.defineProperty(track, 'muted', { value: true, configurable: true });
    track?.dispatchEvent(new Event('mute'));
    expect(media.microphone).toBe('paused');
    await media.turn('microphone', true, control);
    expect(media.microphone).toBe('on');
    expect(track?.readyState).toBe('ended');
    expect(told).toBe(2);
  });

  it('ends everything on close, once', async () => {
    const media = await open();
    let told = 0;
    media.subscribe(() => told++);
    const pending = codeOf(media.turn('camera', false, control).then(() => media.turn('camera', true, control)));
    await Promise.resolve();
    media.close();
    media.close();
    expect(await pending).toBe('aborted');
    expect(live()).toBe(0);
    expect(tracks(media)).toEqual([]);
    expect(states(media)).toEqual({ microphone: 'missing', camera: 'missing' });
    expect(told).toBe(2);
    expect(await codeOf(media.turn('camera', true, control))).toBe('aborted');
  });

  it('stops what arrives after the abort', async () => {
    let arrive = (): void => undefined;
    const door = new Promise<void>((resolve) => (arrive = resolve));
    answer = async (constraints) => {
      await door;
      return real(constraints);
    };
    const work = codeOf(open());
    control.abort();
    expect(await work).toBe('aborted');
    arrive();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(given).toHaveLength(2);
    expect(live()).toBe(0);
    expect(await codeOf(open())).toBe('aborted');
  });

  it('drops the wishes once where no device meets them', async () => {
    answer = (constraints) => (asked.length === 1 ? refuse('OverconstrainedError')() : real(constraints));
    expect(states(await open())).toEqual({ microphone: 'on', camera: 'on' });
    expect(asked[1]).toEqual({ audio: true, video: true });
    answer = refuse('OverconstrainedError');
    expect(await codeOf(open())).toBe('devices-missing');
    expect(asked).toHaveLength(4);
  });

  it('says what is wrong', async () => {
    answer = refuse('NotReadableError');
    expect(await codeOf(open())).toBe('devices-busy');
    answer = refuse('NotFoundError');
    expect(await codeOf(open())).toBe('devices-missing');
  });

  it('leaves a device off when it can not be opened again', async () => {
    const media = await open();
    await media.turn('camera', false, control);
    answer = refuse('NotReadableError');
    expect(await codeOf(media.turn('camera', true, control))).toBe('devices-busy');
    expect(states(media)).toEqual({ microphone: 'on', camera: 'off' });
  });

  it('tells a page without https from a browser without cameras', async () => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
    try {
      expect(await codeOf(open())).toBe('not-supported');
      Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true });
      expect(await codeOf(open())).toBe('devices-insecure');
    } finally {
      Reflect.deleteProperty(navigator, 'mediaDevices');
      Object.defineProperty(window, 'isSecureContext', { value: true, configurable: true });
    }
  });
});

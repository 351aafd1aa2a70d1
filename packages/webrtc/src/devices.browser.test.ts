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

  it('calls a device that the system took missing, and tells', async () => {
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

  it('calls a device that the system silences off until it comes back', async () => {
    const media = await open();
    const [track] = (media.stream as MediaStream).getAudioTracks();
    let told = 0;
    media.subscribe(() => told++);
    Object.defineProperty(track, 'muted', { value: true, configurable: true });
    track?.dispatchEvent(new Event('mute'));
    expect(media.microphone).toBe('off');
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

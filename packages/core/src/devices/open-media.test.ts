import { createFakeDevices, type FakeDevices } from '@active-session/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionErrorCode } from '../errors.js';
import { toSessionError } from '../errors.js';
import { openMedia } from './open-media.js';

const BOTH = { microphone: true, camera: true };
const { signal } = new AbortController();

let devices: FakeDevices;
beforeEach(() => {
  devices = createFakeDevices();
});

async function open(request = BOTH) {
  const { media, refused } = await openMedia(devices, request, { signal });
  return {
    states: [media.microphone, media.camera],
    refused: [refused.microphone?.code ?? null, refused.camera?.code ?? null],
  };
}
const codeOf = (work: Promise<unknown>): Promise<SessionErrorCode | null> =>
  work.then(
    () => null,
    (error: unknown) => toSessionError(error).code,
  );

describe('opening camera and microphone', () => {
  it('gives both where both can be had', async () => {
    expect(await open()).toEqual({ states: ['on', 'on'], refused: [null, null] });
  });

  it.each<SessionErrorCode>(['devices-missing', 'devices-busy', 'devices-failed', 'devices-denied', 'devices-blocked'])(
    'a camera that can not be had (%s) still allows an audio call, and is said',
    async (code) => {
      devices.refuse('camera', code);
      expect(await open()).toEqual({ states: ['on', 'missing'], refused: [null, code] });
    },
  );

  it('a microphone that can not be had still allows to be seen', async () => {
    devices.refuse('microphone', 'devices-busy');
    expect(await open()).toEqual({ states: ['missing', 'on'], refused: ['devices-busy', null] });
  });

  it('where the browser does not say which one it is, one after the other is tried', async () => {
    devices.failOpen('devices-missing');
    expect(await open()).toEqual({ states: ['on', 'missing'], refused: [null, 'devices-missing'] });
    devices.failOpen('devices-missing');
    devices.refuse('microphone', 'devices-missing');
    expect(await open()).toEqual({ states: ['missing', 'on'], refused: ['devices-missing', null] });
  });

  it('where the system keeps one of them, the other one is opened, because that asks nobody', async () => {
    devices.failOpen('devices-system');
    expect(await open()).toEqual({ states: ['on', 'missing'], refused: [null, 'devices-system'] });
  });

  it.each<SessionErrorCode>(['devices-denied', 'devices-dismissed', 'devices-insecure', 'aborted'])(
    'who said no to both (%s) is not asked again',
    async (code) => {
      devices.failOpen(code);
      expect(await codeOf(open())).toBe(code);
      expect(devices.opened).toHaveLength(0);
    },
  );

  it('where none can be had it says why, of what was asked first', async () => {
    devices.refuse('camera', 'devices-busy');
    devices.refuse('microphone', 'devices-missing');
    expect(await codeOf(open())).toBe('devices-busy');
  });

  it('what was asked for alone is had or not', async () => {
    devices.refuse('camera', 'devices-busy');
    expect(await codeOf(open({ microphone: false, camera: true }))).toBe('devices-busy');
    expect(await open({ microphone: false, camera: false })).toMatchObject({ states: ['missing', 'missing'] });
  });
});

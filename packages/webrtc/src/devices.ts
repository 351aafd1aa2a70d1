import type { Device, DeviceKind, DevicesPort } from '@active-session/core';
import { createCapture, defaultConstraints, pageDevices } from './capture.js';
import { createLocalMedia } from './local-media.js';

export interface MediaDevicesOptions {
  /** Added to, or in place of, what is asked of a microphone (echo cancellation, noise suppression, gain control). */
  readonly audio?: MediaTrackConstraints;
  /** Added to, or in place of, what is asked of a camera (ideally 1280 × 720 at 30 frames/s). */
  readonly video?: MediaTrackConstraints;
}

const kinds: Readonly<Record<MediaDeviceKind, DeviceKind>> = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
};

/**
 * The cameras and microphones of this page. `open` is all or nothing: where one of two devices is missing it throws, and
 * asking for the other alone can succeed. Constraints that nothing meets are dropped once, then it throws.
 */
export function createMediaDevices(options: MediaDevicesOptions = {}): DevicesPort {
  const capture = createCapture({
    audio: { ...defaultConstraints.audio, ...options.audio },
    video: { ...defaultConstraints.video, ...options.video },
  });
  return {
    async list({ signal }) {
      signal.throwIfAborted();
      const found = await pageDevices().enumerateDevices();
      return found.map(({ deviceId, kind, label }): Device => ({ id: deviceId, kind: kinds[kind], label }));
    },
    async open(request, { signal }) {
      const nothing = !request.microphone && !request.camera;
      return createLocalMedia(capture, nothing ? [] : await capture(request, signal));
    },
  };
}

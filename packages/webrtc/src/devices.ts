import type { DevicesPort } from '@active-session/core';
import { canShare, createCapture, defaultConstraints } from './capture.js';
import { createLocalMedia } from './local-media.js';
import { listDevices } from './page-devices.js';

export interface MediaDevicesOptions {
  /** Added to, or in place of, what is asked of a microphone (echo cancellation, noise suppression, gain control). */
  readonly audio?: MediaTrackConstraints;
  /** Added to, or in place of, what is asked of a camera (ideally 1280 × 720 at 30 frames/s). */
  readonly video?: MediaTrackConstraints;
}

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
    abilities: () => ({ share: canShare(), chooseSpeaker: canChooseSpeaker() }),
    async list({ signal }) {
      signal.throwIfAborted();
      return listDevices();
    },
    async open(request, { signal, choice = {} }) {
      const nothing = !request.microphone && !request.camera;
      const tracks = nothing ? [] : await capture.devices(request, { signal, choice });
      return createLocalMedia({ capture, tracks, choice });
    },
    subscribe(listener) {
      const { mediaDevices } = navigator as Partial<Navigator>;
      mediaDevices?.addEventListener('devicechange', listener);
      return () => mediaDevices?.removeEventListener('devicechange', listener);
    },
  };
}

function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

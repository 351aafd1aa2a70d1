import { SessionError } from '@active-session/core';
import type { MediaRequest } from '@active-session/core';
import { toDevicesError } from './device-errors.js';

export interface CaptureConstraints {
  readonly audio: MediaTrackConstraints;
  readonly video: MediaTrackConstraints;
}

export const defaultConstraints: CaptureConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
};

/** Asks for devices. The tracks are the caller's to stop; none is left running when this rejects. */
export type Capture = (request: MediaRequest, signal: AbortSignal) => Promise<readonly MediaStreamTrack[]>;

/** @throws SessionError `devices-…`, `aborted` */
export function createCapture(constraints: CaptureConstraints): Capture {
  return async (request, signal) => {
    if (signal.aborted) throw aborted();
    const devices = pageDevices();
    const get = (asked: MediaStreamConstraints) => untilAborted(devices.getUserMedia(asked), signal);
    try {
      return await get({
        audio: request.microphone && constraints.audio,
        video: request.camera && constraints.video,
      }).catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== 'OverconstrainedError') throw error;
        return get({ audio: request.microphone, video: request.camera });
      });
    } catch (error) {
      throw error instanceof SessionError ? error : await toDevicesError(error, request);
    }
  };
}

/** @throws SessionError `devices-insecure`, `not-supported` */
export function pageDevices(): MediaDevices {
  const { mediaDevices } = navigator as Partial<Navigator>;
  if (mediaDevices) return mediaDevices;
  if (!isSecureContext) {
    throw new SessionError('devices-insecure', 'Cameras and microphones need https (or localhost).');
  }
  throw new SessionError('not-supported', 'This browser has no camera and microphone access.');
}

export function aborted(): SessionError {
  return new SessionError('aborted', 'Opening the camera or microphone was aborted.');
}

/** The browser's question can't be withdrawn, so what it gives after the abort is stopped. */
function untilAborted(opening: Promise<MediaStream>, signal: AbortSignal): Promise<readonly MediaStreamTrack[]> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(aborted());
    signal.addEventListener('abort', onAbort, { once: true });
    opening
      .then((stream) => {
        const tracks = stream.getTracks();
        if (signal.aborted) tracks.forEach((track) => track.stop());
        else resolve(tracks);
      })
      .catch(reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

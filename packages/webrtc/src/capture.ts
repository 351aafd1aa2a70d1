import { SessionError } from '@active-session/core';
import type { DeviceChoice, MediaRequest } from '@active-session/core';
import { toDevicesError } from './device-errors.js';

export interface CaptureConstraints {
  readonly audio: MediaTrackConstraints;
  readonly video: MediaTrackConstraints;
}

export const defaultConstraints: CaptureConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
};

export interface CaptureOptions {
  readonly signal: AbortSignal;
  readonly choice?: DeviceChoice;
  /** The chosen device or none; else another one will do. */
  readonly exact?: boolean;
}

/** Where tracks come from. They are the caller's to stop; none is left running when a request rejects. */
export interface Capture {
  /** @throws SessionError `devices-…`, `aborted` */
  devices(request: MediaRequest, options: CaptureOptions): Promise<readonly MediaStreamTrack[]>;
  /** Asks which screen or window. @throws SessionError `devices-dismissed`, `devices-blocked`, `not-supported`, `aborted` */
  screen(signal: AbortSignal): Promise<readonly MediaStreamTrack[]>;
}

export function createCapture(constraints: CaptureConstraints): Capture {
  return {
    async devices(request, { signal, choice = {}, exact = false }) {
      if (signal.aborted) throw aborted();
      const devices = pageDevices();
      const get = (asked: MediaStreamConstraints) => untilAborted(devices.getUserMedia(asked), signal);
      const orElse = (next: () => Promise<readonly MediaStreamTrack[]>) => (error: unknown) => {
        if (exact || !isNamed(error, 'OverconstrainedError')) throw error;
        return next();
      };
      const wanted = ({ microphone, camera }: DeviceChoice): MediaStreamConstraints => ({
        audio: request.microphone && { ...constraints.audio, ...only(microphone) },
        video: request.camera && { ...constraints.video, ...only(camera) },
      });
      const anyDevice = { audio: request.microphone, video: request.camera };
      const isChosen =
        (request.microphone && choice.microphone !== undefined) || (request.camera && choice.camera !== undefined);
      try {
        // Chromium does not take an `ideal` device where there is a default one, so the choice is asked for exactly.
        const chosen = isChosen ? get(wanted(choice)).catch(orElse(() => get(wanted({})))) : get(wanted({}));
        return await chosen.catch(orElse(() => get(anyDevice)));
      } catch (error) {
        throw error instanceof SessionError ? error : await toDevicesError(error, request);
      }
    },
    async screen(signal) {
      if (signal.aborted) throw aborted();
      const devices = pageDevices();
      if (!canShare()) throw new SessionError('not-supported', 'This browser can’t share a screen.');
      try {
        return await untilAborted(
          devices.getDisplayMedia({ video: { frameRate: { ideal: 15 } }, audio: false }),
          signal,
        );
      } catch (error) {
        if (error instanceof SessionError) throw error;
        const code = isNamed(error, 'NotAllowedError') ? 'devices-dismissed' : 'devices-failed';
        throw new SessionError(code, 'No screen was shared.', { cause: error });
      }
    },
  };
}

function only(id: string | undefined): MediaTrackConstraints {
  return id === undefined ? {} : { deviceId: { exact: id } };
}

/** Phones have none. */
export function canShare(): boolean {
  const { mediaDevices } = navigator as Partial<Navigator>;
  return typeof (mediaDevices as Partial<MediaDevices> | undefined)?.getDisplayMedia === 'function';
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

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
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

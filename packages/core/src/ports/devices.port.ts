import type { RequestOptions } from './backend.port.js';

/** A stream as core sees it. A native `MediaStream` satisfies it. */
export interface StreamHandle {
  readonly id: string;
  readonly active: boolean;
}

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  /** Empty until permission is given. */
  readonly label: string;
}

/** `off`: has one but it sends nothing (a camera that is off is dark). `missing`: none was asked for, or none is there. */
export type TrackState = 'on' | 'off' | 'missing';

/** What this person sends, from opening to `close`, through every change of device. */
export interface LocalMedia {
  /** The same object for all its life; its tracks change. */
  readonly stream: StreamHandle;
  readonly microphone: TrackState;
  readonly camera: TrackState;
  /** Off stops the source itself; on opens it again. @throws SessionError `devices-…` */
  turn(kind: 'microphone' | 'camera', on: boolean, options: RequestOptions): Promise<void>;
  /** Called after tracks or states changed, also by the system (unplugged, taken by a phone call). */
  subscribe(listener: () => void): () => void;
  /** Stops every track: the camera light goes off. Can be called twice. */
  close(): void;
}

export interface MediaRequest {
  readonly microphone: boolean;
  readonly camera: boolean;
}

/** Cameras and microphones. */
export interface DevicesPort {
  list(options: RequestOptions): Promise<readonly Device[]>;
  /** Asks the person where needed. @throws SessionError `devices-…` */
  open(request: MediaRequest, options: RequestOptions): Promise<LocalMedia>;
}

import type { TrackState } from '../booking/party.schema.js';
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

/** Which device of each kind somebody wants, by id. Left out, or not there any more: the one that the browser prefers. */
export type DeviceChoice = Readonly<Partial<Record<DeviceKind, string>>>;

/** What this person sends, from opening to `close`, through every change of device. */
export interface LocalMedia {
  /** The same object for all its life; its tracks change. */
  readonly stream: StreamHandle;
  readonly microphone: TrackState;
  readonly camera: TrackState;
  /** Whether the screen goes out in place of the camera. */
  readonly sharing: boolean;
  /** The devices in use. */
  readonly using: DeviceChoice;
  /** How loud it is at the microphone now, 0 to 1; null where that can't be told. */
  level(): number | null;
  /** Off stops the source itself; on opens it again. @throws SessionError `devices-…` */
  turn(kind: 'microphone' | 'camera', on: boolean, options: RequestOptions): Promise<void>;
  /**
   * Takes another device. One that is on is replaced, and stays where the other can't be had; one that is off is noted
   * for when it is turned on. @throws SessionError `devices-…`
   */
  use(kind: 'microphone' | 'camera', id: string, options: RequestOptions): Promise<void>;
  /** Sends the screen in place of the camera. It also ends by the browser's own button. @throws SessionError `devices-…` */
  share(on: boolean, options: RequestOptions): Promise<void>;
  /** Opens anew what the system silenced and did not give back. @throws SessionError `devices-…` */
  recover(options: RequestOptions): Promise<void>;
  /** Called after tracks or states changed, also by the system (unplugged, taken by a phone call). */
  subscribe(listener: () => void): () => void;
  /** Stops every track: the camera light goes off. Can be called twice. */
  close(): void;
}

export interface MediaRequest {
  readonly microphone: boolean;
  readonly camera: boolean;
}

export interface OpenOptions extends RequestOptions {
  readonly choice?: DeviceChoice;
}

/** What can be done on this page, whatever devices there are. */
export interface DeviceAbilities {
  readonly share: boolean;
  readonly chooseSpeaker: boolean;
}

/** Cameras and microphones. */
export interface DevicesPort {
  abilities(): DeviceAbilities;
  list(options: RequestOptions): Promise<readonly Device[]>;
  /**
   * Asks the person where needed. All or nothing: an error that is of one device alone names it in `problems`, by
   * `path` `camera` or `microphone`. @throws SessionError `devices-…`
   */
  open(request: MediaRequest, options: OpenOptions): Promise<LocalMedia>;
  /** Called after devices were plugged in or out. */
  subscribe(listener: () => void): () => void;
}

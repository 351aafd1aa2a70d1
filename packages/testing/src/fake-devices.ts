import {
  SessionError,
  type Device,
  type DevicesPort,
  type LocalMedia,
  type MediaRequest,
  type SessionErrorCode,
  type StreamHandle,
  type TrackState,
} from '@active-session/core';

/** Camera and microphone of somebody in a test. */
export interface FakeDevices extends DevicesPort {
  /** What is open now. Empty: the camera light is off. */
  readonly running: readonly FakeMedia[];
  /** Everything that was ever opened. */
  readonly opened: readonly FakeMedia[];
  /** The next `open` is refused like this. */
  failOpen(code: SessionErrorCode): void;
  /** The next `turn` is refused like this. */
  failTurn(code: SessionErrorCode): void;
  /** The person is asked and does not answer until `answer` is called. */
  ask(): { readonly answer: () => void };
}

export interface FakeMedia extends LocalMedia {
  readonly closed: boolean;
  /** The system changes a track: a phone call, a plug that is pulled. */
  change(kind: 'microphone' | 'camera', state: TrackState): void;
}

export interface FakeDevicesOptions {
  /** Makes what is sent; where it has tracks, closing stops them. */
  readonly streams?: (request: MediaRequest) => StreamHandle;
  readonly list?: readonly Device[];
}

const DEVICES: readonly Device[] = [
  { id: 'camera-1', kind: 'camera', label: 'Fake camera' },
  { id: 'microphone-1', kind: 'microphone', label: 'Fake microphone' },
  { id: 'speaker-1', kind: 'speaker', label: 'Fake speaker' },
];

export function createFakeDevices({ streams, list = DEVICES }: FakeDevicesOptions = {}): FakeDevices {
  const opened: FakeMedia[] = [];
  const refusals: SessionErrorCode[] = [];
  const turnRefusals: SessionErrorCode[] = [];
  let asking: Promise<void> | null = null;
  return {
    opened,
    get running() {
      return opened.filter(({ closed }) => !closed);
    },
    failOpen: (code) => void refusals.push(code),
    failTurn: (code) => void turnRefusals.push(code),
    ask() {
      let answer = (): void => undefined;
      asking = new Promise((resolve) => {
        answer = () => {
          asking = null;
          resolve();
        };
      });
      return { answer };
    },
    list: async () => list,
    async open(request) {
      // A browser's question stays after the page has lost interest, so the signal changes nothing here.
      await asking;
      const refusal = refusals.shift();
      if (refusal !== undefined) throw new SessionError(refusal, 'The fake devices were told to refuse.');
      const id = `local-${opened.length + 1}`;
      const media = createMedia(request, streams?.(request) ?? plainStream(id), turnRefusals);
      opened.push(media);
      return media;
    },
  };
}

interface PlainStream {
  readonly id: string;
  active: boolean;
}

function plainStream(id: string): PlainStream {
  return { id, active: true };
}

function createMedia(request: MediaRequest, stream: StreamHandle, turnRefusals: SessionErrorCode[]): FakeMedia {
  const listeners = new Set<() => void>();
  const state = {
    microphone: (request.microphone ? 'on' : 'missing') as TrackState,
    camera: (request.camera ? 'on' : 'missing') as TrackState,
  };
  let closed = false;
  const change = (kind: 'microphone' | 'camera', next: TrackState): void => {
    state[kind] = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    stream,
    get microphone() {
      return state.microphone;
    },
    get camera() {
      return state.camera;
    },
    get closed() {
      return closed;
    },
    change,
    async turn(kind, on) {
      const refusal = turnRefusals.shift();
      if (refusal !== undefined) throw new SessionError(refusal, 'The fake devices were told to refuse.');
      if (closed) throw new SessionError('devices-failed', 'These devices were closed.');
      change(kind, on ? 'on' : 'off');
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      closed = true;
      stop(stream);
    },
  };
}

function stop(stream: StreamHandle): void {
  if ('getTracks' in stream) {
    for (const track of (stream as MediaStream).getTracks()) track.stop();
  } else {
    (stream as PlainStream).active = false;
  }
}

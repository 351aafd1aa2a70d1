import {
  SessionError,
  type Device,
  type DeviceAbilities,
  type DeviceChoice,
  type DevicesPort,
  type LocalMedia,
  type MediaRequest,
  type SessionErrorCode,
  type StreamHandle,
  type TrackState,
} from '@active-session/core';

type Kind = 'microphone' | 'camera';

/** Camera and microphone of somebody in a test. */
export interface FakeDevices extends DevicesPort {
  /** What is open now. Empty: the camera light is off. */
  readonly running: readonly FakeMedia[];
  /** Everything that was ever opened. */
  readonly opened: readonly FakeMedia[];
  /** The next `open` is refused like this. */
  failOpen(code: SessionErrorCode): void;
  /** The next `turn`, `use`, `share` or `recover` is refused like this. */
  failTurn(code: SessionErrorCode): void;
  /** From now on this device can't be had; null: it can again. */
  refuse(kind: Kind, code: SessionErrorCode | null): void;
  /** The person is asked and does not answer until `answer` is called. */
  ask(): { readonly answer: () => void };
  /** Devices are plugged in or out: these are there now. */
  plug(list: readonly Device[]): void;
}

export interface FakeMedia extends LocalMedia {
  readonly closed: boolean;
  /** The system changes a track: a phone call, a plug that is pulled. */
  change(kind: Kind, state: TrackState): void;
  /** How loud it is at the microphone from now on. */
  setLevel(level: number | null): void;
  /** The person stops sharing by the browser's own button. */
  stopSharing(): void;
}

export interface FakeDevicesOptions {
  /** Makes what is sent; where it has tracks, closing stops them. */
  readonly streams?: (request: MediaRequest) => StreamHandle;
  readonly list?: readonly Device[];
  readonly abilities?: DeviceAbilities;
}

const DEVICES: readonly Device[] = [
  { id: 'camera-1', kind: 'camera', label: 'Fake camera' },
  { id: 'microphone-1', kind: 'microphone', label: 'Fake microphone' },
  { id: 'speaker-1', kind: 'speaker', label: 'Fake speaker' },
];

export function createFakeDevices(options: FakeDevicesOptions = {}): FakeDevices {
  const { streams, abilities = { share: true, chooseSpeaker: true } } = options;
  let list = options.list ?? DEVICES;
  const opened: FakeMedia[] = [];
  const refusals: SessionErrorCode[] = [];
  const turnRefusals: SessionErrorCode[] = [];
  const refused = new Map<Kind, SessionErrorCode>();
  const listeners = new Set<() => void>();
  let asking: Promise<void> | null = null;

  const require = (request: MediaRequest): void => {
    for (const kind of ['camera', 'microphone'] as const) {
      const code = request[kind] ? refused.get(kind) : undefined;
      if (code !== undefined) throw refusal(code, kind);
    }
  };
  return {
    opened,
    get running() {
      return opened.filter(({ closed }) => !closed);
    },
    failOpen: (code) => void refusals.push(code),
    failTurn: (code) => void turnRefusals.push(code),
    refuse(kind, code) {
      if (code === null) refused.delete(kind);
      else refused.set(kind, code);
    },
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
    plug(next) {
      list = next;
      for (const listener of [...listeners]) listener();
    },
    abilities: () => abilities,
    list: async () => list,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async open(request, { choice = {} }) {
      // A browser's question stays after the page has lost interest, so the signal changes nothing here.
      await asking;
      const code = refusals.shift();
      if (code !== undefined) throw refusal(code);
      require(request);
      const stream = streams?.(request) ?? plainStream(`local-${opened.length + 1}`);
      const check = (kind?: Kind): void => {
        const next = turnRefusals.shift();
        if (next !== undefined) throw refusal(next);
        if (kind !== undefined) require({ microphone: kind === 'microphone', camera: kind === 'camera' });
      };
      const media = createMedia({ request, stream, check, using: choiceOf(choice, request, list) });
      opened.push(media);
      return media;
    },
  };
}

function refusal(code: SessionErrorCode, kind?: Kind): SessionError {
  const message = 'The fake devices were told to refuse.';
  return new SessionError(code, message, kind === undefined ? {} : { problems: [{ path: kind, message }] });
}

/** What is wanted where it is there, else the first one of its kind. */
function choiceOf(choice: DeviceChoice, request: MediaRequest, list: readonly Device[]): DeviceChoice {
  const kinds = (['microphone', 'camera'] as const).filter((kind) => request[kind]);
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const some = list.filter((device) => device.kind === kind);
      const found = some.find(({ id }) => id === choice[kind]) ?? some[0];
      return found === undefined ? [] : [[kind, found.id]];
    }),
  );
}

interface PlainStream {
  readonly id: string;
  active: boolean;
}

function plainStream(id: string): PlainStream {
  return { id, active: true };
}

interface MediaInput {
  readonly request: MediaRequest;
  readonly stream: StreamHandle;
  /** @throws SessionError where the test said so */
  readonly check: (kind?: Kind) => void;
  readonly using: DeviceChoice;
}

function createMedia({ request, stream, check, using }: MediaInput): FakeMedia {
  const listeners = new Set<() => void>();
  const state = {
    microphone: (request.microphone ? 'on' : 'missing') as TrackState,
    camera: (request.camera ? 'on' : 'missing') as TrackState,
  };
  const own = { sharing: false, level: 0 as number | null, closed: false, using };
  const notify = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const change = (kind: Kind, next: TrackState): void => {
    state[kind] = next;
    notify();
  };
  const shareIs = (on: boolean): void => {
    own.sharing = on;
    notify();
  };
  const requireOpen = (): void => {
    if (own.closed) throw new SessionError('devices-failed', 'These devices were closed.');
  };
  return {
    stream,
    get microphone() {
      return state.microphone;
    },
    get camera() {
      return state.camera;
    },
    get sharing() {
      return own.sharing;
    },
    get using() {
      return own.using;
    },
    get closed() {
      return own.closed;
    },
    level: () => (state.microphone === 'on' ? own.level : null),
    change,
    setLevel: (level) => void (own.level = level),
    stopSharing: () => {
      shareIs(false);
    },
    async turn(kind, on) {
      check(on ? kind : undefined);
      requireOpen();
      change(kind, on ? 'on' : 'off');
    },
    async use(kind, id) {
      check(kind);
      requireOpen();
      own.using = { ...own.using, [kind]: id };
      notify();
    },
    async share(on) {
      check();
      requireOpen();
      shareIs(on);
    },
    async recover() {
      const silenced = (['microphone', 'camera'] as const).filter((kind) => state[kind] === 'paused');
      for (const kind of silenced) {
        check(kind);
        change(kind, 'on');
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      own.closed = true;
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

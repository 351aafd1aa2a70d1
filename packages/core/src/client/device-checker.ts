import { createActor, type ActorRefFrom } from 'xstate';
import { checkMachine, type CheckPorts } from '../devices/check.machine.js';
import { checkView, type DeviceCheckView } from '../devices/check.view.js';
import type { DeviceSettings } from '../devices/device-settings.js';
import type { MediaRequest } from '../ports/devices.port.js';
import { writable, type Readable } from '../readable.js';

/**
 * A check of camera, microphone, speaker and network before a call; one for a page. What it finds is told to the other
 * side with the seat. A call that starts lets go of the devices first.
 */
export interface DeviceChecker extends Readable<DeviceCheckView> {
  /** Opens the devices, anew where they are open; the browser may ask. Both where `request` is not given. */
  start(request?: MediaRequest): void;
  /** Lets go of the devices: the camera light goes off. What was found stays known. */
  stop(): void;
  turn(device: 'microphone' | 'camera', on: boolean): void;
  /** The person says whether they heard the test sound. */
  heard(works: boolean): void;
  /** Tries the way to the backend's signalling, and one for media. */
  testNetwork(): void;
  /** How loud it is at the microphone now, 0 to 1; null where that can't be told. */
  level(): number | null;
}

export interface OwnedDeviceChecker extends DeviceChecker {
  /** Nothing of who was here before stays known. */
  forget(): void;
  close(): void;
}

const BOTH: MediaRequest = { microphone: true, camera: true };

const CLOSED: DeviceCheckView = {
  state: 'closed',
  asked: BOTH,
  local: null,
  microphone: 'missing',
  camera: 'missing',
  using: {},
  refused: {},
  error: null,
  changeError: null,
  heard: null,
  network: 'untested',
  networkReport: null,
  networkError: null,
  result: {},
};

/** @param ports null where there is no video: then there is nothing to check */
export function createDeviceChecker(ports: CheckPorts | null, settings: DeviceSettings): OwnedDeviceChecker {
  const view = writable(CLOSED);
  let actor: ActorRefFrom<typeof checkMachine> | null = null;
  let closed = false;

  const running = (): typeof actor => {
    if (actor !== null || ports === null || closed) return actor;
    actor = createActor(checkMachine, { input: { ports, settings } });
    actor.subscribe((snapshot) => {
      view.set(checkView(snapshot));
    });
    actor.start();
    return actor;
  };
  const forget = (): void => {
    actor?.stop();
    actor = null;
    view.set(CLOSED);
  };

  return {
    getSnapshot: () => view.getSnapshot(),
    subscribe: (listener) => view.subscribe(listener),
    start: (request = BOTH) => running()?.send({ type: 'check.start', request }),
    stop: () => actor?.send({ type: 'check.stop' }),
    turn: (device, on) => actor?.send({ type: 'check.turn', device, on }),
    heard: (works) => running()?.send({ type: 'check.heard', heard: works }),
    testNetwork: () => running()?.send({ type: 'check.network' }),
    level: () => actor?.getSnapshot().context.media?.level() ?? null,
    forget,
    close() {
      closed = true;
      forget();
    },
  };
}

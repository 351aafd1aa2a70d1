import { assign, fromCallback, fromPromise, sendTo, setup, type EventObject } from 'xstate';
import { SessionError, toSessionError } from '../errors.js';
import type { AccessPort } from '../ports/backend.port.js';
import type { DevicesPort, LocalMedia, MediaRequest } from '../ports/devices.port.js';
import type { NetworkReport, SignallingPort, VideoPort } from '../ports/video.port.js';
import type { DeviceSettings } from './device-settings.js';
import type { Opened } from './check.rules.js';
import { devicesActor, type DevicesReport } from './media.actor.js';
import type { Refused } from './open-media.js';

/** What a check needs of the world. */
export interface CheckPorts {
  readonly access: AccessPort;
  readonly video: VideoPort;
  readonly devices: DevicesPort;
  readonly signalling: SignallingPort | undefined;
}

export interface CheckInput {
  readonly ports: CheckPorts;
  readonly settings: DeviceSettings;
}

export interface CheckContext extends CheckInput {
  readonly request: MediaRequest;
  readonly media: LocalMedia | null;
  /** What was found when it was last opened; it stays known when the devices are let go. */
  readonly opened: Opened | null;
  readonly refused: Refused;
  readonly error: SessionError | null;
  /** Why turning or changing a device did not work, until the next one does. */
  readonly changeError: SessionError | null;
  readonly heard: boolean | null;
  readonly report: NetworkReport | null;
  readonly networkError: SessionError | null;
}

export type CheckEvent =
  | { type: 'check.start'; request: MediaRequest }
  | { type: 'check.stop' }
  | { type: 'check.turn'; device: 'microphone' | 'camera'; on: boolean }
  | { type: 'check.heard'; heard: boolean }
  | { type: 'check.network' }
  /** The person chose another one. */
  | { type: 'speaker.changed' }
  | DevicesReport;

const networkActor = fromPromise<NetworkReport, CheckPorts>(async ({ input, signal }) => {
  const { access, video, signalling } = input;
  if (access.testNetwork === undefined || video.probe === undefined) {
    throw new SessionError('not-supported', 'There is no network test here.');
  }
  return video.probe(await access.testNetwork({ signal }), { signalling, signal });
});

const speakerActor = fromCallback<EventObject, DeviceSettings>(({ input, sendBack }) => {
  const { speaker } = input.getSnapshot().choice;
  const subscription = input.subscribe(({ choice }) => {
    if (choice.speaker !== speaker) sendBack({ type: 'speaker.changed' });
  });
  return () => {
    subscription.unsubscribe();
  };
});

/** What the next opening may find otherwise. */
const ANEW = { media: null, opened: null, refused: {}, error: null, changeError: null } as const;

/**
 * A check of camera, microphone, speaker and network before a call. It holds the devices while it is open, and lets go of
 * them when it is stopped, which a call that starts does.
 */
export const checkMachine = setup({
  types: { input: {} as CheckInput, context: {} as CheckContext, events: {} as CheckEvent },
  actors: { devices: devicesActor, network: networkActor, speaker: speakerActor },
}).createMachine({
  id: 'check',
  context: ({ input }) => ({
    ...input,
    ...ANEW,
    request: { microphone: true, camera: true },
    heard: null,
    report: null,
    networkError: null,
  }),
  type: 'parallel',
  states: {
    media: {
      initial: 'closed',
      on: {
        'check.start': {
          target: '.open',
          reenter: true,
          actions: assign(({ event }) => ({ ...ANEW, request: event.request })),
        },
      },
      states: {
        closed: {},
        open: {
          initial: 'asking',
          invoke: {
            id: 'devices',
            src: 'devices',
            input: ({ context }) => ({
              devices: context.ports.devices,
              settings: context.settings,
              request: context.request,
            }),
          },
          exit: assign(({ context: { media, opened } }) => ({
            media: null,
            changeError: null,
            // A device that was lost meanwhile stays lost.
            opened: media === null ? opened : { microphone: media.microphone, camera: media.camera },
          })),
          on: {
            'check.stop': 'closed',
            'check.turn': {
              actions: [
                assign({ changeError: null }),
                sendTo('devices', ({ event }) => ({ type: 'turn' as const, device: event.device, on: event.on })),
              ],
            },
            'devices.opened': {
              target: '.ready',
              actions: assign(({ event: { media, refused } }) => ({
                media,
                refused,
                opened: { microphone: media.microphone, camera: media.camera },
              })),
            },
            'devices.failed': { target: 'refused', actions: assign({ error: ({ event }) => event.error }) },
            'devices.changed': { actions: assign({ changeError: null }) },
            'devices.refused': { actions: assign({ changeError: ({ event }) => event.error }) },
          },
          states: { asking: {}, ready: {} },
        },
        refused: { on: { 'check.stop': 'closed' } },
      },
    },
    speaker: {
      initial: 'untested',
      on: { 'check.heard': { target: '.tested', actions: assign({ heard: ({ event }) => event.heard }) } },
      states: {
        untested: {},
        tested: {
          invoke: { src: 'speaker', input: ({ context }) => context.settings },
          // What was heard was another one.
          on: { 'speaker.changed': { target: 'untested', actions: assign({ heard: null }) } },
        },
      },
    },
    network: {
      initial: 'idle',
      states: {
        idle: { on: { 'check.network': 'testing' } },
        testing: {
          entry: assign({ report: null, networkError: null }),
          invoke: {
            src: 'network',
            input: ({ context }) => context.ports,
            onDone: { target: 'idle', actions: assign({ report: ({ event }) => event.output }) },
            onError: {
              target: 'idle',
              actions: assign({ networkError: ({ event }) => toSessionError(event.error) }),
            },
          },
        },
      },
    },
  },
});

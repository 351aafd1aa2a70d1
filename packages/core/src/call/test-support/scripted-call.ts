import {
  createFakeDevices,
  createFakePlatform,
  createSimulatedClock,
  type FakeDevices,
  type SimulatedClock,
} from '@active-session/testing';
import { createActor, type ActorRefFrom } from 'xstate';
import type { DeviceCheck } from '../../booking/device-check.schema.js';
import type { Party } from '../../booking/party.schema.js';
import { createDeviceSettings, type OwnedDeviceSettings } from '../../devices/device-settings.js';
import { SessionError } from '../../errors.js';
import type { AccessPort } from '../../ports/backend.port.js';
import type { VideoConnection, VideoSnapshot, VideoStats } from '../../ports/video.port.js';
import type { CallPorts } from '../call.actors.js';
import { callMachine } from '../call.machine.js';
import { createSeatHolding } from '../seat-holding.js';
import { callView, type CallView } from '../call.view.js';
import type { PresenceReport, Seat, Ticket } from '../ticket.schema.js';

const FAR = '2030-01-01T00:00:00.000Z';
export const RENEW_EVERY = 20_000;

/** Methods of the access port that a call uses. */
type Asked = 'takeSeat' | 'join' | 'presence' | 'leave';

/** One call on ports that do what a test says, and note what they are asked. */
export interface ScriptedCall {
  readonly clock: SimulatedClock;
  readonly devices: FakeDevices;
  readonly actor: ActorRefFrom<typeof callMachine>;
  /** What the ports were asked, in order: the method, or what was done to the connection. */
  readonly asked: string[];
  /** Who may be met, as the engine was told last, by seat. */
  readonly met: () => string[];
  readonly view: () => CallView | null;
  /** Who is there by what the backend answers from now on. */
  readonly present: (parties: readonly Party[]) => void;
  /** What the engine says. */
  readonly show: (video: Partial<VideoSnapshot>) => Promise<void>;
  /** What a method answers from now on, instead of the usual. */
  readonly answer: (method: Asked, work: () => Promise<unknown>) => void;
  /** Its next requests are refused like this. */
  readonly refuse: (method: Asked, code: SessionError['code'], times?: number) => void;
  /** What the engine measures from now on. */
  readonly measure: (stats: Partial<VideoStats> | null) => void;
  /** How often it was measured. */
  readonly measured: () => number;
  /** The presence reports so far. */
  readonly reports: readonly PresenceReport[];
  readonly settings: OwnedDeviceSettings;
  /** The signal that the engine was given. */
  readonly signal: () => AbortSignal | undefined;
  readonly isWatched: () => boolean;
  readonly count: (what: string) => number;
}

export function party(role: Party['role'], fields: Partial<Party> = {}): Party {
  const since = '2026-01-07T08:00:00.000Z';
  return {
    seat: role,
    role,
    name: role,
    peerId: `${role}-1`,
    dials: role === 'provider',
    presence: 'waiting',
    since,
    ...fields,
  };
}

export const BOTH = [party('patient'), party('provider')];
export const ALONE = [party('patient'), party('provider', { peerId: null, presence: 'away', since: null })];

const SILENT: VideoStats = {
  roundTrip: null,
  loss: null,
  inbound: 0,
  outbound: 0,
  framesDecoded: 0,
  audioLevel: null,
};
const WAITING: VideoSnapshot = { state: 'waiting', remote: [], signalling: 'open' };

/** The patient's side of a call. */
export function scriptCall(
  options: {
    readonly parties?: readonly Party[];
    readonly connect?: () => never;
    readonly checked?: DeviceCheck;
    readonly preconnect?: Ticket['preconnect'];
  } = {},
): ScriptedCall {
  const clock = createSimulatedClock();
  const devices = createFakeDevices();
  const platform = createFakePlatform({ clock });
  const settings = createDeviceSettings({
    devices,
    storage: platform.storage,
    signal: new AbortController().signal,
  });
  const asked: string[] = [];
  const script = new Map<Asked, () => Promise<unknown>>();
  const listeners = new Set<(snapshot: VideoSnapshot) => void>();
  let [leases, tickets] = [0, 0];
  let video = WAITING;
  let met: readonly Party[] = [];
  let stats: VideoStats | null = SILENT;
  let measured = 0;
  const reports: PresenceReport[] = [];
  let signal: AbortSignal | undefined;
  let parties = [...(options.parties ?? ALONE)];

  const seat = (): Seat => ({ seat: 'patient', lease: `lease-${leases}`, expiresAt: FAR, renewEvery: RENEW_EVERY });
  const ticket = (): Ticket => {
    const grant = { url: 'wss://example.invalid', token: `token-${tickets}`, expiresAt: FAR };
    return {
      bookingId: 1,
      seat: 'patient',
      engine: 'peerjs',
      peerId: `patient-${tickets}`,
      parties,
      engineGrant: grant,
      iceServers: [],
      expiresAt: FAR,
      ...(options.preconnect && { preconnect: options.preconnect }),
    };
  };
  const ask = async <T>(method: Asked, what: string, usual: () => T): Promise<T> => {
    asked.push(what);
    const scripted = script.get(method);
    return scripted === undefined ? usual() : ((await scripted()) as T);
  };
  const access: AccessPort = {
    me: () => Promise.reject(new Error('Not of a call.')),
    takeSeat: (_, { takeOver }) =>
      ask('takeSeat', takeOver ? 'takeSeat, taking over' : 'takeSeat', () => {
        leases += 1;
        return seat();
      }),
    join: () =>
      ask('join', 'join', () => {
        tickets += 1;
        return ticket();
      }),
    presence(_, report) {
      const { lease, state } = report;
      reports.push(report);
      return ask('presence', `${state} (${lease})`, () => ({ seat: { ...seat(), lease }, parties }));
    },
    leave: (_, { lease }) => ask('leave', `leave (${lease})`, () => undefined),
  };
  const connection: VideoConnection = {
    getSnapshot: () => video,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    meet: (list) => void (met = list),
    restart: ({ peerId }) => void asked.push(`restart as ${peerId}`),
    async stats() {
      measured += 1;
      if (stats === null) throw new Error('Nothing can be read.');
      return stats;
    },
    close: () => void asked.push('close'),
  };
  const ports: CallPorts = {
    access,
    holding: createSeatHolding(platform, () => 'page'),
    devices,
    signalling: undefined,
    clock,
    video: {
      connect(_, given) {
        options.connect?.();
        signal = given.signal;
        return connection;
      },
    },
  };
  const actor = createActor(callMachine, {
    input: {
      bookingId: 1,
      request: { microphone: true, camera: true },
      takeOver: false,
      ports,
      settings,
      checked: () => options.checked ?? {},
      now: () => clock.trueTime(),
      random: () => 0.5,
    },
    clock: {
      setTimeout: (callback: () => void, ms: number) => clock.setTimeout(callback, ms),
      clearTimeout: (handle: unknown) => {
        clock.clearTimeout(handle);
      },
    },
  });
  return {
    clock,
    devices,
    actor,
    asked,
    met: () => met.map((one) => one.seat),
    view: () => (actor.getSnapshot().status === 'active' ? callView(actor.getSnapshot()) : null),
    present: (list) => void (parties = [...list]),
    async show(change) {
      video = { ...video, ...change };
      for (const listener of [...listeners]) listener(video);
      await clock.settle();
    },
    answer: (method, work) => void script.set(method, work),
    refuse(method, code, times = 1) {
      let left = times;
      script.set(method, () => {
        left -= 1;
        if (left === 0) script.delete(method);
        return Promise.reject(new SessionError(code, 'Refused by the script.'));
      });
    },
    measure: (change) => void (stats = change && { ...SILENT, ...stats, ...change }),
    measured: () => measured,
    reports,
    settings,
    signal: () => signal,
    isWatched: () => listeners.size > 0,
    count: (what) => asked.filter((one) => one.startsWith(what)).length,
  };
}

/** Started, and as far as it comes by itself. */
export async function running(options: Parameters<typeof scriptCall>[0] = {}): Promise<ScriptedCall> {
  const call = scriptCall(options);
  call.actor.start();
  await call.clock.settle();
  return call;
}

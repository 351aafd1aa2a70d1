import type { CallView, ClientView, Contact, DeviceSettingsView, SessionView } from '@active-session/core';
import type { Localize } from '../shared/localize.controller.js';
import { nameIn } from '../shared/person.js';
import type { CallPlayback } from './call-playback.js';
import type { CallMemory } from './call-memory.js';
import { callMessage, unseenMessage } from './call-message.js';
import { deviceProblem, type DeviceProblem } from './device-problem.js';
import { idleMessage } from './idle-message.js';
import type { StageMessage, StageWords } from './stage-message.js';
import { tilesOf, type Tile } from './tiles.js';
import { isTheirsHeld } from './weak-network.js';

export interface SceneInput {
  readonly localize: Localize;
  readonly now: number;
  readonly view: SessionView;
  readonly client: ClientView;
  /** Undefined while no call runs. */
  readonly settings: DeviceSettingsView | undefined;
  readonly memory: CallMemory;
  /** What arrives of the others. */
  readonly pictures: Pick<CallPlayback, 'hasPicture' | 'hasPictureOf' | 'needsTap'>;
}

/** All that one render shows and says. */
export interface Scene {
  readonly localize: Localize;
  readonly now: number;
  readonly view: SessionView;
  readonly call: CallView | null;
  readonly name: string;
  /** Null where the picture speaks for itself. */
  readonly message: StageMessage | null;
  /** Everybody who is to be seen, where that is not the other alone. */
  readonly tiles: readonly Tile[];
  /** Whether the other is to be seen, or several. */
  readonly pictured: boolean;
  readonly problem: DeviceProblem | null;
  readonly offline: boolean;
  readonly needsTap: boolean;
  readonly settings: DeviceSettingsView;
  readonly contact: Contact | undefined;
  readonly memory: CallMemory;
}

const NO_SETTINGS: DeviceSettingsView = { list: [], choice: {}, can: { share: false, chooseSpeaker: false } };

export function sceneOf(input: SceneInput): Scene {
  const { localize, now, view, client, settings = NO_SETTINGS, memory, pictures } = input;
  const { call } = view;
  const name = nameIn(view, localize);
  const offline = client.connection === 'down';
  const words: StageWords = {
    localize,
    name,
    now,
    offline,
    asked: memory.asked,
    rejoining: memory.rejoining,
    canCall: client.can.call,
    canAdmit: view.role === 'provider' && client.can.admit,
  };
  const said = call === null ? idleMessage(view, words) : callMessage(call, view, words);
  // Once there is something to do, a picture that has stood still for so long is in the way.
  const alone = call !== null && pictures.hasPicture && isPictured(call) && (said?.buttons.length ?? 0) === 0;
  const hasPicture = (seat: string): boolean =>
    seat === call?.other?.seat ? pictures.hasPicture : pictures.hasPictureOf(seat);
  const tiles = call === null ? [] : tilesOf(call, { localize, hasPicture });
  const pictured = tiles.length > 0 || alone;
  const message = said ?? (call === null || pictured ? null : unseenMessage(call, words));
  const isClosed = call === null || call.devicesError === memory.closed;
  const problem = isClosed ? null : deviceProblem(call, memory.wish, localize);
  const contact = client.me?.contact;
  const shown = { message, tiles, pictured, problem, needsTap: pictures.needsTap };
  return { localize, now, view, call, name, ...shown, offline, settings, contact, memory };
}

/** The chosen speaker where it is still there; empty for the one that the device uses. */
export function speakerOf({ list, choice }: DeviceSettingsView): string {
  return list.find(({ kind, id }) => kind === 'speaker' && id === choice.speaker)?.id ?? '';
}

/** A picture that stands still from before they turned it off, or their network lost it, is none. */
function isPictured(call: CallView): boolean {
  const { remote, state, other } = call;
  const { camera = 'on', screen = false } = other?.sending ?? {};
  if (isTheirsHeld(call)) return false;
  return remote !== null && (state === 'connected' || state === 'reconnecting') && (camera === 'on' || screen);
}

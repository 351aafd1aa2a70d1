import type { CallView } from '@active-session/core';
import type { TemplateResult } from 'lit';
import {
  circleAlertIcon,
  micOffIcon,
  monitorUpIcon,
  triangleAlertIcon,
  videoOffIcon,
  volume2Icon,
  volumeXIcon,
  wifiOffIcon,
} from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import type { DeviceProblem } from './device-problem.js';
import { qualityHelp } from './quality.js';
import type { Tile } from './tiles.js';
import { isTheirsHeld, ownLimit, theirLimit } from './weak-network.js';

export type NoticeAction = 'hear' | 'stop-sharing' | 'microphone' | 'camera' | 'both' | 'camera-off';

/** One line over the picture: what is so, and what to do about it. */
export interface Notice {
  readonly id: string;
  readonly icon: () => TemplateResult;
  readonly text: string;
  readonly action?: { readonly does: NoticeAction; readonly label: string; readonly primary?: boolean };
  /** The person can put it away. */
  readonly closes?: boolean;
}

export interface NoticeFacts {
  readonly localize: Localize;
  readonly name: string;
  /** The browser plays no sound before a tap. */
  readonly needsTap: boolean;
  /** What can't be had and was not put away. */
  readonly problem: DeviceProblem | null;
  readonly offline: boolean;
  /** Everybody who is seen, where that is not the other alone. */
  readonly tiles: readonly Tile[];
}

/** More of them would hide the picture: the rest comes when one of these is gone. */
const MOST = 2;

/** What is to be known during a call, the most pressing first. */
export function callNotices(call: CallView, facts: NoticeFacts): readonly Notice[] {
  const talking = call.state === 'connected';
  const notices = [
    facts.needsTap ? tapNotice(facts) : null,
    call.sharing ? sharingNotice(facts) : null,
    facts.problem === null ? null : problemNotice(facts.problem, facts.localize),
    pausedNotice(call, facts.localize),
    talking ? ownWeakNotice(call, facts) : null,
    talking ? troubleNotice(call, facts) : null,
    talking ? mainAwayNotice(call, facts) : null,
    // Where there are several, each one's own place says it.
    talking && facts.tiles.length === 0 ? microphoneNotice(call, facts) : null,
    talking ? screenNotice(call, facts) : null,
    talking ? theirWeakNotice(call, facts) : null,
    talking ? qualityNotice(call, facts.localize) : null,
    talking && facts.offline ? offlineNotice(facts.localize) : null,
  ];
  return notices.filter((notice) => notice !== null).slice(0, MOST);
}

function tapNotice({ localize, name, tiles }: NoticeFacts): Notice {
  const label = tiles.length > 0 ? localize.t('guest.tap-to-hear') : localize.t('call.tap-to-hear', name);
  return {
    id: 'tap',
    icon: volume2Icon,
    text: localize.t('call.sound-held'),
    action: { does: 'hear', label, primary: true },
  };
}

function sharingNotice({ localize }: NoticeFacts): Notice {
  const label = localize.t('call.stop-sharing');
  return {
    id: 'sharing',
    icon: monitorUpIcon,
    text: localize.t('call.sharing'),
    action: { does: 'stop-sharing', label },
  };
}

function problemNotice({ text, device }: DeviceProblem, localize: Localize): Notice {
  const notice = { id: 'problem', icon: circleAlertIcon, text, closes: true };
  return device === null ? notice : { ...notice, action: { does: device, label: localize.t('action.try-again') } };
}

function pausedNotice(call: CallView, localize: Localize): Notice | null {
  const [first, second] = (['microphone', 'camera'] as const).filter((kind) => call[kind] === 'paused');
  if (first === undefined) return null;
  const icon = first === 'microphone' ? micOffIcon : videoOffIcon;
  const text = localize.t(second === undefined ? `call.your-${first}-paused` : 'call.your-devices-paused');
  const does = second === undefined ? first : 'both';
  return { id: 'paused', icon, text, action: { does, label: localize.t('action.try-again') } };
}

function ownWeakNotice(call: CallView, { localize }: NoticeFacts): Notice | null {
  const text = ownLimit(call, localize);
  return text === '' ? null : { id: 'own-weak', icon: triangleAlertIcon, text };
}

/** Where nothing is to be seen of them, the stage says it in place of the picture. */
function theirWeakNotice(call: CallView, { localize, name }: NoticeFacts): Notice | null {
  const text = isTheirsHeld(call) ? '' : theirLimit(call, localize, name);
  return text === '' ? null : { id: 'their-weak', icon: triangleAlertIcon, text };
}

function troubleNotice({ trouble }: CallView, { localize, name }: NoticeFacts): Notice | null {
  if (trouble === null) return null;
  const icon = trouble === 'silent' ? volumeXIcon : circleAlertIcon;
  return { id: 'trouble', icon, text: localize.t(`call.${trouble}`, name) };
}

/** Others are to be seen, and the one whom the session is with is not among them. */
function mainAwayNotice({ other }: CallView, { localize, name, tiles }: NoticeFacts): Notice | null {
  if (tiles.length === 0 || tiles.some(({ seat }) => seat === other?.seat)) return null;
  return { id: 'main-away', icon: circleAlertIcon, text: localize.t('guest.with-you', name) };
}

function microphoneNotice({ other }: CallView, { localize, name }: NoticeFacts): Notice | null {
  const state = other?.sending?.microphone ?? 'on';
  if (state === 'on') return null;
  return { id: 'their-microphone', icon: micOffIcon, text: localize.t(`call.their-microphone-${state}`, name) };
}

function screenNotice({ other }: CallView, { localize, name }: NoticeFacts): Notice | null {
  if (other?.sending?.screen !== true) return null;
  return { id: 'their-screen', icon: monitorUpIcon, text: localize.t('call.their-screen', name) };
}

function qualityNotice(call: CallView, localize: Localize): Notice | null {
  const text = qualityHelp(call, localize);
  // Whose network is too weak is told so already.
  if (text === '' || ownLimit(call, localize) !== '') return null;
  const notice = { id: 'quality', icon: triangleAlertIcon, text };
  if (call.quality !== 'poor' || call.camera !== 'on') return notice;
  return { ...notice, action: { does: 'camera-off', label: localize.t('call.turn-camera-off') } };
}

function offlineNotice(localize: Localize): Notice {
  return { id: 'offline', icon: wifiOffIcon, text: localize.t('call.goes-on-offline') };
}

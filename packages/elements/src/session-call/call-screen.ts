import type { CallView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { SECOND, untilMore } from '../shared/formats.js';
import { userIcon } from '../shared/icons.js';
import { avatar, initialsOf } from '../shared/person.js';
import type { Ticker } from '../shared/ticker.controller.js';
import { wayOutTemplate } from '../shared/way-out.js';
import { callNotices, type NoticeAction } from './call-notices.js';
import { controlsTemplate } from './controls.js';
import type { DeviceWish } from './device-problem.js';
import { meanwhileTemplate } from './meanwhile.js';
import { qualityTemplate } from './quality.js';
import type { Scene } from './scene.js';
import { messageTemplate, noticesTemplate, selfTemplate, type Corner, type Unseen } from './stage.js';
import type { StageButton, StageMessage } from './stage-message.js';
import { tilesTemplate } from './tiles.js';
import { isHeld } from './weak-network.js';

/** What the person can do on it. */
export interface ScreenActions {
  readonly onStageButton: (button: StageButton) => void;
  readonly onNotice: (action: NoticeAction) => void;
  readonly onCloseProblem: () => void;
  readonly onHelp: () => void;
  readonly onMoveSelf: () => void;
  readonly onWaiting: (hasContent: boolean) => void;
  readonly onTurn: (device: DeviceWish, on: boolean) => void;
  readonly onMore: () => void;
  readonly onAskEnd: () => void;
}

export interface ScreenOptions {
  readonly ticker: Ticker;
  readonly shortcuts: boolean;
  /** Whether *Tell Dr. Smith* is offered. */
  readonly help: boolean;
  readonly corner: Corner;
  /** Whether the own picture is shown as in a mirror. */
  readonly mirrored: boolean;
  /** Whether the portal has something for who waits. */
  readonly hasWaiting: boolean;
  readonly actions: ScreenActions;
}

export function screenTemplate(scene: Scene, options: ScreenOptions): TemplateResult {
  const { call, localize, name, message, pictured } = scene;
  const stands = call !== null && !pictured;
  if (message?.changesIn !== undefined) options.ticker.wakeIn(message.changesIn);
  return html`<section class="call" part="base" tabindex="-1" aria-label=${localize.t('call.label', name)}>
    <header class="bar">
      <b part="name"><bdi>${name}</bdi></b>
      <span class="facts-now">
        ${timerTemplate(scene, options)} ${qualityTemplate(call?.state === 'connected' ? call.quality : null, localize)}
      </span>
    </header>
    <div class="stage ${stands ? 'worded' : ''} ${scene.tiles.length > 0 ? 'several' : ''}" part="stage">
      ${call === null ? nothing : html`${picturesOf(scene, call)} ${noticesOf(scene, call, options)}`}
      ${message === null ? nothing : messageOf(scene, message, options)}
      ${call === null ? nothing : html`${meanwhileOf(scene, call, options)} ${selfOf(scene, call, options)}`}
    </div>
    ${call === null ? nothing : controlsOf(scene, call, options)}
  </section>`;
}

function timerTemplate({ view, now, localize }: Scene, { ticker }: ScreenOptions): TemplateResult | typeof nothing {
  if (view.call === null || view.callStartedAt === null) return nothing;
  const passed = now - view.callStartedAt;
  ticker.wakeIn(untilMore(passed, SECOND));
  return html`<span class="timer" part="timer" role="timer" aria-label=${localize.t('call.timer')}
    >${localize.formats.timer(passed)}</span
  >`;
}

function picturesOf({ localize, tiles, pictured }: Scene, { state, other }: CallView): TemplateResult {
  return tilesTemplate(tiles, { localize, main: other?.seat, pictured, isDim: state === 'reconnecting' });
}

function noticesOf(scene: Scene, call: CallView, { actions }: ScreenOptions): TemplateResult | typeof nothing {
  const { localize, message, pictured } = scene;
  // What is said over the picture takes their place.
  if (pictured && message !== null) return nothing;
  return noticesTemplate(callNotices(call, scene), {
    localize,
    onAction: actions.onNotice,
    onClose: actions.onCloseProblem,
  });
}

function messageOf(scene: Scene, message: StageMessage, { help, actions }: ScreenOptions): TemplateResult {
  const { localize, call, view, name, pictured, memory, contact } = scene;
  const isMoving = call !== null && call.state !== 'waiting' && call.state !== 'connected';
  const ask = { name, told: memory.told, onHelp: actions.onHelp };
  return messageTemplate(message, {
    localize,
    over: pictured,
    busy: isMoving || memory.rejoining,
    avatar: pictured || view.booking === null ? nothing : avatar(initialsOf(view.booking, view.role), userIcon()),
    wayOut: message.needsWayOut === true ? wayOutTemplate({ localize, contact, help: help ? ask : null }) : nothing,
    failed: memory.admitFailed ? localize.t('wait.admit-failed') : '',
    onButton: actions.onStageButton,
  });
}

function meanwhileOf(
  { localize, view }: Scene,
  { state }: CallView,
  { hasWaiting, actions }: ScreenOptions,
): TemplateResult | typeof nothing {
  if (state !== 'waiting' && state !== 'preparing') return nothing;
  const hasHint = view.role === 'patient';
  return meanwhileTemplate({ localize, hasContent: hasWaiting, hasHint, onContent: actions.onWaiting });
}

function selfOf(
  { localize, pictured }: Scene,
  call: CallView,
  { corner, mirrored, actions }: ScreenOptions,
): TemplateResult {
  return selfTemplate({
    localize,
    corner,
    mirrored,
    shows: ownShown(call),
    onMove: pictured ? actions.onMoveSelf : null,
  });
}

function ownShown(call: CallView): 'camera' | Unseen {
  if (isHeld(call)) return call.sharing ? 'screen-held' : 'held';
  if (call.sharing) return 'screen';
  return call.camera === 'on' && call.local !== null ? 'camera' : 'nothing';
}

function controlsOf(
  { localize, settings, view }: Scene,
  call: CallView,
  { shortcuts, actions }: ScreenOptions,
): TemplateResult {
  const { onTurn, onMore, onAskEnd } = actions;
  return controlsTemplate(call, {
    localize,
    shortcuts,
    canShare: settings.can.share,
    canEnd: view.role !== 'guest',
    onMicrophone: (on) => onTurn('microphone', on),
    onCamera: (on) => onTurn('camera', on),
    onShare: (on) => onTurn('screen', on),
    onMore,
    onEnd: onAskEnd,
  });
}

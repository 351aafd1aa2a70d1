import type { BookingId, CallView } from '@active-session/core';
import { MINUTE } from '../shared/formats.js';
import { qualityHelp } from './quality.js';
import type { Scene } from './scene.js';
import { GuestComings } from './guest-comings.js';
import { ownLimit, ownLimitOver, theirLimit, theirLimitOver } from './weak-network.js';

/** The toggle that has the focus: it says by itself what it is now. */
export type Focused = 'microphone' | 'camera' | null;

/** Something that is so or not: what to say when it comes, and when it goes. */
interface Fact {
  readonly key: string;
  readonly text: string;
  readonly over?: string;
  /** Something else says it already. */
  readonly isTold?: boolean;
}

/** How long the connection is not spoken of again; ms. */
const QUALITY_PAUSE = MINUTE;

/**
 * What is to be said to who can't see the stage, each thing once, in the order in which it matters: where the call stands,
 * this person's own devices, then the other's, then the connection.
 */
export class CallNews {
  #id: BookingId | null = null;
  #known = new Map<string, string>();
  #stage = '';
  readonly #guests = new GuestComings();
  #qualityAt = -Infinity;

  /** What is to be said now; empty for nothing. */
  notice(scene: Scene, focused: Focused): string {
    const { call, view } = scene;
    const id = view.booking?.id ?? null;
    if (id !== this.#id) this.forget();
    this.#id = id;
    const stage = this.#noticeStage(scene);
    if (call === null) this.#known.clear();
    const said = call === null ? [] : this.#noticeFacts(call, scene, focused);
    return [stage, this.#guests.notice(scene), ...said].filter((text) => text !== '').join(' ');
  }

  forget(): void {
    this.#known = new Map();
    this.#guests.forget();
    this.#stage = '';
    this.#qualityAt = -Infinity;
  }

  #noticeStage({ view, call, localize, name, message }: Scene): string {
    const isOver = this.#stage !== '' && (view.ending || view.phase !== 'open');
    // What is there when the page comes up is read, not announced.
    if (call === null && view.lastCall === null && !isOver) return '';
    const text =
      message === null || call?.state === 'connected'
        ? localize.t('call.connected', name)
        : [message.title, message.quote?.text ?? ''].join(' ').trim();
    if (text === this.#stage) return '';
    this.#stage = text;
    return text;
  }

  #noticeFacts(call: CallView, scene: Scene, focused: Focused): readonly string[] {
    const all = [...ownFacts(call, scene, focused), ...(call.state === 'connected' ? theirFacts(call, scene) : [])];
    const said = all.map((fact) => this.#take(fact));
    const quality = call.state === 'connected' ? this.#noticeQuality(call, scene) : '';
    return [...said, quality];
  }

  /** What to say of one fact; nothing while it is as it was. */
  #take({ key, text, over = '', isTold = false }: Fact): string {
    const before = this.#known.get(key) ?? '';
    this.#known.set(key, text);
    if (text === before || isTold) return '';
    return text === '' ? over : text;
  }

  #noticeQuality(call: CallView, { localize, now }: Scene): string {
    const { quality } = call;
    if (quality === null || now - this.#qualityAt < QUALITY_PAUSE) return '';
    const text = quality === 'good' ? '' : `${localize.t(`quality.is-${quality}`)} ${qualityHelp(call, localize)}`;
    const said = this.#take({ key: 'quality', text, over: localize.t('quality.is-good') });
    if (said !== '') this.#qualityAt = now;
    return said;
  }
}

/** This person's own devices. That they are on is news only after they were not. */
function ownFacts(call: CallView, { localize, problem, needsTap }: Scene, focused: Focused): readonly Fact[] {
  const isSettled = call.state !== 'preparing' && call.state !== 'leaving';
  const devices = (isSettled ? (['microphone', 'camera'] as const) : []).map((kind): Fact => {
    const state = call[kind];
    const words = {
      on: '',
      missing: '',
      off: localize.t(kind === 'camera' ? 'call.your-camera-is-off' : 'call.your-microphone-off'),
      paused: localize.t(`call.your-${kind}-paused`),
    };
    const isTold = focused === kind && state !== 'paused';
    return { key: `own-${kind}`, text: words[state], over: localize.t(`call.your-${kind}-on`), isTold };
  });
  return [
    ...devices,
    { key: 'problem', text: problem?.text ?? '' },
    { key: 'tap', text: needsTap ? localize.t('call.sound-held') : '' },
    { key: 'sharing', text: call.sharing ? localize.t('call.sharing') : '', over: localize.t('call.sharing-over') },
  ];
}

/** What the other says of themselves, and how it gets from one to the other. */
function theirFacts(call: CallView, { localize, name, offline }: Scene): readonly Fact[] {
  const { microphone = 'on', camera = 'on', screen = false } = call.other?.sending ?? {};
  // Behind a shared screen nobody misses the camera.
  const theirCamera: Fact = {
    key: 'their-camera',
    text: camera === 'on' ? '' : localize.t(`call.their-camera-${camera}`, name),
    over: localize.t('call.their-camera-on', name),
  };
  return [
    {
      key: 'their-microphone',
      text: microphone === 'on' ? '' : localize.t(`call.their-microphone-${microphone}`, name),
      over: localize.t('call.their-microphone-on', name),
    },
    ...(screen ? [] : [theirCamera]),
    {
      key: 'their-screen',
      text: screen ? localize.t('call.their-screen', name) : '',
      over: localize.t('call.their-screen-over', name),
    },
    {
      key: 'trouble',
      text: call.trouble === null ? '' : localize.t(`call.${call.trouble}`, name),
      over: localize.t('call.arrives', name),
    },
    {
      key: 'own-weak',
      text: ownLimit(call, localize),
      over: ownLimitOver(call, localize),
    },
    {
      key: 'their-weak',
      text: theirLimit(call, localize, name),
      over: theirLimitOver(call, localize, name),
    },
    { key: 'offline', text: offline ? localize.t('call.goes-on-offline') : '' },
  ];
}

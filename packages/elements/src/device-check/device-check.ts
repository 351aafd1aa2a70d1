import type {
  ClientView,
  DeviceCheck as Result,
  DeviceCheckView,
  DeviceKind,
  DeviceSettingsView,
  MediaRequest,
  SessionClient,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { defineElement } from '../shared/define-element.js';
import { KeptFocus } from '../shared/kept-focus.controller.js';
import { SessionElement } from '../shared/session-element.js';
import { Snapshot } from '../shared/snapshot.controller.js';
import { wayOutStyles } from '../shared/way-out.styles.js';
import { cameraTemplate, type DevicePartOptions } from './camera-part.js';
import { DeviceCheckChangeEvent } from './device-check.events.js';
import { deviceCheckStyles } from './device-check.styles.js';
import { HeldCheck } from './held-check.controller.js';
import { LevelMeter, type Hearing } from './level-meter.controller.js';
import { LostDevices } from './lost.js';
import { markOf, PARTS, partTemplate, summaryTemplate, type Part } from './marks.js';
import { hearingSentence, microphoneTemplate } from './microphone-part.js';
import { networkTemplate } from './network-part.js';
import { newsOf, type News } from './news.js';
import { refusedAllTemplate, type Copied } from './refused-part.js';
import { speakerTemplate, troubleSentence } from './speaker-part.js';
import { SpeakerTest } from './speaker-test.controller.js';

/**
 * Camera, microphone, speaker and connection, tried before they are needed. Nothing is opened before the person presses a
 * button, and everything is let go with *Done*, when a call starts, and when the last such element leaves the page. What
 * does not work is explained for the browser at hand, and never keeps anybody from joining.
 *
 * @tag device-check
 * @fires device-check-change - What was found has changed; `result` has a word for each thing that was checked.
 * @csspart base - All of it.
 * @csspart heading - Its name.
 * @csspart start-button - *Check camera and microphone*, while it is folded away.
 * @csspart summary - How each part stands, while it is folded away.
 * @csspart camera - The part of the camera; also `microphone`, `speaker` and `network`.
 * @csspart picture - The place of the person's own picture.
 * @csspart meter - The level of the microphone.
 * @csspart choice - Each choice of a device.
 * @csspart play-button - *Play a sound*.
 * @csspart test-button - *Test the connection*.
 * @csspart failure - Each explanation of something that does not work.
 * @csspart way-out - Whom to turn to; also `contact`, `help-button`.
 * @csspart done-button - *Done*.
 * @cssstate folded - And `closed`, `asking`, `open`, `refused`: where the check stands.
 */
export class DeviceCheck extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, wayOutStyles, deviceCheckStyles];

  /** Shows no more than a button, and what was found, until it is pressed; and again after *Done*. */
  @property({ type: Boolean, reflect: true }) folded = false;

  @state() private copied: Copied = 'no';

  @query('video') private readonly video!: HTMLVideoElement | null;
  @query('.meter') private readonly meter!: HTMLElement | null;

  readonly #check = new Snapshot<DeviceCheckView>(this);
  readonly #devices = new Snapshot<DeviceSettingsView>(this);
  readonly #held = new HeldCheck(this);
  readonly #lost = new LostDevices();
  readonly #speaker = new SpeakerTest(this);
  readonly #focus = new KeptFocus(this, () => this.#refocus());
  readonly #level = new LevelMeter(this, {
    level: () => this.source.current?.check.level() ?? null,
    element: () => this.meter,
  });
  #view: DeviceCheckView | undefined;
  #hearing: Hearing = 'listening';
  #news: News | null = null;
  /** What was found, as it was told last. */
  #told: Result = {};
  /** The person waits for an answer to what they pressed. */
  #hasAsked = false;
  /** Where the focus goes when what had it is gone. */
  #next: string | null = null;

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('device-check', DeviceCheck, registry);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const client = this.clientSnapshot.value?.state === 'signed-out' ? undefined : this.source.current;
    this.#check.follow(client?.check);
    this.#devices.follow(client?.devices);
    const seen = this.#check.value;
    const view = seen && this.#lost.settle(seen, performance.now());
    this.#fold(this.#view, view);
    if (view !== undefined && this.#view !== undefined) this.#news ??= newsOf(this.#view, view, this.localize);
    this.#view = view;
    this.#listen(view);
    this.#held.hold(this.folded ? null : (client?.check ?? null));
    this.states.set('check', this.folded ? 'folded' : (view?.state ?? 'closed'));
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const view = this.#view;
    if (this.folded && view !== undefined && isActive(view)) this.stop();
    this.#play();
    this.#tell();
    this.#next = null;
    const result = view?.result ?? {};
    if (PARTS.every((part) => result[part] === this.#told[part])) return;
    this.#told = result;
    this.dispatchEvent(new DeviceCheckChangeEvent(result));
  }

  protected override forget(): void {
    this.#speaker.stop();
    this.#news = null;
    this.#view = undefined;
    this.copied = 'no';
  }

  protected override renderClient(client: SessionClient, { can, me }: ClientView): TemplateResult {
    const view = this.#view;
    if (!can.call || view === undefined) return html`<p class="card muted">${this.t('check.not-offered')}</p>`;
    this.ticker.wakeIn(this.#lost.left);
    if (this.folded) return this.#renderFolded(view);
    const { localize } = this;
    const options = this.#options(client, view);
    const speaker = { ...options, test: this.#speaker, onPlay: this.#onPlay, onHeard: this.#onHeard };
    const network = { localize, view, contact: me?.contact, onTest: this.#onTest };
    return html`<section class="check" part="base" aria-labelledby="heading">
      <header>
        <h3 id="heading" part="heading" tabindex="-1">${this.t('check.heading')}</h3>
        <p class="muted">${this.t('check.private')}</p>
      </header>
      ${refusedAllTemplate({ ...options, contact: me?.contact, copied: this.copied, onCopy: this.#onCopy })}
      <div class="parts ${view.state === 'refused' ? 'pictureless' : ''}">
        ${this.#renderPart('camera', view, cameraTemplate(options))}
        <div class="rest">
          ${this.#renderPart('microphone', view, microphoneTemplate(this.#hearing, options))}
          ${this.#renderPart('speaker', view, speakerTemplate(speaker))}
          ${can.testNetwork ? this.#renderPart('network', view, networkTemplate(network)) : nothing}
        </div>
      </div>
      <div class="actions done">
        <button class="button" part="done-button" type="button" @click=${this.#onDone}>${this.t('check.done')}</button>
      </div>
    </section>`;
  }

  #renderFolded(view: DeviceCheckView): TemplateResult {
    const isNew = PARTS.every((part) => view.result[part] === undefined);
    return html`<div class="check folded" part="base">
      ${isNew ? nothing : summaryTemplate(view, this.#hearing, this.localize)}
      <button class="button start" part="start-button" type="button" @click=${() => this.start()}>
        ${this.t(isNew ? 'check.start' : 'check.again')}
      </button>
    </div>`;
  }

  #renderPart(part: Part, view: DeviceCheckView, body: unknown): TemplateResult {
    return partTemplate(part, markOf(part, view, this.#hearing, this.localize), this.localize, body);
  }

  #options(client: SessionClient, view: DeviceCheckView): DevicePartOptions {
    return {
      localize: this.localize,
      view,
      devices: this.#devices.value ?? client.devices.getSnapshot(),
      onStart: (request) => this.start(request),
      onTurnOn: (kind) => client.check.turn(kind, true),
      onChoose: this.#onChoose,
    };
  }

  /** It opens with the devices, whoever opened them, and closes with them. */
  #fold(before: DeviceCheckView | undefined, view: DeviceCheckView | undefined): void {
    const was = before !== undefined && isActive(before);
    const is = view !== undefined && isActive(view);
    if (is && !was) this.folded = false;
    if (view?.state !== 'closed' || before === undefined || before.state === 'closed') return;
    this.folded = true;
    this.#speaker.stop();
  }

  #listen(view: DeviceCheckView | undefined): void {
    const isOn = view?.state === 'open' && view.microphone === 'on';
    this.#level.follow(isOn ? (view.using.microphone ?? '') : null);
    const { hearing } = this.#level;
    if (hearing === this.#hearing) return;
    this.#hearing = hearing;
    if (isOn && hearing !== 'listening') this.#news ??= { text: this.#hearingSentence(hearing) };
  }

  /** Shows the own picture. Moving a video in the page pauses it. */
  #play(): void {
    const { video } = this;
    if (video === null) return;
    const stream = this.#view?.local instanceof MediaStream ? this.#view.local : null;
    if (video.srcObject !== stream) video.srcObject = stream;
    // Refused where nothing is visible; a later render tries again.
    if (stream !== null && video.paused) video.play().catch(() => undefined);
  }

  /** Says what is new, or takes the person there who waits for it. */
  #tell(): void {
    const news = this.#news;
    this.#news = null;
    if (news === null) return;
    const place = news.failure === undefined ? null : this.shadowRoot?.getElementById(news.failure);
    if (this.#hasAsked && place instanceof HTMLElement && this.#mayTakeFocus) {
      this.announcer.say('');
      place.focus();
    } else this.announcer.say(news.text);
    if (this.#view?.state !== 'asking' && this.#view?.network !== 'testing') this.#hasAsked = false;
  }

  async #copy(): Promise<void> {
    await navigator.clipboard.writeText(location.href);
  }

  /** Nobody is taken away from something else that they began meanwhile. */
  get #mayTakeFocus(): boolean {
    return this.#focus.isInside || document.activeElement === null || document.activeElement === document.body;
  }

  #refocus(): void {
    const next = this.#next === null ? null : this.shadowRoot?.querySelector<HTMLElement>(this.#next);
    (next ?? this).focus();
  }

  #hearingSentence(hearing: Hearing): string {
    const list = this.#devices.value?.list ?? [];
    return hearingSentence(hearing, list, this.localize);
  }

  readonly #onChoose = (kind: DeviceKind, id: string): void => {
    const client = this.source.current;
    if (client === undefined) return;
    const isSame = client.devices.getSnapshot().choice[kind] === id;
    // It was chosen before and could not be had.
    if (isSame && kind !== 'speaker') client.check.start(this.#view?.asked);
    else client.devices.choose(kind, id);
  };

  readonly #onPlay = (): void => {
    void this.#speaker.play(this.#devices.value?.choice.speaker).then((isOver) => {
      // After the sound, not over it.
      if (!isOver) return;
      const isHeard = this.#speaker.state === 'asked';
      this.announcer.say(isHeard ? this.t('check.question') : troubleSentence(this.localize, this.#speaker));
    });
  };

  readonly #onHeard = (heard: boolean): void => {
    this.#next = '.play';
    this.#speaker.stop();
    this.source.current?.check.heard(heard);
    this.announcer.say(heard ? '' : troubleSentence(this.localize, this.#speaker));
  };

  readonly #onTest = (): void => {
    this.#hasAsked = true;
    this.source.current?.check.testNetwork();
  };

  readonly #onCopy = (): void => {
    this.#copy().then(
      () => {
        this.copied = 'yes';
        this.announcer.say(this.t('check.copied'));
      },
      // Apps often forbid it, or have none.
      () => {
        this.copied = 'by-hand';
        this.#next = '.address';
      },
    );
  };

  readonly #onDone = (): void => {
    this.stop();
  };

  /** Takes the focus to what it is called, or to its button while it is folded away. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>(this.folded ? '.start' : 'h3')?.focus(options);
  }

  /**
   * Opens the devices; the browser may ask, so only do it when the person pressed something.
   *
   * @param request which ones; left out: camera and microphone
   */
  start(request?: MediaRequest): void {
    this.#hasAsked = true;
    this.copied = 'no';
    this.source.current?.check.start(request);
  }

  /** Lets go of the devices and folds away. What was found stays. */
  stop(): void {
    this.source.current?.check.stop();
    this.#speaker.stop();
    this.folded = true;
  }
}

function isActive({ state }: DeviceCheckView): boolean {
  return state === 'asking' || state === 'open';
}

declare global {
  interface HTMLElementTagNameMap {
    'device-check': DeviceCheck;
  }
}

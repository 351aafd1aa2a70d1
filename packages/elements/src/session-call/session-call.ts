import type {
  BookingId,
  CallView,
  ClientView,
  MediaRequest,
  Session,
  SessionClient,
  SessionView,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { defineElement } from '../shared/define-element.js';
import { errorWords } from '../shared/error-words.js';
import { SECOND, untilMore } from '../shared/formats.js';
import { userIcon, videoOffIcon, volume2Icon } from '../shared/icons.js';
import { avatar, initialsOf, knownId, nameIn } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { controlsTemplate } from './controls.js';
import { endDialogTemplate } from './end-dialog.js';
import { Playback } from './playback.controller.js';
import { SessionEndRequestEvent, SessionLeaveRequestEvent, SessionStartRequestEvent } from './session-call.events.js';
import { sessionCallStyles } from './session-call.styles.js';
import { callMessage, idleMessage, type StageButton, type StageMessage, type StageWords } from './stage-message.js';

const CORNERS = 4;
const BOTH: MediaRequest = { microphone: true, camera: true };

/**
 * The call of one session: both pictures, the controls, and in words where it stands. The call is the client's, so the
 * element can move in the page, or go, without ending it.
 *
 * @tag session-call
 * @fires session-start-request - The person wants to join. Cancelable.
 * @fires session-leave-request - The person leaves for now. Cancelable.
 * @fires session-end-request - The person ends the session for both. Cancelable.
 * @csspart base - The dark area of the call.
 * @csspart name - The other's name.
 * @csspart timer - The time in the session.
 * @csspart stage - Where the other is seen.
 * @csspart remote-video - The other's picture.
 * @csspart self-view - The person's own picture.
 * @csspart message - What is said in place of a picture.
 * @csspart start-button - *Start Call*, and what brings back.
 * @csspart controls - The row of controls.
 * @csspart control - Each control; also `microphone`, `camera` and `end-call`.
 * @csspart end-dialog - The question of *End Call*.
 * @csspart leave-button - *Leave for now*.
 * @csspart end-button - *End the session*.
 * @cssstate preparing - And `waiting`, `connecting`, `connected`, `reconnecting`, `leaving`, `idle`: where the call stands.
 */
export class SessionCall extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, sessionCallStyles];

  /** The booking whose call to show; without it the active one's. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  @state() private corner = 0;
  @state() private asking = false;

  @query('.call') private readonly area!: HTMLElement | null;
  @query('.remote') private readonly remoteVideo!: HTMLVideoElement | null;
  @query('.self video') private readonly selfVideo!: HTMLVideoElement | null;
  @query('.end-dialog') private readonly dialog!: HTMLDialogElement | null;

  readonly #remote = new Playback(this);
  readonly #self = new Playback(this);
  #said: { readonly id: BookingId | null; readonly text: string } = { id: null, text: '' };
  #hadFocus = false;
  #asked: MediaRequest = BOTH;

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('session-call', SessionCall, registry);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asking = false;
    this.dialog?.close();
  }

  protected override get shownId(): BookingId | null {
    const view = this.clientSnapshot.value;
    if (view === undefined) return null;
    return this.bookingId === undefined ? (view.active?.booking.id ?? null) : knownId(view, this.bookingId);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const view = this.sessionSnapshot.value;
    this.#hadFocus = (this.shadowRoot?.activeElement ?? null) !== null;
    this.#remote.follow(view?.call?.remote ?? null);
    this.#self.follow(view?.call?.local ?? null);
    this.states.set('call', view?.call?.state ?? 'idle');
    if (view === undefined) return;
    if (view.ending || (view.call === null && !view.canEnd)) this.asking = false;
    this.#announce(view);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#remote.attach(this.remoteVideo);
    this.#self.attach(this.selfVideo);
    if (this.asking && this.dialog?.open === false) {
      this.dialog.showModal();
      this.dialog.querySelector('h2')?.focus();
    }
    if (!this.asking && this.dialog?.open === true) this.dialog.close();
    // The button that had the focus is gone: keep the person here, not at the top of the page.
    if (this.#hadFocus && this.shadowRoot?.activeElement === null) this.area?.focus();
  }

  protected override renderClient(_client: SessionClient, client: ClientView): TemplateResult {
    const view = this.sessionSnapshot.value;
    if (view === undefined) return this.#renderNothing(client);
    const name = nameIn(view, this.localize);
    const { call } = view;
    const words = this.#words(view, client);
    const message = call === null ? idleMessage(view, words) : callMessage(call, view, words);
    const worded = call !== null && !this.#isPictured(call);
    if (message?.changesIn !== undefined) this.ticker.wakeIn(message.changesIn);
    return html`
      <section class="call" part="base" tabindex="-1" aria-label=${this.t('call.label', name)}>
        <header class="bar">
          <b part="name"><bdi>${name}</bdi></b>
          ${this.#renderTimer(view)}
        </header>
        <div class="stage ${worded ? 'worded' : ''}" part="stage">
          ${call === null ? nothing : this.#renderPictures(call)} ${this.#renderMessage(view, message, name)}
          ${call === null ? nothing : this.#renderSelf(call)}
          ${
            this.#remote.needsTap
              ? html`<button class="button primary large tap" @click=${() => this.#remote.unmute()}>
                  ${volume2Icon()} ${this.t('call.tap-to-hear', name)}
                </button>`
              : nothing
          }
        </div>
        ${call === null ? nothing : this.#renderControls(call)}
      </section>
      ${endDialogTemplate({
        localize: this.localize,
        name,
        until: view.closesAt === null || view.closesAt <= this.now ? null : this.formats.time(view.closesAt),
        canLeave: call !== null,
        canEnd: view.canEnd,
        onLeave: this.#onLeave,
        onEnd: this.#onEnd,
        onBack: this.#onBack,
        onClose: this.#onBack,
      })}
    `;
  }

  #renderNothing(client: ClientView): TemplateResult {
    const loading = client.state === 'loading';
    return html`<section class="call" part="base">
      <div class="stage">
        <div class="message"><h2>${this.t(loading ? 'client.loading' : 'call.none-now')}</h2></div>
      </div>
    </section>`;
  }

  #renderTimer({ call, callStartedAt }: SessionView): TemplateResult | typeof nothing {
    if (call === null || callStartedAt === null) return nothing;
    const passed = this.now - callStartedAt;
    this.ticker.wakeIn(untilMore(passed, SECOND));
    return html`<span class="timer" part="timer" role="timer" aria-label=${this.t('call.timer')}
      >${this.formats.timer(passed)}</span
    >`;
  }

  #renderPictures(call: CallView): TemplateResult {
    return html`<video
      class="remote"
      part="remote-video"
      autoplay
      playsinline
      ?hidden=${!this.#isPictured(call)}
      ?data-dim=${call.state === 'reconnecting'}
    ></video>`;
  }

  /** Whether the other is to be seen. */
  #isPictured({ remote, state }: CallView): boolean {
    return remote !== null && (state === 'connected' || state === 'reconnecting') && this.#remote.hasPicture;
  }

  #renderSelf(call: CallView): TemplateResult {
    const on = call.camera === 'on' && call.local !== null;
    return html`<button class="self" part="self-view" data-corner=${this.corner} @click=${this.#onMoveSelf}>
      <video autoplay playsinline .muted=${true} ?hidden=${!on}></video>
      ${on ? nothing : html`<span class="off">${videoOffIcon()} ${this.t('call.your-camera-off')}</span>`}
      <span class="visually-hidden">${this.t('call.move-self')}</span>
    </button>`;
  }

  #renderMessage(view: SessionView, message: StageMessage | null, name: string): TemplateResult | typeof nothing {
    const { call } = view;
    const pictured = call !== null && this.#isPictured(call);
    if (message === null && pictured) return nothing;
    const over = call?.state === 'reconnecting' && pictured;
    const busy = call !== null && message !== null && call.state !== 'waiting';
    return html`<div class="message ${over ? 'over' : ''}" part="message">
      ${over || view.booking === null ? nothing : avatar(initialsOf(view.booking, view.role), userIcon())}
      <h2>${message?.title ?? this.t('call.their-camera-off', name)}</h2>
      ${message?.lines.map((line) => html`<p>${line}</p>`)} ${busy ? html`<div class="busy"></div>` : nothing}
      ${
        message === null || message.buttons.length === 0
          ? nothing
          : html`<div class="actions">${message.buttons.map((button) => this.#renderButton(button))}</div>`
      }
    </div>`;
  }

  #renderButton(button: StageButton): TemplateResult {
    return html`<button
      class=${button.primary ? 'button primary large' : 'button'}
      part=${button.primary ? 'start-button' : 'button'}
      @click=${() => this.#onStageButton(button)}
    >
      ${button.label}
    </button>`;
  }

  #renderControls(call: CallView): TemplateResult {
    const words = call.devicesError === null ? null : errorWords(call.devicesError, this.localize);
    return html`
      ${words === null ? nothing : html`<p class="hint" role="alert">${words.title} ${words.help}</p>`}
      ${controlsTemplate(call, {
        localize: this.localize,
        onMicrophone: (on) => this.session?.setMicrophone(on),
        onCamera: (on) => this.session?.setCamera(on),
        onEnd: this.#onAskEnd,
      })}
    `;
  }

  #words(view: SessionView, client = this.clientSnapshot.value): StageWords {
    return {
      localize: this.localize,
      name: nameIn(view, this.localize),
      now: this.now,
      canCall: client?.can.call ?? true,
      asked: this.#asked,
      offline: client?.connection === 'down',
    };
  }

  /** Each state of the call is said once, politely. */
  #announce(view: SessionView): void {
    const name = nameIn(view, this.localize);
    const words = this.#words(view);
    const { call } = view;
    const id = view.booking?.id ?? null;
    if (id !== this.#said.id) this.#said = { id, text: '' };
    const ends = this.#said.text !== '' && (view.ending || view.phase === 'completed');
    if (call === null && view.lastCall === null && !ends) return;
    const message = call === null ? idleMessage(view, words) : callMessage(call, view, words);
    const text = message?.title ?? this.t('call.connected', name);
    if (text === this.#said.text) return;
    this.#said = { id, text };
    // Where a summary takes the place of an ended call, the summary says it.
    if (view.phase === 'completed') setTimeout(() => this.isConnected && this.announcer.say(text));
    else this.announcer.say(text);
  }

  readonly #onStageButton = ({ action, media }: StageButton): void => {
    const { session } = this;
    if (action === 'start') this.start(media);
    else if (action === 'continue-here') this.#ask(SessionStartRequestEvent, () => session?.continueHere(media));
    else if (action === 'refresh') session?.refresh();
    else if (action === 'end') session?.end();
    else this.asking = true;
  };

  readonly #onMoveSelf = (): void => {
    this.corner = (this.corner + 1) % CORNERS;
  };

  readonly #onAskEnd = (): void => {
    this.asking = this.sessionSnapshot.value?.call?.state !== 'leaving';
  };

  readonly #onBack = (): void => {
    this.asking = false;
  };

  readonly #onLeave = (): void => {
    this.asking = false;
    this.#ask(SessionLeaveRequestEvent, () => this.session?.leave());
  };

  readonly #onEnd = (): void => {
    this.asking = false;
    this.#ask(SessionEndRequestEvent, () => this.session?.end());
  };

  #ask(request: new (id: BookingId) => Event, command: () => void): void {
    const id = this.shownId;
    if (id !== null && this.dispatchEvent(new request(id))) command();
  }

  /** Takes the focus to the call as a whole. */
  override focus(options?: FocusOptions): void {
    this.area?.focus(options);
  }

  /** Joins the call, as *Start Call* does. Both devices where `media` is not given. */
  start(media?: MediaRequest): void {
    const session: Session | undefined = this.session;
    this.#asked = media ?? BOTH;
    this.#ask(SessionStartRequestEvent, () => session?.start(media));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'session-call': SessionCall;
  }
}

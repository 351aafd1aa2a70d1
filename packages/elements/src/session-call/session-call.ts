import type {
  BookingId,
  ClientView,
  DeviceKind,
  DeviceSettingsView,
  MediaRequest,
  SessionClient,
  SessionView,
} from '@active-session/core';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { defineElement } from '../shared/define-element.js';
import { KeptFocus } from '../shared/kept-focus.controller.js';
import { OnShow } from '../shared/on-show.js';
import { knownId } from '../shared/person.js';
import { SessionElement } from '../shared/session-element.js';
import { Snapshot } from '../shared/snapshot.controller.js';
import { wayOutStyles } from '../shared/way-out.styles.js';
import { callDialogsStyles } from './call-dialogs.styles.js';
import { BOTH, CallMemory } from './call-memory.js';
import { CallPlayback } from './call-playback.js';
import { CallNews } from './call-news.js';
import type { NoticeAction } from './call-notices.js';
import { screenTemplate, type ScreenActions } from './call-screen.js';
import { chosenOf } from './chosen.js';
import type { DeviceWish } from './device-problem.js';
import { Dialogs } from '../shared/dialogs.controller.js';
import { endDialogTemplate } from './end-dialog.js';
import { FullScreen } from './full-screen.controller.js';
import { moreDialogTemplate } from './more-dialog.js';
import { PictureInPicture } from './picture-in-picture.controller.js';
import { Playback } from './playback.controller.js';
import { rejoin } from './rejoin.js';
import { sceneOf, speakerOf, type Scene } from './scene.js';
import {
  SessionEndRequestEvent,
  SessionHelpRequestEvent,
  SessionLeaveRequestEvent,
  SessionStartRequestEvent,
} from './session-call.events.js';
import { sessionCallStyles } from './session-call.styles.js';
import { shortcutOf } from './shortcuts.js';
import type { StageButton } from './stage-message.js';
import { CORNERS, cornerWords } from './stage.js';
import { comeBackUntil } from './wait-message.js';

const BOTH_DEVICES = ['microphone', 'camera'] as const;

/**
 * The call of one session: both pictures, the controls, and in words where it stands. The call is the client's, so the
 * element can move in the page, or go, without ending it. The sound is the element's: a call that no element shows goes
 * on and is not heard here.
 *
 * @tag session-call
 * @slot waiting - What a portal has for who waits. It stands beside the own picture and moves nothing.
 * @fires session-start-request - The person wants to join. Cancelable.
 * @fires session-leave-request - The person leaves for now. Cancelable.
 * @fires session-end-request - The person ends the session for both. Cancelable.
 * @fires session-help-request - With `help`: the other is to be told that the person needs help. Unless it is cancelled,
 * the element says that they are told.
 * @csspart base - The dark area of the call.
 * @csspart name - The other's name.
 * @csspart avatar - Their initials, where there is no picture.
 * @csspart timer - The time in the session.
 * @csspart quality - How well the other arrives.
 * @csspart stage - Where the other is seen.
 * @csspart remote-video - The other's picture; also `tile` and `tile-name`, of each, where several are seen.
 * @csspart self-view - The person's own picture; also `move-button` on it.
 * @csspart message - What is said in place of a picture; also `quote` for somebody's own words, `text`, and `button`.
 * @csspart meanwhile - Around the slot for who waits.
 * @csspart notices - What is said over the picture; also `notice`, each of them.
 * @csspart way-out - What the portal offers where the call is not to be had; also `contact`, `help-button`.
 * @csspart start-button - *Start Call*, and what brings back.
 * @csspart controls - The row of controls.
 * @csspart control - Each control; also `microphone`, `camera`, `share`, `more` and `end-call`.
 * @csspart more-dialog - Devices, screen and picture; also `device`, `extra`, `measured`, `shortcuts`, `close-button`.
 * @csspart end-dialog - The question of *End Call*.
 * @csspart leave-button - *Leave for now*.
 * @csspart end-button - *End the session*.
 * @cssprop --as-call-max-block-size - The most height that it takes by itself; `84svh` by default.
 * @cssprop --as-stage-accent - The accent on the dark stage; by default the portal's own, made light enough.
 * @cssprop --as-stage-on-accent - Text on it.
 * @cssstate preparing - And `waiting`, `connecting`, `connected`, `reconnecting`, `leaving`, `idle`: where the call stands.
 */
export class SessionCall extends SessionElement {
  static override styles: CSSResultGroup = [SessionElement.styles, wayOutStyles, sessionCallStyles, callDialogsStyles];

  /** The booking whose call to show; without it the active one's. */
  @property({ attribute: 'booking-id' }) bookingId: BookingId | undefined = undefined;

  /** Whether single keys work while the focus is in here; the list of them is in *More*. */
  @property({ type: Boolean }) shortcuts = false;

  /** Whether the portal passes `session-help-request` on, so that *Tell Dr. Smith* can be offered. */
  @property({ type: Boolean }) help = false;

  @state() private corner = 0;
  @state() private hasWaiting = false;

  @query('.call') private readonly area!: HTMLElement | null;
  @query('.remote') private readonly remoteVideo!: HTMLVideoElement | null;
  @query('.self video') private readonly selfVideo!: HTMLVideoElement | null;

  readonly #remote = new CallPlayback(this);
  readonly #self = new Playback(this);
  readonly #settings = new Snapshot<DeviceSettingsView>(this);
  readonly #dialogs = new Dialogs<'end' | 'more'>(this);
  readonly #fullScreen: FullScreen;
  readonly #pictureInPicture: PictureInPicture;
  readonly #memory = new CallMemory();
  readonly #news = new CallNews();
  /** The session that is shown where the portal names none. */
  #chosen: BookingId | null = null;
  #scene: Scene | null = null;

  constructor() {
    super();
    const video = (): HTMLVideoElement | null => this.remoteVideo;
    this.#fullScreen = new FullScreen(this, () => this.area, video);
    this.#pictureInPicture = new PictureInPicture(this, video);
    new KeptFocus(this, () => this.area?.focus());
    new OnShow(this, () => ({ client: this.source.current, id: this.shownId }));
    this.addEventListener('keydown', this.#onKeydown);
  }

  static define(registry: CustomElementRegistry = customElements): void {
    defineElement('session-call', SessionCall, registry);
  }

  protected override get shownId(): BookingId | null {
    const view = this.clientSnapshot.value;
    if (view === undefined) return null;
    return this.bookingId === undefined ? this.#chosen : knownId(view, this.bookingId);
  }

  protected override choose(): void {
    this.#chosen = chosenOf(this.source.current, this.#chosen);
  }

  protected override forget(): void {
    this.#chosen = null;
    this.#memory.forget();
    this.#news.forget();
    this.#dialogs.close();
    this.corner = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const view = this.sessionSnapshot.value;
    const client = this.clientSnapshot.value;
    const call = view?.call ?? null;
    this.#settings.follow(call === null ? undefined : this.source.current?.devices);
    this.#remote.follow(call);
    this.#self.follow(call?.local ?? null);
    this.#memory.follow(this.shownId, view);
    this.states.set('call', call?.state ?? 'idle');
    const isAskable = view !== undefined && !view.ending && (call !== null || view.canEnd);
    if (!isAskable || (call === null && this.#dialogs.open === 'more')) this.#dialogs.close();
    this.#scene = view === undefined || client === undefined ? null : this.#look(view, client);
    if (this.#scene !== null) this.#announce(this.#scene);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#remote.attach(this.remoteVideo);
    this.#self.attach(this.selfVideo);
    if (this.#scene !== null) this.#remote.speak(speakerOf(this.#scene.settings));
    if (this.#scene?.call === null) this.#fullScreen.leave();
  }

  protected override renderClient(_client: SessionClient, client: ClientView): TemplateResult {
    const scene = this.#scene;
    if (scene === null) return this.#renderNothing(client);
    return html`
      ${screenTemplate(scene, {
        ticker: this.ticker,
        shortcuts: this.shortcuts,
        help: this.help,
        corner: CORNERS[this.corner] ?? CORNERS[0],
        mirrored: !this.#self.looksAway,
        hasWaiting: this.hasWaiting,
        actions: this.#actions,
      })}
      ${this.#renderEnd(scene)} ${this.#renderMore(scene)}
    `;
  }

  #renderNothing(client: ClientView): TemplateResult {
    const title = this.t(client.state === 'loading' ? 'client.loading' : 'call.none-now');
    return html`<section class="call" part="base">
      <div class="stage">
        <div class="message"><h2>${title}</h2></div>
      </div>
    </section>`;
  }

  #renderEnd({ view, name, call }: Scene): TemplateResult {
    return endDialogTemplate({
      localize: this.localize,
      name,
      role: view.role,
      until: comeBackUntil(view, this.localize, this.now),
      canLeave: call !== null,
      canEnd: view.canEnd,
      onLeave: this.#onLeave,
      onEnd: this.#onEnd,
      onBack: this.#onBack,
      onClose: this.#dialogs.onClose,
    });
  }

  #renderMore({ call, settings, pictured }: Scene): TemplateResult {
    const shown = call !== null && this.#dialogs.open === 'more';
    return html`<dialog
      part="more-dialog"
      class="more-dialog"
      data-name="more"
      aria-labelledby="more-title"
      @close=${this.#dialogs.onClose}
    >
      ${
        shown
          ? moreDialogTemplate({
              localize: this.localize,
              call,
              settings,
              speakerFailed: this.#remote.speakerFailed,
              share: {
                isOffered: settings.can.share,
                isOn: call.sharing,
                toggle: () => this.#onTurn('screen', !call.sharing),
              },
              fullScreen: this.#fullScreen,
              pictureInPicture: this.#pictureInPicture.of(pictured),
              shortcuts: this.shortcuts,
              onChoose: this.#onChoose,
              onDone: this.#onBack,
            })
          : nothing
      }
    </dialog>`;
  }

  #look(view: SessionView, client: ClientView): Scene {
    const { localize, now } = this;
    const [settings, memory, pictures] = [this.#settings.value, this.#memory, this.#remote];
    return sceneOf({ localize, now, view, client, settings, memory, pictures });
  }

  #announce(scene: Scene): void {
    const { classList } = this.shadowRoot?.activeElement ?? {};
    const focused = (['microphone', 'camera'] as const).find((kind) => classList?.contains(kind) === true) ?? null;
    const text = this.#news.notice(scene, focused);
    if (text === '') return;
    // Where a summary takes the place of an ended call, the summary says it.
    if (scene.view.phase === 'completed') setTimeout(() => this.isConnected && this.announcer.say(text));
    else this.announcer.say(text);
  }

  #ask(request: new (id: BookingId) => Event, command: (id: BookingId) => void): void {
    const id = this.shownId;
    if (id !== null && this.dispatchEvent(new request(id))) command(id);
  }

  readonly #onTurn = (device: DeviceWish, on: boolean): void => {
    const { session } = this;
    this.#memory.wish = device;
    if (device === 'microphone') session?.setMicrophone(on);
    else if (device === 'camera') session?.setCamera(on);
    else session?.setSharing(on);
  };

  readonly #onChoose = (kind: DeviceKind, id: string): void => {
    this.#memory.wish = kind === 'speaker' ? null : kind;
    this.source.current?.devices.choose(kind, id);
  };

  readonly #onStageButton = ({ action, media }: StageButton): void => {
    const { session } = this;
    if (action === 'start') this.start(media);
    else if (action === 'continue-here') this.#ask(SessionStartRequestEvent, () => session?.continueHere(media));
    else if (action === 'refresh') session?.refresh();
    else if (action === 'end') session?.end();
    else if (action === 'rejoin') this.#ask(SessionStartRequestEvent, this.#onRejoin);
    else if (action === 'admit') this.#onAdmit();
    else this.#dialogs.show('end');
  };

  readonly #onNotice = (action: NoticeAction): void => {
    if (action === 'hear') this.#remote.unmute();
    else if (action === 'stop-sharing') this.#onTurn('screen', false);
    else if (action === 'camera-off') this.#onTurn('camera', false);
    else for (const device of action === 'both' ? BOTH_DEVICES : [action]) this.#onTurn(device, true);
  };

  readonly #onRejoin = (): void => {
    const { session } = this;
    if (session === undefined) return;
    this.#memory.rejoining = true;
    rejoin(session, () => {
      this.#memory.rejoining = false;
      this.requestUpdate();
    });
  };

  readonly #onAdmit = (): void => {
    const id = this.shownId;
    if (id === null) return;
    const tell = (failed: boolean): void => {
      this.#memory.admitFailed = failed;
      this.requestUpdate();
    };
    tell(false);
    this.source.current?.admit(id).catch(() => tell(true));
  };

  readonly #onHelp = (): void =>
    this.#ask(SessionHelpRequestEvent, () => {
      this.#memory.told = true;
      this.announcer.say(this.t('contact.told', this.#scene?.name ?? ''));
    });

  readonly #onCloseProblem = (): void => {
    this.#memory.closed = this.#scene?.call?.devicesError ?? null;
    this.requestUpdate();
  };

  readonly #onMoveSelf = (): void => {
    this.corner = (this.corner + 1) % CORNERS.length;
    this.announcer.say(this.t(cornerWords(CORNERS[this.corner] ?? CORNERS[0], this.localize.dir())));
  };

  readonly #onMore = (): void => {
    this.source.current?.devices.refresh();
    this.#dialogs.show('more');
  };

  readonly #onAskEnd = (): void => {
    const { call, view } = this.#scene ?? {};
    // A guest can only leave, and come back: there is nothing to ask.
    if (view?.role === 'guest') this.#onLeave();
    else if (call?.state !== 'leaving') this.#dialogs.show('end');
  };

  readonly #onBack = (): void => this.#dialogs.close();

  readonly #onLeave = (): void => {
    this.#dialogs.close();
    this.#ask(SessionLeaveRequestEvent, () => this.session?.leave());
  };

  readonly #onEnd = (): void => {
    this.#dialogs.close();
    this.#ask(SessionEndRequestEvent, () => this.session?.end());
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const call = this.#scene?.call ?? null;
    const isInside = (this.shadowRoot?.activeElement ?? null) !== null;
    const action = this.shortcuts && call !== null && isInside ? shortcutOf(event) : null;
    if (action === null || call === null) return;
    event.preventDefault();
    if (action === 'more') this.#onMore();
    else if (action === 'full-screen') this.#fullScreen.toggle();
    else if (action === 'microphone' || action === 'camera') this.#onTurn(action, call[action] !== 'on');
    else if (this.#scene?.settings.can.share === true) this.#onTurn('screen', !call.sharing);
  };

  readonly #actions: ScreenActions = {
    onStageButton: this.#onStageButton,
    onNotice: this.#onNotice,
    onCloseProblem: this.#onCloseProblem,
    onHelp: this.#onHelp,
    onMoveSelf: this.#onMoveSelf,
    onWaiting: (hasContent) => {
      this.hasWaiting = hasContent;
    },
    onTurn: this.#onTurn,
    onMore: this.#onMore,
    onAskEnd: this.#onAskEnd,
  };

  /** Takes the focus to the call as a whole. */
  override focus(options?: FocusOptions): void {
    this.area?.focus(options);
  }

  /** Joins the call, as *Start Call* does. Both devices where `media` is not given. */
  start(media?: MediaRequest): void {
    this.#memory.asked = media ?? BOTH;
    this.#ask(SessionStartRequestEvent, () => this.session?.start(media));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'session-call': SessionCall;
  }
}

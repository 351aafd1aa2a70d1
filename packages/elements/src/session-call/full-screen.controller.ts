import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

/** Only iPhones have this, and nothing else there: the picture alone, in the system's own player. */
interface SystemPlayer {
  webkitEnterFullscreen(): void;
}

/** Full screen of a part of the host, and whether it is on. The browser or the person can leave it at any time. */
export class FullScreen implements ReactiveController {
  readonly #host: Host;
  readonly #area: () => HTMLElement | null;
  readonly #video: () => HTMLVideoElement | null;

  constructor(host: Host, area: () => HTMLElement | null, video: () => HTMLVideoElement | null) {
    this.#host = host;
    this.#area = area;
    this.#video = video;
    host.addController(this);
  }

  /** Whether this page may fill the screen. */
  get isOffered(): boolean {
    return isEnabled() ?? hasSystemPlayer(this.#video());
  }

  get isOn(): boolean {
    const on = this.#host.shadowRoot?.fullscreenElement ?? null;
    return on !== null && on === this.#area();
  }

  /** Does nothing where the browser says no; it needs a press of a button. */
  toggle(): void {
    if (this.isOn) {
      this.leave();
      return;
    }
    const video = this.#video();
    if (document.fullscreenEnabled)
      this.#area()
        ?.requestFullscreen()
        .catch(() => undefined);
    else if (hasSystemPlayer(video)) video.webkitEnterFullscreen();
  }

  leave(): void {
    if (this.isOn) document.exitFullscreen().catch(() => undefined);
  }

  hostConnected(): void {
    document.addEventListener('fullscreenchange', this.#onChange);
  }

  hostDisconnected(): void {
    document.removeEventListener('fullscreenchange', this.#onChange);
  }

  readonly #onChange = (): void => this.#host.requestUpdate();
}

/** Undefined where pages have no full screen of their own. */
function isEnabled(): boolean | undefined {
  const { fullscreenEnabled }: Partial<Document> = document;
  return fullscreenEnabled;
}

function hasSystemPlayer(video: HTMLVideoElement | null): video is HTMLVideoElement & SystemPlayer {
  return video !== null && 'webkitEnterFullscreen' in video && typeof video.webkitEnterFullscreen === 'function';
}

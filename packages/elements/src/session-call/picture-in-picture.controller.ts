import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Extra } from './more-dialog.js';

type Host = ReactiveControllerHost & HTMLElement;

/** The other's picture in a small window above all others, where the browser has that. */
export class PictureInPicture implements ReactiveController {
  readonly #host: Host;
  readonly #video: () => HTMLVideoElement | null;

  constructor(host: Host, video: () => HTMLVideoElement | null) {
    this.#host = host;
    this.#video = video;
    host.addController(this);
  }

  get isOffered(): boolean {
    const video = this.#video();
    // Older than the types: a browser without it has neither.
    return video !== null && 'requestPictureInPicture' in video && document.pictureInPictureEnabled;
  }

  /** It is offered only for a picture that is to be seen. */
  of(pictured: boolean): Extra {
    return { isOffered: this.isOffered && (pictured || this.isOn), isOn: this.isOn, toggle: () => this.toggle() };
  }

  get isOn(): boolean {
    const on = this.#host.shadowRoot?.pictureInPictureElement ?? null;
    return on !== null && on === this.#video();
  }

  /** Does nothing where the browser says no, or there is no picture yet; it needs a press of a button. */
  toggle(): void {
    const work = this.isOn ? document.exitPictureInPicture() : this.#video()?.requestPictureInPicture();
    work?.then(this.#onChange, () => undefined);
  }

  hostConnected(): void {
    // The window's own button brings the picture back. The event bubbles, but not out of the shadow root.
    this.#host.shadowRoot?.addEventListener('leavepictureinpicture', this.#onChange);
  }

  hostDisconnected(): void {
    this.#host.shadowRoot?.removeEventListener('leavepictureinpicture', this.#onChange);
  }

  readonly #onChange = (): void => this.#host.requestUpdate();
}

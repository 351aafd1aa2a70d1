import type { StreamHandle } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const TRACK_EVENTS = ['mute', 'unmute', 'ended'] as const;

/**
 * Keeps a stream playing in a video element: through renders, through a move of the host in the page (which pauses it),
 * and where the browser plays nothing with sound before the person has touched the page.
 */
export class Playback implements ReactiveController {
  /** Whether it plays without sound until the person taps. */
  needsTap = false;
  readonly #host: ReactiveControllerHost;
  #video: HTMLVideoElement | null = null;
  #stream: MediaStream | null = null;
  #unwatch: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether there is a picture to show; a camera that is off sends none. */
  get hasPicture(): boolean {
    return this.#stream?.getVideoTracks().some((track) => track.readyState === 'live' && !track.muted) ?? false;
  }

  /** What to play from now on; call it before rendering. */
  follow(handle: StreamHandle | null): void {
    const stream = handle instanceof MediaStream ? handle : null;
    if (stream === this.#stream) return;
    this.#unwatch?.();
    this.#stream = stream;
    this.#unwatch = stream === null ? undefined : this.#watch(stream);
    this.needsTap = false;
  }

  /** Where to play it; call it after rendering. */
  attach(video: HTMLVideoElement | null): void {
    this.#video = video;
    if (video === null) return;
    if (video.srcObject !== this.#stream) video.srcObject = this.#stream;
    if (this.#stream !== null && video.paused) void this.#play(video);
  }

  /** The person tapped: sound is allowed from here on. */
  unmute(): void {
    if (this.#video === null) return;
    this.#video.muted = false;
    this.needsTap = false;
    void this.#play(this.#video);
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    if (this.#stream !== null) this.#unwatch = this.#watch(this.#stream);
  }

  hostDisconnected(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  async #play(video: HTMLVideoElement): Promise<void> {
    try {
      await video.play();
    } catch (error) {
      const refused = error instanceof DOMException && error.name === 'NotAllowedError';
      if (!refused || video.muted) return;
      video.muted = true;
      this.needsTap = true;
      this.#host.requestUpdate();
    }
  }

  #watch(stream: MediaStream): () => void {
    const changed = (): void => {
      unwatchTracks();
      unwatchTracks = watchTracks();
      this.#host.requestUpdate();
    };
    const watchTracks = (): (() => void) => {
      const undo = stream
        .getTracks()
        .flatMap((track) => TRACK_EVENTS.map((type) => listen(track, type, () => this.#host.requestUpdate())));
      return () => undo.forEach((stop) => stop());
    };
    let unwatchTracks = watchTracks();
    const added = listen(stream, 'addtrack', changed);
    const removed = listen(stream, 'removetrack', changed);
    return () => {
      unwatchTracks();
      added();
      removed();
    };
  }
}

function listen(target: EventTarget, type: string, listener: () => void): () => void {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}

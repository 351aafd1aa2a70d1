import type { StreamHandle } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const TRACK_EVENTS = ['mute', 'unmute', 'ended'] as const;

type Host = ReactiveControllerHost & { readonly isConnected: boolean };

/**
 * Keeps a stream playing in a video element: through renders, through a move of the host in the page, and where the
 * browser plays nothing with sound before the person has touched the page. Out of the page it plays nothing and holds
 * nothing: the stream is the client's.
 */
export class Playback implements ReactiveController {
  /** Whether the speaker that was chosen can't be used. */
  speakerFailed = false;
  readonly #host: Host;
  #video: HTMLVideoElement | null = null;
  #stream: MediaStream | null = null;
  #speaker = '';
  /** The browser lets it play without sound only. */
  #isHushed = false;
  #unwatch: (() => void) | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether there is something to hear, and it plays without sound until the person taps. */
  get needsTap(): boolean {
    return this.#isHushed && (this.#stream?.getAudioTracks().length ?? 0) > 0;
  }

  /** Whether there is a picture to show; a camera that is off sends none. */
  get hasPicture(): boolean {
    return this.#stream?.getVideoTracks().some((track) => track.readyState === 'live' && !track.muted) ?? false;
  }

  /** Whether it is the camera at the back of a phone: that is no mirror. */
  get looksAway(): boolean {
    return this.#stream?.getVideoTracks()[0]?.getSettings().facingMode === 'environment';
  }

  /** What to play from now on; call it before rendering. */
  follow(handle: StreamHandle | null): void {
    const stream = handle instanceof MediaStream ? handle : null;
    if (stream === this.#stream) return;
    this.#unwatch?.();
    this.#stream = stream;
    this.#unwatch = stream === null ? undefined : this.#watch(stream);
    if (stream !== null || !this.#isHushed) return;
    this.#isHushed = false;
    if (this.#video !== null) this.#video.muted = false;
  }

  /** Where to play it; call it after rendering. */
  attach(video: HTMLVideoElement | null): void {
    if (this.#video !== null && this.#video !== video) this.#video.srcObject = null;
    if (video !== this.#video) this.#speaker = '';
    this.#video = video;
    if (video === null) return;
    if (video.srcObject !== this.#stream) video.srcObject = this.#stream;
    if (this.#stream !== null && video.paused) void this.#play(video);
  }

  /** Where the sound comes out, by id; empty for the one that the device uses. Call it after `attach`. */
  speak(id: string): void {
    const video = this.#video;
    if (video === null || id === this.#speaker || !('setSinkId' in video)) return;
    this.#speaker = id;
    video.setSinkId(id).then(
      () => this.#speakerIs(id, true),
      () => this.#speakerIs(id, false),
    );
  }

  /** The person tapped: sound is allowed from here on. */
  unmute(): void {
    if (this.#video === null) return;
    this.#video.muted = false;
    this.#isHushed = false;
    void this.#play(this.#video);
    this.#host.requestUpdate();
  }

  /** Lets go of everything, for good. */
  drop(): void {
    this.follow(null);
    this.attach(null);
    this.#host.removeController(this);
  }

  hostConnected(): void {
    if (this.#stream !== null) this.#unwatch ??= this.#watch(this.#stream);
  }

  hostDisconnected(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    // A move takes the host out and puts it in at once: then the picture goes on without a gap.
    queueMicrotask(() => {
      if (!this.#host.isConnected && this.#video !== null) this.#video.srcObject = null;
    });
  }

  async #play(video: HTMLVideoElement): Promise<void> {
    try {
      await video.play();
    } catch (error) {
      const refused = error instanceof DOMException && error.name === 'NotAllowedError';
      if (!refused || video.muted) return;
      video.muted = true;
      this.#isHushed = true;
      this.#host.requestUpdate();
    }
  }

  #speakerIs(id: string, works: boolean): void {
    if (id !== this.#speaker || this.speakerFailed === !works) return;
    this.speakerFailed = !works;
    this.#host.requestUpdate();
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

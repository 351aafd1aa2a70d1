import type { CallView } from '@active-session/core';
import type { ReactiveControllerHost } from 'lit';
import { Playback } from './playback.controller.js';
import { besideMain } from './tiles.js';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Picture and sound of everybody else in a call: the main other's, and those beside them by their seat, so that who leaves
 * takes nobody else's along.
 */
export class CallPlayback {
  readonly #host: Host;
  readonly #main: Playback;
  readonly #beside = new Map<string, Playback>();

  constructor(host: Host) {
    this.#host = host;
    this.#main = new Playback(host);
  }

  /** Whether somebody is not heard until the person taps. */
  get needsTap(): boolean {
    return this.#all.some(({ needsTap }) => needsTap);
  }

  /** Whether the speaker that was chosen can't be used. */
  get speakerFailed(): boolean {
    return this.#all.some(({ speakerFailed }) => speakerFailed);
  }

  /** Whether the main other's stream has a picture. */
  get hasPicture(): boolean {
    return this.#main.hasPicture;
  }

  /** Whether that of somebody beside them has one. */
  readonly hasPictureOf = (seat: string): boolean => this.#beside.get(seat)?.hasPicture ?? false;

  /** What to play from now on; call it before rendering. */
  follow(call: CallView | null): void {
    this.#main.follow(call?.remote ?? null);
    const others = call === null ? [] : besideMain(call);
    for (const [seat, playback] of this.#beside) {
      if (others.some(({ party }) => party.seat === seat)) continue;
      playback.drop();
      this.#beside.delete(seat);
    }
    for (const { party, stream } of others) {
      const playback = this.#beside.get(party.seat) ?? new Playback(this.#host);
      this.#beside.set(party.seat, playback);
      playback.follow(stream);
    }
  }

  /** Where to play it; call it after rendering. */
  attach(main: HTMLVideoElement | null): void {
    this.#main.attach(main);
    const videos = [...(this.#host.shadowRoot?.querySelectorAll<HTMLVideoElement>('video[data-seat]') ?? [])];
    for (const [seat, playback] of this.#beside) {
      playback.attach(videos.find(({ dataset }) => dataset['seat'] === seat) ?? null);
    }
  }

  speak(id: string): void {
    for (const playback of this.#all) playback.speak(id);
  }

  /** One tap is enough for everybody's sound. */
  unmute(): void {
    for (const playback of this.#all) playback.unmute();
  }

  get #all(): readonly Playback[] {
    return [this.#main, ...this.#beside.values()];
  }
}

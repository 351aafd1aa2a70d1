import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Background tabs are throttled anyway; a longer wait than this is cut into pieces, because timers hold 31 bits. */
const LONGEST = 60_000;

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Renders the host again when what it shows of the clock has changed. While rendering, the host says in how many ms that
 * will be; nothing is armed while the page is hidden or the host is out of it.
 */
export class Ticker implements ReactiveController {
  readonly #host: Host;
  #next = Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /** Ask for a render in so many ms; the soonest of one render counts. */
  wakeIn(ms: number): void {
    this.#next = Math.min(this.#next, Math.max(ms, 16));
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    clearTimeout(this.#timer);
  }

  hostUpdate(): void {
    clearTimeout(this.#timer);
    this.#next = Infinity;
  }

  hostUpdated(): void {
    if (this.#next === Infinity || document.hidden || !this.#host.isConnected) return;
    this.#timer = setTimeout(() => this.#host.requestUpdate(), Math.min(this.#next, LONGEST));
  }

  readonly #onVisibility = (): void => {
    if (document.hidden) clearTimeout(this.#timer);
    else this.#host.requestUpdate();
  };
}

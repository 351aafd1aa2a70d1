import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether its host has less room across than so many `rem`; one that takes no room has enough. */
export class Room implements ReactiveController {
  isScarce = false;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #rem: number;
  #sizes: ResizeObserver | undefined;
  #frame = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, rem: number) {
    this.#host = host;
    this.#rem = rem;
    host.addController(this);
  }

  hostConnected(): void {
    // What is drawn for another width may have another height: that is for the next frame.
    this.#sizes ??= new ResizeObserver(() => {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#measure());
    });
    this.#sizes.observe(this.#host);
    this.#measure();
  }

  hostDisconnected(): void {
    this.#sizes?.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  #measure(): void {
    const { width } = this.#host.getBoundingClientRect();
    const isScarce = width > 0 && width < this.#rem * parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (isScarce === this.isScarce) return;
    this.isScarce = isScarce;
    this.#host.requestUpdate();
  }
}

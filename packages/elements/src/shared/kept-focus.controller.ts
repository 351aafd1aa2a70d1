import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * What had the focus in the host is gone after a render: the person is taken to what stands in its place, not to the top
 * of the page.
 */
export class KeptFocus implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #onLost: () => void;
  #had = false;

  constructor(host: ReactiveControllerHost & HTMLElement, onLost: () => void) {
    this.#host = host;
    this.#onLost = onLost;
    host.addController(this);
  }

  /** Whether the focus is in the host's own root now. */
  get isInside(): boolean {
    return (this.#host.shadowRoot?.activeElement ?? null) !== null;
  }

  /** Whether the last render took the focus away. */
  get isLost(): boolean {
    return this.#had && !this.isInside;
  }

  hostUpdate(): void {
    this.#had = this.isInside;
  }

  hostUpdated(): void {
    if (this.isLost) this.#onLost();
  }
}

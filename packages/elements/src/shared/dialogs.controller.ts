import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * The modal dialogs of the host, by their `data-name`, one at a time. The heading has the focus, so that a second Enter
 * does nothing; the browser gives it back to who opened it.
 */
export class Dialogs<Name extends string> implements ReactiveController {
  readonly #host: Host;
  #open: Name | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get open(): Name | null {
    return this.#open;
  }

  show(name: Name): void {
    this.#open = name;
    this.#host.requestUpdate();
  }

  close(): void {
    if (this.#open === null) return;
    this.#open = null;
    this.#host.requestUpdate();
  }

  /** For the `close` event of each: Escape, or the gesture that goes back, closes one as well. */
  readonly onClose = ({ target }: Event): void => {
    // Word of a closing comes late: it may be open again by then.
    if (target instanceof HTMLDialogElement && !target.open && target.dataset['name'] === this.#open) this.close();
  };

  hostUpdated(): void {
    this.#sync();
  }

  hostDisconnected(): void {
    this.#open = null;
    this.#sync();
  }

  #sync(): void {
    for (const dialog of this.#host.shadowRoot?.querySelectorAll('dialog') ?? []) {
      const wanted = dialog.dataset['name'] === this.#open;
      if (wanted && !dialog.open) {
        dialog.showModal();
        dialog.querySelector('h2')?.focus();
      } else if (!wanted && dialog.open) {
        dialog.close();
      }
    }
  }
}

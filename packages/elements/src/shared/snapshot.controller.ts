import type { Readable } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Shows a readable: the host renders after each change. It only watches; what it watches belongs to the client. */
export class Snapshot<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #source: Readable<T> | undefined;
  #subscription: { unsubscribe(): void } | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get value(): T | undefined {
    return this.#source?.getSnapshot();
  }

  /** Watches this from now on, and no longer what it watched before. */
  follow(source: Readable<T> | undefined): void {
    if (source === this.#source) return;
    this.#stop();
    this.#source = source;
    if (this.#connected) this.#start();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#start();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop();
  }

  #start(): void {
    this.#subscription = this.#source?.subscribe(() => this.#host.requestUpdate());
  }

  #stop(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }
}

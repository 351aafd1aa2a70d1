import type { SessionClient } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { arrivalsOf, type News } from './arrivals.js';
import { chime } from './chime.js';

interface DayWatchOptions {
  readonly host: ReactiveControllerHost;
  readonly isQuiet: () => boolean;
  readonly onNews: (news: readonly News[], isSpeaker: boolean) => void;
}

/** Tells its host who comes and who cancels, while it is in the page. */
export class DayWatch implements ReactiveController {
  readonly #options: DayWatchOptions;
  #client: SessionClient | undefined;
  #leave: (() => void) | undefined;
  #sound: { unsubscribe(): void } | undefined;
  #isConnected = false;

  constructor(options: DayWatchOptions) {
    this.#options = options;
    options.host.addController(this);
  }

  /** Before each render. */
  follow(client: SessionClient | undefined): void {
    if (client === this.#client) return;
    this.#stop();
    this.#client = client;
    if (this.#isConnected) this.#start();
  }

  hostConnected(): void {
    this.#isConnected = true;
    this.#sound = chime.subscribe(() => this.#options.host.requestUpdate());
    this.#start();
  }

  hostUpdated(): void {
    if (this.#leave !== undefined && this.#client !== undefined) arrivalsOf(this.#client).signal();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#sound?.unsubscribe();
    this.#stop();
  }

  #start(): void {
    const { isQuiet, onNews } = this.#options;
    if (this.#client !== undefined) this.#leave = arrivalsOf(this.#client).join({ isQuiet, hear: onNews });
  }

  #stop(): void {
    this.#leave?.();
    this.#leave = undefined;
  }
}

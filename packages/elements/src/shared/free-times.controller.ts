import { toInstant, toSessionError, type Instant, type SessionClient, type Slot } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { DAY, SECOND } from './formats.js';
import type { Load } from './load.js';

/** How many days are looked at first, and how many more each time that later ones are wanted. */
const DAYS = 14;
const MOST_DAYS = 56;
/** What is older than this is read anew when somebody comes back to it. */
const FRESH = 30 * SECOND;

/**
 * The free times of one provider. What is on show stays while it is read anew, and through a failure of that: a person
 * who is choosing sees times go, never all of them at once.
 */
export class FreeTimes implements ReactiveController {
  load: Load<readonly Slot[]> = { state: 'loading' };
  /** For how many days ahead. */
  days = DAYS;
  /** Reading further ahead: under way, or it failed. */
  later: 'idle' | 'loading' | 'failed' = 'idle';
  readonly #host: ReactiveControllerHost;
  readonly #onRead: () => void;
  #client: SessionClient | undefined;
  #provider: string | undefined;
  #readAt = -Infinity;
  #reading = new AbortController();

  /** @param onRead called after each reading that succeeded, before the host renders it */
  constructor(host: ReactiveControllerHost, onRead: () => void = () => undefined) {
    this.#host = host;
    this.#onRead = onRead;
    host.addController(this);
  }

  get #isReady(): boolean {
    return this.load.state === 'ready';
  }

  /** Further days can be looked at. */
  get canLookFurther(): boolean {
    return this.days < MOST_DAYS;
  }

  /** Reads them now; those of another provider go at once. */
  async read(client: SessionClient, provider: string): Promise<void> {
    if (client !== this.#client || provider !== this.#provider) this.forget();
    this.#client = client;
    this.#provider = provider;
    await this.#read(this.days);
  }

  /** Reads them if what is here may be out of date. */
  async freshen(client: SessionClient, provider: string): Promise<void> {
    const isOther = client !== this.#client || provider !== this.#provider;
    if (isOther || performance.now() - this.#readAt > FRESH) await this.read(client, provider);
  }

  async readLater(): Promise<void> {
    if (!this.canLookFurther || this.later === 'loading') return;
    this.later = 'loading';
    this.#host.requestUpdate();
    await this.#read(Math.min(MOST_DAYS, this.days + DAYS));
  }

  forget(): void {
    this.#reading.abort();
    this.#client = undefined;
    this.#provider = undefined;
    this.#readAt = -Infinity;
    this.load = { state: 'loading' };
    this.later = 'idle';
    this.days = DAYS;
  }

  async #read(days: number): Promise<void> {
    const client = this.#client;
    const provider = this.#provider;
    if (client === undefined || provider === undefined) return;
    this.#reading.abort();
    this.#reading = new AbortController();
    const { signal } = this.#reading;
    if (!this.#isReady) this.load = { state: 'loading' };
    this.#host.requestUpdate();
    const from = client.clock.now();
    try {
      const value = await client.slots(provider, { from, to: from + days * DAY }, { signal });
      if (signal.aborted) return;
      this.load = { state: 'ready', value: value.toSorted((a, b) => startOf(a) - startOf(b)) };
      this.days = days;
      this.later = 'idle';
      this.#readAt = performance.now();
      this.#onRead();
    } catch (error) {
      if (signal.aborted) return;
      if (!this.#isReady) this.load = { state: 'failed', error: toSessionError(error) };
      if (this.later === 'loading') this.later = 'failed';
    }
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisible);
    globalThis.addEventListener('online', this.#onOnline);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisible);
    globalThis.removeEventListener('online', this.#onOnline);
    this.#reading.abort();
    this.#readAt = -Infinity;
  }

  readonly #onVisible = (): void => {
    if (document.hidden || this.#client === undefined || this.#provider === undefined) return;
    void this.freshen(this.#client, this.#provider);
  };

  readonly #onOnline = (): void => {
    if (this.load.state === 'failed') void this.#read(this.days);
  };
}

export function startOf(slot: Slot): Instant {
  return toInstant(slot.start);
}

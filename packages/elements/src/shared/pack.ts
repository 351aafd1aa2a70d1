import type { Messages } from './messages.js';

/** How long a first render waits for the words of its language, in ms from when they were asked for. */
const PATIENCE = 2_000;
const FIRST_RETRY = 5_000;
const LAST_RETRY = 5 * 60_000;

export interface PackOptions {
  readonly load: () => Promise<Messages>;
  /** The words are here, or should be asked for again. */
  readonly onChange: () => void;
}

/** One language that is fetched when it is first wanted, and again later where that failed. */
export class Pack {
  readonly #options: PackOptions;
  #messages: Messages | undefined;
  #state: 'unasked' | 'coming' | 'here' | 'failed' = 'unasked';
  #failures = 0;
  #arrival: Promise<void> | null = null;

  constructor(options: PackOptions) {
    this.#options = options;
  }

  get messages(): Messages | undefined {
    return this.#messages;
  }

  get isComing(): boolean {
    return this.#state === 'coming';
  }

  /** For a first render: settles with the words or without them, and is null once there is no use in waiting. */
  get arrival(): Promise<void> | null {
    return this.#state === 'coming' ? this.#arrival : null;
  }

  want(): void {
    if (this.#state !== 'unasked') return;
    this.#state = 'coming';
    const loaded = this.#load();
    // Who has waited in vain once is not made to wait again.
    this.#arrival = this.#failures > 0 ? null : Promise.race([loaded, patience()]);
    void this.#arrival?.then(() => (this.#arrival = null));
  }

  async #load(): Promise<void> {
    try {
      this.#messages = await this.#options.load();
      this.#state = 'here';
    } catch {
      this.#state = 'failed';
      this.#failures += 1;
      this.#retryLater();
    }
    this.#options.onChange();
  }

  /** When the network is back, or after a while that grows. */
  #retryLater(): void {
    const again = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
      this.#state = 'unasked';
      this.#options.onChange();
    };
    const timer = setTimeout(again, Math.min(FIRST_RETRY * 2 ** (this.#failures - 1), LAST_RETRY));
    window.addEventListener('online', again);
  }
}

async function patience(): Promise<void> {
  await new Promise((done) => setTimeout(done, PATIENCE));
}

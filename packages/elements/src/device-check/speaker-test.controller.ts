import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createTestSound, type Played } from './test-sound.js';

/** Plays the test sound for its host, and knows whether to ask if it was heard. */
export class SpeakerTest implements ReactiveController {
  /** `asked`: it plays or was played, and nobody has said yet whether it was heard. */
  state: 'idle' | 'asked' | 'failed' = 'idle';
  played: Played = 'chosen';
  readonly #host: ReactiveControllerHost;
  readonly #sound = createTestSound();
  #times = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /**
   * Whether it is over, and not overtaken by an answer or by being played again.
   *
   * @param speaker its id; the usual one where it is left out
   */
  async play(speaker: string | undefined): Promise<boolean> {
    const time = ++this.#times;
    this.#become('asked', 'chosen');
    let state: SpeakerTest['state'] = 'asked';
    const played = await this.#sound.play(speaker).catch((): Played => {
      state = 'failed';
      return 'chosen';
    });
    if (time !== this.#times) return false;
    this.#become(state, played);
    return true;
  }

  /** Somebody has answered, or it does not matter any more. */
  stop(): void {
    if (this.state === 'idle') return;
    this.#times += 1;
    this.#sound.stop();
    this.#become('idle', 'chosen');
  }

  hostDisconnected(): void {
    this.stop();
  }

  #become(state: SpeakerTest['state'], played: Played): void {
    this.state = state;
    this.played = played;
    this.#host.requestUpdate();
  }
}

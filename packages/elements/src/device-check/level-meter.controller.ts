import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What is known of a microphone so far. */
export type Hearing = 'listening' | 'heard' | 'silent';

/** How many lamps the meter has. */
export const LAMPS = 12;
/** Louder than this for so long (ms) is somebody who speaks. */
const VOICE = 0.12;
const SPOKEN = 100;
/** Not more than this for so long (ms) is a microphone that sends nothing. A quiet room is louder. */
const NOTHING = 0.004;
const SILENCE = 5_000;
/** A frame after a longer pause (ms) counts as one of this length: nobody was listening. */
const FRAME = 250;
/** ms between two looks where motion is to be reduced, and between two values for assistive technology. */
const CALM = 250;
const TOLD = 1_000;
/** How fast the meter falls, of its level in a second. */
const FALL = 2;

export interface LevelMeterOptions {
  /** 0 to 1; null where it can't be told. */
  readonly level: () => number | null;
  /** The meter in the host's root. */
  readonly element: () => HTMLElement | null;
}

/**
 * Lights the lamps of a meter while it can be seen, past the host's rendering, which would be sixty times in a second.
 * The host renders when something was found out.
 */
export class LevelMeter implements ReactiveController {
  hearing: Hearing = 'listening';
  readonly #host: ReactiveControllerHost;
  readonly #options: LevelMeterOptions;
  readonly #view = new IntersectionObserver((entries) => {
    this.#isSeen = entries.at(-1)?.isIntersecting ?? false;
    this.#run();
  });
  #source: string | null = null;
  #meter: HTMLElement | null = null;
  #isSeen = false;
  #frame = 0;
  #last = 0;
  #shown = 0;
  #lit = 0;
  #calm: MediaQueryList | null = null;
  #toldAt = -Infinity;
  #spoken = 0;
  #silent = 0;

  constructor(host: ReactiveControllerHost, options: LevelMeterOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Which microphone is listened to from now on; what was found of another one is not known of this. Null: none, and what was found stays known. */
  follow(source: string | null): void {
    if (source === this.#source) return;
    this.#source = source;
    if (source === null) return;
    this.hearing = 'listening';
    this.#spoken = 0;
    this.#silent = 0;
    this.#shown = 0;
  }

  hostUpdated(): void {
    const meter = this.#options.element();
    if (meter === this.#meter) return;
    this.#view.disconnect();
    this.#isSeen = false;
    this.#meter = meter;
    this.#lit = 0;
    if (meter === null) this.#stop();
    else this.#view.observe(meter);
  }

  hostConnected(): void {
    if (this.#meter !== null) this.#view.observe(this.#meter);
  }

  hostDisconnected(): void {
    this.#view.disconnect();
    this.#isSeen = false;
    this.#stop();
  }

  #run(): void {
    if (!this.#isSeen) this.#stop();
    else if (this.#frame === 0) {
      this.#last = performance.now();
      this.#calm ??= matchMedia('(prefers-reduced-motion: reduce)');
      this.#frame = requestAnimationFrame(this.#look);
    }
  }

  #stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  readonly #look = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#look);
    const passed = Math.min(now - this.#last, FRAME);
    if (this.#calm?.matches === true && passed < CALM) return;
    this.#last = now;
    const level = this.#options.level();
    if (level !== null) this.#judge(level, passed);
    this.#show(Math.max(level ?? 0, this.#shown - (FALL * passed) / 1_000), now);
  };

  #judge(level: number, passed: number): void {
    this.#spoken = level >= VOICE ? this.#spoken + passed : 0;
    this.#silent = level <= NOTHING ? this.#silent + passed : 0;
    if (this.hearing !== 'heard' && this.#spoken >= SPOKEN) this.#found('heard');
    else if (this.hearing === 'listening' && this.#silent >= SILENCE) this.#found('silent');
  }

  #found(hearing: Hearing): void {
    this.hearing = hearing;
    this.#host.requestUpdate();
  }

  #show(level: number, now: number): void {
    this.#shown = Math.max(level, 0);
    const meter = this.#meter;
    if (meter === null) return;
    const lit = Math.min(LAMPS, Math.ceil(this.#shown * LAMPS - 0.2));
    if (lit !== this.#lit) [...meter.children].forEach((lamp, index) => lamp.classList.toggle('lit', index < lit));
    this.#lit = lit;
    if (now - this.#toldAt < TOLD) return;
    this.#toldAt = now;
    meter.setAttribute('aria-valuenow', String(Math.round(this.#shown * 10) * 10));
  }
}

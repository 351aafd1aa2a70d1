/** E, then A: two notes, in Hz. */
const NOTES = [659.25, 880];
/** Seconds. */
const APART = 0.16;
const RISE = 0.02;
const LENGTH = 0.6;
const LOUDNESS = 0.09;
/** ms after which a sound says nothing any more about who has just come. */
const PATIENCE = 1_000;
/** What a browser takes for a wish to hear something. */
const GESTURES = ['pointerup', 'keydown', 'click'] as const;

/** `blocked`: the browser lets no sound through before somebody has pressed something. `missing`: it makes none. */
export type ChimeState = 'ready' | 'blocked' | 'missing';

/**
 * The sound of an arrival, one for the page. It is made on the spot, so no content policy keeps it from being heard. No
 * browser is asked for sound before the person has pressed something; any press on the page will do.
 */
class Chime {
  readonly #holders = new Set<object>();
  readonly #listeners = new Set<() => void>();
  #context: AudioContext | undefined;
  #isAllowed = false;
  #check: ReturnType<typeof setTimeout> | undefined;
  #sounding = 0;

  get state(): ChimeState {
    if (typeof AudioContext === 'undefined') return 'missing';
    return this.#isAllowed ? 'ready' : 'blocked';
  }

  subscribe(listener: () => void): { unsubscribe(): void } {
    this.#listeners.add(listener);
    return { unsubscribe: () => void this.#listeners.delete(listener) };
  }

  /** Somebody wants to hear it. */
  hold(holder: object): void {
    if (this.#holders.has(holder)) return;
    this.#holders.add(holder);
    if (this.#holders.size > 1 || this.state === 'missing') return;
    this.#listen();
    if (hasPressed()) this.allow();
  }

  release(holder: object): void {
    if (!this.#holders.delete(holder) || this.#holders.size > 0) return;
    this.#unlisten();
    clearTimeout(this.#check);
    this.#context?.close().catch(() => undefined);
    this.#context = undefined;
    this.#sounding = 0;
    this.#become(false);
  }

  /** Call it where somebody has pressed something. */
  readonly allow = (): void => {
    if (this.#holders.size === 0 || this.state === 'missing') return;
    void this.#wake().then(() => this.#rest());
  };

  /** Nothing is heard where the browser does not let it through at once: later it would tell of nobody. */
  play(): void {
    const context = this.#context;
    if (context === undefined) return;
    const asked = performance.now();
    clearTimeout(this.#check);
    this.#check = setTimeout(() => {
      if (context === this.#context && context.state !== 'running') this.#become(false);
    }, PATIENCE);
    void this.#wake().then((isAwake) => {
      if (!isAwake || context !== this.#context) return;
      if (performance.now() - asked >= PATIENCE) {
        this.#rest();
        return;
      }
      this.#sounding += 1;
      schedule(context, () => {
        this.#sounding -= 1;
        this.#rest();
      });
    });
  }

  /** A device that has nothing to play need not be kept awake all day. What was allowed once may go on without a press. */
  #rest(): void {
    if (this.#sounding === 0) this.#context?.suspend().catch(() => undefined);
  }

  /** Whether it can be heard now. */
  async #wake(): Promise<boolean> {
    try {
      const context = (this.#context ??= new AudioContext());
      await context.resume();
      if (context !== this.#context) return false;
      clearTimeout(this.#check);
      this.#become(true);
      return true;
    } catch {
      this.#become(false);
      return false;
    }
  }

  #become(isAllowed: boolean): void {
    if (isAllowed) this.#unlisten();
    else if (this.#holders.size > 0) this.#listen();
    if (isAllowed === this.#isAllowed) return;
    this.#isAllowed = isAllowed;
    for (const listener of [...this.#listeners]) listener();
  }

  #listen(): void {
    for (const type of GESTURES) window.addEventListener(type, this.allow, { capture: true, passive: true });
  }

  #unlisten(): void {
    for (const type of GESTURES) window.removeEventListener(type, this.allow, { capture: true });
  }
}

export const chime = new Chime();

/** Older browsers can't tell: they wait for the next press. */
function hasPressed(): boolean {
  const { userActivation } = navigator as Partial<Navigator>;
  return userActivation?.hasBeenActive ?? false;
}

function schedule(context: AudioContext, onEnd: () => void): void {
  NOTES.forEach((frequency, index) => {
    const from = context.currentTime + index * APART;
    const volume = context.createGain();
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(LOUDNESS, from + RISE);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + LENGTH);
    const note = context.createOscillator();
    note.frequency.value = frequency;
    note.connect(volume).connect(context.destination);
    note.start(from);
    note.stop(from + LENGTH);
    if (index === NOTES.length - 1) note.onended = onEnd;
  });
}

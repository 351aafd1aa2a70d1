import { replace } from './replace.js';

/** Sound as a browser has it, of which a test hears. */
export interface StubbedSound {
  /** Whether the browser lets it through; a press does not change that by itself. */
  isAllowed: boolean;
  /** How often something was to be heard: each sound is two notes. */
  readonly sounds: () => number;
  readonly contexts: () => number;
  /** Those that were not closed. */
  readonly open: () => number;
  restore(): void;
}

/** Puts a silent AudioContext in place of the browser's, and makes the page one in which nobody has pressed anything. */
export function stubSound(): StubbedSound {
  let notes = 0;
  let made = 0;
  let closed = 0;
  const parameter = {
    value: 0,
    setValueAtTime: () => parameter,
    linearRampToValueAtTime: () => parameter,
    exponentialRampToValueAtTime: () => parameter,
  };

  class SilentContext {
    state = 'suspended';
    readonly currentTime = 0;
    readonly destination = {};

    constructor() {
      made += 1;
    }

    async resume(): Promise<void> {
      // A browser that does not let it through does not say so: it waits.
      if (!stub.isAllowed) await new Promise<never>(() => undefined);
      this.state = 'running';
    }

    async suspend(): Promise<void> {
      this.state = 'suspended';
    }

    async close(): Promise<void> {
      if (this.state !== 'closed') closed += 1;
      this.state = 'closed';
    }

    createGain(): object {
      return { gain: parameter, connect: (next: object) => next };
    }

    createOscillator(): object {
      const note = {
        frequency: { value: 0 },
        onended: null as (() => void) | null,
        connect: (next: object) => next,
        start: () => void (notes += 1),
        stop: () => queueMicrotask(() => note.onended?.()),
      };
      return note;
    }
  }

  const undo = [
    replace(globalThis, 'AudioContext', SilentContext as unknown as typeof AudioContext),
    replace(navigator, 'userActivation', { hasBeenActive: false, isActive: false }),
  ];
  const stub: StubbedSound = {
    isAllowed: true,
    sounds: () => notes / 2,
    contexts: () => made,
    open: () => made - closed,
    restore: () => undo.forEach((step) => step()),
  };
  return stub;
}

/** What a person does somewhere on the page. */
export function pressSomewhere(): void {
  document.body.dispatchEvent(new MouseEvent('click', { bubbles: true }));
}

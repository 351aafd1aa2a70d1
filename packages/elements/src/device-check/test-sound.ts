/** C, E, G: three notes, in Hz. */
const NOTES = [523.25, 659.25, 783.99];
/** Seconds. */
const LEAD = 0.1;
const NOTE = 0.35;
const RISE = 0.03;
const LOUDNESS = 0.25;
/** ms that a browser may take to begin. Where it waits for something else, it waits for ever. */
const PATIENCE = 3_000;

/** Which speaker it came from: the one that was asked for, or the one that the device uses. */
export type Played = 'chosen' | 'usual';

export interface TestSound {
  /** Resolves when it has been played, or was stopped. @throws where nothing can be played */
  play(speaker: string | undefined): Promise<Played>;
  stop(): void;
}

interface Playing {
  readonly context: AudioContext;
  readonly audio: HTMLAudioElement;
  readonly ended: AbortController;
}

/** A short sound that is made on the spot: nothing is fetched, so that no content policy keeps it from being heard. */
export function createTestSound(): TestSound {
  let playing: Playing | null = null;

  const stop = (): void => {
    if (playing === null) return;
    const { context, audio, ended } = playing;
    playing = null;
    ended.abort();
    audio.pause();
    audio.srcObject = null;
    void context.close();
  };

  return {
    stop,
    async play(speaker) {
      stop();
      const own: Playing = { context: new AudioContext(), audio: new Audio(), ended: new AbortController() };
      playing = own;
      const { context, audio, ended } = own;
      const output = context.createMediaStreamDestination();
      audio.srcObject = output.stream;
      try {
        const played = await choose(audio, speaker);
        await within(PATIENCE, Promise.all([context.resume(), audio.play()]));
        if (!ended.signal.aborted) {
          schedule(context, output);
          await pause((LEAD + NOTES.length * NOTE) * 1_000, ended.signal);
        }
        return played;
      } finally {
        if (playing === own) stop();
      }
    },
  };
}

/** Empty, or left out: the one that the device uses. */
async function choose(audio: HTMLAudioElement, speaker: string | undefined): Promise<Played> {
  if (speaker === undefined || speaker === '') return 'chosen';
  try {
    await audio.setSinkId(speaker);
    return 'chosen';
  } catch {
    return 'usual';
  }
}

function schedule(context: AudioContext, output: AudioNode): void {
  NOTES.forEach((frequency, index) => {
    const from = context.currentTime + LEAD + index * NOTE;
    const volume = context.createGain();
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(LOUDNESS, from + RISE);
    volume.gain.setValueAtTime(LOUDNESS, from + NOTE - RISE * 2);
    volume.gain.linearRampToValueAtTime(0, from + NOTE);
    const note = context.createOscillator();
    note.frequency.value = frequency;
    note.connect(volume).connect(output);
    note.start(from);
    note.stop(from + NOTE);
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The sound did not begin.')), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

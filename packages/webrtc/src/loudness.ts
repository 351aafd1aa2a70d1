/** How loud a microphone is, for as long as somebody asks. */
export interface Loudness {
  /** 0 to 1; null where the browser does not tell (yet). */
  level(track: MediaStreamTrack | undefined): number | null;
  close(): void;
}

interface Meter {
  readonly track: MediaStreamTrack;
  readonly context: AudioContext;
  readonly analyser: AnalyserNode;
  readonly samples: Float32Array<ArrayBuffer>;
}

/** Sound of this pressure and more is full scale: speech at arm's length gets about half of the way. */
const LOUD = 0.25;

/** Made with the first question and after each change of the track; a page that shows no meter has no audio context. */
export function createLoudness(): Loudness {
  let meter: Meter | undefined;

  const close = () => {
    void meter?.context.close();
    meter = undefined;
  };
  const follow = (track: MediaStreamTrack): Meter | undefined => {
    if (meter?.track === track) return meter;
    close();
    if (typeof AudioContext === 'undefined') return undefined;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    meter = { track, context, analyser, samples: new Float32Array(analyser.fftSize) };
    return meter;
  };

  return {
    level(track) {
      if (track?.readyState !== 'live') {
        close();
        return null;
      }
      const now = follow(track);
      if (now === undefined) return null;
      if (now.context.state !== 'running') {
        // Made before the person did anything on this page.
        void now.context.resume().catch(() => undefined);
        return null;
      }
      now.analyser.getFloatTimeDomainData(now.samples);
      const power = now.samples.reduce((sum, sample) => sum + sample * sample, 0) / now.samples.length;
      return Math.min(1, Math.sqrt(power) / LOUD);
    },
    close,
  };
}

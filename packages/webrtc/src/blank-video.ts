/** Black pictures without a camera: what the other side sees of a camera that is off, in place of its last frame. */
export interface BlankVideo {
  /** The track that is running, or a new one, from then on in this size (pixels). */
  track(size?: Size): MediaStreamTrack;
  /** Stops the track and its timer until it is asked for again. */
  stop(): void;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const everyMs = 500;
const small: Size = { width: 160, height: 90 };

export function createBlankVideo(): BlankVideo {
  interface Running {
    readonly track: MediaStreamTrack;
    readonly timer: ReturnType<typeof setInterval>;
    readonly resize: (size: Size) => void;
  }
  let running: Running | undefined;

  const start = (size: Size): Running => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, size);
    const context = canvas.getContext('2d');
    const draw = () => context?.fillRect(0, 0, canvas.width, canvas.height);
    const [track] = canvas.captureStream().getVideoTracks();
    if (!track) throw new Error('A canvas stream has a video track.');
    draw();
    const resize = ({ width, height }: Size) => {
      if (canvas.width === width && canvas.height === height) return;
      Object.assign(canvas, { width, height });
      draw();
    };
    return { track, resize, timer: setInterval(draw, everyMs) };
  };

  return {
    track(size = small) {
      running ??= start(size);
      running.resize(size);
      return running.track;
    },
    stop() {
      if (!running) return;
      clearInterval(running.timer);
      running.track.stop();
      running = undefined;
    },
  };
}

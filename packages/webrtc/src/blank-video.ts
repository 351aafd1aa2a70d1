/** Black pictures without a camera: what the other side sees of a camera that is off, in place of its last frame. */
export interface BlankVideo {
  /** The track that is running, or a new one. */
  track(): MediaStreamTrack;
  /** Stops the track and its timer until it is asked for again. */
  stop(): void;
}

const everyMs = 500;

export function createBlankVideo(): BlankVideo {
  let running: { readonly track: MediaStreamTrack; readonly timer: ReturnType<typeof setInterval> } | undefined;

  const start = () => {
    const canvas = document.createElement('canvas');
    canvas.width = 160;
    canvas.height = 90;
    const context = canvas.getContext('2d');
    const draw = () => context?.fillRect(0, 0, canvas.width, canvas.height);
    const [track] = canvas.captureStream().getVideoTracks();
    if (!track) throw new Error('A canvas stream has a video track.');
    draw();
    return { track, timer: setInterval(draw, everyMs) };
  };

  return {
    track: () => (running ??= start()).track,
    stop() {
      if (!running) return;
      clearInterval(running.timer);
      running.track.stop();
      running = undefined;
    },
  };
}

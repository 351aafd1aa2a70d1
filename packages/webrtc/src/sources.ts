export type Kind = 'microphone' | 'camera';

interface Source {
  readonly track: MediaStreamTrack;
  readonly unwatch: () => void;
}

export interface SourcesOptions {
  /** The system silenced a track, or gave it back. */
  readonly onChange: () => void;
  /** The system ended a track: it was unplugged, the permission was taken back, or sharing was stopped by the browser's own button. */
  readonly onTaken: (kind: Kind | 'screen') => void;
}

/** The tracks behind one stream. While a screen is shared it is the stream's picture, and the camera waits beside it. */
export interface Sources {
  readonly stream: MediaStream;
  track(kind: Kind | 'screen'): MediaStreamTrack | undefined;
  /** Takes the place of the former one, which is stopped. */
  put(kind: Kind | 'screen', track: MediaStreamTrack): void;
  /** Whether there was one. */
  drop(kind: Kind | 'screen'): boolean;
}

export function createSources({ onChange, onTaken }: SourcesOptions): Sources {
  const stream = new MediaStream();
  const sources = new Map<Kind | 'screen', Source>();

  const show = () => {
    const video = sources.get('screen') ?? sources.get('camera');
    const wanted = [sources.get('microphone'), video].flatMap((source) => source?.track ?? []);
    for (const track of stream.getTracks()) if (!wanted.includes(track)) stream.removeTrack(track);
    for (const track of wanted) stream.addTrack(track);
  };

  const drop = (kind: Kind | 'screen'): boolean => {
    const source = sources.get(kind);
    if (!source) return false;
    source.unwatch();
    source.track.stop();
    sources.delete(kind);
    show();
    return true;
  };

  return {
    stream,
    track: (kind) => sources.get(kind)?.track,
    put(kind, track) {
      drop(kind);
      const undo = new AbortController();
      const { signal } = undo;
      const onEnded = () => {
        drop(kind);
        onTaken(kind);
      };
      track.addEventListener('ended', onEnded, { signal });
      track.addEventListener('mute', onChange, { signal });
      track.addEventListener('unmute', onChange, { signal });
      sources.set(kind, { track, unwatch: () => undo.abort() });
      show();
    },
    drop,
  };
}

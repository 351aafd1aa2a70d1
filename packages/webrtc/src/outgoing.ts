import { createBlankVideo } from './blank-video.js';

/** What to open a connection with: a line for sound, and one for pictures. */
export interface Opening {
  /** What goes out on them now; null for a line that is silent. */
  readonly tracks: Readonly<Record<Kind, MediaStreamTrack | null>>;
  /** Exactly one track of each kind, for an engine that knows no silent lines: one that never sends in place of null. */
  stream(): MediaStream;
  /** Call it when the connection has its lines. */
  release(): void;
}

/**
 * What this person sends, for any number of connections. Every connection is opened with an audio and a video line, so
 * that later changes are a `replaceTrack` and never a renegotiation. Where a camera is off, black pictures are sent;
 * where a microphone is off, nothing is.
 */
export interface Outgoing {
  /** `held`: with nothing of what is captured here; black of the same size as the picture, so that all is warm for it. */
  opening(held: boolean): Opening;
  /** Makes the connection send what the source has now, or nothing. Call it once it is opened, and after each change. */
  apply(pc: RTCPeerConnection, held: boolean): void;
  /** Stops what was made here; the source is its owner's. Can be called twice. */
  close(): void;
}

const kinds = ['audio', 'video'] as const;
type Kind = (typeof kinds)[number];

export function createOutgoing(source: MediaStream): Outgoing {
  const blank = createBlankVideo();
  const warm = createBlankVideo();
  /** Connections with who is not let in. */
  const waiting = new Set<RTCPeerConnection>();
  let closed = false;

  const current = (kind: string): MediaStreamTrack | null => {
    const own = source.getTracks().find((track) => track.kind === kind && track.readyState === 'live');
    if (kind !== 'video') return own ?? null;
    if (own) blank.stop();
    return own ?? blank.track();
  };

  /** Who is not let in gets no sound, and black where there is a picture to come: its encoder is ready when they are. */
  const heldBack = (kind: string): MediaStreamTrack | null => {
    const own = source.getTracks().find((track) => track.kind === kind && track.readyState === 'live');
    if (kind !== 'video' || !own) return null;
    const { width = 0, height = 0 } = own.getSettings();
    return warm.track(width > 0 && height > 0 ? { width, height } : undefined);
  };

  return {
    opening(held) {
      const at = (kind: Kind) => (held ? heldBack(kind) : current(kind));
      const tracks = { audio: at('audio'), video: at('video') };
      let spare: RTCPeerConnection | undefined;
      return {
        tracks,
        stream() {
          // A receiver's track comes without any device behind it, needs no permission and no audio context.
          const silent = (kind: Kind) => (spare ??= new RTCPeerConnection()).addTransceiver(kind).receiver.track;
          return new MediaStream(kinds.map((kind) => tracks[kind] ?? silent(kind)));
        },
        release: () => spare?.close(),
      };
    },
    apply(pc, held) {
      if (closed || pc.signalingState === 'closed') return;
      if (held) waiting.add(pc);
      else waiting.delete(pc);
      for (const each of waiting) if (each.signalingState === 'closed') waiting.delete(each);
      for (const kind of kinds) {
        // A sender whose track is null does not tell its kind, but its receiver does.
        const line = pc.getTransceivers().find(({ receiver }) => receiver.track.kind === kind);
        const track = held ? heldBack(kind) : current(kind);
        if (line && line.sender.track !== track) line.sender.replaceTrack(track).catch(() => undefined);
      }
      if (waiting.size === 0) warm.stop();
    },
    close() {
      closed = true;
      waiting.clear();
      blank.stop();
      warm.stop();
    },
  };
}

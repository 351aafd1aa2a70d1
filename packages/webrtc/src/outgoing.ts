import { createBlankVideo } from './blank-video.js';
import { beginSmall } from './outbound.js';

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
  /** `held`: with lines that are silent. */
  opening(held: boolean): Opening;
  /** Makes the connection send what the source has now; `held`: nothing. Call it once it is opened, and after each change. */
  apply(pc: RTCPeerConnection, held: boolean): void;
  /** Stops what was made here; the source is its owner's. Can be called twice. */
  close(): void;
}

const kinds = ['audio', 'video'] as const;
type Kind = (typeof kinds)[number];

export function createOutgoing(source: MediaStream): Outgoing {
  const blank = createBlankVideo();
  let closed = false;

  const current = (kind: Kind, held: boolean): MediaStreamTrack | null => {
    if (held) return null;
    const own = source.getTracks().find((track) => track.kind === kind && track.readyState === 'live');
    if (kind !== 'video') return own ?? null;
    if (own) blank.stop();
    return own ?? blank.track();
  };

  return {
    opening(held) {
      const tracks = { audio: current('audio', held), video: current('video', held) };
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
      for (const kind of kinds) {
        // A sender whose track is null does not tell its kind, but its receiver does.
        const sender = pc.getTransceivers().find(({ receiver }) => receiver.track.kind === kind)?.sender;
        if (!sender) continue;
        if (kind === 'video') beginSmall(sender);
        const track = current(kind, held);
        if (sender.track !== track) sender.replaceTrack(track).catch(() => undefined);
      }
    },
    close() {
      closed = true;
      blank.stop();
    },
  };
}

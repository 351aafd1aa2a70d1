import { createBlankVideo } from './blank-video.js';

/** Exactly one audio and one video track, to open a connection with. */
export interface Opening {
  readonly stream: MediaStream;
  /** Call it when the tracks have been added to the connection. */
  release(): void;
}

/**
 * What this person sends, for any number of connections. Every connection is opened with an audio and a video line, so
 * that later changes are a `replaceTrack` and never a renegotiation. Where a camera is off, black pictures are sent;
 * where a microphone is off, nothing is.
 */
export interface Outgoing {
  opening(): Opening;
  /** Makes the connection send what the source has now. Call it once it is opened, and after each change. */
  apply(pc: RTCPeerConnection): void;
  /** Stops what was made here; the source is its owner's. Can be called twice. */
  close(): void;
}

const kinds = ['audio', 'video'] as const;

export function createOutgoing(source: MediaStream): Outgoing {
  const blank = createBlankVideo();
  let closed = false;

  const current = (kind: string): MediaStreamTrack | null => {
    const own = source.getTracks().find((track) => track.kind === kind && track.readyState === 'live');
    if (kind !== 'video') return own ?? null;
    if (own) blank.stop();
    return own ?? blank.track();
  };

  return {
    opening() {
      // A receiver's track comes without any device behind it, needs no permission and no audio context.
      const spare = new RTCPeerConnection();
      const tracks = kinds.map((kind) => current(kind) ?? spare.addTransceiver(kind).receiver.track);
      return { stream: new MediaStream(tracks), release: () => spare.close() };
    },
    apply(pc) {
      if (closed || pc.signalingState === 'closed') return;
      for (const kind of kinds) {
        // A sender whose track is null does not tell its kind, but its receiver does.
        const line = pc.getTransceivers().find(({ receiver }) => receiver.track.kind === kind);
        const track = current(kind);
        if (line && line.sender.track !== track) line.sender.replaceTrack(track).catch(() => undefined);
      }
    },
    close() {
      closed = true;
      blank.stop();
    },
  };
}

import type { Carries } from '@active-session/core';
import { firstPictureLimits, pictureLimits, picturesOf, soundLimits, type OutboundLimits } from './outbound-limits.js';

/** Holds what connections send to what the network carries. */
export interface Outbound {
  /** Does nothing where it is so already. Never throws: what a browser refuses is asked for again the next time. */
  apply(pc: RTCPeerConnection, carries: Carries, connections: number): void;
}

interface SenderMemory {
  wanted: OutboundLimits;
  /** What the sender has; null until it took something. */
  had: OutboundLimits | null;
  busy: boolean;
}

export function createOutbound(): Outbound {
  const memories = new WeakMap<RTCRtpSender, SenderMemory>();

  const limit = (sender: RTCRtpSender, wanted: OutboundLimits) => {
    const memory = memories.get(sender) ?? { wanted, had: null, busy: false };
    memory.wanted = wanted;
    memories.set(sender, memory);
    bring(sender, memory).catch(() => undefined);
  };

  return {
    apply(pc, carries, connections) {
      if (pc.signalingState === 'closed') return;
      // A sender whose track is null does not tell its kind, but its receiver does.
      for (const { sender, receiver } of pc.getTransceivers()) {
        const isSound = receiver.track.kind === 'audio';
        limit(sender, isSound ? soundLimits : pictureLimits(carries, picturesOf(sender.track), connections));
      }
    },
  };
}

const begun = new WeakSet<RTCRtpSender>();

/** So that the first picture is there at once. Does nothing from the second time on; never throws. */
export function beginSmall(sender: RTCRtpSender): void {
  if (begun.has(sender)) return;
  begun.add(sender);
  // Not every browser has parameters before the connection is negotiated.
  write(sender, firstPictureLimits(picturesOf(sender.track))).catch(() => undefined);
}

/** One change after the other: parameters can be set once after each time that they were read. */
async function bring(sender: RTCRtpSender, memory: SenderMemory): Promise<void> {
  if (memory.busy) return;
  memory.busy = true;
  try {
    while (!isSame(memory.wanted, memory.had)) {
      const next = memory.wanted;
      await write(sender, next).catch(() => write(sender, leastOf(next)));
      memory.had = next;
    }
  } finally {
    memory.busy = false;
  }
}

function isSame(a: OutboundLimits, b: OutboundLimits | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What every browser understands. */
function leastOf({ active, maxBitrate }: OutboundLimits): OutboundLimits {
  return { ...(active === undefined ? {} : { active }), ...(maxBitrate === undefined ? {} : { maxBitrate }) };
}

async function write(sender: RTCRtpSender, limits: OutboundLimits): Promise<void> {
  const parameters = sender.getParameters();
  await sender.setParameters({
    ...parameters,
    encodings: encodingsOf(parameters).map((encoding) => ({ ...encoding, ...limits })),
  });
}

/** Older browsers leave them out until they are set for the first time. */
function encodingsOf({ encodings = [] }: Partial<RTCRtpSendParameters>): readonly RTCRtpEncodingParameters[] {
  return encodings.length === 0 ? [{}] : encodings;
}

import type { Carries } from '@active-session/core';
import { firstPictureLimits, pictureLimits, picturesOf, soundLimits, type OutboundLimits } from './outbound-limits.js';

/** What is known of one sender. */
interface SenderMemory {
  wanted: OutboundLimits;
  /** What the sender has; null until it took something. */
  had: OutboundLimits | null;
  /** A picture is wanted that needs none of those before it. */
  isWhole: boolean;
  /** For how many more calls of `holdTo` the picture stays small. */
  small: number;
  busy: boolean;
}

/** `holdTo` is called once a second, the first time soon after the beginning. */
const SMALL_FOR = 1;

const memories = new WeakMap<RTCRtpSender, SenderMemory>();

/**
 * Holds what a connection sends to what the network carries; called once a second. Does nothing where it is so already.
 * Never throws: what a browser refuses is asked for again the next time.
 */
export function holdTo(pc: RTCPeerConnection, carries: Carries, connections: number): void {
  if (pc.signalingState === 'closed') return;
  // A sender whose track is null does not tell its kind, but its receiver does.
  for (const { sender, receiver } of pc.getTransceivers()) {
    const memory = memoryOf(sender);
    const pictures = picturesOf(sender.track);
    const isSound = receiver.track.kind === 'audio';
    memory.wanted = {
      ...(isSound ? soundLimits : pictureLimits(carries, pictures, connections)),
      ...(!isSound && memory.small > 0 && firstPictureLimits(pictures)),
    };
    memory.small = Math.max(0, memory.small - 1);
    void bring(sender, memory);
  }
}

/** So that the first picture is there at once. Does nothing from the second time on; never throws. */
export function beginSmall(sender: RTCRtpSender): void {
  if (!memories.has(sender)) begin(sender);
}

/**
 * Nothing came through for a while: the next picture is one that needs none of those that were lost. Chromium asks for
 * such a one only after 3 s without a picture. Never throws.
 */
export function beginAnew(pc: RTCPeerConnection): void {
  if (pc.signalingState === 'closed') return;
  for (const { sender, receiver } of pc.getTransceivers()) if (receiver.track.kind === 'video') begin(sender);
}

function begin(sender: RTCRtpSender): void {
  const memory = memoryOf(sender);
  memory.wanted = { ...memory.wanted, ...firstPictureLimits(picturesOf(sender.track)) };
  memory.small = SMALL_FOR;
  memory.isWhole = memory.had !== null;
  void bring(sender, memory);
}

function memoryOf(sender: RTCRtpSender): SenderMemory {
  const memory = memories.get(sender) ?? { wanted: {}, had: null, isWhole: false, small: 0, busy: false };
  memories.set(sender, memory);
  return memory;
}

/** One change after the other: parameters can be set once after each time that they were read. Never rejects. */
async function bring(sender: RTCRtpSender, memory: SenderMemory): Promise<void> {
  if (memory.busy) return;
  memory.busy = true;
  try {
    while (memory.isWhole || !isSame(memory.wanted, memory.had)) {
      const { wanted, isWhole } = memory;
      memory.isWhole = false;
      await write(sender, wanted, isWhole).catch(() => write(sender, leastOf(wanted), false));
      memory.had = wanted;
    }
  } catch {
    // What is wanted next asks again.
  }
  memory.busy = false;
}

function isSame(a: OutboundLimits, b: OutboundLimits | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What every browser understands. */
function leastOf({ active, maxBitrate }: OutboundLimits): OutboundLimits {
  return { ...(active === undefined ? {} : { active }), ...(maxBitrate === undefined ? {} : { maxBitrate }) };
}

/** As in Chromium; others make such a picture because its size changes. */
type SetParameters = (
  parameters: RTCRtpSendParameters,
  options: { readonly encodingOptions: readonly { readonly keyFrame: boolean }[] },
) => Promise<void>;

async function write(sender: RTCRtpSender, limits: OutboundLimits, keyFrame: boolean): Promise<void> {
  const parameters = sender.getParameters();
  const encodings = encodingsOf(parameters).map((encoding) => ({ ...encoding, ...limits }));
  const set: SetParameters = sender.setParameters.bind(sender);
  await set({ ...parameters, encodings }, { encodingOptions: encodings.map(() => ({ keyFrame })) });
}

/** Older browsers leave them out until they are set for the first time. */
function encodingsOf({ encodings = [] }: Partial<RTCRtpSendParameters>): readonly RTCRtpEncodingParameters[] {
  return encodings.length === 0 ? [{}] : encodings;
}

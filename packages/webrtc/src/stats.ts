import type { VideoStats } from '@active-session/core';
import { readCounters, toCounters } from './counters.js';
import type { Counters } from './counters.js';

/** Each reading covers the time since the one before it; the first covers all since the connection was made. */
export type StatsReader = () => Promise<VideoStats>;

export function createStatsReader(pc: RTCPeerConnection): StatsReader {
  let before: Counters | undefined;
  let stats = statsBetween(undefined, toCounters([]));
  return async () => {
    const now = await readCounters(pc);
    // Browsers answer two questions in quick succession with one reading.
    if (before && now.at <= before.at) return stats;
    stats = statsBetween(before, now);
    before = now;
    return stats;
  };
}

/** Rates need two readings: with one they are 0, and the loss is that of the whole connection. */
export function statsBetween(before: Counters | undefined, now: Counters): VideoStats {
  const seconds = before ? (now.at - before.at) / 1000 : 0;
  const rate = (bytes: number) => (seconds > 0 ? Math.max(0, (bytes * 8) / seconds) : 0);
  const lost = Math.max(0, now.packetsLost - (before?.packetsLost ?? 0));
  const expected = lost + Math.max(0, now.packetsReceived - (before?.packetsReceived ?? 0));
  return {
    roundTrip: now.roundTrip,
    loss: expected > 0 ? lost / expected : null,
    inbound: rate(now.rtpBytesReceived - (before?.rtpBytesReceived ?? 0)),
    outbound: rate(now.rtpBytesSent - (before?.rtpBytesSent ?? 0)),
    framesDecoded: now.framesDecoded,
    audioLevel: now.audioLevel,
  };
}

import { numberIn, pathInUse, type Stat } from './counters.js';
import type { PathReading } from './ladder.rules.js';

/** What the way to the other side is like since the reading before; null while that can't be said. */
export type PathReader = () => Promise<PathReading | null>;

/** ms in which a browser finds out what a new path carries. */
const WARMS_UP_IN = 5_000;
/** ms for which a report of loss is news; the one about sound comes each 5 s, give or take half of that. */
const REPORT_HOLDS = 8_000;
/** How many readings of the round trip its shortest is taken from. */
const ROUND_TRIPS = 60;

export function createPathReader(pc: RTCPeerConnection): PathReader {
  const audio = createLossReader('audio');
  const video = createLossReader('video');
  const roundTrips: number[] = [];
  let path: unknown;
  let upSince = -Infinity;
  let before: { at: number; bytes: number } | undefined;

  return async () => {
    const stats: readonly Stat[] = [...((await pc.getStats()).values() as Iterable<Stat>)];
    const now = performance.now();
    const pair = pathInUse(stats);
    const id = pc.connectionState === 'connected' ? pair?.['id'] : undefined;
    if (id !== path) {
      path = id;
      upSince = now;
      roundTrips.length = 0;
    }
    const bytes = sumOf(stats, 'outbound-rtp', 'bytesSent');
    const sent = before === undefined ? 0 : (Math.max(0, bytes - before.bytes) * 8_000) / Math.max(1, now - before.at);
    before = { at: now, bytes };
    const reading = {
      delay: delayOf(pair, roundTrips),
      audioLoss: audio(stats, now),
      videoLoss: video(stats, now),
      available: numberIn(pair, 'availableOutgoingBitrate'),
      sent,
      limitedBy: limitOf(stats),
    };
    return path === undefined || now - upSince < WARMS_UP_IN ? null : reading;
  };
}

function delayOf(pair: Stat | undefined, roundTrips: number[]): number | null {
  const seconds = numberIn(pair, 'currentRoundTripTime');
  if (seconds === null) return null;
  roundTrips.push(seconds * 1_000);
  if (roundTrips.length > ROUND_TRIPS) roundTrips.shift();
  return seconds * 1_000 - Math.min(...roundTrips);
}

/** The share that the other side last reported as lost, for as long as that is news. */
function createLossReader(kind: 'audio' | 'video'): (stats: readonly Stat[], now: number) => number | null {
  let reportedAt: unknown;
  let seenAt = -Infinity;
  let loss: number | null = null;
  let before: { lost: number; sent: number } | undefined;

  return (stats, now) => {
    const report = stats.find((stat) => stat['type'] === 'remote-inbound-rtp' && stat['kind'] === kind);
    if (report !== undefined && report['timestamp'] !== reportedAt) {
      reportedAt = report['timestamp'];
      seenAt = now;
      const own = stats.filter((stat) => stat['kind'] === kind);
      const counted = { lost: numberIn(report, 'packetsLost') ?? 0, sent: sumOf(own, 'outbound-rtp', 'packetsSent') };
      loss = numberIn(report, 'fractionLost') ?? shareLost(before, counted);
      before = counted;
    }
    return now - seenAt <= REPORT_HOLDS ? loss : null;
  };
}

/** For browsers that count what was lost and don't say its share. */
function shareLost(before: { lost: number; sent: number } | undefined, now: { lost: number; sent: number }) {
  const sent = now.sent - (before?.sent ?? 0);
  return sent > 0 ? Math.min(1, Math.max(0, (now.lost - (before?.lost ?? 0)) / sent)) : null;
}

function sumOf(stats: readonly Stat[], type: string, name: string): number {
  return stats.filter((stat) => stat['type'] === type).reduce((total, stat) => total + (numberIn(stat, name) ?? 0), 0);
}

function limitOf(stats: readonly Stat[]): string | null {
  const reasons = stats
    .filter((stat) => stat['type'] === 'outbound-rtp' && stat['kind'] === 'video')
    .map((stat) => stat['qualityLimitationReason'])
    .filter((reason) => typeof reason === 'string');
  return reasons.find((reason) => reason === 'bandwidth') ?? reasons[0] ?? null;
}

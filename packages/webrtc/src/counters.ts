/** What one reading of `getStats` says, summed over streams. Counts grow while the connection lives. */
export interface Counters {
  /** When it was read, in ms of the statistics' own clock. */
  readonly at: number;
  readonly rtpBytesReceived: number;
  readonly rtpBytesSent: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly framesDecoded: number;
  /** How loud the last sound was, 0 to 1; null where nothing says it. */
  readonly audioLevel: number | null;
  /** Anything that came over the path in use: media, control packets, answers to and questions of ICE. */
  readonly pathActivity: number;
  /** ms */
  readonly roundTrip: number | null;
}

export type Stat = Readonly<Record<string, unknown>>;

/** Null where it is not said. */
export function numberIn(stat: Stat | undefined, name: string): number | null {
  const value = stat?.[name];
  return typeof value === 'number' ? value : null;
}

const number = (stat: Stat | undefined, name: string): number => numberIn(stat, name) ?? 0;

export async function readCounters(pc: RTCPeerConnection): Promise<Counters> {
  return toCounters([...((await pc.getStats()).values() as Iterable<Stat>)]);
}

export function toCounters(stats: readonly Stat[]): Counters {
  const ofType = (type: string) => stats.filter((stat) => stat['type'] === type);
  const sum = (type: string, name: string) => ofType(type).reduce((total, stat) => total + number(stat, name), 0);
  const path = pathInUse(stats);
  const seconds = path?.['currentRoundTripTime'];
  const levels = ofType('inbound-rtp')
    .map((stat) => stat['audioLevel'])
    .filter((level) => typeof level === 'number');
  return {
    at: Math.max(0, ...stats.map((stat) => number(stat, 'timestamp'))),
    rtpBytesReceived: sum('inbound-rtp', 'bytesReceived'),
    rtpBytesSent: sum('outbound-rtp', 'bytesSent'),
    packetsReceived: sum('inbound-rtp', 'packetsReceived'),
    packetsLost: sum('inbound-rtp', 'packetsLost'),
    framesDecoded: sum('inbound-rtp', 'framesDecoded'),
    audioLevel: levels.length === 0 ? null : Math.max(...levels),
    pathActivity: number(path, 'bytesReceived') + number(path, 'responsesReceived') + number(path, 'requestsReceived'),
    roundTrip: typeof seconds === 'number' ? seconds * 1000 : null,
  };
}

/** The candidate pair in use; Firefox marks it on the pair, others on the transport. */
export function pathInUse(stats: readonly Stat[]): Stat | undefined {
  const id = stats.find((stat) => stat['type'] === 'transport')?.['selectedCandidatePairId'];
  const pairs = stats.filter((stat) => stat['type'] === 'candidate-pair');
  return (
    pairs.find((pair) => id !== undefined && pair['id'] === id) ??
    pairs.find((pair) => pair['selected'] === true) ??
    pairs.find((pair) => pair['nominated'] === true && pair['state'] === 'succeeded')
  );
}

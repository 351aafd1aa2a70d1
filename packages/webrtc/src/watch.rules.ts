import type { Counters } from './counters.js';

/**
 * - `connecting`: nothing has arrived yet
 * - `connected`: something of the other side is arriving
 * - `interrupted`: it was connected, and nothing arrives now
 * - `failed`: the browser has given the path up; only an ICE restart or a new connection can help
 */
export type WatchState = 'connecting' | 'connected' | 'interrupted' | 'failed';

export interface WatchMemory {
  readonly state: WatchState;
  readonly rtp: number;
  readonly path: number;
  /** ms for which no media came, and for which nothing came at all. */
  readonly rtpQuiet: number;
  readonly pathQuiet: number;
  /** ms since the transport was connected. */
  readonly transportUp: number;
  /** Media came again after so long without any that pictures of that time are missing. */
  readonly resumed: boolean;
}

export interface WatchSample extends Pick<Counters, 'rtpBytesReceived' | 'pathActivity'> {
  readonly connection: RTCPeerConnectionState;
  /** ms since the sample before. */
  readonly elapsed: number;
}

export const untouched: WatchMemory = {
  state: 'connecting',
  rtp: 0,
  path: 0,
  rtpQuiet: 0,
  pathQuiet: 0,
  transportUp: 0,
  resumed: false,
};

/** ms without media after which a call that had media is interrupted. */
const mediaLimit = 2_000;
/** ms without media after which pictures are missing that nobody can send again: browsers keep them for about a second. */
const missedLimit = 1_000;
/** The other side sends no media (all is off there): then only ICE's checks come, one each 2.5 s. */
const checksLimit = 6_000;
/** ms by which media must have stopped before the path for it to be a choice of the other side, not a cut. */
const mutedMargin = 1_000;
/** ms after which a transport that is up counts as connected although no media comes. */
const noMediaGrace = 1_500;
/** A throttled tab or a sleeping machine sees only what it sampled: no gap counts for more than this (ms). */
const longestStep = 1_000;

/** Whether the other side is arriving: from what came, because the browser's own states are late by 5 to 16 s. */
export function watchStep(memory: WatchMemory, sample: WatchSample): WatchMemory {
  const step = Math.min(sample.elapsed, longestStep);
  const rtpGrew = sample.rtpBytesReceived > memory.rtp;
  const pathGrew = sample.pathActivity > memory.path;
  const next = {
    rtp: sample.rtpBytesReceived,
    path: sample.pathActivity,
    rtpQuiet: rtpGrew ? 0 : memory.rtpQuiet + step,
    pathQuiet: rtpGrew || pathGrew ? 0 : memory.pathQuiet + step,
    transportUp: sample.connection === 'connected' ? memory.transportUp + step : 0,
    resumed: rtpGrew && memory.rtp > 0 && memory.rtpQuiet >= missedLimit,
  };
  return { ...next, state: nextState(memory.state, sample.connection, rtpGrew, pathGrew, next) };
}

function nextState(
  state: WatchState,
  connection: RTCPeerConnectionState,
  rtpGrew: boolean,
  pathGrew: boolean,
  { path, rtpQuiet, pathQuiet, transportUp }: Omit<WatchMemory, 'state'>,
): WatchState {
  if (connection === 'failed' || connection === 'closed') return 'failed';
  if (state === 'connected') {
    const mutedThere = rtpQuiet - pathQuiet > mutedMargin;
    return pathQuiet >= (mutedThere ? checksLimit : mediaLimit) ? 'interrupted' : 'connected';
  }
  if (state === 'failed' && connection !== 'connected') return 'failed';
  if (rtpGrew && connection === 'connected') return 'connected';
  if (state === 'interrupted') return rtpGrew || pathGrew ? 'connected' : 'interrupted';
  if (pathGrew && transportUp >= noMediaGrace) return 'connected';
  return path > 0 && pathQuiet >= checksLimit ? 'interrupted' : state;
}

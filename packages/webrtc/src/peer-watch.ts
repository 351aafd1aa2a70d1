import { readCounters } from './counters.js';
import { untouched, watchStep } from './watch.rules.js';
import type { WatchState } from './watch.rules.js';

export interface PeerWatch {
  readonly state: WatchState;
  /** Media are due from now on: what came before does not count for them. */
  expectMedia(): void;
  /** Stops watching; the connection is left as it is. Can be called twice. */
  close(): void;
}

export interface PeerWatchOptions {
  readonly onChange: (state: WatchState) => void;
  /** Media come again, and some are missing: what was sent from here meanwhile was most likely lost, too. */
  readonly onResume: () => void;
}

/** ms between readings, and while a change for the better is due. */
const everyMs = 500;
const eagerMs = 100;

/**
 * Tells whether the other side is really arriving, from received bytes. Chromium's `iceConnectionState` never says
 * `failed` after a cut, and a remote track fires its events before any media flows.
 */
export function createPeerWatch(pc: RTCPeerConnection, { onChange, onResume }: PeerWatchOptions): PeerWatch {
  let memory = untouched;
  let sampledAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading = false;
  let closed = false;

  const sample = async () => {
    clearTimeout(timer);
    if (reading || closed) return;
    reading = true;
    const counters = await readCounters(pc).catch(() => undefined);
    reading = false;
    if (isClosed()) return;
    const now = performance.now();
    const before = memory.state;
    memory = watchStep(memory, {
      connection: pc.connectionState,
      elapsed: now - sampledAt,
      rtpBytesReceived: counters?.rtpBytesReceived ?? memory.rtp,
      pathActivity: counters?.pathActivity ?? memory.path,
    });
    sampledAt = now;
    const eager =
      memory.state === 'interrupted' || (memory.state === 'connecting' && pc.connectionState === 'connected');
    timer = setTimeout(run, eager ? eagerMs : everyMs);
    if (memory.resumed) onResume();
    if (memory.state !== before) onChange(memory.state);
  };
  // `closed` can change while a reading is awaited, which the type checker does not see.
  const isClosed = () => closed;
  const run = () => void sample();

  // The first packet of a track, which no reading would see so soon.
  const watchTrack = ({ track }: { readonly track: MediaStreamTrack }) => {
    track.addEventListener('unmute', run);
    tracks.add(track);
  };
  const tracks = new Set<MediaStreamTrack>();
  pc.getReceivers().forEach(watchTrack);
  pc.addEventListener('track', watchTrack);
  pc.addEventListener('connectionstatechange', run);
  timer = setTimeout(run, everyMs);

  return {
    get state() {
      return memory.state;
    },
    expectMedia() {
      memory = { ...memory, state: 'connecting', transportUp: 0 };
      run();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      pc.removeEventListener('connectionstatechange', run);
      pc.removeEventListener('track', watchTrack);
      tracks.forEach((track) => track.removeEventListener('unmute', run));
      tracks.clear();
    },
  };
}

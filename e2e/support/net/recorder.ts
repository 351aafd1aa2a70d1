/**
 * What a call does on a page, written down by the page itself, so that no time is lost on the way to the test. All of this
 * runs in the page, before its own scripts.
 */

/** A reading of the clock that all pages and this process share, in ms: `performance.timeOrigin + performance.now()`. */
export type Moment = number;

export interface CallRecord {
  /** Every state that `<session-call>` went into. */
  readonly states: { readonly at: Moment; readonly state: string }[];
  /** When frames of the other side were shown, the newest ones. */
  readonly frames: Moment[];
  /** All connections of the page, oldest first. */
  readonly connections: RTCPeerConnection[];
  /** The relays that they were told of. */
  readonly iceServers: RTCIceServer[];
}

declare global {
  interface Window {
    callRecord: CallRecord;
  }
}

/** Called with `addInitScript`. Whatever video a page shows that is not one's own is the other's. */
export function recordCall(): void {
  const STATES = ['idle', 'preparing', 'waiting', 'connecting', 'connected', 'reconnecting', 'leaving'];
  const EVERY = 20;
  const KEPT = 5_000;
  const record: CallRecord = { states: [], frames: [], connections: [], iceServers: [] };
  Object.assign(window, { callRecord: record });
  const now = (): number => performance.timeOrigin + performance.now();

  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      record.connections.push(this);
      record.iceServers.push(...(configuration?.iceServers ?? []));
    }
  };

  const find = (root: ParentNode, selector: string): Element | null => {
    const here = root.querySelector(selector);
    if (here !== null) return here;
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const inner = shadowRoot && find(shadowRoot, selector);
      if (inner) return inner;
    }
    return null;
  };
  const followed = new WeakSet<Element>();
  const follow = (video: HTMLVideoElement): void => {
    if (followed.has(video)) return;
    followed.add(video);
    const onFrame = (): void => {
      record.frames.push(now());
      if (record.frames.length > KEPT) record.frames.splice(0, KEPT / 2);
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  };
  let call: Element | null = null;
  let state = '';
  setInterval(() => {
    if (call?.isConnected !== true) call = find(document, 'session-call');
    const video =
      call === null ? find(document, 'video.other') : find(call.shadowRoot ?? call, 'video:not([data-self])');
    if (video instanceof HTMLVideoElement) follow(video);
    const next = STATES.find((name) => call?.matches(`:state(${name})`)) ?? '';
    if (next === state) return;
    state = next;
    record.states.push({ at: now(), state });
  }, EVERY);
}

/** What has arrived from the other side, over all connections of the page that are not closed. */
export interface Counted {
  readonly framesDecoded: number;
  readonly audioBytes: number;
  readonly audioSamples: number;
  /** Of what was heard: silence adds none. */
  readonly audioEnergy: number;
}

/** Runs in the page. */
export async function countArrived(): Promise<Counted> {
  const sum = { framesDecoded: 0, audioBytes: 0, audioSamples: 0, audioEnergy: 0 };
  for (const connection of window.callRecord.connections) {
    if (connection.connectionState === 'closed') continue;
    for (const entry of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
      if (entry['type'] !== 'inbound-rtp') continue;
      sum.framesDecoded += Number(entry['framesDecoded'] ?? 0);
      if (entry['kind'] !== 'audio') continue;
      sum.audioBytes += Number(entry['bytesReceived'] ?? 0);
      sum.audioSamples += Number(entry['totalSamplesReceived'] ?? 0);
      sum.audioEnergy += Number(entry['totalAudioEnergy'] ?? 0);
    }
  }
  return sum;
}

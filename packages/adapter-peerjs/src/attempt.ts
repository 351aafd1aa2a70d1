import { createPeerWatch, createStatsReader } from '@active-session/webrtc';
import type { Outgoing, StatsReader, WatchState } from '@active-session/webrtc';
import type { MediaConnection } from 'peerjs';
import type { Line } from './line.js';

export interface AttemptOptions {
  readonly line: Line;
  readonly theirId: string;
  readonly outgoing: Outgoing;
  /** ms for an answer to come; only the dialling side waits for one. */
  readonly answerWithin?: number;
  readonly onChange: () => void;
}

/** One call with one peer: a connection from dialling or answering to its end. */
export interface Attempt {
  readonly line: Line;
  readonly theirId: string;
  readonly remote: MediaStream;
  readonly media: WatchState;
  /** It will not come back by itself: not connected in time, failed, or hung up by the other side. */
  readonly over: boolean;
  /** It was dialled, and the other side has not answered. */
  readonly unanswered: boolean;
  readonly stats: StatsReader;
  /** Sends what the local media has now. */
  sync(): void;
  close(): void;
}

/** ms from the start to the first received media. */
const connectWithin = 8_000;

/** Null when the line can't carry a call now. Throws what the browser throws when it makes no more connections. */
export function dial(options: AttemptOptions): Attempt | null {
  const { line, theirId, outgoing } = options;
  const opening = outgoing.opening();
  try {
    const call = line.call(theirId, opening.stream);
    return call && follow(call, options);
  } finally {
    opening.release();
  }
}

export function answer(call: MediaConnection, options: AttemptOptions): Attempt {
  const opening = options.outgoing.opening();
  try {
    call.answer(opening.stream);
    return follow(call, options);
  } finally {
    opening.release();
  }
}

/**
 * Takes the connection out of PeerJS's hands: PeerJS closes it at the first ICE failure, when the signalling is lost and
 * when the helper channel closes, and stops sending candidates once one pair works. It goes on sending candidates only.
 */
function follow(call: MediaConnection, options: AttemptOptions): Attempt {
  const { line, theirId, outgoing, answerWithin, onChange } = options;
  const pc = call.peerConnection;
  const closeCall = call.close.bind(call);
  call.close = () => undefined;
  pc.oniceconnectionstatechange = pc.ontrack = pc.ondatachannel = null;

  const undo = new AbortController();
  const { signal } = undo;
  const remote = new MediaStream();
  let over = false;

  const end = () => {
    if (over || signal.aborted) return;
    over = true;
    onChange();
  };
  const watch = createPeerWatch(pc, {
    onChange(state) {
      if (state === 'connected') timers.forEach(clearTimeout);
      if (state === 'failed') end();
      else onChange();
    },
  });
  const timers = [setTimeout(end, connectWithin)];
  if (answerWithin !== undefined) {
    timers.push(setTimeout(() => pc.signalingState === 'have-local-offer' && end(), answerWithin));
  }

  // The helper channel closes when the other side closes the connection, long before ICE notices.
  const watchHelper = (channel: RTCDataChannel) => channel.addEventListener('close', end, { signal });
  const helper = call.dataChannel as RTCDataChannel | undefined; // the dialling side makes it
  if (helper) watchHelper(helper);
  pc.addEventListener('datachannel', ({ channel }) => watchHelper(channel), { signal });
  pc.addEventListener('track', ({ track }) => remote.addTrack(track), { signal });
  outgoing.apply(pc);

  return {
    line,
    theirId,
    remote,
    get media() {
      return watch.state;
    },
    get over() {
      return over;
    },
    get unanswered() {
      return pc.signalingState === 'have-local-offer';
    },
    stats: createStatsReader(pc),
    sync: () => outgoing.apply(pc),
    close() {
      undo.abort();
      timers.forEach(clearTimeout);
      watch.close();
      call.removeAllListeners();
      closeCall();
      pc.close();
    },
  };
}

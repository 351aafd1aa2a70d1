import { beginAnew } from '../outbound.js';
import { createPeerWatch } from '../peer-watch.js';
import type { Outgoing } from '../outgoing.js';
import { createStatsReader } from '../stats.js';
import type { StatsReader } from '../stats.js';
import type { WatchState } from '../watch.rules.js';
import type { CallMessage } from './call-message.js';
import type { PeerCall } from './engine.js';
import { createNegotiation } from './negotiation.js';

export interface AttemptOptions {
  readonly outgoing: Outgoing;
  /** Whether neither camera nor microphone may go out yet. */
  readonly held: boolean;
  /** Whether it is this side that makes offers. */
  readonly offers: boolean;
  /** ms for an answer to come; only the dialling side waits for one. */
  readonly answerWithin?: number;
  readonly send: (message: CallMessage) => void;
  /** The other side has said that it has this connection. */
  readonly onHeard: () => void;
  readonly onChange: () => void;
  /** The other side has opened a channel that is not expected. */
  readonly onStranger: () => void;
}

/** One connection with another page, from dialling or answering to its end. */
export interface Attempt {
  readonly id: string;
  readonly pc: RTCPeerConnection;
  readonly remote: MediaStream;
  readonly media: WatchState;
  /** Whether there is a way between the two, whatever goes over it. */
  readonly joined: boolean;
  /** It will not come back: not connected in time, or hung up by the other side. */
  readonly over: boolean;
  /** It was dialled, and the other side has not answered. */
  readonly unanswered: boolean;
  readonly stats: StatsReader;
  /** Sends what the local media has now. */
  sync(): void;
  /** Whether media may flow. */
  hold(held: boolean): void;
  hear(message: CallMessage): void;
  /** Looks for a new path. */
  restart(configuration: RTCConfiguration): void;
  close(): void;
}

/** ms from the start to a way between the two. */
const joinWithin = 8_000;

/** Takes the connection over from the engine that began it. */
export function follow(call: PeerCall, options: AttemptOptions): Attempt {
  const { outgoing, answerWithin, onChange } = options;
  const { pc } = call;
  const undo = new AbortController();
  const { signal } = undo;
  const remote = new MediaStream();
  let held = options.held;
  let joined = false;
  let over = false;

  const end = () => {
    if (over || signal.aborted) return;
    over = true;
    onChange();
  };
  const join = () => {
    if (joined) return;
    joined = true;
    timers.forEach(clearTimeout);
  };
  const watch = createPeerWatch(pc, {
    onResume: () => beginAnew(pc),
    onChange(state) {
      if (state === 'connected') join();
      // What never connected has nothing to be mended.
      if (state === 'failed' && !joined) end();
      else onChange();
    },
  });
  const timers = [setTimeout(end, joinWithin)];
  if (answerWithin !== undefined) {
    timers.push(setTimeout(() => pc.signalingState === 'have-local-offer' && end(), answerWithin));
  }

  // The helper channel closes when the other side closes the connection, long before ICE notices.
  const watchHelper = (channel: RTCDataChannel) => channel.addEventListener('close', end, { signal });
  let helper = call.helper;
  if (helper) watchHelper(helper);
  pc.addEventListener(
    'datachannel',
    ({ channel }) => {
      if (helper) {
        channel.close();
        options.onStranger();
        return;
      }
      helper = channel;
      watchHelper(channel);
    },
    { signal },
  );
  pc.addEventListener(
    'track',
    ({ track }) => {
      remote.addTrack(track);
      // The line that it came on goes both ways.
      outgoing.apply(pc, held);
    },
    { signal },
  );
  pc.addEventListener(
    'connectionstatechange',
    () => {
      if (pc.connectionState !== 'connected') return;
      const isNew = !joined && held;
      join();
      if (isNew) onChange();
    },
    { signal },
  );
  const negotiation = createNegotiation({
    pc,
    call: call.id,
    offers: options.offers,
    send: options.send,
    onHeard: options.onHeard,
  });
  outgoing.apply(pc, held);
  call.begin?.(negotiation);

  return {
    id: call.id,
    pc,
    remote,
    get media() {
      return watch.state;
    },
    get joined() {
      return joined;
    },
    get over() {
      return over;
    },
    get unanswered() {
      return pc.signalingState === 'have-local-offer';
    },
    stats: createStatsReader(pc),
    sync: () => outgoing.apply(pc, held),
    hold(next) {
      if (held === next) return;
      held = next;
      outgoing.apply(pc, held);
      if (!held) watch.expectMedia();
    },
    hear(message) {
      if (message.type === 'gone') end();
      else if (message.type === 'here') options.onHeard();
      else if (message.type === 'still') options.send({ type: 'here', call: call.id });
      else negotiation.hear(message);
    },
    restart: (configuration) => negotiation.restart(configuration),
    close() {
      undo.abort();
      timers.forEach(clearTimeout);
      watch.close();
      negotiation.close();
      call.close();
      pc.close();
    },
  };
}

import { SessionError, toSessionError } from '@active-session/core';
import type {
  ConnectOptions,
  Party,
  RemoteMedia,
  Ticket,
  VideoConnection,
  VideoPort,
  VideoSnapshot,
} from '@active-session/core';
import { probeNetwork } from '../network-probe.js';
import { createLadder } from '../ladder.js';
import { createOutgoing } from '../outgoing.js';
import type { Engine } from './engine.js';
import { createLinks } from './links.js';
import { createReach } from './reach.js';
import { openStation } from './station.js';
import type { Wire } from './wire.js';

/**
 * The video port on an engine: the same watch, the same mending and the same bounds for each.
 *
 * `connect` throws a `SessionError`: `video-unconfigured` when the ticket is for another engine or lacks something;
 * `not-supported` without WebRTC; `invalid` for media that is not a `MediaStream`.
 */
export function createVideo(engine: Engine): VideoPort {
  return {
    connect(ticket, options) {
      if (typeof RTCPeerConnection === 'undefined') {
        throw new SessionError('not-supported', 'This browser has no WebRTC.');
      }
      return createVideoConnection(engine, ticket, options);
    },
    async probe(test, options) {
      if (typeof RTCPeerConnection === 'undefined')
        throw new SessionError('video-failed', 'This browser has no WebRTC.');
      return probeNetwork(test, options);
    },
  };
}

/**
 * `signalling` is `open` from the start, and after it was lost only when the new station is really open. A `restart` that
 * fails tells the listeners `lost` again.
 */
function createVideoConnection(
  engine: Engine,
  ticket: Ticket,
  { media, signalling, signal }: ConnectOptions,
): VideoConnection {
  if (!(media.stream instanceof MediaStream)) {
    throw new SessionError('invalid', 'The local media is not a MediaStream of this page.');
  }
  const outgoing = createOutgoing(media.stream);
  const listeners = new Set<(snapshot: VideoSnapshot) => void>();
  let parties: readonly Party[] = ticket.parties;
  let snapshot: VideoSnapshot = { state: 'waiting', remote: [], signalling: 'open' };

  const tell = (next: VideoSnapshot) => {
    snapshot = next;
    [...listeners].forEach((listener) => listener(snapshot));
  };

  const refresh = (signallingNow = snapshot.signalling) => {
    const { state, remote, strangers } = links;
    const { carries } = ladder;
    if (snapshot.state === 'closed') return;
    const isSame =
      state === snapshot.state &&
      signallingNow === snapshot.signalling &&
      strangers === (snapshot.strangers ?? 0) &&
      carries === (snapshot.carries ?? 'all');
    if (isSame && sameMedia(remote, snapshot.remote)) return;
    const error = signallingNow === 'lost' ? snapshot.error : undefined;
    tell({
      ...{ state, remote, signalling: signallingNow },
      ...(error && { error }),
      ...(strangers > 0 && { strangers }),
      ...(carries !== 'all' && { carries }),
    });
  };

  const loseSignalling = (error: SessionError) => tell({ ...snapshot, signalling: 'lost', error });

  let greeted: Wire | null = null;
  /** Whoever waits for an answer that could not reach this page asks again. */
  const greet = (wire: Wire | null) => {
    if (wire === greeted || !wire?.open) return;
    greeted = wire;
    parties.forEach(({ seat }) => seat !== ticket.seat && wire.send(seat, { type: 'hello' }));
  };

  const ladder = createLadder({
    connections: () => links.connections,
    wantsVideo: () => media.camera === 'on' || media.sharing,
    onChange: () => refresh(),
  });
  const links = createLinks(ticket.seat, outgoing, () => refresh());
  const reach = createReach(ticket, (next, events) => openStation(engine, next, signalling, events), {
    onOpen() {
      greet(reach.station.wire);
      links.meet(parties, reach.station);
      if (reach.station.open) refresh('open');
    },
    onLost: loseSignalling,
    onCall: (call) => links.receive(call),
    onMessage: (seat, message) => links.hear(seat, message, reach.station),
    onUnavailable: (peerId) => links.unavailable(peerId),
    onStranger: () => links.stranger(),
  });
  const unsubscribeMedia = media.subscribe(() => links.sync());

  const close = () => {
    if (snapshot.state === 'closed') return;
    signal.removeEventListener('abort', close);
    unsubscribeMedia();
    links.close();
    reach.close();
    ladder.close();
    outgoing.close();
    tell({ state: 'closed', remote: [], signalling: 'lost' });
    listeners.clear();
  };
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  else links.meet(parties, reach.station);

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    meet(next) {
      if (snapshot.state === 'closed') return;
      parties = next;
      links.meet(parties, reach.station);
    },
    restart(next) {
      if (snapshot.state === 'closed') return;
      try {
        reach.move(next);
      } catch (error) {
        loseSignalling(toSessionError(error));
        return;
      }
      links.forgetHeldCalls();
      links.meet(parties, reach.station);
    },
    stats: () => links.stats(),
    close,
  };
}

function sameMedia(one: readonly RemoteMedia[], other: readonly RemoteMedia[]): boolean {
  const isSame = (a: RemoteMedia, b: RemoteMedia | undefined) =>
    a.seat === b?.seat && a.stream === b.stream && a.state === b.state;
  return one.length === other.length && one.every((each, i) => isSame(each, other[i]));
}

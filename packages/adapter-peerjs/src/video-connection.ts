import { toSessionError } from '@active-session/core';
import type {
  LocalMedia,
  Party,
  RemoteMedia,
  SessionError,
  Ticket,
  VideoConnection,
  VideoSnapshot,
} from '@active-session/core';
import { createOutgoing } from '@active-session/webrtc';
import { createLinks } from './links.js';
import { peerOptions } from './peer-options.js';
import { createReach } from './reach.js';

export interface VideoConnectionInput {
  readonly ticket: Ticket;
  readonly media: LocalMedia;
  /** The media's own. */
  readonly stream: MediaStream;
  readonly signal: AbortSignal;
}

/**
 * `signalling` is `open` from the start, and after it was lost only when the new registration is really open. A `restart`
 * that fails tells the listeners `lost` again.
 *
 * @throws SessionError `video-unconfigured`
 */
export function createVideoConnection({ ticket, media, stream, signal }: VideoConnectionInput): VideoConnection {
  const options = peerOptions(ticket);
  const outgoing = createOutgoing(stream);
  const listeners = new Set<(snapshot: VideoSnapshot) => void>();
  let parties: readonly Party[] = ticket.parties;
  let snapshot: VideoSnapshot = { state: 'waiting', remote: [], signalling: 'open' };

  const tell = (next: VideoSnapshot) => {
    snapshot = next;
    [...listeners].forEach((listener) => listener(snapshot));
  };

  const refresh = (signalling = snapshot.signalling) => {
    const { state, remote } = links;
    if (snapshot.state === 'closed') return;
    if (state === snapshot.state && signalling === snapshot.signalling && sameMedia(remote, snapshot.remote)) return;
    const error = signalling === 'lost' ? snapshot.error : undefined;
    tell({ state, remote, signalling, ...(error && { error }) });
  };

  const loseSignalling = (error: SessionError) => tell({ ...snapshot, signalling: 'lost', error });

  const links = createLinks(ticket.seat, outgoing, () => refresh());
  const reach = createReach(ticket.peerId, options, {
    onOpen() {
      links.meet(parties, reach.line);
      refresh('open');
    },
    onLost: loseSignalling,
    onCall: (call) => links.receive(call),
    onUnavailable: (peerId) => links.unavailable(peerId),
  });
  const unsubscribeMedia = media.subscribe(() => links.sync());

  const close = () => {
    if (snapshot.state === 'closed') return;
    signal.removeEventListener('abort', close);
    unsubscribeMedia();
    links.close();
    reach.close();
    outgoing.close();
    tell({ state: 'closed', remote: [], signalling: 'lost' });
    listeners.clear();
  };
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  else links.meet(parties, reach.line);

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    meet(next) {
      if (snapshot.state === 'closed') return;
      parties = next;
      links.meet(parties, reach.line);
    },
    restart(next) {
      if (snapshot.state === 'closed') return;
      try {
        reach.move(next.peerId, peerOptions(next));
      } catch (error) {
        loseSignalling(toSessionError(error));
        return;
      }
      links.forgetHeldCalls();
      links.meet(parties, reach.line);
    },
    stats: () => links.stats(),
    close,
  };
}

function sameMedia(one: readonly RemoteMedia[], other: readonly RemoteMedia[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ seat, stream }, i) => seat === other[i]?.seat && stream === other[i].stream)
  );
}

import { SessionError } from '@active-session/core';
import type { MediaConnection, Peer } from 'peerjs';
import type { CompletePeerOptions } from './peer-options.js';
import { createSignallingFilter } from './signalling-filter.js';

export interface LineEvents {
  onOpen(): void;
  /** It can't be used any more, or never could. Called once at most. */
  onLost(error: SessionError): void;
  onCall(call: MediaConnection): void;
  /** The server can't reach this peer now. */
  onUnavailable(peerId: string): void;
}

/**
 * One registration with the signalling server under one id, used until it is lost and never reconnected: PeerJS's own
 * reconnect can hang for ever. Calls that were made over it do not need it once they are connected.
 */
export interface Line {
  readonly open: boolean;
  /** Null when the line is not open. */
  call(peerId: string, stream: MediaStream): MediaConnection | null;
  close(): void;
}

/** ms for the socket to open and the server to greet. */
const openWithin = 5_000;

export function openLine(peerId: string, options: CompletePeerOptions, events: LineEvents): Line {
  let peer: Peer | undefined;
  let over = false;

  const close = () => {
    over = true;
    clearTimeout(deadline);
    peer?.removeAllListeners();
    peer?.destroy();
  };
  const lose = (message: string, cause?: unknown) => {
    if (over) return;
    close();
    events.onLost(new SessionError('network', message, { cause }));
  };
  const deadline = setTimeout(() => lose('The signalling server did not answer in time.'), openWithin);

  const start = ({ Peer: PeerClass }: { Peer: typeof Peer }) => {
    if (over) return;
    peer = new PeerClass(peerId, options);
    peer.on('open', () => {
      clearTimeout(deadline);
      events.onOpen();
    });
    peer.on('call', (call) => events.onCall(call));
    peer.on('disconnected', () => lose('The connection to the signalling server was lost.'));
    peer.on('close', () => lose('The connection to the signalling server was closed.'));
    peer.on('error', (error) => {
      // About one call, which has its own deadline.
      if (error.type === 'webrtc') return;
      lose(`The signalling server connection failed (${error.type}).`, error);
    });
    filterMessages(peer, events);
  };

  import('./peer-library.js').then(start).catch((error: unknown) => lose('PeerJS could not be started.', error));

  return {
    get open() {
      return !over && peer?.open === true;
    },
    call: (theirId, stream) => (!over && peer?.open ? peer.call(theirId, stream) : null),
    close,
  };
}

/** Stands between PeerJS's socket and PeerJS. */
function filterMessages({ socket }: Peer, events: LineEvents): void {
  const receivers = socket.listeners('message');
  if (receivers.length !== 1) throw new Error('This version of PeerJS takes its messages in an unknown way.');
  const judge = createSignallingFilter();
  socket.removeAllListeners('message');
  socket.on('message', (message: unknown) => {
    const verdict = judge(message);
    if (verdict.pass) receivers.forEach((receive) => receive(message));
    else if (verdict.unavailable !== undefined) events.onUnavailable(verdict.unavailable);
  });
}

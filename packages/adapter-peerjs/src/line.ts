import { SessionError } from '@active-session/core';
import type { Callee, IncomingCall, Line, LineEvents, Opening, PeerCall } from '@active-session/webrtc';
import type { MediaConnection, Peer } from 'peerjs';
import type { CompletePeerOptions } from './peer-options.js';
import { createSignallingFilter } from './signalling-filter.js';

/** ms for the socket to open and the server to greet. */
const openWithin = 5_000;

/** One registration with a server that speaks PeerJS's protocol. It is never reconnected: PeerJS's own way to can hang for ever. */
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
    peer.on('call', (call) => events.onCall(incoming(call)));
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
    dial(to: Callee, opening: Opening) {
      if (over || !peer?.open) return null;
      const call = peer.call(to.peerId, opening.stream()) as MediaConnection | undefined;
      return call ? takeOver(call) : null;
    },
    close,
  };
}

function incoming(call: MediaConnection): IncomingCall {
  return {
    peerId: call.peer,
    answer(opening) {
      call.answer(opening.stream());
      return takeOver(call);
    },
    drop: () => call.close(),
  };
}

/**
 * Takes the connection out of PeerJS's hands: PeerJS closes it at the first ICE failure, when the signalling is lost and
 * when the helper channel closes, and stops sending candidates once one pair works. It goes on sending candidates only.
 */
function takeOver(call: MediaConnection): PeerCall {
  const pc = call.peerConnection;
  const closeCall = call.close.bind(call);
  call.close = () => undefined;
  pc.oniceconnectionstatechange = pc.ontrack = pc.ondatachannel = null;
  return {
    id: call.connectionId,
    pc,
    // The dialling side makes it.
    helper: call.dataChannel,
    close() {
      call.removeAllListeners();
      closeCall();
      // Chromium keeps some closed connections; PeerJS leaves listeners on each.
      pc.onicecandidate = pc.oniceconnectionstatechange = pc.ontrack = pc.ondatachannel = null;
    },
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
    else if (verdict.isStrange) events.onStranger();
  });
}

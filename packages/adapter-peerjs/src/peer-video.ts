import type { VideoPort } from '@active-session/core';
import { createVideo } from '@active-session/webrtc';
import { openLine } from './line.js';
import { peerOptions } from './peer-options.js';

/**
 * The video engine on PeerJS, for tickets whose `engineGrant` is for a server that speaks the PeerJS protocol. PeerJS is
 * loaded with the first connection, and makes the first connection only. It never contacts a host, STUN or TURN server
 * that the ticket does not name.
 *
 * `connect` throws a `SessionError`: `video-unconfigured` when the ticket is for another engine or lacks an absolute
 * address, a token or a usable peer id; `not-supported` without WebRTC; `invalid` for media that is not a `MediaStream`.
 */
export function createPeerVideo(): VideoPort {
  return createVideo({
    preconnects: false,
    register: (ticket, _wire, events) => openLine(ticket.peerId, peerOptions(ticket), events),
  });
}
